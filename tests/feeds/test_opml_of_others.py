"""Lists that other readers write: in, out and in again, and nothing of them is lost."""

from dataclasses import replace

import pytest

from tests.conftest import NOW
from tui_reader.domain.blog import Blog
from tui_reader.feeds import opml

OTHERS = ("feedly", "newsboat", "netnewswire", "miniflux", "nested_broken")


def followed(feeds) -> tuple[list[Blog], dict[int, dict[str, str]]]:
    """What becomes of a list when it is imported."""
    blogs = [
        Blog(
            id=number,
            url=feed.site_url or feed.url,
            feed_url=feed.url,
            title=feed.own_title or feed.title,
            feed_title=feed.title,
            own_title=feed.own_title,
            folder=feed.folder,
            is_paused=feed.is_paused,
            added_at=NOW,
        )
        for number, feed in enumerate(feeds)
    ]
    return blogs, {number: dict(feed.more) for number, feed in enumerate(feeds)}


def facts(result):
    return [
        (feed.url, feed.title, feed.own_title, feed.folder, feed.is_paused, dict(feed.more))
        for feed in result.outlines
    ]


@pytest.mark.parametrize("name", OTHERS)
def test_what_others_write_goes_out_as_it_came_in(sample, name):
    first = opml.read(sample(f"opml/{name}.opml"))
    text = opml.write(*followed(first.outlines))
    second = opml.read(text.encode())
    assert second.problems == second.notes == ()
    assert sorted(facts(second), key=str) == sorted(facts(first), key=str)
    assert opml.write(*followed(second.outlines)) == text


def test_feedly_folders_and_a_feed_in_two_of_them(sample):
    result = opml.read(sample("opml/feedly.opml"))
    assert [(feed.url, feed.own_title, feed.folder) for feed in result.outlines] == [
        ("https://harbour.example/feed/", "Harbour Notes", "Sea & Shore"),
        ("https://tides.example/atom.xml?a=1&b=2", "Tide tables, daily", "Sea & Shore"),
        ("http://kettle.example/rss", "The Kettle", "Kitchen"),
    ]
    assert result.problems == ()
    assert result.notes == ("line 14: “Harbour Notes” stands in two places; it is in “Sea & Shore”",)


def test_a_feed_in_two_folders_goes_out_in_both_and_is_one_when_it_comes_back(sample):
    blogs, more = followed(opml.read(sample("opml/feedly.opml")).outlines)
    text = opml.write(blogs, more)
    assert text.count('xmlUrl="https://harbour.example/feed/"') == 2
    # alphabet or a hand may put the other folder first
    body = text.splitlines()
    at = body.index('    <outline text="Kitchen" title="Kitchen">')
    turned = "\n".join([*body[:4], *body[at:-2], *body[4:at], *body[-2:]])
    again = opml.read(turned.encode())
    assert again.notes == again.problems == ()
    assert {feed.url: feed.folder for feed in again.outlines} == {
        blog.feed_url: blog.folder for blog in blogs
    }
    # where only the copy is left it is the feed
    only = "".join(line for line in body if "harbour" not in line or "tui:copy" in line)
    assert {feed.url: feed.folder for feed in opml.read(only.encode()).outlines}[
        "https://harbour.example/feed/"
    ] == "Kitchen"


def test_a_feed_with_two_names_keeps_both_until_it_is_renamed():
    text = '<opml><outline text="All about tea" title="The Kettle" xmlUrl="https://a.example/"/></opml>'
    blogs, more = followed(opml.read(text.encode()).outlines)
    assert blogs[0].title == "The Kettle"
    written = opml.write(blogs, more)
    assert 'text="All about tea" title="The Kettle"' in written
    assert opml.write(*followed(opml.read(written.encode()).outlines)) == written
    renamed = replace(blogs[0], title="Tea", own_title="Tea")
    assert 'text="Tea" title="Tea"' in opml.write([renamed], more)


def test_newsboat_tags_become_folders_and_its_commands_are_refused(sample):
    result = opml.read(sample("opml/newsboat.opml"))
    assert [(feed.url, feed.folder, dict(feed.more)) for feed in result.outlines] == [
        ("https://harbour.example/feed/", "sea", {"category": "sea,/must/read"}),
        ("https://kettle.example/rss", None, {}),
    ]
    assert [problem.partition(":")[0] for problem in result.problems] == ["line 9", "line 10"]


