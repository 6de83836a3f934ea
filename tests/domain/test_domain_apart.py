"""A feed whose posts share one guid: none is lost, none takes another's place."""

from dataclasses import replace

from test_domain_update import applied

from tui_reader.domain.apart import told_apart
from tui_reader.domain.feed import ParsedPost
from tui_reader.domain.update import PostUpdate, decide


def post(number: int, **more: str) -> ParsedPost:
    return replace(
        ParsedPost(guid="all", url=f"https://a.example/{number}", title=f"Post {number}", html="<p>x"), **more
    )


FEED = [post(3), post(2), post(1)]


def urls(known) -> list[str]:
    return sorted(one.url for one in known)


def test_three_posts_of_one_guid_are_three_and_stay_so():
    known = applied([], decide([], FEED))
    assert urls(known) == ["https://a.example/1", "https://a.example/2", "https://a.example/3"]
    assert decide(known, FEED) == PostUpdate()
    # the oldest keeps the guid alone, as it has it where it was stored before they were told apart
    assert next(one.url for one in known if one.guid == "all") == "https://a.example/1"


def test_what_was_stored_before_they_were_told_apart_stays_what_it_is():
    known = applied([], decide([], [post(1)]))
    known = applied(known, decide(known, FEED))
    assert [(one.id, one.url) for one in known if one.guid == "all"] == [(1, "https://a.example/1")]
    assert len(known) == 3
    assert decide(known, FEED) == PostUpdate()


def test_a_new_post_beside_entries_that_were_not_read_again_takes_nobodys_place():
    known = applied([], decide([], FEED[1:]))
    unread = {one.id for one in known}
    assert [one.url for one in decide(known, [post(3)], unread).new] == ["https://a.example/3"]
    assert not decide(known, [post(3)], unread).changed


def test_when_the_first_has_left_the_feed_its_place_is_not_taken():
    known = applied([], decide([], FEED))
    later = [post(5), post(4), post(3), post(2)]
    known = applied(known, decide(known, later))
    assert len(known) == 5
    assert decide(known, later) == PostUpdate()
    # nor is it by one that comes alone
    assert decide(known, [post(6)]).new == (replace(post(6), guid="all https://a.example/6"),)


def test_an_edited_post_is_the_same_post():
    known = applied([], decide([], FEED))
    for edited in (post(3, title="Anew"), post(1, title="Anew"), post(2, html="<p>y")):
        update = decide(known, [edited if edited.url == entry.url else entry for entry in FEED])
        assert (len(update.changed), update.new) == (1, ())
        assert {one.id: one.url for one in known}[update.changed[0][0]] == edited.url


def test_a_post_that_moves_and_is_renamed_at_once_is_the_same_where_its_guid_is_its_own():
    known = applied([], decide([], [post(1)]))
    assert decide(known, [post(2)]) == PostUpdate(changed=((1, post(2)),))


def test_one_post_that_is_listed_twice_with_one_link_is_one():
    twice = [post(1, title="Before"), post(1)]
    assert told_apart([], twice) == tuple(twice)
    assert decide([], twice).new == (post(1),)
