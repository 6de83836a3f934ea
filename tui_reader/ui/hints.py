"""The keys that help, for each place and for each empty list; those in force, not the defaults."""

from collections.abc import Sequence

from tui_reader.domain.blog import Blog
from tui_reader.ui.columns import Column
from tui_reader.ui.keymap import ACTS, Keymap
from tui_reader.ui.widgets.blog_list import Source

_HERE: dict[Column, tuple[tuple[str, str], ...]] = {
    Column.BLOGS: (
        ("move.down move.up", "move"),
        ("move.open", "posts"),
        ("blog.add", "add blog"),
        ("refresh.all", "refresh all"),
        ("posts.unread_only", "unread only"),
        ("answers.mine", "answers to me"),
        ("find.everything", "find"),
        ("reply.outbox", "outbox"),
        ("app.help", "keys"),
    ),
    Column.POSTS: (
        ("move.down move.up", "move"),
        ("move.open", "read"),
        ("new.next", "next new"),
        ("post.read", "read/unread"),
        ("post.star", "star"),
        ("post.later", "later"),
        ("answers.mine", "answers to me"),
        ("refresh.this", "refresh"),
        ("blog.add", "add blog"),
        ("find.everything", "find"),
        ("app.help", "keys"),
    ),
    Column.POST: (
        ("column.next", "post ⇄ comments"),
        ("new.next", "next new"),
        ("reply.write", "reply"),
        ("post.browser", "browser"),
        ("post.star", "star"),
        ("column.left", "back"),
        ("app.help", "keys"),
        ("post.next", "next post"),
    ),
    Column.CONVERSATION: (
        ("column.next", "post ⇄ comments"),
        ("new.next", "next new"),
        ("reply.write", "reply"),
        ("thread.fold", "fold"),
        ("post.browser", "browser"),
        ("column.left", "back"),
        ("app.help", "keys"),
        ("refresh.this", "refresh"),
    ),
}
_WRITING = (
    "compose.send",
    "compose.close",
    "compose.editor",
    "compose.preview",
    "compose.quote",
    "compose.identity",
    "compose.discard",
)


def hints(keymap: Keymap, column: Column, *, is_writing: bool) -> tuple[tuple[str, str], ...]:
    """(keys, words) of what helps here, the most useful first."""
    if is_writing:
        words = {act.id: act.hint for act in ACTS}
        return tuple((keymap.shown(act_id), words[act_id]) for act_id in _WRITING if keymap.is_bound(act_id))
    return tuple(
        (" ".join(keymap.shown(act_id) for act_id in ids.split()), words)
        for ids, words in _HERE[column]
        if all(keymap.is_bound(act_id) for act_id in ids.split())
    )


def progress(percent: int, minutes_left: float) -> str:
    """How far one has come in a post, and how long the rest takes."""
    if percent >= 100:
        return "100 %"
    return f"{percent} % · {max(1, round(minutes_left))} min left"


def why_nothing(
    keymap: Keymap, source: Source, blogs: Sequence[Blog], *, is_unread_only: bool, query: str = ""
) -> tuple[str, str]:
    """Why a list of posts is empty, and which key helps; may hold foreign words."""
    key = keymap.shown
    blog = next((blog for blog in blogs if blog.id == source.blog_id), None)
    if query:
        return (f"Nothing here is {query}", f"{key('posts.filter')} changes or clears the filter")
    if source.kind == "conversations":
        return (
            "No conversations yet",
            f"Threads in which you write stand here, what was answered to you first. {key('reply.write')} on"
            " a post or a comment writes.",
        )
    if source.kind == "starred":
        return ("No starred posts", f"{key('post.star')} stars the post under the cursor")
    if source.kind == "later":
        return ("Nothing to read later", f"{key('post.later')} puts the post under the cursor here")
    if not blogs:
        return ("No blogs yet", f"{key('blog.add')} adds one")
    if is_unread_only or source.kind == "unread":
        only = f"{key('posts.unread_only')} shows all · " if is_unread_only else ""
        return ("Nothing unread here", f"{only}{key('refresh.all')} refreshes")
    if blog is not None and blog.error:
        return (
            f"No posts: {blog.error}",
            f"{key('refresh.this')} asks again · {key('blog.edit')} tells more",
        )
    if blog is not None and blog.is_paused:
        return ("No posts: this blog is paused", f"{key('blog.edit')} lets it go on")
    return ("No posts yet", f"{key('refresh.all')} refreshes every blog")
