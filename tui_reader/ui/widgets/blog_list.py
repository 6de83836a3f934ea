"""The left-most column: all, what is unread, conversations, what is starred, folders with their blogs."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple

from textual import events
from textual.binding import BindingType
from textual.message import Message

from tui_reader.domain.blog import Blog
from tui_reader.domain.folders import is_within
from tui_reader.language import N_, _, ngettext
from tui_reader.ui.first_lists import in_short
from tui_reader.ui.manner import manner
from tui_reader.ui.text import tame_line
from tui_reader.ui.widgets.line_view import bound
from tui_reader.ui.widgets.pieces import Line, Piece, cells, shortened, width_of
from tui_reader.ui.widgets.row_list import RowList

if TYPE_CHECKING:
    from tui_reader.services.library import Counts, PostFilter


class Source(NamedTuple):
    """Where posts are taken from."""

    kind: Literal["all", "unread", "conversations", "starred", "later", "folder", "blog"]
    blog_id: int | None = None
    folder: str | None = None

    def filter(self) -> "PostFilter":
        """The posts of this source; conversations are no posts and are asked for by themselves."""
        # not at the top: it brings the database along, and this widget asks for nothing of it
        from tui_reader.services.library import PostFilter

        return PostFilter(
            blog_id=self.blog_id,
            folder=self.folder,
            is_unread=self.kind == "unread",
            is_starred=self.kind == "starred",
            is_later=self.kind == "later",
        )


ALL = Source("all")
SOURCES = {
    "all": N_("All"),
    "unread": N_("Unread"),
    "conversations": N_("Conversations"),
    "starred": N_("Starred"),
    "later": N_("Later"),
}
"""What lists of our own are called; to go through ``_``."""
FOLDED = "▸"


class _Row(NamedTuple):
    """One line; without a source it only parts two others."""

    source: Source | None = None
    title: str = ""
    amount: int = 0
    is_calm: bool = False
    """Its count is for the record and asks for nothing."""
    is_strong: bool = False
    fold: str = ""
    """``▾`` or ``▸`` for a folder."""
    state: str = ""
    """``paused``, ``gone``, or why it fails."""
    is_failing: bool = False
    is_paused: bool = False
    indent: int = 0


class BlogList(RowList):
    """Chooses a source of posts."""

    # folders fold by the keys that fold the branches of a thread
    BINDINGS: ClassVar[list[BindingType]] = bound(
        {"thread.fold_or_parent": "fold", "thread.unfold_or_reply": "unfold"}
    )

    @dataclass(eq=False, repr=False)
    class Highlighted(Message):
        """The cursor stands on another source."""

        list: "BlogList"
        source: Source

        @property
        def control(self) -> "BlogList":
            """The list whose cursor it is."""
            return self.list

    @dataclass(eq=False, repr=False)
    class Opened(Message):
        """A source was chosen."""

        list: "BlogList"
        source: Source

        @property
        def control(self) -> "BlogList":
            """The list that was chosen from."""
            return self.list

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._blogs: tuple[Blog, ...] = ()
        self._counts: Counts | None = None
        self._folded: set[str] = set()
        self._rows: tuple[_Row, ...] = ()

    @property
    def source(self) -> Source:
        """What the cursor stands on."""
        source = self._rows[self.cursor].source if self._rows else None
        return source or ALL

    def show(self, blogs: Sequence[Blog], counts: "Counts", selected: Source | None = None) -> None:
        """Draw the blogs with their counts.

        Args:
            blogs: In any order; they are sorted by folder and title.
            counts: For the rows above the blogs.
            selected: What the cursor is to stand on; without it the cursor stays where it is.
        """
        self._blogs, self._counts = tuple(blogs), counts
        self._make_rows(selected if selected is not None else self.source)

    def _make_rows(self, selected: Source) -> None:
        before = self.source
        self._rows = tuple(_rows(self._blogs, self._counts, self._folded))
        at = next((number for number, row in enumerate(self._rows) if row.source == selected), None)
        if at is None and selected.kind == "blog":
            # its folder is folded
            folder = next((blog.folder for blog in self._blogs if blog.id == selected.blog_id), None)
            around = [n for n, row in enumerate(self._rows) if row.fold and is_within(folder, row.title)]
            at = around[-1] if around else None
        self.cursor = at or 0
        self.rows_changed()
        self.bring_in_sight()
        if self.source != before:
            self.moved()

    def row_count(self) -> int:
        return len(self._rows)

    def row_words(self, number: int) -> str:
        return tame_line(self._rows[number].title)

    def watch_marked(self) -> None:
        if self.marked is not None and self._folded:
            # a blog that is looked for is found in a folded folder too
            pattern = self.marked
            holding = {blog.folder for blog in self._blogs if pattern.search(tame_line(blog.title))}
            hiding = {one for one in self._folded if any(is_within(folder, one) for folder in holding)}
            if hiding:
                self._folded -= hiding
                self._make_rows(self.source)
        super().watch_marked()

    def can_hold_cursor(self, number: int) -> bool:
        return self._rows[number].source is not None

    def moved(self) -> None:
        self.post_message(self.Highlighted(self, self.source))

    def opened(self) -> None:
        self.post_message(self.Opened(self, self.source))

    def row_lines(self, number: int, width: int) -> Sequence[Line]:
        row = self._rows[number]
        if row.source is None:
            return ()
        if manner().is_linear:
            return ((Piece(" "), Piece(shortened(_spoken(row), width - 2), "text")),)
        line = [Piece(" " * (1 + row.indent))]
        if row.fold:
            line.append(Piece(f"{row.fold} ", "dim"))
        if row.is_failing:
            line.append(Piece("! ", "error"))
        count = str(row.amount) if row.amount else ""
        room = width - width_of(line) - (cells(count) + 2 if count else 1)
        role = "strong" if row.is_strong else "dim" if row.fold or row.is_paused else "text"
        # the state has its room first: a long title must not hide it
        kept = min(cells(row.state) + 2, room // 2) if row.state else 0
        title = shortened(tame_line(row.title), room - kept)
        line.append(Piece(title, role))
        if row.state and room - cells(title) > 5:
            line.append(Piece("  " + shortened(row.state, room - cells(title) - 2), "dim"))
        if count:
            gap = width - 1 - width_of(line) - cells(count)
            line += [Piece(" " * max(1, gap)), Piece(count, "dim" if row.is_calm else "new")]
        return (tuple(line),)

    def action_fold(self) -> None:
        source = self.source
        folder = source.folder
        if source.kind == "blog":
            folder = next((blog.folder for blog in self._blogs if blog.id == source.blog_id), None)
        if folder is None:
            return
        if source.kind == "folder":
            self._folded.add(folder)
        self._make_rows(Source("folder", folder=folder))

    def action_unfold(self) -> None:
        if self.source.kind != "folder" or self.source.folder is None:
            return
        if self.source.folder in self._folded:
            self._folded.discard(self.source.folder)
            self._make_rows(self.source)
        else:
            self.put_cursor(self.cursor + 1)

    def on_click(self, event: events.Click) -> None:
        """A click on the mark of a folder folds or unfolds it."""
        offset = event.get_content_offset(self)
        number = offset.y + round(self.scroll_y) if offset is not None else len(self._rows)
        is_on_mark = offset is not None and offset.x <= 2
        if not (is_on_mark and number < len(self._rows) and self._rows[number].fold):
            super().on_click(event)
        else:
            self.put_cursor(number)
            if self._rows[number].title in self._folded:
                self.action_unfold()
            else:
                self.action_fold()


def _spoken(row: _Row) -> str:
    """``Harbour Notes, 2 unread, fails: 404``."""
    from tui_reader.ui.widgets.spoken import sentence

    title = tame_line(row.title)
    count = ""
    if row.amount:
        is_talk = row.source is not None and row.source.kind == "conversations"
        if row.is_calm:
            count = str(row.amount)
        elif is_talk:
            count = ngettext("{count} new", "{count} new", row.amount).format(count=row.amount)
        else:
            count = ngettext("{count} unread", "{count} unread", row.amount).format(count=row.amount)
    fold = ""
    if row.fold:
        title = _("Folder {name}").format(name=title)
        fold = _("folded") if row.fold == FOLDED else _("unfolded")
    state = _("fails: {why}").format(why=row.state) if row.is_failing else row.state
    return sentence((title, count, fold, state))


def _rows(blogs: Iterable[Blog], counts: "Counts | None", folded: Set[str]) -> Iterable[_Row]:
    if counts is not None:
        yield _Row(source=ALL, title=_(SOURCES["all"]), amount=counts.unread, is_strong=True)
        yield _Row(source=Source("unread"), title=_(SOURCES["unread"]), amount=counts.unread)
        yield _Row(source=Source("conversations"), title=_(SOURCES["conversations"]), amount=counts.answers)
        yield _Row(source=Source("starred"), title=_(SOURCES["starred"]), amount=counts.starred, is_calm=True)
        yield _Row(source=Source("later"), title=_(SOURCES["later"]), amount=counts.later, is_calm=True)
    folders: dict[str | None, list[Blog]] = defaultdict(list)
    for blog in sorted(blogs, key=lambda blog: (blog.title.casefold(), blog.id)):
        folders[blog.folder].append(blog)
    if folders:
        yield _Row()
    yield from (_blog_row(blog, 0) for blog in folders.pop(None, ()))
    for folder in sorted(folders, key=lambda folder: (folder or "").casefold()):
        is_folded = folder is not None and folder in folded
        if any(is_within(folder, one) for one in folded if one != folder):
            # it is in one that is folded
            continue
        yield _Row(
            source=Source("folder", folder=folder),
            title=folder or "",
            fold=FOLDED if is_folded else "▾",
            amount=_unread_within(folders, folder) if folder and is_folded else 0,
        )
        if not is_folded:
            yield from (_blog_row(blog, 2) for blog in folders[folder])


def _unread_within(folders: Mapping[str | None, Sequence[Blog]], around: str) -> int:
    return sum(blog.unread for folder in folders if is_within(folder, around) for blog in folders[folder])


def _blog_row(blog: Blog, indent: int) -> _Row:
    # said in words as well: colours and marks alone tell some people nothing
    if blog.is_paused or blog.gone_at:
        state = _("paused") if blog.is_paused else _("gone")
    else:
        state = tame_line(in_short(blog.error)) if blog.error else ""
    return _Row(
        source=Source("blog", blog_id=blog.id),
        title=blog.title or blog.url,
        amount=blog.unread,
        indent=indent,
        is_failing=blog.error is not None and not blog.is_paused,
        is_paused=blog.is_paused,
        state=state,
    )


if __name__ == "__main__":
    from tui_reader.ui.widgets.samples import alone, sample_blogs

    blogs, counts = sample_blogs()
    view = BlogList()
    alone(view, lambda: view.show(blogs, counts))
