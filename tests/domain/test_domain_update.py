"""Stored posts against a fetched feed: nothing is doubled, nothing is overwritten by another post."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_reader.domain.apart import KnownPost, told_apart
from tui_reader.domain.feed import ParsedPost
from tui_reader.domain.update import PostUpdate, content_hash, decide

ENTRIES = st.builds(
    ParsedPost,
    guid=st.sampled_from(["g1", "g2", "g3", "g4", "\ud800"]),
    url=st.sampled_from(["", "https://a.example/1", "https://a.example/2", "https://a.example/3"]),
    title=st.sampled_from(["One", "Two"]),
    html=st.sampled_from(["<p>x", "<p>\udcff"]),
    comment_count=st.none() | st.integers(0, 2),
)
FEEDS = st.lists(ENTRIES, max_size=5)


def stored(id: int, entry: ParsedPost) -> KnownPost:
    return KnownPost(
        id=id,
        guid=entry.guid,
        url=entry.url,
        content_hash=content_hash(entry),
        comment_count=entry.comment_count,
    )


def applied(known: list[KnownPost], update: PostUpdate) -> list[KnownPost]:
    """What storage makes of it, as simply as it can be said."""
    posts = {post.id: post for post in known}
    for id, entry in update.changed:
        posts[id] = replace(stored(id, entry), comment_count=posts[id].comment_count)
    for id, count in update.counted:
        posts[id] = replace(posts[id], comment_count=count)
    for entry in update.new:
        posts[len(posts) + 1] = stored(len(posts) + 1, entry)
    return list(posts.values())


ENTRY = ParsedPost(guid="g1", url="https://a.example/1", title="One", html="<p>x", comment_count=3)


def test_an_unchanged_entry_is_nothing() -> None:
    assert decide([stored(7, ENTRY)], [ENTRY]) == PostUpdate()


@pytest.mark.parametrize(
    "entry",
    [
        replace(ENTRY, guid="g9"),
        replace(ENTRY, url="https://a.example/moved"),
        replace(ENTRY, title="Another title"),
        replace(ENTRY, html="<p>y"),
        replace(ENTRY, author="Ann"),
        replace(ENTRY, comments_feed_url="https://a.example/1/feed"),
    ],
    ids=["guid", "link", "title", "text", "author", "comments feed"],
)
def test_what_changed_alone_is_a_change_of_the_same_post(entry: ParsedPost) -> None:
    assert decide([stored(7, ENTRY)], [entry]) == PostUpdate(changed=((7, entry),))


def test_a_new_guid_and_a_new_link_are_a_new_post() -> None:
    entry = replace(ENTRY, guid="g9", url="https://a.example/9")
    assert decide([stored(7, ENTRY)], [entry]) == PostUpdate(new=(entry,))


def test_a_new_number_of_comments_is_no_change_of_the_post() -> None:
    assert decide([stored(7, ENTRY)], [replace(ENTRY, comment_count=4)]) == PostUpdate(counted=((7, 4),))
    assert decide([stored(7, ENTRY)], [replace(ENTRY, comment_count=None)]) == PostUpdate()


def test_entries_that_share_a_link_do_not_take_each_others_place() -> None:
    first = replace(ENTRY, guid="g8", url="https://a.example/")
    second = replace(ENTRY, guid="g9", url="https://a.example/")
    update = decide([stored(7, replace(ENTRY, url="https://a.example/"))], [first, second])
    assert update.new == (first, second)


def test_a_link_that_stored_posts_share_names_none_of_them() -> None:
    known = [stored(n, replace(ENTRY, guid=f"g{n}", url="https://a.example/")) for n in (1, 2)]
    entry = replace(ENTRY, guid="g3", url="https://a.example/")
    assert decide(known, [entry]).new == (entry,)


def test_a_post_whose_guid_is_there_is_not_taken_by_the_link_of_another() -> None:
    moved = replace(ENTRY, url="https://a.example/moved")
    other = replace(ENTRY, guid="g2")
    update = decide([stored(7, ENTRY)], [other, moved])
    assert update == PostUpdate(new=(other,), changed=((7, moved),))


def test_of_two_entries_with_one_guid_the_later_counts() -> None:
    later = replace(ENTRY, title="Later")
    assert decide([], [ENTRY, later]).new == (later,)


@settings(deadline=None)
@given(FEEDS, FEEDS)
def test_the_same_feed_again_is_nothing_new(earlier: list[ParsedPost], feed: list[ParsedPost]) -> None:
    known = applied([], decide([], earlier))
    known = applied(known, decide(known, feed))
    assert decide(known, feed) == PostUpdate()


@settings(deadline=None)
@given(FEEDS, FEEDS)
def test_every_entry_has_one_place_and_no_two_share_it(
    earlier: list[ParsedPost], feed: list[ParsedPost]
) -> None:
    known = applied([], decide([], earlier))
    update = decide(known, feed)
    changed = [id for id, _ in update.changed]
    assert len(changed) == len(set(changed))
    after = applied(known, update)
    guids = [post.guid for post in after]
    assert len(guids) == len(set(guids))
    assert {entry.guid for entry in told_apart(known, feed)} <= set(guids)
    assert len(after) == len(known) + len(update.new)


@given(st.text(), st.text())
def test_text_that_moves_between_title_and_body_is_a_change(title: str, html: str) -> None:
    if "\0" in title + html or title == html:
        return
    one = replace(ENTRY, title=title, html=html)
    assert content_hash(one) != content_hash(replace(one, title=html, html=title))


def test_a_new_entry_at_the_link_of_one_that_was_not_read_again_is_new():
    known = [stored(7, ENTRY)]
    other = replace(ENTRY, guid="tag:another")
    assert decide(known, [other]).new == ()
    assert decide(known, [other], still_there=[7]) == PostUpdate(new=(other,))
