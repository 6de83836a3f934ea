"""Passwords: in the system's keyring, or in a 0600 file where there is none."""

import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeVar

from tui_reader import whole_file
from tui_reader.errors import StorageError
from tui_reader.language import _

T = TypeVar("T")

SERVICE = "tui_reader"
log = logging.getLogger(__name__)


class Keyring(Protocol):
    """The three calls of the ``keyring`` package that are used."""

    def get_password(self, service: str, username: str) -> str | None:
        """The secret kept under this name, or None."""
        ...

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keeps a secret."""
        ...

    def delete_password(self, service: str, username: str) -> None:
        """Forgets a secret."""
        ...


class Secrets:
    """Keeps passwords of identities and of feeds; none ever reaches the database, a log or JSON.

    Args:
        fallback: The file that is used where the system has no keyring.
        keyring: The keyring; None finds the system's own when it is first needed.
        disabled: Do not look for a system keyring: a throw-away home must leave nothing behind.
    """

    def __init__(self, fallback: Path, keyring: Keyring | None = None, *, disabled: bool = False) -> None:
        self._fallback = fallback
        self._keyring = keyring
        self._disabled = disabled
        self._is_refusing = False
        """The keyring is there and did not do what it was asked last: locked, or its service is gone."""

    def where(self) -> str:
        """Where secrets are kept, in words for the user."""
        return (
            _("the system keyring")
            if self.has_keyring
            else _("the file {path} (0600)").format(path=self._fallback)
        )

    @property
    def has_keyring(self) -> bool:
        """Whether the system has a keyring that can be used; else secrets rest in a file, not encrypted."""
        return self._system() is not None and not self._is_refusing

    def get(self, identity_id: int) -> str | None:
        """The identity's application password, if there is one."""
        return self._get(self._name(identity_id))

    def password(self, account: str) -> str | None:
        """The password of a feed that asks who reads it; see ``net.address.account``."""
        return self._get(self._of(account))

    def keep_password(self, account: str, password: str) -> str:
        """Keeps the password of a feed and says where it now rests."""
        return self._set(self._of(account), password)

    def _get(self, name: str) -> str | None:
        # the file first: what is in it came when the keyring could not be had, and is the newer one
        kept = self._file().get(name)
        return kept if kept is not None else self._ask(lambda ring: ring.get_password(SERVICE, name))

    def set(self, identity_id: int, secret: str) -> str:
        """Keeps the application password and says where it now rests."""
        return self._set(self._name(identity_id), secret)

    def _set(self, name: str, secret: str) -> str:
        def keep(ring: Keyring) -> bool:
            ring.set_password(SERVICE, name, secret)
            return True

        if self._ask(keep):
            self._take_out(name)
            return _("the system keyring")
        self._write({**self._file(), name: secret})
        return _("the file {path}, readable by you alone: no keyring of the system can be used").format(
            path=self._fallback
        )

    def forget(self, identity_id: int) -> None:
        """Forgets the application password, wherever it is."""
        name = self._name(identity_id)
        self._ask(lambda ring: ring.delete_password(SERVICE, name))
        self._take_out(name)

    def _take_out(self, name: str) -> None:
        kept = self._file()
        if kept.pop(name, None) is not None:
            self._write(kept)

    def _name(self, identity_id: int) -> str:
        # two homes may both have an identity 1: the home is part of the name
        return f"{self._fallback.parent}#identity-{identity_id}"

    def _of(self, account: str) -> str:
        return f"{self._fallback.parent}#feed-{account}"

    def _system(self) -> Keyring | None:
        if self._keyring is None and not self._disabled:
            self._keyring = _found()
        return self._keyring

    def _ask(self, question: Callable[[Keyring], T]) -> T | None:
        """What the keyring answers; None where there is none, or none that can be used now."""
        from keyring.errors import KeyringError, PasswordDeleteError

        system = self._system()
        if system is None:
            return None
        self._is_refusing = True
        try:
            answer = question(system)
        except PasswordDeleteError:
            answer = None  # it holds nothing of that name
        except KeyringError:
            return None  # locked, or without a desktop session: the file serves instead
        except Exception:
            # whatever a plug-in raises when its service is gone (D-Bus, KWallet) is in no tree of errors
            log.exception("the system keyring failed")
            return None
        self._is_refusing = False
        return answer

    def _file(self) -> dict[str, str]:
        try:
            kept = json.loads(self._fallback.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise StorageError(
                _("{path}: cannot be read: {error}; mend or remove it").format(
                    path=self._fallback, error=error
                )
            ) from error
        if not isinstance(kept, dict):
            raise StorageError(
                _("{path}: is not what this program wrote; mend or remove it").format(path=self._fallback)
            )
        return {str(key): str(value) for key, value in kept.items()}

    def _write(self, kept: dict[str, str]) -> None:
        try:
            self._fallback.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            whole_file.write(self._fallback, json.dumps(kept), is_private=True)
        except OSError as error:
            raise StorageError(
                _("{path}: cannot be written: {value}").format(
                    path=self._fallback, value=error.strerror or error
                )
            ) from error


def _found() -> Keyring | None:
    """The system's own keyring; None where it has none."""
    try:
        import keyring  # finds and starts back ends: only when a secret is asked for
        from keyring.backends.fail import Keyring as NoKeyring

        found = keyring.get_keyring()
    except Exception:
        # the variable or the file that names one names what is not there, or cannot be started
        log.exception("no keyring can be had")
        return None
    return None if isinstance(found, NoKeyring) else found
