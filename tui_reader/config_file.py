"""Changes one setting in the user's file, whose comments, order and other contents stay as they are."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui_reader import config, config_schema, whole_file
from tui_reader.errors import ConfigError
from tui_reader.language import _

if TYPE_CHECKING:
    from tomlkit import TOMLDocument


def put(path: Path, key: str, value: config.Value) -> None:
    """Sets one setting, such as ``look.theme`` or ``keys.post.star``.

    Raises:
        ConfigError: there is no such setting, the value is none for it, or the file is broken or cannot be
            written; nothing was changed.
    """
    section, name = _parts(key)
    written = list(value) if isinstance(value, tuple) else value
    _change(path, lambda document: _put(document, section, name, written))


def take_away(path: Path, key: str) -> bool:
    """Takes one setting out of the file, so that its default holds; False when it was not in it.

    Raises:
        ConfigError: as ``put``.
    """
    section, name = _parts(key)
    was_there = False

    def change(document: "TOMLDocument") -> None:
        nonlocal was_there
        table = _table(document, section, is_made=False)
        was_there = table is not None and name in table
        if table is not None and was_there:
            table.remove(name)

    _change(path, change)
    return was_there


def _parts(key: str) -> tuple[tuple[str, ...], str]:
    """The tables that a setting stands in, and its name: acts have dots in theirs."""
    section, _dot, name = key.partition(".")
    if section == "keys" and name:
        return (section,), name
    if section == "themes" and name.count(".") == 1:
        theme, _dot, colour = name.partition(".")
        return (section, theme), colour
    if not any(setting.key == key for setting in config_schema.schema()):
        import difflib

        known = [setting.key for setting in config_schema.schema()]
        close = difflib.get_close_matches(key, known, n=1)
        if close:
            raise ConfigError(_("{key}: no such setting; is {close} meant?").format(key=key, close=close[0]))
        told = _("{key}: no such setting; there are {known}")
        raise ConfigError(told.format(key=key, known=", ".join(known)))
    return (section,), name


def _put(document: "TOMLDocument", section: tuple[str, ...], name: str, value: Any) -> None:
    table = _table(document, section, is_made=True)
    if table is None:
        raise ConfigError(_("{known}: is no table in the file").format(known=".".join(section)))
    table[name] = value


def _table(document: "TOMLDocument", section: tuple[str, ...], *, is_made: bool) -> Any:
    import tomlkit

    at: Any = document
    for depth, part in enumerate(section):
        if part not in at:
            if not is_made:
                return None
            at[part] = tomlkit.table(is_super_table=depth + 1 < len(section))
        at = at[part]
        if not hasattr(at, "remove") or not hasattr(at, "keys"):
            return None
    return at


def _change(path: Path, change: Callable[["TOMLDocument"], None]) -> None:
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    # whoever keeps his settings among his dotfiles has a link here, and keeps it
    path = path.resolve()
    try:
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        document = tomlkit.parse(before)
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(_("{path}: cannot be read: {error}").format(path=path, error=error)) from error
    except TOMLKitError as error:
        raise ConfigError(
            _("{path}: not valid TOML, so nothing was written: {error}").format(path=path, error=error)
        ) from error
    known = _faults(before, path)
    try:
        change(document)
        after = tomlkit.dumps(document)
    except TOMLKitError as error:
        raise ConfigError(_("{path}: nothing was written: {error}").format(path=path, error=error)) from error
    # a file with faults may be mended setting by setting; no change may bring another fault
    if new := [fault for fault in _faults(after, path) if fault not in known]:
        raise ConfigError("\n".join(new))
    if after != before:
        _write(path, after)


def _faults(text: str, path: Path) -> list[str]:
    import tomllib

    try:
        config.from_data(tomllib.loads(text), str(path))
    except tomllib.TOMLDecodeError as error:
        return [_("{path}: not valid TOML: {error}").format(path=path, error=error)]
    except ConfigError as error:
        return str(error).splitlines()
    return []


def _write(path: Path, text: str) -> None:
    """All of it or nothing, for this user alone."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        whole_file.write(path, text)
    except OSError as error:
        raise ConfigError(
            _("{path}: cannot be written: {value}").format(path=path, value=error.strerror or error)
        ) from error
