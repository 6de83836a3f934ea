"""Feeds found in pages, and the places to try when there is none."""

import pytest

from tui_reader.feeds.discover import FoundFeed, carries_comments, feeds_in_page, kind_of, usual_places
from tui_reader.feeds.parse import parse_feed

BLOG = "https://blog.example/"


def link(href, title="", kind="application/rss+xml", rel="alternate"):
    return f'<link rel="{rel}" type="{kind}" title="{title}" href="{href}">'


def found(html, url=BLOG):
    return [feed.url for feed in feeds_in_page(html, url)]


def test_posts_come_before_comments(sample):
    assert feeds_in_page(sample("wordpress_home.html").decode(), "https://kettle.example/") == (
        FoundFeed(url="https://kettle.example/feed/", title="The Kettle & the Cat » Feed"),
        FoundFeed(
            url="https://kettle.example/comments/feed/",
            title="The Kettle & the Cat » Comments Feed",
            is_comments=True,
        ),
    )


@pytest.mark.parametrize(
    "url",
    ["https://czajnik.example/blog/2026/08/herbata/", "https://czajnik.example/blog/?p=43"],
)
def test_a_posts_own_comment_feed_is_told_apart_in_any_tongue(sample, url):
    feeds = feeds_in_page(sample("wordpress_post.html").decode(), url)
    assert [(feed.url, feed.is_comments, feed.is_of_one_post) for feed in feeds] == [
        ("https://czajnik.example/blog/feed/", False, False),
        ("https://czajnik.example/blog/comments/feed/", True, False),
        ("https://czajnik.example/blog/2026/08/herbata/feed/", True, True),
    ]


@pytest.mark.parametrize(
    ("href", "title", "is_comments"),
    [
        ("/feed/", "Blog", False),
        ("/comments/feed/", "Blog", True),
        ("/?feed=comments-rss2", "", True),
        ("/?feed=rss2&p=43", "", True),
        ("/?feed=rss2", "", False),
        ("/feeds/42/comments/default", "", True),
        ("/feed/atom/comments/26", "", True),
        ("/rss.php?version=2.0&type=comments", "", True),
        ("/rss.php?version=2.0&type=content", "", False),
        ("/f", "Commentaires de Carnet", True),
        ("/f", "All Comments", True),
        ("/f", "Kommentare zu Blog", True),
        ("/commentary.xml", "The Commentariat", False),
        ("/feed/", "Recommended", False),
    ],
)
def test_comment_feeds_are_known_by_address_or_title(href, title, is_comments):
    (feed,) = feeds_in_page(link(href, title), BLOG)
    assert feed.is_comments is is_comments


def test_a_category_page_keeps_its_feed_among_the_posts():
    page = link("/feed/", "Blog » Feed") + link("/category/tea/feed/", "Blog » Tea Category Feed")
    feeds = feeds_in_page(f"<html><head>{page}</head><body class='archive category'>", BLOG + "category/tea/")
    assert [(feed.url, feed.is_comments) for feed in feeds] == [
        ("https://blog.example/feed/", False),
        ("https://blog.example/category/tea/feed/", False),
    ]


@pytest.mark.parametrize(
    "kind",
    [
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/feed+json",
        "text/xml",
        "Application/RSS+XML; charset=utf-8",
    ],
)
def test_every_type_of_feed_counts(kind):
    assert found(link("/f", kind=kind)) == ["https://blog.example/f"]


@pytest.mark.parametrize(
    "tag",
    [
        link("/f", rel="stylesheet"),
        link("/f", rel="alternate stylesheet", kind="text/xml"),
        link("/f", kind="text/html"),
        link("/f", kind=""),
        link("/wp-json/wp/v2/posts/1", kind="application/json"),
        link("javascript:alert(1)"),
        link("file:///etc/passwd"),
        link("http://["),
        link(""),
        '<link rel="alternate" type="application/rss+xml">',
    ],
)
def test_what_is_no_feed_is_left_out(tag):
    assert found(tag) == []


def test_xml_feeds_come_before_json():
    page = link("/feed.json", kind="application/feed+json") + link("/feed.xml")
    assert found(page) == ["https://blog.example/feed.xml", "https://blog.example/feed.json"]


@pytest.mark.parametrize(
    ("head", "url", "feed"),
    [
        ("", BLOG + "a/b", "https://blog.example/a/f"),
        ('<base href="/c/">', BLOG + "a/b", "https://blog.example/c/f"),
        ('<base href="https://cdn.example/">', BLOG, "https://cdn.example/f"),
        ('<base href="javascript:x">', BLOG, "https://blog.example/f"),
    ],
)
def test_addresses_are_made_whole(head, url, feed):
    assert found(head + link("f"), url) == [feed]


def test_links_in_the_text_are_the_last_resort():
    page = '<a href="/rss.xml">RSS</a><a href="/about">About</a><a href="?feed=rss2">more</a>'
    assert found(page) == ["https://blog.example/rss.xml", "https://blog.example/?feed=rss2"]
    assert found(link("/feed/") + page) == ["https://blog.example/feed/"]
    only_comments = link("/comments/feed/", "Comments")
    assert found(only_comments + page)[0] == "https://blog.example/rss.xml"


