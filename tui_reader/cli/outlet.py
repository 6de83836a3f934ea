"""Standard output that lets a command do its work to the end, and says afterwards that it could not tell."""

import errno
import io
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, TextIO

import click

from tui_reader.errors import OutputError
from tui_reader.language import _

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


class Outlet(io.FileIO):
    """A descriptor to which nothing is written any more once that has failed.

    What a command was called for is done though nobody can be told of it: the second of two blogs is added,
    and the fate of a reply that was sent is stored and is what the exit status says.
    """

    def __init__(self, descriptor: int) -> None:
        super().__init__(descriptor, "wb", closefd=False)
        self.fault: OSError | None = None
        """Why it failed."""

    def write(self, data: "ReadableBuffer", /) -> int:
        """Writes, or passes over what cannot be written."""
        if self.fault is None:
            try:
                if (written := super().write(data)) is not None:
                    return written
                # somebody made it non-blocking, and reads too slowly
                self.fault = BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
            except OSError as error:
                self.fault = error
        return memoryview(data).nbytes


def told(work: Callable[[], int]) -> int:
    """Does the work with outlets for standard output and standard error; gives the exit status.

    It is the work's own, but 1 for a success of which not all could be said. That nobody reads on
    (``| head``) is no fault.
    """
    out, err = sys.stdout, sys.stderr
    if out is None:
        # before anything is done: the next file that is opened would take its place
        return _failed(OSError(errno.EBADF, os.strerror(errno.EBADF)))
    outlet, sys.stdout = _instead_of(out)
    if err is not None:
        _, sys.stderr = _instead_of(err)
    try:
        status = work()
        sys.stdout.flush()
        if outlet is None or outlet.fault is None or isinstance(outlet.fault, BrokenPipeError):
            return status
        return _failed(outlet.fault, status)
    finally:
        sys.stdout, sys.stderr = out, err


def check() -> None:
    """For what is of no use to anybody when it is not read.

    Raises:
        click.exceptions.Exit: nobody reads on, or it cannot be written, which is told at the end.
    """
    raw = getattr(getattr(sys.stdout, "buffer", None), "raw", None)
    if isinstance(raw, Outlet) and raw.fault is not None:
        raise click.exceptions.Exit(0 if isinstance(raw.fault, BrokenPipeError) else 1)


def _instead_of(stream: TextIO) -> tuple[Outlet | None, TextIO]:
    try:
        outlet = Outlet(stream.fileno())
    except (OSError, AttributeError):
        return None, stream  # a test's: it has no descriptor
    text = io.TextIOWrapper(
        io.BufferedWriter(outlet),
        encoding=stream.encoding,
        errors=stream.errors,
        line_buffering=getattr(stream, "line_buffering", False),
    )
    return outlet, text


def _failed(fault: OSError, status: int = 0) -> int:
    from tui_reader.cli.output import fail

    words = _("the output could not be written: {why}")
    return fail(OutputError(words.format(why=fault.strerror or str(fault))), status or 1)
