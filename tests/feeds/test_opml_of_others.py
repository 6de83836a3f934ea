"""Lists that other readers write: in, out and in again, and nothing of them is lost."""

from email.utils import format_datetime
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

import pytest

from tests.conftest import NOW
from tests.opml_told import told
from tui_reader.content.clean import clean
from tui_reader.domain.blog import Blog
from tui_reader.feeds import opml
from tui_reader.feeds.opml import OpmlResult, Said
from tui_reader.feeds.opml_list import XML

OTHERS = (
    "feedly",
    "newsboat",
    "netnewswire",
    "miniflux",
    "freshrss",
    "inoreader",
    "by_hand",
    "nested_broken",
)


def followed(result: OpmlResult) -> tuple[list[Blog], Said]:
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
        for number, feed in enumerate(result.outlines)
    ]
    more = {number: dict(feed.more) for number, feed in enumerate(result.outlines)}
    return blogs, Said(feeds=more, folders=result.folders, head=result.head)


def facts(result):
    return [
        (feed.url, feed.title, feed.own_title, feed.folder, feed.is_paused, dict(feed.more))
        for feed in result.outlines
    ]


@pytest.mark.parametrize("name", OTHERS)
def test_what_others_write_goes_out_as_it_came_in(sample, name):
    data = sample(f"opml/{name}.opml")
    first = opml.read(data)
    text = opml.write(*followed(first))
    second = opml.read(text.encode())
    assert second.problems == ()
    assert all("is a link and no feed; an export gives it back" in note for note in second.notes)
    assert sorted(facts(second), key=str) == sorted(facts(first), key=str)
    assert second.head == first.head
    assert opml.write(*followed(second)) == text
    # newsboat's tags become folders, and stay tags; of a broken list no other parser says anything
    if name not in {"newsboat", "nested_broken"}:
        assert told(text) == told(data)


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
    blogs, more = followed(opml.read(sample("opml/feedly.opml")))
    text = opml.write(blogs, more)
    assert text.count('xmlUrl="https://harbour.example/feed/"') == 2
    # alphabet or a hand may put the other folder first
    body = text.splitlines()
    at = body.index('    <outline text="Kitchen" title="Kitchen">')
    begin = body.index("  <body>") + 1
    turned = "\n".join([*body[:begin], *body[at:-2], *body[begin:at], *body[-2:]])
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
    blogs, more = followed(opml.read(text.encode()))
    assert blogs[0].title == "The Kettle"
    written = opml.write(blogs, more)
    assert 'text="All about tea" title="The Kettle"' in written
    assert opml.write(*followed(opml.read(written.encode()))) == written
    renamed = blogs[0]._replace(title="Tea", own_title="Tea")
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
    text = opml.write(*followed(result))
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


def test_a_flood_of_attributes_is_left_out_and_said():
    many = " ".join(f'a{number}="{"x" * 90}"' for number in range(500))
    result = opml.read(
        f'<opml>\n<outline xmlUrl="https://a.example/" {many}/><outline text="F" {many}/></opml>'.encode()
    )
    assert result.outlines[0].more == result.folders[0].more == {}
    assert result.notes == ("line 2: more is said here than is kept; an export does not give it back",) * 2


def test_attributes_go_out_by_the_names_that_any_parser_takes():
    odd = '<outline xmlUrl="https://a.example/" x:a="b" z:b="c" y:é="d" y:1="e" _.-="f" xml:base="g"/>'
    result = opml.read(f'<opml xmlns:x="" xmlns:y="urn:y">{odd}</opml>'.encode())
    more = {"urn:y é": "d", "_.-": "f", f"{XML} base": "g"}
    assert result.outlines[0].more == more
    (node,) = ElementTree.fromstring(opml.write(*followed(result))).iter("outline")
    assert {"{urn:y}é", "_.-", f"{{{XML}}}base"} <= node.attrib.keys()


def test_of_what_others_said_goes_out_what_shows_and_nothing_that_a_terminal_would_obey():
    value, shown = "a\x9b31m\u202eb\x7f\tc\nd &<>\"'", "a31mb\tc\nd &<>\"'"
    head = f"<head><ownerName>{escape(value)}</ownerName></head>"
    text = f'<opml>{head}<outline text="F" x={quoteattr(value)}/></opml>'
    result = opml.read(text.encode())
    assert (result.head, result.folders[0].more) == ((("ownerName", shown),), {"x": shown})
    written = opml.write(*followed(result))
    assert clean(written) == written
    assert opml.read(written.encode()).folders == result.folders
    assert opml.read(written.encode()).head == (("title", "tui_reader"), ("ownerName", shown))


def test_no_address_out_of_the_web_and_no_password_is_kept_for_the_next_program():
    body = """<outline text="a" xmlUrl="https://me:pw@a.example/" htmlUrl="https://me:pw@a.example/"
        iconUrl="javascript:alert(1)" url=" exec:rm" opmlUri="https://me:pw@b.example/" siteurl="page.html"/>
        <outline text="b" type="link" url="file:///etc/passwd"/>
        <outline text="c" type="link" url="https://me:pw@c.example/"/>
        <outline text="d" homeHref="data:text/html,x"/>"""
    result = opml.read(f"<opml>{body}</opml>".encode())
    assert result.outlines[0].more == {
        "opmlUri": "https://me@b.example/",
        "siteurl": "page.html",
        "htmlUrl": "https://me@a.example/",
    }
    (links, d) = result.folders
    assert (d.path, d.more, links.path) == ("d", {}, "")
    assert links.links == ({"text": "c", "type": "link", "url": "https://me@c.example/"},)
    assert [note.partition(": ")[2] for note in result.notes] == [
        "“b” is a link and no feed; it was left out",
        "“c” is a link and no feed; an export gives it back",
    ]


def test_a_folder_that_was_left_is_left_and_one_that_came_empty_stays():
    text = (
        '<opml><outline text="Left" isOpen="1"><outline text="a" xmlUrl="https://a.example/"/></outline>'
        '<outline text="Empty" isOpen="0"><outline xmlUrl="exec:x"/></outline></opml>'
    )
    blogs, said = followed(opml.read(text.encode()))
    assert told(opml.write([blogs[0]._replace(folder="New")], said)).keys() == {
        ("head", "title"),
        ("body", "New"),
        ("body", "New", "https://a.example/"),
        ("body", "Empty"),
    }


def test_the_day_of_the_last_change_is_that_of_the_export(sample):
    result = opml.read(sample("opml/by_hand.opml"))
    head = dict(opml.read(opml.write(*followed(result), now=NOW).encode()).head)
    assert head["dateModified"] == format_datetime(NOW) != dict(result.head)["dateModified"]
    assert head["dateCreated"] == dict(result.head)["dateCreated"]


def test_a_broken_flood_is_given_up_soon():
    for bad in ('<outline "', "<outline '\" ", '<outline a="<', "<outline " + 'a="' * 3):
        text = f'<opml><outline text="A" b>{bad * 60_000}'.encode()
        assert opml.read(text).outlines == ()
