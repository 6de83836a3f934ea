"""Known entries are cut out of a feed so that what is left reads as it would have in the whole."""

from datetime import timedelta

import pytest

from tui_reader.domain.schedule import Hints
from tui_reader.feeds.hints import hints_in
from tui_reader.feeds.known_items import cut
from tui_reader.feeds.parse import parse_feed
from tui_reader.feeds.wire import ReadFeed, comments_from_json, comments_to_json, feed_from_json, feed_to_json
from tui_reader.feeds.worker import read_feed

URL = "https://b.example/feed/"
RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Béton</title>
<link>https://b.example/</link><image><title>not an entry</title></image>{}</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Atoms</title><link href="https://b.example/"/>{}</feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel rdf:about="x"><title>Old</title><link>https://b.example/</link></channel>{}</rdf:RDF>"""


def rss_item(n):
    return f"<item><title>Über {n}</title><guid>g{n}</guid><link>https://b.example/{n}</link></item>\n"


def atom_entry(n):
    return f'<entry><title>E {n}</title><id>g{n}</id><link href="https://b.example/{n}"/></entry>'


def rdf_item(n):
    return f'<item rdf:about="g{n}"><title>R {n}</title><link>https://b.example/{n}</link></item>'


@pytest.mark.parametrize(
    ("frame", "entry"), [(RSS, rss_item), (ATOM, atom_entry), (RDF, rdf_item)], ids=["rss", "atom", "rdf"]
)
def test_what_is_left_reads_as_in_the_whole(frame, entry):
    before = frame.format(entry(2) + entry(1)).encode()
    now = frame.format(entry(3) + entry(2) + entry(1)).encode()
    known = cut(before, ()).left
    got = cut(now, known)
    assert got.known == known
    left = parse_feed(got.body, URL)
    whole = parse_feed(now, URL)
    assert left.posts == whole.posts[:1]
    assert (left.title, left.url) == (whole.title, whole.url)


def test_an_entry_under_other_namespaces_is_another_one():
    other = RSS.replace("purl.org/dc", "elsewhere.example/dc")
    known = cut(RSS.format(rss_item(1)).encode(), ()).left
    assert cut(other.format(rss_item(1)).encode(), known).known == ()


def test_the_second_of_two_equal_entries_is_left_in():
    body = RSS.format(rss_item(1) * 2).encode()
    known = cut(body, ()).left
    got = cut(body, known)
    assert len(got.known) == len(got.left) == 1


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"<rss><channel><item></channel></rss>", ""),
        (b"<!DOCTYPE rss [<!ENTITY a 'b'>]><rss><channel><item>&a;</item></channel></rss>", ""),
        (RSS.format(rss_item(1)).encode("utf-16"), ""),
        (RSS.replace("UTF-8", "ISO-8859-1").format(rss_item(1)).encode("latin-1"), ""),
        (RSS.format(rss_item(1)).encode(), "application/xml; charset=windows-1252"),
        (b"<rss><channel>" + b"<a>" * 500 + b"</a>" * 500 + b"</channel></rss>", ""),
        (b"{}", "application/feed+json"),
    ],
    ids=["broken", "document type", "utf-16", "latin-1", "another charset", "too deep", "json"],
)
def test_what_is_not_plain_is_left_whole(body, content_type):
    assert cut(body, ("x",), content_type) is None


def test_entries_that_are_no_posts_leave_no_hash():
    read = read_feed(RSS.format("<item></item>" + rss_item(1)).encode(), URL, "", frozenset())
    assert len(read.feed.posts) == 1
    assert read.hashes == ()


def test_a_read_feed_goes_through_json_unharmed():
    feed = parse_feed(
        RSS.format(
            "<item><title>x</title><link>https://b.example/1</link>"
            "<pubDate>Mon, 03 Aug 2026 12:30:00 +0000</pubDate></item>"
        ).encode(),
        URL,
    )
    hints = Hints(least_wait=timedelta(minutes=5), skip_hours=frozenset({1}), skip_days=frozenset({6}))
    read = ReadFeed(feed=feed, hints=hints, hashes=("a",), known=("b", "c"))
    assert feed_from_json(feed_to_json(read)) == read


def test_comments_go_through_json_unharmed(sample):
    from tui_reader.feeds.parse import parse_comments

    comments = parse_comments(sample("wordpress_comments_atom.xml"), URL)
    assert comments
    assert comments_from_json(comments_to_json(comments)) == comments


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("<ttl>60</ttl>", Hints(least_wait=timedelta(hours=1))),
        ("<ttl> many </ttl>", Hints()),
        (
            "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>",
            Hints(least_wait=timedelta(hours=6)),
        ),
        ("<sy:updatePeriod>\n hourly\t</sy:updatePeriod>", Hints(least_wait=timedelta(hours=1))),
        (
            "<skipHours><hour>0</hour><hour>24</hour><hour>23</hour><hour>77</hour></skipHours>"
            "<skipDays><day>Saturday</day><day>sunday</day><day>Someday</day></skipDays>",
            Hints(skip_hours=frozenset({0, 23}), skip_days=frozenset({5, 6})),
        ),
        ("<item><ttl>5</ttl></item>", Hints()),
    ],
    ids=["ttl", "no number", "four a day", "hourly", "skipped", "in an entry"],
)
def test_a_feed_says_how_often_it_wants_to_be_read(head, expected):
    assert hints_in(RSS.format(head).encode()) == expected