def test_netnewswire_names_are_the_users_and_its_marks_are_kept(sample):
    result = opml.read(sample("opml/netnewswire.opml"))
    assert [(feed.own_title, feed.folder) for feed in result.outlines] == [
        ("Paper <boats>", None),
        ("My harbour", "Sea"),
        ("L’île d’en face", "Sea"),
    ]
    assert result.outlines[1].more == {"description": "Notes from the slip", "version": "RSS"}


def test_miniflux_rules_go_out_in_their_namespace_and_a_slash_makes_no_folder(sample):
    result = opml.read(sample("opml/miniflux.opml"))
    assert [feed.folder for feed in result.outlines] == ["All", "Arts/Crafts"]
    text = opml.write(*followed(result.outlines))
    assert 'xmlns:ns1="https://miniflux.example/opml"' in text
    assert 'ns1:keeplistEntries="tea|pot"' in text


def test_what_stands_behind_a_fault_is_read_too_and_in_its_folder(sample):
    result = opml.read(sample("opml/nested_broken.opml"))
    assert [(feed.url, feed.title, feed.folder) for feed in result.outlines] == [
        ("https://harbour.example/feed/", "Harbour Notes", "Sea"),
        ("https://tides.example/feed", "Tides", "Sea"),
        ("https://nets.example/feed?a=1&b=2", "Fish <and> nets", "Sea / Boats"),
        ("https://kettle.example/rss", "Kettle", None),
    ]
    assert result.problems == (
        "line 7: the file is broken (not well-formed (invalid token)); 3 more from behind that place",
    )


def test_each_feed_that_a_broken_list_loses_is_told_by_its_line():
    lines = [
        '<outline text="F">',
        *(f'<outline text="{n}" xmlUrl="https://{n}.example/"/>' for n in range(9)),
    ]
    lines[2] = lines[2].replace('text="1"', "text=1")
    lines[5] = lines[5].replace("<outline", "<outlin<e")
    lines[7] = lines[7].replace('"6"', '"6 < 7"')
    result = opml.read("\n".join(["<opml><body>", *lines, "</outline></body></opml>"]).encode())
    assert [feed.url[8] for feed in result.outlines] == list("0123578")
    assert {feed.folder for feed in result.outlines} == {"F"}
    assert result.problems[0].startswith("line 4: the file is broken")
    assert result.problems[1:] == (
        "line 7: the feed here cannot be read",
        "line 9: the feed here cannot be read",
    )


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ('<outline text="A">\n<outline xmlUrl="https://a.example/"/></p>', ["A"]),
        ('<outline text="A">\n</p><outline xmlUrl="https://a.example/"/>', ["A"]),
        ('<outline text="A" =><outline xmlUrl="https://a.example/"/></outline>', ["A"]),
        ('<outline text="A">&#0;</outline><outline xmlUrl="https://a.example/"/>', [None]),
        ('<outline text="A"><outline xmlUrl="https://a.example/"', []),
    ],
)
def test_a_fault_anywhere_costs_no_folder(body, found):
    result = opml.read(f"<opml><body>{body}</body></opml>".encode())
    assert [feed.folder for feed in result.outlines] == found
    assert "the file is broken" in result.problems[0]


def test_our_own_words_come_back_and_others_see_the_users():
    one = Blog(
        id=1, url="https://a.example/", feed_url="https://a.example/f", title="Mine", own_title="Mine",
        feed_title="The feed’s", folder="A / B", is_paused=True, added_at=NOW,
    )  # fmt: skip
    text = opml.write([one])
    assert 'text="Mine" title="Mine"' in text
    (feed,) = opml.read(text.encode()).outlines
    assert (feed.title, feed.own_title, feed.folder, feed.is_paused) == ("The feed’s", "Mine", "A / B", True)
    assert feed.more == {}


def test_a_flood_of_attributes_is_left_out():
    many = " ".join(f'a{number}="{"x" * 90}"' for number in range(50))
    (feed,) = opml.read(f'<opml><outline xmlUrl="https://a.example/" {many}/></opml>'.encode()).outlines
    assert feed.more == {}
    odd = '<outline xmlUrl="https://a.example/" x:xmlUrl="b" y:é="c" y:d="e"/>'
    (feed,) = opml.read(f'<opml xmlns:x="" xmlns:y="urn:y">{odd}</opml>'.encode()).outlines
    assert feed.more == {"urn:y d": "e"}


def test_a_broken_flood_is_given_up_soon():
    for bad in ('<outline "', "<outline '\" ", '<outline a="<', "<outline " + 'a="' * 3):
        text = f'<opml><outline text="A" b>{bad * 60_000}'.encode()
        assert opml.read(text).outlines == ()
