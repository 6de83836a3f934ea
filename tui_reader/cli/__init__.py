"""The command line: arguments in, plain words or JSON out; the same services as the screens."""

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:  # as typing has it, which takes longer to load than the first frame to draw
    from collections.abc import Sequence
    from typing import NoReturn

__all__ = ["main"]


def main(arguments: "Sequence[str] | None" = None) -> "NoReturn":
    """Runs the program and ends the process with the contract's exit status.

    Called for the reader itself, it first draws what is stored: everything else takes longer to load.
    """
    # a shell that completes calls without arguments as well
    if arguments is None and len(sys.argv) == 1 and "_TUI_READER_COMPLETE" not in os.environ:
        sys.exit(_reader())
    if arguments is None and sys.argv[1:] == ["--version"] and _told_version():
        sys.exit(0)
    if arguments is None:
        _collect_little()
    from tui_reader.put_off import putting_off

    with putting_off():
        from tui_reader.cli.program import main as run

    run(arguments)


def _told_version() -> bool:
    """Says it in the words of click, which takes longer to load than anything else here."""
    from tui_reader import __version__

    if sys.stdout is None:
        return False
    try:
        # past Python's buffer: what is left in it by a full disk would be tried again at the end
        os.write(sys.stdout.fileno(), f"tui-reader, version {__version__}\n".encode())
    except OSError:
        return False  # the program knows what is to be said of it
    return True


def _collect_little() -> None:
    """Spares a short run the search for garbage where there is none."""
    import atexit
    import gc

    # nothing that loads becomes garbage; the command turns it on again once it is loaded
    gc.disable()
    # and what is left at the end goes with the process
    atexit.register(gc.freeze)


def _reader() -> int:
    import gc

    # nothing that loads becomes garbage; the app turns it on again once it stands
    gc.disable()
    from tui_reader.ui import first_frame

    frame = first_frame.show()
    try:
        from tui_reader.put_off import putting_off

        with putting_off():
            from tui_reader.cli.reader import open_reader

        return open_reader(frame)
    finally:
        if frame is not None:
            frame.leave()
