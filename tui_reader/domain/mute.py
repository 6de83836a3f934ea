"""Whom and what the user does not want to read."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tui_reader.domain.comment import Comment
from tui_reader.domain.thread import Thread


class MuteKind(StrEnum):
    """What is muted."""

    AUTHOR = "author"
    BRANCH = "branch"
    """One comment and all that is said below it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mute:
    """One thing that is muted."""

    id: int
    kind: MuteKind
    author: str
    """Who is muted, or who began the branch."""
    blog_id: int | None = None
    """The author is muted on this blog only; None for everywhere, and for branches."""
    blog_title: str = ""
    post_id: int | None = None
    """Where the branch is."""
    post_title: str = ""
    comment_id: str | None = None
    """The comment that begins the branch."""
    muted_at: datetime


def author_key(author: str) -> str:
    """The same for names that readers take for the same: case, blanks and what is not seen do not matter."""
    if not author.isascii():
        author = "".join(
            letter for letter in unicodedata.normalize("NFKC", author) if unicodedata.category(letter) != "Cf"
        )
    return " ".join(author.casefold().split())


def muted_in(thread: Thread, mutes: Iterable[Mute]) -> Mapping[str, MuteKind]:
    """The comments of a thread that are muted, and by what; never one of the user's own.

    Args:
        thread: The conversation.
        mutes: Those that hold for its post.
    """
    mutes = tuple(mutes)
    if not mutes:
        return {}
    authors = {author_key(mute.author) for mute in mutes if mute.kind is MuteKind.AUTHOR}
    branches = {mute.comment_id for mute in mutes if mute.kind is MuteKind.BRANCH}
    found: dict[str, MuteKind] = {}
    below = below_any(thread.rows.ids, thread.rows.depths, branches)
    for comment in thread.rows.comments:
        if comment.is_mine:
            continue
        if comment.id in below:
            found[comment.id] = MuteKind.BRANCH
        elif author_key(comment.author) in authors:
            found[comment.id] = MuteKind.AUTHOR
    found.update(_by_author(thread.pings, authors))
    return found


def below_any(ids: Sequence[str], depths: Sequence[int], branches: Set[str | None]) -> set[str]:
    """The comments that begin one of these branches or hang below one, of all in reading order."""
    found: set[str] = set()
    branch_depth: int | None = None
    for id, depth in zip(ids, depths, strict=True):
        if branch_depth is not None and depth <= branch_depth:
            branch_depth = None
        if branch_depth is None and id in branches:
            branch_depth = depth
        if branch_depth is not None:
            found.add(id)
    return found


def _by_author(comments: Sequence[Comment], authors: set[str]) -> dict[str, MuteKind]:
    return {
        one.id: MuteKind.AUTHOR for one in comments if not one.is_mine and author_key(one.author) in authors
    }
