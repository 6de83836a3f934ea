"""The one screen on which blogs, posts, a post and its conversation stand side by side."""

import asyncio
import os
from collections.abc import Callable, Coroutine, Sequence
from functools import cached_property, partial
from time import perf_counter
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.widget import Widget
from textual.worker import Worker

from tui_reader.errors import TuiReaderError
from tui_reader.language import _
from tui_reader.ui.along import Along
from tui_reader.ui.columns import Column, columns_in_sight
from tui_reader.ui.finding import Finding
from tui_reader.ui.hints import Doing, hint_acts, hints, nothing_to_read, progress, why_nothing
from tui_reader.ui.jumping import Jumping
from tui_reader.ui.keymap import Keymap, Where, bindings
from tui_reader.ui.manner import manner
from tui_reader.ui.ports import Services
from tui_reader.ui.refreshing import LOOKS_EVERY, Refreshing
from tui_reader.ui.screens.reading_acts import ReadingActs
from tui_reader.ui.shelf import Shelf
from tui_reader.ui.sizing import Sizing
from tui_reader.ui.straight import StraightCompositor
from tui_reader.ui.terminal import takes_hyperlinks
from tui_reader.ui.widgets.article_view import ArticleView
from tui_reader.ui.widgets.block_view import BlockView
from tui_reader.ui.widgets.blog_list import BlogList
from tui_reader.ui.widgets.find_line import FindLine
from tui_reader.ui.widgets.line_view import LineView
from tui_reader.ui.widgets.post_list import PostList
from tui_reader.ui.widgets.status_line import StatusLine, Tone
from tui_reader.ui.widgets.top_line import TopLine

if TYPE_CHECKING:
    from tui_reader.domain.post_line import AnyPost
    from tui_reader.domain.reply import Reply
    from tui_reader.ui.answering import Answering
    from tui_reader.ui.desk import Desk
    from tui_reader.ui.touring import Touring
    from tui_reader.ui.widgets.composer import Composer
    from tui_reader.ui.widgets.draft_area import ComposeAct
    from tui_reader.ui.widgets.thread_view import ThreadView

PREVIEW_AFTER = 0.1
"""Seconds that the cursor rests on a row before its posts or its text are shown."""

PLACE_AFTER = 0.15
"""Seconds until the border tells where the cursor is."""

HELD_FOR = 0.03
"""Seconds that drawing waits for the words of a post that is opened: two frames."""

QUIT_AFTER = 5.0
"""Seconds that quitting waits for a blog to say what became of a reply."""