def test_titles_are_cleaned_and_a_feed_is_named_once():
    page = link("/f", "a\x1b]0;x\x07\u202e  b") + link("/f#top", "again")
    assert feeds_in_page(page, BLOG) == (FoundFeed(url="https://blog.example/f", title="a]0;x b"),)


def test_a_page_of_links_is_cut():
    assert len(found("".join(link(f"/{n}") for n in range(5_000)))) == 40


def test_usual_places_of_a_root():
    places = usual_places("https://blog.example")
    assert places[0] == "https://blog.example/feed/"
    for name in (
        "feed",
        "?feed=rss2",
        "index.php?feed=rss2",
        "rss",
        "rss.xml",
        "atom.xml",
        "feed.xml",
        "index.xml",
    ):
        assert f"https://blog.example/{name}" in places
    assert "https://blog.example/feeds/posts/default" in places


@pytest.mark.parametrize(
    ("url", "nearest", "also"),
    [
        ("https://h.example:8080/blog/", "https://h.example:8080/blog/feed/", "https://h.example:8080/feed/"),
        (
            "https://h.example/blog/index.php?p=3#x",
            "https://h.example/blog/feed/",
            "https://h.example/rss.xml",
        ),
        (
            "https://h.example/blog/a-post/",
            "https://h.example/blog/a-post/feed/",
            "https://h.example/blog/feed/",
        ),
        # what stands behind a year is a post, and its feed carries comments
        (
            "https://h.example/blog/2026/08/a-post/",
            "https://h.example/blog/feed/",
            "https://h.example/feed.xml",
        ),
        (
            "https://h.example/a/b/c/d/e/f/g.html",
            "https://h.example/a/b/c/d/e/f/feed/",
            "https://h.example/index.xml",
        ),
    ],
)
def test_usual_places_go_from_the_folder_up_to_the_root(url, nearest, also):
    places = usual_places(url)
    assert places[0] == nearest
    assert also in places
    assert len(places) == len(set(places)) <= 17


@pytest.mark.parametrize("url", ["file:///x", "javascript:x", "http://[", "nonsense", ""])
def test_no_places_where_there_is_no_web_address(url):
    assert usual_places(url) == ()


@pytest.mark.parametrize(
    ("body", "content_type", "kind"),
    [
        (b"<rss version='2.0'>", "", "feed"),
        (
            b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- x --><feed xmlns='http://www.w3.org/2005/Atom'>",
            "text/html",
            "feed",
        ),
        (b"<?xml-stylesheet href='x'?><rdf:RDF xmlns:rdf='x'>", "", "feed"),
        (b'<!DOCTYPE rss PUBLIC "a" "b"><rss>', "", "feed"),
        (b'<!DOCTYPE rss [<!ENTITY a "b">]><rss>', "", "feed"),
        (b"<atom:feed xmlns:atom='x'>", "", "feed"),
        ("<rss version='2.0'>".encode("utf-16"), "", "feed"),
        ("<?xml version='1.0'?><feed>".encode("utf-16-be"), "", "feed"),
        (b"<br />\n<b>Warning</b>: x<br /><rss>", "text/html", "feed"),
        (b'{"version": "https://jsonfeed.org/version/1.1"', "", "feed"),
        (b'{"version":"https:\\/\\/jsonfeed.org\\/version\\/1"', "", "feed"),
        (b'{"items": []}', "application/feed+json", "feed"),
        (b"<!doctype html><html><body><rss>", "", "page"),
        (b"<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x'><html>", "application/xhtml+xml", "page"),
        (b"  <HTML>", "", "page"),
        (b"<p>hi", "text/html", "page"),
        (b"<title>about &lt;rss&gt;</title><code><rss></code>", "text/html", "page"),
        (b"<p>hi", "", "other"),
        (b'{"a": 1}', "application/json", "other"),
        (b"<opml>", "text/xml", "other"),
        (b"", "text/html", "other"),
        (b"\x89PNG", "", "other"),
    ],
)
def test_kinds_by_the_first_bytes(body, content_type, kind):
    assert kind_of(body, content_type) == kind


def test_a_feed_of_comments_is_known_from_what_it_holds(sample):
    for name in ("wordpress_comments_rss2.xml", "wordpress_comments_atom.xml", "blogger_comments.xml"):
        assert carries_comments(parse_feed(sample(name), BLOG + "f"), BLOG + "f"), name
    for name in ("wordpress_rss2.xml", "rss10.rdf", "atom_base.xml", "feed.json"):
        assert not carries_comments(parse_feed(sample(name), BLOG + "f"), BLOG + "f"), name


def test_an_empty_feed_of_comments_is_known_by_its_title():
    empty = parse_feed(b"<rss version='2.0'><channel><title>Comments on: Tea</title></channel></rss>", BLOG)
    assert carries_comments(empty, BLOG)
    assert not carries_comments(parse_feed(b"<rss version='2.0'><channel/></rss>", BLOG), BLOG)
