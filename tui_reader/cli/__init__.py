"""The command line: arguments in, plain words or JSON out; the same services as the screens."""

from tui_reader.cli.program import main

__all__ = ["main"]