class ReadingScreen(ReadingActs):
    """Wires the columns to the services; the work itself is done by shelf, desk and answering."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(Where.READING),
        # a list opens its row; in the text there is nothing to open, and the same key goes right
        Binding("enter", "right", id="move.open", show=False),
    ]
    # the lists give the focus themselves when they are filled
    AUTO_FOCUS = ""

    # both columns draw their own borders anew; Textual would draw the whole screen once more, after them
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    class NothingFollowed(Message):
        """There is no blog to show."""

    def __init__(
        self,
        services: Services,
        keymap: Keymap,
        *,
        is_demo: bool = False,
        after_tour: Callable[[], None] | None = None,
    ) -> None:
        super().__init__()
        self.services = services
        self.keymap = keymap
        self.shelf = Shelf(self, services)
        self.refreshing = Refreshing(self, services)
        self.finding = Finding(self)
        self.jumping = Jumping(self, services)
        self.along = Along(self)
        self.sizing = Sizing(self, services.data_folder)
        self.is_zoomed = False
        self.column = Column.BLOGS
        self._is_demo = is_demo
        self._after_tour = after_tour
        self.tour: Touring | None = None
        self._is_ending = False
        self._has_links = False
        self._is_placing = False
        self.unsent: tuple[Reply, ...] = ()
        """Drafts that wait for being sent, as it was when everything was settled."""
        self._compositor = StraightCompositor()
        self.is_awaited = False
        """The reader pressed something, and what comes of it is not drawn yet."""
        self._pointed_at = ""
        self._held_until = 0.0

    def compose(self) -> ComposeResult:
        yield TopLine(id="top")
        with Horizontal(id="columns"):
            yield BlogList(id="blogs")
            yield PostList(id="posts")
            yield ArticleView(id="post")
            with Vertical(id="conversation"):
                if Column.CONVERSATION in self._in_sight(self.app.size):
                    yield self.thread
        yield FindLine(id="find")
        yield StatusLine(id="status")

    def show_now(self, view: LineView) -> None:
        """Draws what the reader asked for, which has come; what else has changed is drawn with it or next."""
        self._held_until = 0.0
        self.is_awaited = True
        # a column that comes into sight only now is drawn when it has its place
        if changed := {view, view.vertical_scrollbar} & self._compositor.visible_widgets.keys():
            # now: their own word that they changed is still on its way
            self._dirty_widgets |= changed
            self._on_timer_update()

    async def drawn(self) -> None:
        """Returns when what has come is drawn."""
        done = asyncio.Event()
        if self.call_after_refresh(done.set):
            await done.wait()

    @property
    def _is_held(self) -> bool:
        """A post that is opened is drawn with its words, not once before and once with them."""
        return perf_counter() < self._held_until

    def _on_timer_update(self) -> None:
        if not self._is_held:
            super()._on_timer_update()

    async def _on_idle(self, event: events.Idle) -> None:
        if self._is_held:
            # nor is done what waits until all is drawn
            event.prevent_default()
            self._update_timer.resume()
            return
        # what a key brought is drawn now; Textual would let up to two frames pass since it drew last
        if self.is_awaited and (self._dirty_widgets or self._layout_required or self._scroll_required):
            self.is_awaited = False
            self._on_timer_update()

    async def on_mount(self) -> None:
        self.blog_list = self.query_one("#blogs", BlogList)
        self.post_list = self.query_one("#posts", PostList)
        self.article = self.query_one("#post", ArticleView)
        self.top_line = self.query_one("#top", TopLine)
        self.status_line = self.query_one("#status", StatusLine)
        self.find_line = self.query_one("#find", FindLine)
        self.top_line.is_demo = self._is_demo
        self._link()
        self.show_titles()
        self._arrange(self.app.size)
        # waited for: nothing is drawn before there is something to draw
        await self._told(self._begin)
        # and what nobody sees waits until it is drawn
        self.call_after_refresh(self.run, self._go_on, group="begin")

    async def _begin(self) -> None:
        await self.shelf.begin()
        if not self.shelf.blogs:
            self.post_message(self.NothingFollowed())
        # also when it is empty: there it says why
        self.go(Column.POSTS)

    async def _go_on(self) -> None:
        self.run(self.shelf.complete, group="complete")
        # what a program that was killed left half sent is known as such; nothing drawn waits for it
        await self.services.replying.recover()
        if left_open := await self.services.replying.left_open():
            self.answering.tell_of(left_open)
        for words in self.services.news:
            self.tell(words, "bad", stays=True)
        self.set_interval(LOOKS_EVERY, lambda: self.follow(self.refreshing.look, group="look"))
        if self._after_tour is not None:
            from tui_reader.ui.touring import Touring

            self.tour = Touring(self, self._after_tour)
            await self.tour.begin()
        await self.refreshing.look()

    # What no list needs is loaded when it is first asked for

    @cached_property
    def desk(self) -> "Desk":
        """The post that is shown, with its conversation."""
        from tui_reader.ui.desk import Desk

        return Desk(self, self.services)

    @property
    def _has_desk(self) -> bool:
        return "desk" in self.__dict__

    @cached_property
    def answering(self) -> "Answering":
        """What writes and sends."""
        from tui_reader.ui.answering import Answering

        return Answering(self, self.services)

    @cached_property
    def thread(self) -> "ThreadView":
        """The conversation, put up when it is first to be seen."""
        from tui_reader.ui.widgets.thread_view import ThreadView

        view = ThreadView(id="thread")
        view.title(Content(_("Conversation")))
        view.hyperlinks = self._has_links
        for pane in self.query("#conversation"):
            pane.mount(view, before=0 if pane.children else None)
        return view

    @cached_property
    def composer(self) -> "Composer":
        """Where a reply is written, under the conversation."""
        from tui_reader.ui.widgets.composer import Composer

        view = Composer(id="composer")
        view.display = False
        self._composer_stands = self.query_one("#conversation").mount(view)
        return view

    async def put_up_composer(self) -> None:
        """Returns when a reply can be opened in it."""
        if not self.composer.is_mounted:
            await self._composer_stands

    @property
    def is_writing(self) -> bool:
        """Whether the composer is open."""
        return self.written_id is not None

    @property
    def written_id(self) -> int | None:
        """The reply that is open in it."""
        return self.composer.reply_id if "composer" in self.__dict__ else None

    @property
    def _has_thread(self) -> bool:
        return "thread" in self.__dict__

    # Work and words

    def run(
        self, work: Callable[..., Coroutine[Any, Any, None]], *args: Any, group: str, **kwargs: Any
    ) -> None:
        """Runs something of the services; the next of its group takes its place.

        What is expected to go wrong is told; the rest is a bug and is seen.
        """
        # a callable, not a coroutine: one that is superseded at once is never made
        _: Worker[None] = self.run_worker(
            partial(self._told, work, *args, **kwargs), group=group, exclusive=True
        )

    def follow(self, work: Callable[..., Coroutine[Any, Any, None]], *args: Any, group: str) -> None:
        """The same, and nothing that the reader does meanwhile ends it."""
        _: Worker[None] = self.app.run_worker(partial(self._told, work, *args), group=group)

    async def settle(self, *, is_wished: bool = True) -> None:
        """Before the program ends: what is on its way is waited for, every keystroke stored, the visit over.

        Asked a second time it waits for no blog.

        Args:
            is_wished: The reader ends it, not the system.
        """
        has_answered = "answering" in self.__dict__
        if has_answered and self.answering.is_sending and not self._is_ending:
            self._is_ending = True
            told = _(
                "A reply is on its way: the reader ends as soon as the blog has answered; {key} once more"
                " ends it now, and it is looked for next time."
            )
            self.tell(told.format(key=self.keymap.shown("app.quit")), stays=True)
            await self.answering.sent_within(QUIT_AFTER)
        if has_answered:
            await self._told(self.answering.close, is_wished=is_wished)
        await self._told(self._look_for_unsent)
        if self._has_desk:
            await self._told(self.desk.leave)

    async def _look_for_unsent(self) -> None:
        self.unsent = await self.answering.unsent()

    async def _told(self, work: Callable[..., Coroutine[Any, Any, None]], *args: Any, **kwargs: Any) -> None:
        try:
            await work(*args, **kwargs)
        except TuiReaderError as error:
            self.tell(str(error), "bad")

    def tell(self, message: str, tone: Tone = "plain", *, stays: bool = False) -> None:
        """A short message at the bottom; may hold foreign words."""
        self.status_line.tell(message, tone, stays=stays)

    def show_address(self, url: str | None) -> None:
        """Where the link under the mouse leads, while it is there."""
        if url is not None:
            from tui_reader.content.addresses import shown

            self._pointed_at = shown(url)
            self.tell(self._pointed_at, stays=True)
        elif self._pointed_at and self.status_line.message == self._pointed_at:
            self.status_line.clear()

    # Columns

    @property
    def is_among_blogs(self) -> bool:
        """Whether the reader is choosing a blog right now."""
        return self.column is Column.BLOGS and self.blog_list.has_focus

    def go(self, column: Column) -> None:
        """Moves the focus to a column, which comes into sight where it was not."""
        self.column = column
        self._arrange(self.size)
        if column is Column.CONVERSATION and self.is_writing:
            self.composer.focus_text()
        else:
            # at once and not after the next message: the key that follows is meant for this column
            self.set_focus(self._widget(column), scroll_visible=False)

    def _widget(self, column: Column) -> Widget:
        if column is Column.CONVERSATION:
            return self.thread
        return {Column.BLOGS: self.blog_list, Column.POSTS: self.post_list, Column.POST: self.article}[column]

    def frame_of(self, column: Column) -> Widget:
        """What stands on the screen for a column: of the conversation the composer is a part."""
        return self.query_one("#conversation") if column is Column.CONVERSATION else self._widget(column)

    def _in_sight(self, size: Size) -> Sequence[Column]:
        return columns_in_sight(
            size.width,
            self.column,
            is_zoomed=self.is_zoomed,
            is_linear=manner().is_linear,
            chosen=manner().columns,
        )

    def _arrange(self, size: Size) -> None:
        seen = self._in_sight(size)
        for column in Column:
            self.frame_of(column).display = column in seen
        if Column.CONVERSATION in seen and not self._has_thread:
            self._widget(Column.CONVERSATION)
        self.query_one("#columns").set_class(len(seen) == 1, "-alone")
        self.sizing.apply()
        self._tell_place()

    def _tell_place(self) -> None:
        """Titles, path and the keys that help here; of a post that is opened after its first words."""
        if self._is_held:
            self.call_after_refresh(self._tell_place)
            return
        self.show_titles()
        self._show_hints()

    def _link(self) -> None:
        # a page follows the program's own links; it would ask once more about those of a terminal
        is_known = takes_hyperlinks(os.environ) and not self.app.is_web
        self._has_links = self.services.settings.look.hyperlinks and is_known
        for view in (self.article, self.thread) if self._has_thread else (self.article,):
            if view.hyperlinks != self._has_links:
                view.hyperlinks = self._has_links
                view.notify_style_update()

    def restyle(self) -> None:
        """Draws everything anew in the manner and the language that are in force now."""
        self._link()
        self.blog_list.rows_changed()
        self.post_list.restyle()
        self._arrange(self.size)
        if self._has_desk:
            self.follow(self.desk.draw_anew, group="restyle")

    def respeak(self) -> None:
        """Says everything anew in the language that is in force now."""
        self.top_line.refresh()
        self.composer.respeak()
        self.follow(self.shelf.load, group="respeak")

    def on_resize(self, event: events.Resize) -> None:
        self._arrange(event.size)

    # The mouse

    def on_mouse_down(self, event: events.MouseDown) -> None:
        self.sizing.press(event)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        self.sizing.drag(event)

    def on_mouse_up(self) -> None:
        self.sizing.release()

    def on_click(self, event: events.Click) -> None:
        """Twice on a column's title gives it the whole window, and takes it back."""
        widget = event.widget
        if isinstance(widget, LineView) and event.screen_y == widget.region.y and event.chain == 2:
            self.action_zoom()

    @on(StatusLine.Pressed)
    def _hint_pressed(self, event: StatusLine.Pressed) -> None:
        act_id = hint_acts(self.keymap, self._doing)[event.number]
        # by the app: a key that came from here would not find its way up past here
        self.app.call_later(self.app.simulate_key, self.keymap.keys(act_id)[0])

    @on(events.DescendantFocus)
    def _focused(self, event: events.DescendantFocus) -> None:
        for column in Column:
            widget = self.frame_of(column)
            if widget in event.widget.ancestors_with_self and column is not self.column:
                self.column = column
                self._arrange(self.size)
        if not self._is_held:
            self._show_hints()

    def show_titles(self) -> None:
        """What stands in the borders, and the path at the top."""
        self.blog_list.title(Content(_("Blogs")))
        self.post_list.title(Content(_("Posts")))
        post, is_open = (self.desk.post, self.desk.is_open) if self._has_desk else (None, False)
        self.article.title(Content(_("Post") if is_open else _("Preview")))
        if self._has_thread:
            self.thread.title(*self.desk.titles())
        if post is not None and self.column > Column.POSTS:
            self.top_line.path = (post.blog_title, post.title)
        else:
            self.top_line.path = self.shelf.source_path()

    def show_nothing_listed(self) -> None:
        """An empty list says why it is empty, and which key helps."""
        if self._has_desk:
            self.run(self.desk.leave, group="desk")
        shelf = self.shelf
        query = shelf.query.text if shelf.query is not None else ""
        why = why_nothing(
            self.keymap, shelf.source, shelf.blogs, is_unread_only=shelf.is_unread_only, query=query
        )
        self.post_list.show_empty(*why)
        self._show_hints()
        nothing, fill = nothing_to_read(self.keymap)
        self.article.show_empty(nothing, fill)
        if self._has_thread:
            self.thread.show_empty(nothing, fill)

    def _show_hints(self) -> None:
        self.status_line.hints = hints(self.keymap, self._doing)

    @property
    def _doing(self) -> Doing:
        is_writing = self.is_writing and self.composer.has_focus_within
        return Doing(
            column=self.column,
            has_blogs=bool(self.shelf.blogs),
            is_writing=is_writing,
            is_previewing=is_writing and self.composer.is_previewing,
        )

    # What the columns tell

    @on(BlogList.Highlighted)
    def _source_under_cursor(self, event: BlogList.Highlighted) -> None:
        self._rest(self.shelf.choose, event.source, group="list")

    @on(BlogList.Opened)
    def _source_opened(self, event: BlogList.Opened) -> None:
        self.run(self.shelf.choose, event.source, group="list")
        self.go(Column.POSTS)
        blog = self.shelf.blog(event.source.blog_id)
        if blog is not None and blog.error and not blog.is_paused:
            if blog.error_since:
                told = _("{title} fails since {moment}: {error}")
                moment = f"{blog.error_since.astimezone():%Y-%m-%d %H:%M}"
            else:
                told, moment = _("{title} fails: {error}"), ""
            self.tell(told.format(title=blog.title, moment=moment, error=blog.error), "bad")

    @on(PostList.Highlighted)
    def _post_under_cursor(self, event: PostList.Highlighted) -> None:
        self.shelf.show_place()
        is_shown = self._has_desk and self.desk.post is not None and self.desk.post.id == event.post.id
        if not is_shown and self.column <= Column.POSTS:
            self._rest(self.desk.preview, event.post, group="desk")

    @on(PostList.EndWanted)
    def _end_wanted(self) -> None:
        self.run(self.shelf.to_end, group="list")

    @on(PostList.Opened)
    def _post_opened(self, event: PostList.Opened) -> None:
        talk = self.shelf.talks.get(event.post.id)
        self.open_post(event.post, at_comment=talk.comment_id if talk is not None else None)

    def open_post(self, post: "AnyPost", *, at_new: bool = False, at_comment: str | None = None) -> None:
        """Goes into a post."""
        if self.desk.post is None or self.desk.post.id != post.id:
            self._held_until = perf_counter() + HELD_FOR
        self.jumping.leave()
        # first: it is read and converted while the columns take their new looks
        self.run(self.desk.open, post, group="desk", at_new=at_new, at_comment=at_comment)
        self.go(Column.CONVERSATION if at_new or at_comment else Column.POST)

    def _rest(self, work: Callable[[Any], Coroutine[Any, Any, None]], row: Any, *, group: str) -> None:
        """Does it when the cursor has come to rest; while it runs on, only the last row counts."""

        async def rested() -> None:
            await asyncio.sleep(PREVIEW_AFTER)
            await work(row)

        self.run(rested, group=group)

    @on(BlockView.Scrolled, "#post")
    def _scrolled(self, event: BlockView.Scrolled) -> None:
        self.article.title_below(Content(progress(event.percent, self.article.minutes_left)))
        self.look_at_pictures()

    def on_thread_view_moved(self, event: "ThreadView.Moved") -> None:
        if not (self._has_thread and event.view is self.thread):
            return
        # soon and not now: while the cursor runs on, nobody reads its number, and no key waits for it
        if not self._is_placing:
            self._is_placing = True
            self.set_timer(PLACE_AFTER, self._show_place)

    def on_thread_view_missing(self, event: "ThreadView.Missing") -> None:
        if self._has_thread and event.view is self.thread:
            self.follow(self.desk.read_missing, group="missing")

    def _show_place(self) -> None:
        self._is_placing = False
        self.thread.title(*self.desk.titles())

    @on(BlockView.LinkOpened)
    def _link_opened(self, event: BlockView.LinkOpened) -> None:
        self.run(self.open_link, event.url, event.words, group="browser")

    @on(BlockView.LinkPointed)
    def _link_pointed(self, event: BlockView.LinkPointed) -> None:
        self.show_address(event.url)

    # A find in one column

    @on(FindLine.Typed)
    def _find_typed(self, event: FindLine.Typed) -> None:
        self.finding.typed(event.query)

    @on(FindLine.Kept)
    def _find_kept(self) -> None:
        self.finding.keep()

    @on(FindLine.Left)
    def _find_left(self) -> None:
        self.finding.end()

    # The composer

    def show_composer(self) -> None:
        """Under the thread, with the focus in it."""
        self.status_line.clear()  # whatever it was about: now the keys for writing are wanted
        self.go(Column.CONVERSATION)
        self._show_hints()

    def hide_composer(self) -> None:
        """Gives the room back to the thread."""
        had_focus = self.composer.has_focus_within
        self.composer.close()
        if had_focus:
            self.go(Column.CONVERSATION)

    def on_composer_changed(self, event: "Composer.Changed") -> None:
        # not cancelled by the next keystroke: each save that began ends
        self.follow(self.answering.keep, event.reply_id, event.text, group="draft")

    def on_compose_act(self, event: "ComposeAct") -> None:
        answering = self.answering
        match event.act:
            case "send":
                self.follow(answering.send, group="send")
            case "preview":
                answering.writing.preview()
            case "emphasis" | "code" | "link":
                answering.writing.mark(event.act)
            case "quote":
                self.run(answering.quote, group="composer")
            case "editor":
                self.run(answering.in_editor, group="composer")
            case "identity":
                self.run(answering.choose_identity, group="composer")
            case "discard":
                self.run(answering.discard, group="composer")
            case "close" if self.composer.is_previewing:
                self.composer.show_draft()
            case "close":
                self.run(answering.close, group="composer")
