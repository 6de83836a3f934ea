"""Stored posts and a fetched feed compared: which are new, which changed. A pure decision."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from tui_reader.domain.apart import KnownPost, told_apart
from tui_reader.domain.feed import ParsedPost


@dataclass(frozen=True, slots=True, kw_only=True)
class PostUpdate:
    """What a fetched feed means for the stored posts."""

    new: tuple[ParsedPost, ...] = ()
    changed: tuple[tuple[int, ParsedPost], ...] = ()
    """Stored id, and what it is to become."""
    counted: tuple[tuple[int, int], ...] = ()
    """Stored id and the number of comments that the feed now says."""


def content_hash(post: ParsedPost) -> str:
    """The same for two entries that a reader could not tell apart."""
    import hashlib  # loads OpenSSL: not when only lists are shown

    parts = (
        post.title,
        post.html,
        post.author or "",
        post.url,
        post.guid,
        post.comments_feed_url or "",
        post.comments_url or "",
    )
    return hashlib.blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def decide(
    known: Sequence[KnownPost], fetched: Iterable[ParsedPost], still_there: Collection[int] = ()
) -> PostUpdate:
    """Matches by guid first, then by link, so that either may change alone and nothing is doubled.

    Entries that share a guid are told apart before. A link that several entries of the feed share, or several
    stored posts, is no name for any of them.

    Args:
        known: The stored posts of the blog.
        fetched: The entries of its feed.
        still_there: Stored posts whose entries are in the feed too, as they were, and not in ``fetched``.
    """
    unread = set(still_there)
    apart = told_apart(known, fetched, unread)
    entries = list({entry.guid: entry for entry in apart}.values())
    shared = Counter(entry.url for entry in entries)
    shared.update(post.url for post in known if post.id in unread)
    stored = Counter(post.url for post in known)
    by_guid = {post.guid: post for post in known}
    by_url = {post.url: post for post in known if post.url and shared[post.url] == stored[post.url] == 1}
    # a post whose guid is in the feed is that entry, whatever another entry's link says
    claimed = unread | {by_guid[entry.guid].id for entry in entries if entry.guid in by_guid}
    new: list[ParsedPost] = []
    changed: list[tuple[int, ParsedPost]] = []
    counted: list[tuple[int, int]] = []
    for entry in entries:
        match = by_guid.get(entry.guid)
        if match is None:
            match = by_url.get(entry.url)
            if match is not None and match.id in claimed:
                match = None
        if match is None:
            new.append(entry)
            continue
        if match.content_hash != content_hash(entry):
            changed.append((match.id, entry))
        if entry.comment_count is not None and entry.comment_count != match.comment_count:
            counted.append((match.id, entry.comment_count))
    return PostUpdate(new=tuple(new), changed=tuple(changed), counted=tuple(counted))
