"""The keys that the status line tells of, for each place; those in force, not the defaults."""

from tui_reader.ui.columns import Column
from tui_reader.ui.keymap import ACTS, Keymap

_HERE: dict[Column, tuple[tuple[str, str], ...]] = {
    Column.BLOGS: (
        ("move.down move.up", "move"),
        ("move.open", "posts"),
        ("blog.add", "add blog"),
        ("refresh.all", "refresh all"),
        ("posts.unread_only", "unread only"),
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
        return tuple((keymap.shown(act_id), words[act_id]) for act_id in _WRITING)
    return tuple(
        (" ".join(keymap.shown(act_id) for act_id in ids.split()), words) for ids, words in _HERE[column]
    )
