"""Where configuration, data and cache are on this machine."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from tui_reader.errors import StorageError
from tui_reader.language import _

PROGRAM = "tui-reader"
HOME = "TUI_READER_HOME"
"""The variable that puts all of it under one folder."""


class Paths(NamedTuple):
    """The folders of one user."""

    config_dir: Path
    data_dir: Path
    cache_dir: Path

    @property
    def config_file(self) -> Path:
        """The settings."""
        return self.config_dir / "config.toml"

    @property
    def database_file(self) -> Path:
        """All that matters, in one file."""
        return self.data_dir / "reader.db"

    def make(self) -> None:
        """Makes the folders that are missing, for this user alone; those that are there stay as they are.

        Raises:
            StorageError: one cannot be made.
        """
        for folder in (self.config_dir, self.data_dir, self.cache_dir):
            try:
                _make(folder)
            except OSError as error:
                reason = (error.strerror or str(error)).lower()
                raise StorageError(
                    _("the folder {folder} cannot be made: {reason}").format(folder=folder, reason=reason)
                ) from error


def find(environ: Mapping[str, str] = os.environ, home: Path | None = None) -> Paths:
    """Where things are: under ``home``, else under ``TUI_READER_HOME``, else in the system's own places."""
    if home is None and environ.get(HOME):
        # not by pathlib, which raises where there is no such user: to a shell, a folder is called so then
        home = Path(os.path.expanduser(environ[HOME]))  # noqa: PTH111
    if home is not None:
        root = home.absolute()
        return Paths(config_dir=root / "config", data_dir=root / "data", cache_dir=root / "cache")
    import platformdirs

    return Paths(
        config_dir=platformdirs.user_config_path(PROGRAM, appauthor=False),
        data_dir=platformdirs.user_data_path(PROGRAM, appauthor=False),
        cache_dir=platformdirs.user_cache_path(PROGRAM, appauthor=False),
    )


def _make(folder: Path) -> None:
    if folder.is_dir():
        return
    # mkdir gives its mode to the last folder only
    if not folder.parent.exists():
        _make(folder.parent)
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        # another program was quicker; a file of that name is an error
        if not folder.is_dir():
            raise
