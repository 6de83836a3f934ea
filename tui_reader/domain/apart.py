"""Posts of one feed that share a guid, told apart: some programs give all of a blog's posts the same one."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from tui_reader.domain.feed import ParsedPost


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPost:
    """What is needed of a stored post to tell whether an entry is the same, and whether it changed."""

    id: int
    guid: str
    url: str
    content_hash: str
    comment_count: int | None = None


def told_apart(
    known: Sequence[KnownPost], fetched: Iterable[ParsedPost], still_there: Collection[int] = ()
) -> tuple[ParsedPost, ...]:
    """The entries in their order, each with a guid of its own where the feed's is not.

    Entries of one guid are as many posts as they have links. One of them keeps the guid alone; the others get
    their link added to it, in this feed and in all to come.

    Args:
        known: The stored posts of the blog.
        fetched: The entries of its feed.
        still_there: Stored posts whose entries are in the feed too, as they were, and not in ``fetched``.
    """
    entries = tuple(fetched)
    by_guid = {post.guid: post for post in known}
    shared = {_shared(post) for post in known}
    times = Counter(entry.guid for entry in entries)
    links: dict[str, str] = {}
    # from the end: the feed's last is its oldest, and the one that was stored before they were told apart
    for entry in reversed(entries):
        if _own(entry) in by_guid:
            continue
        stored = by_guid.get(entry.guid)
        if stored is not None and stored.url:
            is_its_own = stored.guid in shared or stored.id in still_there or stored.url == entry.url
            if is_its_own:
                links[entry.guid] = stored.url
                continue
        # where it comes alone, it is the stored one with a new link
        if entry.url and (stored is None or times[entry.guid] > 1):
            links.setdefault(entry.guid, entry.url)
    return tuple(_named(entry, links.get(entry.guid, ""), by_guid) for entry in entries)


def _named(entry: ParsedPost, link: str, by_guid: dict[str, KnownPost]) -> ParsedPost:
    """The entry, whose guid belongs to the post with this link."""
    is_another = bool(link and entry.url and entry.url != link)
    return replace(entry, guid=_own(entry)) if is_another or _own(entry) in by_guid else entry


def _own(entry: ParsedPost) -> str:
    """The name of an entry whose guid is another's."""
    return f"{entry.guid} {entry.url}"


def _shared(post: KnownPost) -> str:
    """The guid that the feed gave to a post with a name of its own; empty for all others."""
    if post.url and post.guid.endswith(f" {post.url}"):
        return post.guid.removesuffix(f" {post.url}")
    # one whose link has changed since
    guid, _, link = post.guid.rpartition(" ")
    return guid if link.startswith(("http://", "https://")) else ""
