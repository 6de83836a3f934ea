"""The keys that help, for each place and for each empty list; those in force, not the defaults."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tui_reader.domain.blog import Blog
from tui_reader.language import N_, _, ngettext
from tui_reader.ui.columns import Column
from tui_reader.ui.keymap import Keymap
from tui_reader.ui.widgets.blog_list import Source

_HERE: dict[Column, tuple[tuple[str, str], ...]] = {
    Column.BLOGS: (
        ("move.down move.up", N_("move")),
        ("move.open", N_("posts")),
        ("blog.add", N_("add blog")),
        ("refresh.all", N_("refresh all")),
        ("posts.unread_only", N_("unread only")),
        ("answers.mine", N_("answers to me")),
        ("find.everything", N_("find")),
        ("reply.outbox", N_("outbox")),
        ("app.help", N_("keys")),
    ),
    Column.POSTS: (
        ("move.down move.up", N_("move")),
        ("move.open", N_("read")),
        ("new.next", N_("next new")),
        ("post.read", N_("read/unread")),
        ("post.star", N_("star")),
        ("post.later", N_("later")),
        ("answers.mine", N_("answers to me")),
        ("refresh.this", N_("refresh")),
        ("blog.add", N_("add blog")),
        ("find.everything", N_("find")),
        ("app.help", N_("keys")),
    ),
    Column.POST: (
        ("column.next", N_("post ⇄ comments")),
        ("new.next", N_("next new")),
        ("reply.write", N_("reply")),
        ("post.browser", N_("browser")),
        ("post.star", N_("star")),
        ("column.left", N_("back")),
        ("post.next", N_("next post")),
        ("find.outline", N_("contents")),
        ("app.help", N_("keys")),
    ),
    Column.CONVERSATION: (
        ("column.next", N_("post ⇄ comments")),
        ("new.next", N_("next new")),
        ("reply.write", N_("reply")),
        ("thread.fold", N_("fold")),
        ("post.browser", N_("browser")),
        ("column.left", N_("back")),
        ("refresh.this", N_("refresh")),
        ("thread.view", N_("view")),
        ("find.outline", N_("outline")),
        ("app.help", N_("keys")),
    ),
}
_NO_BLOGS = (
    ("blog.add", N_("add blog")),
    ("app.command", N_("command")),
    ("app.settings", N_("settings")),
    ("app.quit", N_("quit")),
    ("app.help", N_("keys")),
)
_WRITING = (
    ("compose.send", N_("send")),
    ("compose.preview", N_("preview")),
    ("compose.quote", N_("quote")),
    ("compose.identity", N_("identity")),
    ("compose.editor", N_("in $EDITOR")),
    ("compose.discard", N_("discard")),
    ("compose.close", N_("keep as draft")),
)
_PREVIEWING = (
    ("compose.send", N_("send")),
    ("compose.close compose.preview", N_("back to the text")),
)


class Doing(NamedTuple):
    """What the reader is about, as far as it decides which keys help."""

    column: Column
    has_blogs: bool = True
    is_writing: bool = False
    is_previewing: bool = False

    @property
    def helpful(self) -> tuple[tuple[str, str], ...]:
        """(acts, words), the most useful first; the last is the one that is never left out."""
        if self.is_writing:
            return _PREVIEWING if self.is_previewing else _WRITING
        is_among_lists = self.column in {Column.BLOGS, Column.POSTS}
        return _NO_BLOGS if is_among_lists and not self.has_blogs else _HERE[self.column]


def hints(keymap: Keymap, doing: Doing) -> tuple[tuple[str, str], ...]:
    """(keys, words) of what helps here, in the order of `Doing.helpful`."""
    return tuple(
        (" ".join(keymap.shown(act_id) for act_id in ids.split()), _(words))
        for ids, words in _bound(keymap, doing)
    )


def hint_acts(keymap: Keymap, doing: Doing) -> tuple[str, ...]:
    """The act behind each of the hints, in their order; of two it is the first."""
    return tuple(ids.split()[0] for ids, _words in _bound(keymap, doing))


def _bound(keymap: Keymap, doing: Doing) -> Iterator[tuple[str, str]]:
    for ids, words in doing.helpful:
        if all(keymap.is_bound(act_id) for act_id in ids.split()):
            yield ids, words


def progress(percent: int, minutes_left: float) -> str:
    """How far one has come in a post, and how long the rest takes."""
    if percent >= 100:
        return "100 %"
    left = max(1, round(minutes_left))
    return ngettext("{percent} % · {count} min left", "{percent} % · {count} min left", left).format(
        percent=percent, count=left
    )


def nothing_to_read(keymap: Keymap) -> tuple[str, str]:
    """Why there is no post beside an empty list, and which key helps."""
    return (
        _("No post here"),
        _("The list of posts is empty; {key} goes to the blogs, where others are.").format(
            key=keymap.shown("column.blogs")
        ),
    )


def why_nothing(
    keymap: Keymap, source: Source, blogs: Sequence[Blog], *, is_unread_only: bool, query: str = ""
) -> tuple[str, str]:
    """Why a list of posts is empty, and which key helps; may hold foreign words."""
    key = keymap.shown
    blog = next((blog for blog in blogs if blog.id == source.blog_id), None)
    if query:
        return (
            _("Nothing here is {query}").format(query=query),
            _("{key} changes or clears the filter").format(key=key("posts.filter")),
        )
    if source.kind == "conversations":
        return (
            _("No conversations yet"),
            _(
                "Threads in which you write stand here, what was answered to you first. {key} on a post or a"
                " comment writes."
            ).format(key=key("reply.write")),
        )
    if source.kind == "starred":
        return (
            _("No starred posts"),
            _("{key} stars the post under the cursor").format(key=key("post.star")),
        )
    if source.kind == "later":
        return (
            _("Nothing to read later"),
            _("{key} puts the post under the cursor here").format(key=key("post.later")),
        )
    if not blogs:
        return (_("No blogs yet"), _("{key} adds one").format(key=key("blog.add")))
    if is_unread_only:
        both = _("{all} shows all · {refresh} refreshes")
        return (
            _("Nothing unread here"),
            both.format(all=key("posts.unread_only"), refresh=key("refresh.all")),
        )
    if source.kind == "unread":
        return (_("Nothing unread here"), _("{key} refreshes").format(key=key("refresh.all")))
    if blog is not None and blog.error:
        return (
            _("No posts: {error}").format(error=blog.error),
            _("{again} asks again · {more} tells more").format(
                again=key("refresh.this"), more=key("blog.edit")
            ),
        )
    if blog is not None and blog.is_paused:
        return (_("No posts: this blog is paused"), _("{key} lets it go on").format(key=key("blog.edit")))
    return (_("No posts yet"), _("{key} refreshes every blog").format(key=key("refresh.all")))
