"""Opens the reader: its screens, what ends them, the exit status; nothing of the commands is loaded."""

import asyncio
import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tui_reader import early_look, language, paths
from tui_reader.bootstrap import Services, open_services, utc_now
from tui_reader.errors import TuiReaderError, UsageError
from tui_reader.language import _, ngettext
from tui_reader.put_off import putting_off
from tui_reader.ui.first_hold import guarded

if TYPE_CHECKING:
    from tui_reader.domain.reply import Reply
    from tui_reader.ui.first_hold import Shown


def open_reader(frame: "Shown | None" = None, *, is_linear: bool = False) -> int:
    """Opens the reader on the user's own home; gives the exit status.

    Args:
        frame: What stands on the terminal already.
        is_linear: Whether it is told in words alone, whatever the settings say.
    """
    # files that are made on the way, the database's own among them, are the user's alone
    os.umask(0o077)
    language.use(early_look.language_in(str(paths.find().config_file)))
    if not has_terminal():
        return 2
    try:
        result = read(open_services, frame=frame, is_linear=is_linear)
        if result == "demo":
            from tui_reader.cli.demo import run_demo

            # the welcome's demo teaches, once
            result = run_demo(is_linear=is_linear, has_tour=not tour_mark().exists())
    except TuiReaderError as error:
        for line in str(error).splitlines() or [_("it failed")]:
            _say(f"error: {line}")
        return 2 if isinstance(error, UsageError) else 1
    return int(result)


def tour_mark() -> Path:
    """The file that says that the tour was taken."""
    return paths.find().data_dir / "tour-taken"


def has_terminal() -> bool:
    """Whether there is one to show the reader on; says what is missing and what works when there is none."""
    if driver := os.environ.get("TEXTUAL_DRIVER"):
        from tui_reader.serving import DRIVER

        if driver == DRIVER:
            return True  # a page in a browser
    without = _("`tui-reader posts`, `show POST`, `comments POST` and `reply POST` work without")
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        missing = _("the reader needs a terminal, for its keys and for its screen")
    elif (name := os.environ.get("TERM", "")) in {"", "dumb", "unknown"}:
        missing = _("this terminal cannot place words on its screen (TERM={name})").format(name=name or "''")
        without += _("; where that is wrong, TERM=xterm-256color is what most terminals are")
    else:
        return True
    _say(f"error: {missing}; {without}")
    return False


def read(
    opened: Callable[[], Services],
    *,
    demo: bool = False,
    after_tour: Callable[[], None] | None = None,
    frame: "Shown | None" = None,
    is_linear: bool = False,
) -> int | str:
    """Runs the screens; gives the exit status, or ``demo`` when the welcome asked for it.

    Raises:
        TuiReaderError: the settings are wrong, or the database cannot be opened.
    """
    crash: Exception | None
    guard = guarded() if frame is None else None
    try:
        status, crash, parting = asyncio.run(
            _run(opened, demo=demo, after_tour=after_tour, frame=frame, is_linear=is_linear)
        )
    except TuiReaderError:
        raise
    except Exception as error:  # noqa: BLE001 (the outermost place: it is reported, and the program ends)
        status, crash, parting = 1, error, ""
    finally:
        # before anything is said: on the other screen nobody would read it
        if frame is not None:
            frame.leave()
        if guard is not None:
            guard.lift()
    if crash is None:
        if parting:
            _say(parting)
        return status
    say_crash(crash)
    return 1


async def _run(
    opened: Callable[[], Services],
    *,
    demo: bool,
    after_tour: Callable[[], None] | None,
    frame: "Shown | None",
    is_linear: bool,
) -> tuple[int | str, Exception | None, str]:
    with putting_off():
        import shutil  # noqa: F401 (which Textual asks for the size of the terminal)

        from tui_reader.ui.app import ReaderApp
        from tui_reader.ui.themes import has_colours

    # a thread that stores what a refresh brought hands over five times as soon when a key waits
    sys.setswitchinterval(0.001)
    services = opened()
    if is_linear:
        look = services.settings.look._replace(linear=True)
        services.settings = services.settings._replace(look=look)
    try:
        has_some = has_colours(os.environ)
        app = ReaderApp(services, demo=demo, after_tour=after_tour, frame=frame, has_colours=has_some)
        result = await app.run_async()
        status = result if isinstance(result, str) else app.return_code or 0
        # what is written in the demo goes with it
        return status, app.crash, "" if demo else _parting(app.unsent)
    finally:
        await services.close()


def _parting(unsent: "Sequence[Reply]") -> str:
    """What is told of drafts at the end: they are kept, and where."""
    if not unsent:
        return ""
    if len(unsent) == 1 and unsent[0].to_author:
        words = _("Your reply to {author} is not sent: it is kept as a draft; `tui-reader outbox` lists it.")
        return words.format(author=unsent[0].to_author)
    words = ngettext(
        "{count} reply is not sent: it is kept as a draft; `tui-reader outbox` lists it.",
        "{count} replies are not sent: they are kept as drafts; `tui-reader outbox` lists them.",
        len(unsent),
    )
    return words.format(count=len(unsent))


def say_crash(error: Exception) -> None:
    """One plain message, and where the report is; drafts are stored as they are typed."""
    from tui_reader import crash

    logger = logging.getLogger("tui_reader")
    # before the log is begun Python would write it to the terminal
    logger.addHandler(logging.NullHandler())
    logger.error("the reader ended by a fault of its own", exc_info=error)
    file = crash.report(error, paths.find().data_dir, utc_now())
    told = _("the reader ended by a fault of its own; drafts and all that was read are stored.")
    where = _("A report without your texts is in {file}") if file else _("No report could be written.")
    _say(f"error: {told} {where.format(file=file)}")


def _say(words: str) -> None:
    """One line on stderr, whatever strangers put into it."""
    from tui_reader.content.clean import clean_line

    try:
        sys.stderr.write(f"{clean_line(words)}\n")
        sys.stderr.flush()
    except OSError:
        # the terminal is gone: what was to be written is for nobody, and no failure when Python ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
