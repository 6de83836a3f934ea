"""Words to try a widget with, alone: ``python -m tui_reader.ui.widgets.thread_view``."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.widget import Widget

from tui_reader.content.blocks import Block, Code, Document, Heading, Image, Paragraph, Span, Style, Table
from tui_reader.domain.blog import Blog
from tui_reader.domain.comment import Comment, CommentKind, CommentState
from tui_reader.domain.post import Post
from tui_reader.domain.thread import Thread, in_reading_order
from tui_reader.ui.themes import INK, THEMES

if TYPE_CHECKING:
    from tui_reader.services.library import Counts

NOW = datetime(2026, 8, 3, 12, 0, tzinfo=UTC)
"""When the samples are looked at."""


def alone(widget: Widget, fill: Callable[[], None]) -> None:
    """Run a program of one widget; ctrl+q ends it, t changes the theme."""

    class Alone(App[None]):
        BINDINGS: ClassVar[list[BindingType]] = [("t", "next_theme", "Theme")]

        def compose(self) -> ComposeResult:
            yield widget

        def on_mount(self) -> None:
            for theme in THEMES:
                self.register_theme(theme)
            self.theme = INK.name
            fill()
            widget.focus()

        def action_next_theme(self) -> None:
            names = [theme.name for theme in THEMES]
            self.theme = names[(names.index(self.theme) + 1) % len(names)]

    Alone().run()


def document_of(comment: Comment) -> Document:
    """A sample's body: its words as they are, a paragraph for each line."""
    return Document(blocks=tuple(Paragraph(spans=(Span(line),)) for line in comment.html.split("\n") if line))


def sample_thread() -> tuple[Thread, Callable[[Comment], Document], datetime]:
    """A small conversation with all that one can hold."""

    def said(
        id: str, author: str, hours: float, text: str, *, to: str | None = None, **more: bool
    ) -> Comment:
        moment = NOW - timedelta(hours=hours)
        return Comment(id=id, parent_id=to, author=author, published=moment, html=text, **more)  # type: ignore[arg-type]

    comments = [
        said(
            "1", "Noor", 20, "The ferry sells tea now. It took them nine years to find a kettle.", is_new=True
        ),
        said("2", "Ada Lind", 19, "And one for the crew only.", to="1", is_by_post_author=True),
        said("3", "Noor", 5, "Then I shall board with my own cup.", to="2", is_new=True),
        said(
            "4", "Tomasz", 4, "The harbour is quiet in winter; the light is not. Bring a coat.\nAnd gloves."
        ),
        said("5", "Ilse", 3, "How early must one be there for a seat by the window?", to="4"),
        said("6", "Tomasz", 2.5, "Ten minutes, in winter. In July, give up.", to="5"),
        Comment(
            id="7",
            author="Me",
            published=NOW - timedelta(hours=2),
            html="I missed the last one home, twice. Ask the crew: they wait when asked.",
            is_mine=True,
            state=CommentState.HELD,
        ),
        Comment(
            id="8",
            author="Ferries in winter",
            author_url="https://village.example/ferries",
            published=NOW - timedelta(hours=1),
            kind=CommentKind.PINGBACK,
        ),
    ]
    return in_reading_order(comments), document_of, NOW


def sample_post(**changes: object) -> Post:
    """A post, with what is given in place of its own."""
    values: dict[str, object] = {
        "id": 1,
        "blog_id": 1,
        "blog_title": "The Slow Ferry",
        "url": "https://ferry.example/harbour",
        "guid": "harbour",
        "title": "A harbour in winter",
        "author": "Ada Lind",
        "published": NOW - timedelta(days=2),
        "first_seen": NOW,
        "comment_count": 12,
    }
    return Post(**(values | changes))  # type: ignore[arg-type]


def sample_posts() -> list[Post]:
    """A list of posts in all the states that a row shows."""
    return [
        sample_post(id=1, new_comment_count=3),
        sample_post(id=2, title="A kettle for the lower deck", comment_count=4),
        sample_post(id=3, title="Four islands, four bakers", is_read=True, comment_count=31),
        sample_post(id=4, title="The timetable as a poem", is_read=True, is_starred=True, comment_count=8),
        sample_post(id=5, title="Those who stayed ashore", is_read=True, author="Per Holm", comment_count=0),
    ]


def sample_document() -> Document:
    """A body with every kind of block."""
    coffee = "https://ferry.example/2024/coffee"
    blocks: tuple[Block, ...] = (
        Paragraph(spans=(Span("The harbour empties at four. What is left is light, gulls and a baker."),)),
        Heading(level=2, spans=(Span("What changes, and what does not"),)),
        Paragraph(spans=(Span("Three things are said of every winter:"),)),
        Paragraph(indent=1, marker="•", spans=(Span("the timetable is a wish, written down;"),)),
        Paragraph(
            indent=1,
            marker="•",
            is_tight=True,
            spans=(
                Span("the "),
                Span("good coffee", frozenset({Style.LINK}), coffee),
                Span(" is an hour away;"),
            ),
        ),
        Paragraph(
            indent=1,
            marker="•",
            is_tight=True,
            spans=(
                Span("seats must be "),
                Span("planned", frozenset({Style.EMPHASIS})),
                Span(", like gardens."),
            ),
        ),
        Paragraph(quote=1, spans=(Span("“I go over by the first boat on Tuesday and am home for dinner.”"),)),
        Code(
            language="python",
            text="def next_boat(now):\n    return min(t for t in TIMES if t > now)  # or never",
        ),
        Table(
            rows=(
                ((Span("Boat"),), (Span("Leaves"),), (Span("Seats"),)),
                ((Span("The Early One"),), (Span("06:10"),), (Span("40"),)),
                ((Span("The Baker's"),), (Span("07:45"),), (Span("112"),)),
            ),
            alignments=("left", "left", "right"),
        ),
        Image(alt="A bench in front of the water", src="https://ferry.example/bench.jpg"),
        Paragraph(spans=(Span("Have you made the crossing? Tell us below."),)),
    )
    return Document(blocks=blocks, links=(coffee,))


def sample_blogs() -> "tuple[list[Blog], Counts]":
    """Blogs in folders, one of them failing, and the counts above them."""
    from tui_reader.services.library import Counts

    def blog(id: int, title: str, folder: str | None, unread: int = 0, error: str | None = None) -> Blog:
        url = f"https://blog{id}.example/"
        return Blog(
            id=id,
            url=url,
            feed_url=f"{url}feed",
            title=title,
            added_at=NOW,
            folder=folder,
            unread=unread,
            error=error,
        )

    blogs = [
        blog(1, "The Slow Ferry", "Work", 4),
        blog(2, "Letters from the Pier", "Work", 7),
        blog(3, "Quai ouvert", "Work"),
        blog(4, "Type & Tide", "Code", 12),
        blog(5, "Lambda Notes", "Code", error="https://blog5.example/feed: there is no such page (404)"),
        blog(6, "The Baker", "Kitchen", 3),
    ]
    return blogs, Counts(posts=120, unread=26, starred=14, new_comments=5, answers=2, held=1, outbox=1)
