"""Moving among columns, posts and what is new; the acts that change nothing."""

from collections.abc import Callable, Coroutine
from functools import partial, wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from textual.screen import Screen

from tui_reader.language import _, ngettext
from tui_reader.ui.along import Along
from tui_reader.ui.columns import Column
from tui_reader.ui.finding import Findable, Finding
from tui_reader.ui.jumping import Jumping
from tui_reader.ui.keymap import Keymap
from tui_reader.ui.ports import Services
from tui_reader.ui.refreshing import Refreshing
from tui_reader.ui.shelf import Shelf
from tui_reader.ui.sizing import Sizing
from tui_reader.ui.widgets.article_view import ArticleView
from tui_reader.ui.widgets.blog_list import BlogList
from tui_reader.ui.widgets.post_list import PostList
from tui_reader.ui.widgets.status_line import Tone

if TYPE_CHECKING:
    from tui_reader.domain.post_line import AnyPost
    from tui_reader.ui.answering import Answering
    from tui_reader.ui.desk import Desk
    from tui_reader.ui.widgets.composer import Composer
    from tui_reader.ui.widgets.thread_view import ThreadView

if TYPE_CHECKING:
    from tui_reader.ui.touring import Touring


_P = ParamSpec("_P")
_Acting = TypeVar("_Acting", bound="Moving")


def of_a_comment(
    act: Callable[Concatenate[_Acting, _P], None],
) -> Callable[Concatenate[_Acting, _P], None]:
    """What is done with the comment under the cursor: when that is read, for which no other key waits."""

    @wraps(act)
    def done_when_read(self: _Acting, /, *args: _P.args, **kwargs: _P.kwargs) -> None:
        if self.column is not Column.CONVERSATION or self.thread.is_cursor_read:
            act(self, *args, **kwargs)
        else:
            self.run(self.when_read, partial(act, self, *args, **kwargs), group="read")

    return done_when_read


