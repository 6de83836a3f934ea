"""Writing in the reader's own editor, to which the terminal is lent."""

import os
import shlex
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from textual.app import App, SuspendNotSupported

from tui_reader.errors import UsageError
from tui_reader.language import _


def edit(app: App[Any], text: str, command: str = "") -> str:
    """The text as the editor left it.

    Args:
        app: What has the terminal now.
        text: What to start with.
        command: The editor with its options; empty for ``$VISUAL``, ``$EDITOR``, then ``vi``.

    Raises:
        UsageError: there is no such editor, it failed or left no file, or the terminal cannot be lent.
    """
    command = command or os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        # the folder is 0700: a draft is nobody else's
        with tempfile.TemporaryDirectory(prefix="tui-reader-") as folder:
            path = Path(folder) / "reply.md"
            path.write_text(text, encoding="utf-8")
            _run(app, command, path)
            return path.read_text(encoding="utf-8", errors="replace").rstrip("\n")
    except OSError as error:
        raise UsageError(
            _("The text did not come back from the editor {command!r} ({error}); it is as it was.").format(
                command=command, error=error.strerror or error
            )
        ) from error


def _run(app: App[Any], command: str, path: Path) -> None:
    try:
        with app.suspend():
            done = subprocess.run([*shlex.split(command), str(path)], check=False)  # noqa: S603 (the user's own)
    except SuspendNotSupported as error:
        raise UsageError(
            _("An editor needs a terminal, and this is a page in a browser: write here.")
        ) from error
    except (OSError, ValueError) as error:
        raise UsageError(
            _("The editor {command!r} did not start: {error}").format(command=command, error=error)
        ) from error
    if done.returncode != 0:
        raise UsageError(
            _("The editor {command!r} ended with status {returncode}; the text is as it was.").format(
                command=command, returncode=done.returncode
            )
        )
