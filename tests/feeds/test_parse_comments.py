"""Comment feeds, with the parents that they name."""

import json
from datetime import UTC, datetime

import pytest

from tui_reader.errors import FeedError
from tui_reader.feeds.parse import parse_comments

URL = "https://feed.example/comments/feed"


def test_wordpress_atom_names_the_parents(sample):
    cleo, dara = parse_comments(
        sample("wordpress_comments_atom.xml"), "https://kettle.example/2026/08/steeping/feed/atom/"
    )
    assert cleo.guid == "https://kettle.example/?p=43#comment-131"
    assert cleo.reply_to == (dara.guid,)
    assert dara.reply_to == ("https://kettle.example/?p=43",)
    assert cleo.url == "https://kettle.example/2026/08/steeping/comment-page-1/#comment-131"
    assert cleo.post_url == "https://kettle.example/2026/08/steeping/comment-page-1/"
    assert (cleo.author, cleo.author_url) == ("Cleo", "https://cleo.example")
    assert (dara.author, dara.author_url) == ("Dara", None)
    assert cleo.published == datetime(2026, 8, 3, 8, tzinfo=UTC)
    assert "In reply to" in cleo.html
    assert cleo.html.strip().endswith("<p>Five, surely.</p>")


def test_wordpress_rss_has_names_in_titles_at_worst(sample):
    cleo, emile = parse_comments(sample("wordpress_comments_rss2.xml"), URL)
    assert (cleo.author, cleo.reply_to) == ("Cleo", ())
    assert cleo.html.startswith("<p>In reply to")
    assert emile.author == "Émile d’Or"
    assert emile.html == "No name of its own."


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("By: Ann", "Ann"),
        ("Par : Ann", "Ann"),
        ("Comment on By: and by by Ann Bee", "Ann Bee"),
        ("Commentaires sur Le sel par Ann", "Ann"),
        ("Standing by: the river", ""),
        ("A thought", ""),
    ],
)
def test_names_in_titles(title, name):
    body = f"<rss version='2.0'><channel><item><title>{title}</title><guid>g</guid></item></channel></rss>"
    assert parse_comments(body.encode(), URL)[0].author == name


def test_blogger_names_the_parent_by_a_link(sample):
    gus, fay = parse_comments(sample("blogger_comments.xml"), URL)
    assert fay.guid == "tag:blogger.com,1999:blog-77.post-600"
    assert gus.reply_to == (fay.guid, "tag:blogger.com,1999:blog-77.post-500")
    assert fay.reply_to == ("tag:blogger.com,1999:blog-77.post-500",)
    assert gus.post_url == fay.post_url == "https://moss.example/2026/07/lichen.html"
    assert gus.author == "Gus"
    assert gus.published == datetime(2026, 7, 20, 17, tzinfo=UTC)


def test_isso(sample):
    ida, jo = parse_comments(sample("isso_comments.xml"), URL)
    assert ida.reply_to == (jo.guid,)
    assert jo.reply_to == ()
    assert jo.post_url == "https://loom.example/weft/"


def test_dotclear(sample):
    (leo,) = parse_comments(sample("dotclear_comments.xml"), URL)
    assert (leo.author, leo.guid) == ("Léo", "urn:md5:26aa")
    assert leo.post_url == "https://sel.example/post/les-marais"


def test_serendipity(sample):
    (mina,) = parse_comments(sample("serendipity_comments.xml"), URL)
    assert mina.author == "Mina"
    assert mina.html.strip() == "<p>It squeaks.</p>"
    assert mina.post_url == "https://wire.example/archives/5-Gates.html"


def test_a_json_feed_of_comments():
    body = (
        b'{"version":"https://jsonfeed.org/version/1","items":[{"id":"9","url":"https://n.example/9#x",'
        b'"content_html":"<p>hi</p>","author":{"name":"Ann","url":"https://ann.example"}}]}'
    )
    (ann,) = parse_comments(body, URL)
    assert (ann.guid, ann.author, ann.author_url) == ("9", "Ann", "https://ann.example")
    assert ann.post_url == "https://n.example/9"


ATOM = '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:{p}="http://purl.org/syndication/thread/1.0">{entries}</feed>'


@pytest.mark.parametrize("prefix", ["thr", "t", "thread"])
def test_every_parent_under_any_prefix(prefix):
    entries = (
        f'<entry><id>1</id><{prefix}:in-reply-to ref="a"/>'
        f'<{prefix}:in-reply-to ref="b"></{prefix}:in-reply-to>'
        f'<{prefix}:in-reply-to ref="a"/></entry>'
        f"<entry><id>2</id></entry>"
        f'<entry><id>3</id><{prefix}:in-reply-to ref=" c "/></entry>'
    )
    found = parse_comments(ATOM.format(p=prefix, entries=entries).encode(), URL)
    assert [comment.reply_to for comment in found] == [("a", "b"), (), ("c",)]


def test_parents_with_the_namespace_on_the_element_itself():
    body = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id>'
        '<in-reply-to xmlns="http://purl.org/syndication/thread/1.0" ref="a"/></entry></feed>'
    )
    assert parse_comments(body.encode(), URL)[0].reply_to == ("a",)


def test_parents_of_a_broken_feed_are_the_last_named():
    entries = '<entry><id>1</id><b><thr:in-reply-to ref="a"/><thr:in-reply-to ref="b"/></entry>'
    body = ATOM.format(p="thr", entries=entries)
    assert parse_comments(body.encode(), URL)[0].reply_to == ("b",)


def test_parents_and_guids_are_cleaned_alike():
    entries = (
        "<entry><id>a\u200bb  c</id></entry><entry><id>2</id><thr:in-reply-to ref='a\u200bb c'/></entry>"
    )
    first, second = parse_comments(ATOM.format(p="thr", entries=entries).encode(), URL)
    assert second.reply_to == (first.guid,)


def test_a_source_inside_an_entry_is_no_entry():
    entries = (
        "<entry><id>1</id><source><id>x</id></source>"
        '<thr:in-reply-to ref="a"/><thr:in-reply-to ref="b"/></entry>'
    )
    (comment,) = parse_comments(ATOM.format(p="thr", entries=entries).encode(), URL)
    assert comment.reply_to == ("a", "b")


def test_a_comment_without_any_name_is_left_out():
    body = b"<rss version='2.0'><channel><item><title>a</title></item></channel></rss>"
    assert parse_comments(body, URL) == ()


def test_a_page_is_no_comment_feed():
    with pytest.raises(FeedError, match="that is a web page, not a feed"):
        parse_comments(b"<!doctype html><p>hi", URL)


def test_a_site_of_a_commenter_that_is_no_web_address_is_not_taken():
    entries = "<entry><id>1</id><author><name>Ann</name><uri>javascript:alert(1)</uri></author></entry>"
    assert parse_comments(ATOM.format(p="thr", entries=entries).encode(), URL)[0].author_url is None


def test_a_long_talk_comes_whole_and_an_endless_one_does_not():
    items = "".join(f"<item><title>By: Ann</title><guid>c{number}</guid></item>" for number in range(2_500))
    body = f"<rss version='2.0'><channel>{items}</channel></rss>"
    assert len({comment.guid for comment in parse_comments(body.encode(), URL)}) == 2_500
    endless = json.dumps({"version": "1", "items": [{"id": str(number)} for number in range(10_100)]})
    assert len(parse_comments(endless.encode(), URL, "application/feed+json")) == 10_000
