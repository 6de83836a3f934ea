"""The column of posts."""

from collections.abc import Mapping, Sequence, Set
from datetime import UTC, datetime
from typing import TYPE_CHECKING, ClassVar

from textual.message import Message

from tui_reader.language import _
from tui_reader.ui.manner import manner
from tui_reader.ui.text import tame_line
from tui_reader.ui.widgets.dates import recent_or_day
from tui_reader.ui.widgets.pieces import Line, Piece, cells, shortened, width_of
from tui_reader.ui.widgets.row_list import RowList

if TYPE_CHECKING:
    from tui_reader.domain.post_line import AnyPost
    from tui_reader.ui.talk import Talk


class PostList(RowList):
    """Chooses a post; what is listed stays listed, read or not, until other posts are shown."""

    ROW_HEIGHT: ClassVar[int] = 3
    CURSOR_LINES: ClassVar[int] = 2

    class Highlighted(Message):
        """The cursor stands on another post."""

        def __init__(self, list: "PostList", post: "AnyPost") -> None:
            super().__init__()
            self.list = list
            self.post = post

        @property
        def control(self) -> "PostList":
            """The list whose cursor it is."""
            return self.list

    class EndWanted(Message):
        """The cursor goes to the last post, also of those that are not listed yet."""

        def __init__(self, list: "PostList") -> None:
            super().__init__()
            self.list = list

        @property
        def control(self) -> "PostList":
            """The list whose end it is."""
            return self.list

    class Opened(Message):
        """A post was chosen."""

        def __init__(self, list: "PostList", post: "AnyPost") -> None:
            super().__init__()
            self.list = list
            self.post = post

        @property
        def control(self) -> "PostList":
            """The list that was chosen from."""
            return self.list

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._posts: list[AnyPost] = []
        self._number_of: dict[int, int] = {}
        self._more = 0
        self._empty = ("", "")
        self._talks: Mapping[int, Talk] | None = None
        self.now: datetime | None = None
        """For dates; the present moment when none is given."""

    @property
    def posts(self) -> "tuple[AnyPost, ...]":
        """What is listed, in its order."""
        return tuple(self._posts)

    @property
    def post(self) -> "AnyPost | None":
        """What the cursor stands on."""
        return self._posts[self.cursor] if self._posts else None

    def show(
        self,
        posts: "Sequence[AnyPost]",
        keep_id: int | None = None,
        *,
        now: datetime | None = None,
        talks: "Mapping[int, Talk] | None" = None,
        more: int = 0,
    ) -> None:
        """Draw posts, the cursor on ``keep_id`` where it is among them, else on the first.

        Args:
            posts: In the order in which they are drawn.
            keep_id: The post that the cursor is to stand on; it keeps its row of the pane.
            now: For dates, told in its time zone.
            talks: Post by post what was said there last; a third line tells it.
            more: How many follow that are shown in a moment: the scroll bar has them already.
        """
        before = self.post
        row = self.cursor * self.row_height - round(self.scroll_y)
        self.now = now or self.now
        self._talks = talks
        self.cursor_lines = self.CURSOR_LINES + (1 if talks is not None else 0)
        self.row_height = self.cursor_lines + manner().gap
        self._posts = list(posts)
        self._more = more
        self._number_of = {post.id: number for number, post in enumerate(self._posts)}
        found = self._number_of.get(keep_id) if keep_id is not None else None
        self.cursor = found or 0
        self.rows_changed()
        if found is not None and before is not None and before.id == keep_id:
            self._put(self.cursor * self.row_height - row)
        else:
            self._put(0)
        self.bring_in_sight()
        post = self.post
        if post is not None and (before is None or before.id != post.id):
            self.moved()

    def restyle(self) -> None:
        """Draw the rows in the manner that is in force now, the cursor's on the line where it stands."""
        row = self.cursor * self.row_height - round(self.scroll_y)
        self.row_height = self.cursor_lines + manner().gap
        self.rows_changed()
        self._put(self.cursor * self.row_height - row)
        self.bring_in_sight()

    def show_empty(self, title: str, hint: str) -> None:
        """Say why nothing is here, and which key helps."""
        self._posts, self._number_of, self.cursor, self._more = [], {}, 0, 0
        self._empty = (tame_line(title), tame_line(hint))
        self.rows_changed()

    def update_post(self, post: "AnyPost") -> None:
        """Draw one post anew; what is not here is passed over."""
        number = self._number_of.get(post.id)
        if number is not None:
            self._posts[number] = post
            self.refresh_row(number)

    def focus_post(self, post_id: int) -> bool:
        """Stand on a post; False when it is not here."""
        number = self._number_of.get(post_id)
        if number is None:
            return False
        self.put_cursor(number)
        return True

    def action_last(self) -> None:
        super().action_last()
        self.post_message(self.EndWanted(self))

    def row_count(self) -> int:
        return len(self._posts)

    def rows_with_room(self) -> int:
        return len(self._posts) + self._more

    def row_words(self, number: int) -> str:
        post = self._posts[number]
        talk = self._talks.get(post.id) if self._talks is not None else None
        said = talk.words if talk is not None else ""
        return tame_line(f"{post.title} {post.author or ''} {post.blog_title} {said}")

    def empty_words(self) -> tuple[str, str]:
        return self._empty

    def moved(self) -> None:
        if (post := self.post) is not None:
            self.post_message(self.Highlighted(self, post))

    def opened(self) -> None:
        if (post := self.post) is not None:
            self.post_message(self.Opened(self, post))

    def row_lines(self, number: int, width: int) -> Sequence[Line]:
        post = self._posts[number]
        now = self.now or datetime.now(UTC).astimezone()
        talk = self._talks.get(post.id) if self._talks is not None else None
        is_new = not post.is_read if self._talks is None else talk is not None and talk.is_new
        if manner().is_linear:
            from tui_reader.ui.widgets.spoken import post_lines

            return post_lines(post, is_new=is_new, talk=talk, now=now, width=width)
        title = [Piece(" "), Piece("● ", "new") if is_new else Piece("  ")]
        if post.is_starred:
            title.append(Piece("★ ", "star"))
        if post.is_later:
            title.append(Piece("◷ ", "star"))
        room = width - width_of(title) - 1
        words = tame_line(post.title) or _("Without a title")
        title.append(Piece(shortened(words, room), "title" if is_new else "text"))
        told = manner().fields
        counts = _counts(post) if "comments" in told else []
        room = width - 4 - (width_of(counts) + 2 if counts else 0)
        date = recent_or_day(post.published, now) if post.published is not None and "date" in told else ""
        who = post.blog_title if self._talks is not None else _who(post, told)
        below = _byline(tame_line(who), date, room)
        second = [Piece("   "), Piece(below, "dim")]
        if counts:
            # counts stand in one column, at the right edge
            gap = width - 1 - width_of(second) - width_of(counts)
            second += [Piece(" " * max(1, gap)), *counts]
        if self._talks is None:
            return tuple(title), tuple(second)
        return tuple(title), tuple(second), tuple(_talk(talk, width - 4)) if talk else ()


