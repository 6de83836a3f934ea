"""What a conversation shows in one order: people's comments, my own replies in waiting, pings."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import overload

from tui_reader.domain.comment import Comment, CommentKind
from tui_reader.domain.reply import Reply
from tui_reader.domain.thread import ComesLater, Thread
from tui_reader.ui.widgets.thread_fold import Node, Tree


def is_ping(entry: Comment | Reply) -> bool:
    """Made by another site, and shown apart."""
    return isinstance(entry, Comment) and entry.kind is not CommentKind.COMMENT


class Entries(Sequence[Comment | Reply]):
    """Comments (pings are such too) and replies in waiting; a comment is asked for when it is looked at."""

    def __init__(self, comments: Sequence[Comment] = (), pings: Sequence[Comment] = ()) -> None:
        self._comments, self._pings = comments, pings
        self._at: list[int | Reply] = list(range(len(comments) + len(pings)))

    def __len__(self) -> int:
        return len(self._at)

    @overload
    def __getitem__(self, at: int) -> Comment | Reply: ...
    @overload
    def __getitem__(self, at: slice) -> list[Comment | Reply]: ...
    def __getitem__(self, at: int | slice) -> Comment | Reply | list[Comment | Reply]:
        if isinstance(at, slice):
            return [self._entry(here) for here in self._at[at]]
        return self._entry(self._at[at])

    def __iter__(self) -> Iterator[Comment | Reply]:
        return map(self._entry, self._at)

    def _entry(self, at: int | Reply) -> Comment | Reply:
        if isinstance(at, Reply):
            return at
        people = len(self._comments)
        return self._comments[at] if at < people else self._pings[at - people]

    def if_read(self, at: int) -> Comment | Reply | None:
        """One without waiting for the database; None for one that is still to be read."""
        here = self._at[at]
        if isinstance(here, int) and here < len(self._comments) and isinstance(self._comments, ComesLater):
            return self._comments.if_read(here)
        return self._entry(here)

    def insert(self, at: int, reply: Reply) -> None:
        """Puts a reply of mine in."""
        self._at.insert(at, reply)

    def replies(self) -> list[Reply]:
        """Mine; no comment is looked at for it."""
        return [entry for entry in self._at if isinstance(entry, Reply)]


@dataclass(frozen=True, slots=True)
class Rows:
    """A conversation's tree and what each of its nodes shows, in one order; pings come last."""

    tree: Tree = field(default_factory=Tree)
    entries: Entries = field(default_factory=Entries)
    """A comment (a ping is one too), or a reply of my own in waiting."""
    sizes: list[int] = field(default_factory=list)
    """Characters of each one's body."""
    first_ping: int = 0
    """The number of the first ping; as many as there are nodes when there is none."""


def reply_key(reply: Reply) -> str:
    """The key of a reply of mine; no blog's comment can have it, since ids hold no NUL."""
    return f"\0{reply.id}"


def is_reply_key(key: str) -> bool:
    """Whether it is one of those."""
    return key.startswith("\0")


def rows_of(thread: Thread, replies: Sequence[Reply] = ()) -> Rows:
    """A thread's tree, each waiting reply as the last answer below the comment that it answers.

    A reply whose comment is already among the thread's is left out.
    """
    rows = thread.rows
    tree = Tree(
        keys=list(rows.ids),
        depths=list(rows.depths),
        below=list(rows.replies),
        new_below=list(rows.new_replies),
        is_new=list(rows.are_new),
    )
    entries = Entries(rows.comments, thread.pings)
    sizes = list(rows.sizes)
    here = set(tree.keys) if replies else set()
    for reply in replies:
        if reply.comment_id is None or reply.comment_id not in here:
            at = _insert(tree, reply)
            entries.insert(at, reply)
            sizes.insert(at, len(reply.text))
    first_ping = len(tree)
    for ping in thread.pings:
        tree.insert(len(tree), Node(ping.id, 0, 0, 0, ping.is_new))
        # one line each, whatever it says
        sizes.append(0)
    return Rows(tree, entries, sizes, first_ping)


def _insert(tree: Tree, reply: Reply) -> int:
    parent = tree.keys.index(reply.to) if reply.to in tree.keys else None
    if parent is None:
        at, depth = len(tree), 0
    else:
        at, depth = parent + 1 + tree.below[parent], tree.depths[parent] + 1
        # everything on the way up hides one node more when it is folded
        level = depth
        for above in range(parent, -1, -1):
            if tree.depths[above] < level:
                level = tree.depths[above]
                tree.below[above] += 1
    tree.insert(at, Node(reply_key(reply), depth, 0))
    return at
