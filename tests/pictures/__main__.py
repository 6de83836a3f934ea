"""Takes the README's pictures of the real program on its demo blog: ``python -m tests.pictures``."""

import asyncio
import os
import re
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from tui_reader.bootstrap import open_services
from tui_reader.demo import DemoServer
from tui_reader.language import use as use_language
from tui_reader.ui.app import ReaderApp

HERE = Path(__file__).parent
NOON = datetime(2026, 8, 3, 12, 0, tzinfo=UTC)
POST = "What the tide table does not say"


async def take(name: str, theme: str, size: tuple[int, int], *keys: str, language: str = "en") -> None:
    """Starts the program, presses the keys and keeps what is then to be seen."""
    with tempfile.TemporaryDirectory() as home:
        async with DemoServer(now=lambda: NOON) as server:
            services = open_services(Path(home), now=lambda: NOON, throw_away=True)
            use_language(language)
            for url in server.blogs:
                await services.subscriptions.add(url)
            await services.replying.add_identity(name="Nadia B.", email="nadia@mail.example")
            app = ReaderApp(services)
            async with app.run_test(size=size) as pilot:
                app.theme = theme
                await settled(pilot, app)
                await pilot.press("2")
                app.reading.post_list.focus_post(
                    next(post.id for post in app.reading.post_list.posts if post.title == POST)
                )
                await settled(pilot, app)
                for key in keys:
                    await pilot.press(*(key if key.startswith("“") else [key]))
                    await settled(pilot, app)
                svg = app.export_screenshot(title="tui_reader")
            await services.close()
    # the picture needs no font from the network: any monospaced one does
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    # nor the name of a folder that is another each time; as long as that, so that it fits
    svg = svg.replace(home, "/home/nadia/blogs"[: len(home)])
    (HERE / f"{name}.svg").write_text(svg, encoding="utf-8")


async def settled(pilot, app) -> None:
    """Waits until nothing is loaded any more."""
    for _ in range(40):
        await pilot.pause(0.05)
        if app.reading.desk.conversation is not None and not app.reading.desk.is_loading:
            break
    await pilot.pause(0.2)


async def main() -> None:
    """Takes all pictures."""
    await take("library", "ink", (128, 30))
    await take("outline", "ink", (112, 32), "enter", "t")
    await take("settings", "paper", (112, 32), "comma")
    await take("french", "ink", (112, 32), "enter", "4", "j", language="fr")
    await take("reading", "ink", (132, 36), "enter", "4", "j", "j")
    await take("reading-paper", "paper", (132, 36), "enter", "4", "j", "j")
    await take("reply", "ink", (132, 36), "enter", "4", "j", "r", "“Mine hangs beside the bread bin.”")
    await take("narrow", "ink", (80, 24), "enter", "4", "j")


if __name__ == "__main__":
    os.environ["TZ"] = "UTC"
    time.tzset()
    asyncio.run(main())