def _talk(talk: "Talk", room: int) -> list[Piece]:
    """What was said last; first what became of a reply that nobody sees yet."""
    line = [Piece("   ")]
    if talk.state:
        line += [Piece(shortened(talk.state, room), "new"), Piece(" · ", "dim")]
    words = shortened(tame_line(talk.words), max(8, room - width_of(line) + 3))
    return [*line, Piece(words, "text" if talk.is_new else "dim")]


def _who(post: "AnyPost", told: Set[str]) -> str:
    """The author, the blog or both; a post without an author has the blog for one."""
    if "blog" not in told:
        return post.author or post.blog_title if "author" in told else ""
    author = post.author if "author" in told else None
    return f"{author}, {post.blog_title}" if author else post.blog_title


def _counts(post: "AnyPost") -> list[Piece]:
    if not post.comment_count and not post.new_comment_count:
        return []
    pieces = [Piece(f"▪ {post.comment_count or post.new_comment_count}", "count")]
    if post.new_comment_count:
        pieces.append(Piece(f" +{post.new_comment_count}", "new"))
    return pieces


def _byline(who: str, date: str, room: int) -> str:
    """Author and date; where both do not fit the author's name is cut."""
    tail = f" · {date}" if date and who else date
    if cells(tail) > room:
        return shortened(date, room)
    return shortened(who, room - cells(tail)) + tail


if __name__ == "__main__":
    from tui_reader.ui.widgets.samples import NOW, alone, sample_posts

    view = PostList()
    alone(view, lambda: view.show(sample_posts(), now=NOW))
