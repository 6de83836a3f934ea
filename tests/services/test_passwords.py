"""Passwords rest where the system keeps such things, and no password is lost or mistaken when it does not."""

import json
import threading

import pytest
from keyring.errors import KeyringLocked, PasswordDeleteError

from tests.fakes import desk
from tui_reader.services.secrets import Secrets


class Ring:
    """A keyring that can be locked, or lose its service, at any moment."""

    def __init__(self):
        self.kept = {}
        self.fault = None
        self.threads = set()

    def _asked(self):
        self.threads.add(threading.current_thread())
        if self.fault is not None:
            raise self.fault

    def get_password(self, _service, username):
        self._asked()
        return self.kept.get(username)

    def set_password(self, _service, username, password):
        self._asked()
        self.kept[username] = password

    def delete_password(self, _service, username):
        self._asked()
        if self.kept.pop(username, None) is None:
            raise PasswordDeleteError(username)


@pytest.fixture
def ring():
    return Ring()


@pytest.fixture
def secrets(tmp_path, ring):
    return Secrets(tmp_path / "secrets.json", ring)


def in_file(tmp_path):
    file = tmp_path / "secrets.json"
    return list(json.loads(file.read_text()).values()) if file.exists() else []


def test_a_password_rests_in_the_keyring_and_in_no_file(tmp_path, ring, secrets):
    assert secrets.set(1, "one two") == secrets.where() == "the system keyring"
    assert secrets.get(1) == "one two"
    assert list(ring.kept.values()) == ["one two"]
    assert in_file(tmp_path) == []


# of libraries that keyring stands on and does not translate: jeepney, secretstorage, a socket
GONE = [KeyringLocked("locked"), ConnectionResetError("gone"), type("DBusErrorResponse", (Exception,), {})()]


@pytest.mark.parametrize("fault", GONE, ids=lambda fault: type(fault).__name__)
def test_a_keyring_that_goes_in_the_midst_leaves_a_file_and_the_truth_is_told(tmp_path, ring, secrets, fault):
    secrets.set(1, "old")
    ring.fault = fault
    assert secrets.get(1) is None
    told = secrets.set(1, "new")
    assert str(tmp_path) in told
    assert str(tmp_path) in secrets.where()
    assert not secrets.has_keyring
    assert (tmp_path / "secrets.json").stat().st_mode & 0o777 == 0o600
    assert secrets.get(1) == "new"
    secrets.forget(2)


def test_the_newer_password_counts_when_the_keyring_comes_back_and_the_file_is_emptied_then(
    tmp_path, ring, secrets
):
    secrets.set(1, "old")
    ring.fault = KeyringLocked("locked")
    secrets.set(1, "new")
    ring.fault = None
    assert secrets.get(1) == "new"
    secrets.set(1, "newest")
    assert secrets.has_keyring
    assert (secrets.get(1), in_file(tmp_path)) == ("newest", [])


def test_what_is_forgotten_is_nowhere(tmp_path, ring, secrets):
    secrets.set(1, "one")
    ring.fault = KeyringLocked("locked")
    secrets.set(2, "two")
    ring.fault = None
    secrets.forget(1)
    secrets.forget(2)
    assert (ring.kept, in_file(tmp_path), secrets.get(1), secrets.get(2)) == ({}, [], None, None)


def test_a_keyring_that_is_named_and_not_there_is_none(tmp_path, monkeypatch):
    def missing():
        raise ModuleNotFoundError("No module named 'nonsense'")

    monkeypatch.setattr("keyring.get_keyring", missing)
    secrets = Secrets(tmp_path / "secrets.json")
    assert not secrets.has_keyring
    assert str(tmp_path) in secrets.set(1, "one")
    assert secrets.get(1) == "one"


async def test_an_account_without_a_password_never_gets_that_of_a_database_that_was_begun_anew(
    tmp_path, now, secrets
):
    # an account of the database that was moved away
    secrets.set(2, "for another blog")
    place = await desk(tmp_path, now, secrets=secrets)
    account = {"name": "Rita", "email": "", "blog_id": place.blog.id, "username": "rita"}
    identity = await place.replying.add_identity(**account)
    assert (identity.id, secrets.get(2)) == (2, None)
    await place.replying.add_identity(**account, secret="mine")
    # told once more without a password, it keeps the one it has
    await place.replying.add_identity(**account)
    assert secrets.get(2) == "mine"


async def test_the_keyring_is_never_asked_where_the_screen_is_drawn(tmp_path, now, ring, secrets):
    place = await desk(tmp_path, now, secrets=secrets)
    await place.replying.add_identity(
        name="Rita", email="", blog_id=place.blog.id, username="rita", secret="mine"
    )
    reply = await place.replying.begin(place.post_id, None, "Hello.")
    await place.replying.send(reply.id)
    assert place.engine.sent[-1].secret == "mine"
    assert threading.main_thread() not in ring.threads
