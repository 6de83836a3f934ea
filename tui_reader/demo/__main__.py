"""Runs the demo blog in the foreground: ``python -m tui_reader.demo``."""

import argparse
import asyncio
import sys
from contextlib import suppress
from pathlib import Path

from tui_reader.demo.faults import OK, Fault
from tui_reader.demo.server import DemoServer


def main() -> None:
    """Serves until it is interrupted; the first line it prints is the blog's address."""
    parser = argparse.ArgumentParser(prog="python -m tui_reader.demo", description="A demo blog on loopback.")
    parser.add_argument("--port", type=int, default=0, help="the port; any free one unless told")
    parser.add_argument("--state", type=Path, help="a file that keeps the comments between runs")
    parser.add_argument(
        "--fault",
        default="",
        metavar="F[,F…]",
        help=f"what befalls the comments in turn, over and over: {', '.join([OK, *Fault])}",
    )
    parser.add_argument(
        "--flood", type=float, default=2.0, metavar="SECONDS", help="wait between two comments"
    )
    parser.add_argument(
        "--lively", action="store_true", help="the author answers, held comments are approved"
    )
    options = parser.parse_args()
    names = [name for name in options.fault.split(",") if name]
    if wrong := [name for name in names if name not in {OK, *Fault}]:
        parser.error(f"no such fault: {', '.join(wrong)}")
    try:
        with suppress(KeyboardInterrupt):
            asyncio.run(_serve(options.port, options.state, names, options.flood, lively=options.lively))
    except OSError as error:
        parser.exit(1, f"error: {error}\n")


async def _serve(
    port: int, state: Path | None, faults: list[str], flood_seconds: float, *, lively: bool
) -> None:
    async with DemoServer(port=port, state=state, flood_seconds=flood_seconds, lively=lively) as server:
        server.plan_faults(faults, repeat=True)
        sys.stdout.write("\n".join(server.blogs) + "\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    main()
