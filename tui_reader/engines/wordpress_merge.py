"""What a WordPress's API, feed and pages tell of the same comments, made one conversation."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from tui_reader.domain.comment import Comment, CommentKind
from tui_reader.domain.conversation import LoadedConversation
from tui_reader.engines.wordpress_walk import Walked
from tui_reader.language import N_, _

ENGINE = "wordpress"
PASSWORD_NOTE = N_("the blog wants a password to read this post and its comments")
_PINGS = "pings"
_API, _NONE = "api", "none"
_USUAL_FEED = 10
_MAX_KEPT_PINGS = 20


def page_and_feed(pages: Iterable[Comment], feed: Iterable[Comment]) -> tuple[Comment, ...]:
    """The pages' comments, completed by the feed, which knows exact parents and dates of the newest.

    Pages put replies past the depth limit beside what they answer, and leave out replies to held ones.
    """
    merged = {comment.id: comment for comment in pages}
    for told in feed:
        shown = merged.get(told.id)
        merged[told.id] = told if shown is None else _completed(shown, told)
    return tuple(merged.values())


def _completed(shown: Comment, told: Comment) -> Comment:
    return replace(
        shown,
        parent_id=told.parent_id,
        author=shown.author or told.author,
        author_url=shown.author_url or told.author_url,
        published=shown.published or told.published,
        html=shown.html or told.html,
    )


def known_pings(facts: Mapping[str, str]) -> dict[str, CommentKind]:
    """The pings whose kind was asked for at earlier times."""
    kinds = {kind.value: kind for kind in CommentKind}
    pairs = (part.partition("=") for part in facts.get(_PINGS, "").split())
    return {ping_id: kinds[kind] for ping_id, _, kind in pairs if kind in kinds}


def has_no_api(facts: Mapping[str, str]) -> bool:
    """Whether the API was looked for in vain at earlier times."""
    return facts.get(_API) == _NONE


def more_facts(comments: Iterable[Comment], *, has_no_api: bool) -> dict[str, str]:
    """What else is worth keeping; :func:`known_pings` and :func:`has_no_api` read it back."""
    pings = sorted((int(c.id), c.kind.value) for c in comments if c.kind is not CommentKind.COMMENT)
    # the feed, whose pings must be told from comments, holds the newest only
    newest = " ".join(f"{ping_id}={kind}" for ping_id, kind in pings[-_MAX_KEPT_PINGS:])
    facts = {_PINGS: newest} if newest else {}
    return facts | ({_API: _NONE} if has_no_api else {})


def protected(expected: int | None, facts: Mapping[str, str]) -> LoadedConversation:
    """The conversation of a post with a password: the feed has its names and dates, and no words."""
    return LoadedConversation(engine=ENGINE, total=expected, note=_(PASSWORD_NOTE), facts=facts)


def how_much(walked: Walked, shown: int, expected: int | None) -> tuple[bool, str]:
    """Whether pages and feed gave everything, and what to say when they did not.

    Args:
        walked: What came from the pages.
        shown: How many there are with the feed's.
        expected: How many the blog says there are.
    """
    if walked.comments or not shown:
        is_complete = walked.is_whole and (expected is None or shown >= expected)
        return is_complete, "" if is_complete else count_note(shown, expected, is_newest=False)
    # a feed holds ten, and its count may be older than itself: only a shorter one surely has them all
    is_complete = expected is not None and expected <= shown < _USUAL_FEED
    return is_complete, "" if is_complete else count_note(shown, expected, is_newest=True)


def count_note(shown: int, total: int | None, *, is_newest: bool) -> str:
    """What the reader should know when comments are missing: "10 newest of 120"."""
    if total is None or total <= shown:
        return _("the newest {shown}").format(shown=shown) if is_newest else ""
    if not shown:
        return _("none of {total} could be read").format(total=total)
    told = _("{shown} newest of {total}") if is_newest else _("{shown} of {total}")
    return told.format(shown=shown, total=total)
