"""A folder is its path: the names of the folders around it and its own, outermost first."""

SEPARATOR = " / "
"""Between the names."""


def folder_path(folder: str | None) -> str | None:
    """A folder as it is stored: blanks around names and empty names do not matter; None for no folder."""
    names = (name.strip() for name in (folder or "").split(SEPARATOR))
    return SEPARATOR.join(name for name in names if name) or None


def is_within(folder: str | None, around: str) -> bool:
    """Whether a folder is this one, or in it at any depth."""
    return folder is not None and (folder == around or folder.startswith(around + SEPARATOR))
