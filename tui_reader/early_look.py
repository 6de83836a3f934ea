"""The look that the settings name, before all of them are read: colours and language of the first words."""

TYPE_CHECKING = False
if TYPE_CHECKING:  # as typing has it, which takes longer to load than the first frame to draw
    from typing import Any


def look_in(config: str, *wanted: str) -> "dict[str, Any] | None":
    """What the settings say of the look; None where they are wrong, which is reported in a moment, not here.

    Args:
        config: The file.
        wanted: What is asked for; a file that does not name it is not read any further.
    """
    try:
        with open(config, "rb") as file:  # noqa: PTH123 (pathlib is not loaded yet)
            written = file.read()
    except OSError:
        return {}
    if not any(name.encode() in written for name in wanted):
        return {}
    import tomllib

    try:
        look = tomllib.loads(written.decode()).get("look", {})
    except (UnicodeDecodeError, tomllib.TOMLDecodeError):
        return None
    return look if isinstance(look, dict) else None


def language_in(config: str) -> str:
    """The language that the settings name; empty where they name none."""
    named = (look_in(config, "language") or {}).get("language")
    return named if isinstance(named, str) else ""