class Moving(Screen[None]):
    """The acts of moving; what they lean on is given by the screen."""

    services: Services
    keymap: Keymap
    shelf: Shelf
    refreshing: Refreshing
    tour: "Touring | None"
    """While it is on."""
    finding: Finding
    sizing: Sizing
    jumping: Jumping
    along: Along
    article: ArticleView
    blog_list: BlogList
    post_list: PostList

    column: Column
    is_zoomed: bool

    @property
    def desk(self) -> "Desk":
        raise NotImplementedError

    async def when_read(self, act: Callable[[], None]) -> None:
        """Does it when the comment under the cursor is read."""
        await self.desk.read_focused()
        act()

    @property
    def answering(self) -> "Answering":
        raise NotImplementedError

    @property
    def composer(self) -> "Composer":
        raise NotImplementedError

    @property
    def is_writing(self) -> bool:
        raise NotImplementedError

    @property
    def thread(self) -> "ThreadView":
        raise NotImplementedError

    def go(self, column: Column) -> None:
        raise NotImplementedError

    def run(
        self, work: Callable[..., Coroutine[Any, Any, None]], *args: Any, group: str, **kwargs: Any
    ) -> None:
        raise NotImplementedError

    def follow(self, work: Callable[..., Coroutine[Any, Any, None]], *args: Any, group: str) -> None:
        raise NotImplementedError

    def tell(self, message: str, tone: Tone = "plain", *, stays: bool = False) -> None:
        raise NotImplementedError

    def open_post(self, post: "AnyPost", *, at_new: bool = False, at_comment: str | None = None) -> None:
        raise NotImplementedError

    # Move

    def action_column(self, number: int) -> None:
        self.enter(Column(number))

    def action_next_column(self) -> None:
        """Round and round; the composer is a stop of its own after the thread."""
        if self.column is Column.CONVERSATION and self.is_writing and self.thread.has_focus:
            self.composer.focus_text()
        else:
            self.enter(Column(self.column % len(Column) + 1))

    def action_previous_column(self) -> None:
        if self.column is Column.CONVERSATION and not self.thread.has_focus:
            self.thread.focus()
        else:
            self.enter(Column((self.column - 2) % len(Column) + 1))

    def action_right(self) -> None:
        if self.column is Column.POST and self.article.open_fold_in_sight():
            return
        if self.column < Column.CONVERSATION:
            self.enter(Column(self.column + 1))

    def action_left(self) -> None:
        if self.finding.view is not None and self.finding.view is self.find_view:
            self.finding.end()
        elif self.tour is not None:
            self.tour.leave()
        elif self.is_zoomed:
            self.action_zoom()
        elif self.column > Column.BLOGS:
            self.go(Column(self.column - 1))

    def action_back(self) -> None:
        if self.column is Column.BLOGS:
            self.action_quit()
        else:
            self.action_left()

    def action_quit(self) -> None:
        self.run(self._quit, group="quit")

    async def _quit(self) -> None:
        await self.app.action_quit()

    def action_zoom(self) -> None:
        self.is_zoomed = not self.is_zoomed
        self.go(self.column)

    def action_resize_column(self, step: int) -> None:
        self.sizing.step(step)

    def action_reset_columns(self) -> None:
        self.sizing.reset()

    def enter(self, column: Column) -> None:
        """Goes to a column; a post that one goes into is opened."""
        post = self.desk.post
        if column >= Column.POST and post is not None and not self.desk.is_open:
            self.run(self.desk.open, post, group="desk")
        self.go(column)

    def action_step_post(self, step: int) -> None:
        current = self.desk.post if self.column > Column.POSTS else self.post_list.post
        post = self.shelf.beside(current.id if current else None, step)
        if post is None:
            self.tell(
                _("This is the last post of the list.")
                if step > 0
                else _("This is the first post of the list.")
            )
        else:
            self._to_post(post)

    def action_find_here(self) -> None:
        self.jumping.leave()
        self.finding.begin(self.find_view)

    @property
    def find_view(self) -> Findable:
        """The column in which the reader is, for a find."""
        columns: dict[Column, Findable] = {
            Column.BLOGS: self.blog_list,
            Column.POSTS: self.post_list,
            Column.POST: self.article,
            Column.CONVERSATION: self.thread,
        }
        return columns[self.column]

    def action_next_new(self, step: int) -> None:
        if self.finding.view is not None and self.finding.view is self.find_view:
            self.finding.step(step)
            return
        if self.column is Column.CONVERSATION:
            conversation = self.desk.conversation
            hidden = self.desk.viewing.new_out_of_sight(conversation.thread) if conversation else 0
            if self.thread.next_new(step):
                return
            if hidden and step > 0:
                key = self.keymap.shown("thread.view")
                words = ngettext(
                    "{count} new comment is left out by this view; {key} shows all.",
                    "{count} new comments are left out by this view; {key} shows all.",
                    hidden,
                )
                self.tell(words.format(count=hidden, key=key))
            else:
                self.run(self.to_next_conversation, step, group="next")
            return
        current = self.desk.post if self.column is Column.POST else self.post_list.post
        post = self.shelf.next_unread(current.id if current else None, step)
        if post is None:
            self.tell(_("Nothing unread in this list."))
        else:
            self._to_post(post)

    async def to_next_conversation(self, step: int) -> None:
        """Runs on into the next post that has new comments."""
        if step < 0:
            self.tell(_("No new comment above."))
            return
        here = self.desk.post
        post = await self.services.conversations.next_post_with_new(here.id if here else 0)
        if post is None or (here is not None and post.id == here.id):
            self.tell(_("No more new comments anywhere."), "good")
            return
        self.open_post(post, at_new=True)

    def _to_post(self, post: "AnyPost") -> None:
        """To another post, in the column where the reader is."""
        self.post_list.focus_post(post.id)
        if self.column > Column.POSTS:
            self.run(self.desk.open, post, group="desk")
