"""Pictures of a post's elements at three widths and in two themes; each says what is to be seen.

``python -m pytest tests/ui/test_page_snapshots.py --snapshot-update`` takes them anew: look at them before
they are committed.
"""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from widget_host import Host

from tui_reader.content.readable import document
from tui_reader.domain.post import Post
from tui_reader.ui.widgets.article_view import ArticleView

NOW = datetime(2026, 8, 3, 12, 0, tzinfo=UTC)
ADDRESS = "https://ferry.example/elements"
PAGES = Path(__file__).parent / "pages"
CORPUS = Path(__file__).parents[1] / "content" / "corpus"

pytestmark = [
    pytest.mark.parametrize("theme", ["ink", "paper"]),
    pytest.mark.parametrize("width", [44, 76, 104]),
]


def compared(snap_compare, body: str, width: int, theme: str, height: int) -> bool:
    view = ArticleView()
    post = Post(
        id=1,
        blog_id=1,
        blog_title="The Slow Ferry",
        url=ADDRESS,
        guid="elements",
        title="What a page is made of",
        author="Ada Lind",
        published=NOW,
        first_seen=NOW,
    )

    async def shown(pilot):
        view.show(post, document(body, ADDRESS), minutes=2, now=NOW)
        await pilot.pause()

    return snap_compare(Host(view, theme), terminal_size=(width, height), run_before=shown)


def test_prose(snap_compare, width, theme):
    """Headings of five ranks, lists in lists, tasks, quotations, terms, a note and its way back."""
    body = (PAGES / "prose.html").read_text(encoding="utf-8")
    assert compared(snap_compare, body, width, theme, 66 if width < 70 else 60)


def test_things(snap_compare, width, theme):
    """Code in colours, a table that wraps, a picture, a film, a card, folds, formulas, verse."""
    body = (PAGES / "things.html").read_text(encoding="utf-8")
    assert compared(snap_compare, body, width, theme, 72 if width < 70 else 60)


def test_scripts(snap_compare, width, theme):
    """Arabic, Hebrew, Japanese and French, each column in its place; emoji as wide as they are drawn."""
    names = ("arabic", "hebrew", "japanese", "french")
    body = "<hr>".join((CORPUS / f"{name}.html").read_text(encoding="utf-8") for name in names)
    assert compared(snap_compare, body, width, theme, 66)
