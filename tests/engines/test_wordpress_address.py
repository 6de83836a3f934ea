"""Where things are on a WordPress: both forms of addresses, and whether a blog is one at all."""

import pytest
from pretend_wordpress import PretendWordPress

from tui_reader.engines import wordpress_address as book
from tui_reader.engines.wordpress_address import Address
from tui_reader.net.link_header import links


@pytest.mark.parametrize(
    ("root", "url"),
    [
        ("https://b.example/wp-json/", "https://b.example/wp-json/wp/v2/comments?post=4,5&page=2"),
        ("https://b.example/my/wp-json", "https://b.example/my/wp-json/wp/v2/comments?post=4,5&page=2"),
        ("https://b.example/?rest_route=/", "https://b.example/?rest_route=/wp/v2/comments&post=4,5&page=2"),
        (
            "https://b.example/my/index.php?lang=fr&rest_route=/",
            "https://b.example/my/index.php?lang=fr&rest_route=/wp/v2/comments&post=4,5&page=2",
        ),
    ],
)
def test_routes_go_into_the_path_or_into_the_query(root, url):
    assert book.rest_url(root, "/wp/v2/comments", {"post": "4,5", "page": "2"}) == url


@pytest.mark.parametrize(
    ("feed", "atom"),
    [
        ("https://b.example/a/feed/", "https://b.example/a/feed/atom/"),
        ("https://b.example/a/feed", "https://b.example/a/feed/atom/"),
        ("https://b.example/a/feed/rss2/", "https://b.example/a/feed/atom/"),
        ("https://b.example/a/feed/atom/", "https://b.example/a/feed/atom/"),
        ("https://b.example/?feed=rss2&p=43", "https://b.example/?feed=atom&p=43"),
        ("https://feeds.example/comments-of-43", None),
        ("http://[broken", None),
    ],
)
def test_atom_form_of_a_comment_feed(feed, atom):
    assert book.atom_feed(feed) == atom


def test_headers_tell_root_route_and_number():
    header = (
        '<https://b.example/wp-json/>; rel="https://api.w.org/", '
        '<https://b.example/wp-json/wp/v2/pages/43>; rel="alternate"; type="application/json", '
        "<https://b.example/?p=43>; rel=shortlink"
    )
    said = book.said_by(links({"link": header}), "https://b.example/a/")
    assert said == Address(root="https://b.example/wp-json/", post_id="43", route="/wp/v2/pages/43")


def test_blog_that_calls_itself_unencrypted_behind_its_proxy_is_asked_as_it_was_reached():
    header = '<http://b.example/wp-json/>; rel="https://api.w.org/"'
    assert book.said_by(links({"link": header}), "https://b.example/a/").root == "https://b.example/wp-json/"
    assert book.said_by(links({"link": header}), "http://b.example/a/").root == "http://b.example/wp-json/"


@pytest.mark.parametrize(
    ("url", "number"),
    [
        ("https://b.example/?p=43", "43"),
        ("https://b.example/?page_id=7", "7"),
        ("https://b.example/?post_type=note&p=43", "43"),
        ("https://b.example/?p=x", None),
        ("https://b.example/?p=٤٣", None),
        ("tag:b.example,2026:43", None),
        ("http://[", None),
        (None, None),
    ],
)
def test_number_of_a_post_in_its_plain_address(url, number):
    assert book.number_in(url) == number


@pytest.mark.parametrize(
    ("other", "is_same"),
    [
        ("http://b.example/a", True),
        ("https://www.b.example/a/comment-page-3/#comment-4", True),
        ("https://b.example/a/?replytocom=4#respond", True),
        ("https://b.example/a/?cpage=2", True),
        ("https://b.example/a/b/", False),
        ("https://b.example/a/?p=4", False),
        ("https://c.example/a/", False),
    ],
)
def test_addresses_of_one_post_are_known_as_such(other, is_same):
    assert book.is_same_post("https://b.example/a/", other) is is_same


@pytest.mark.parametrize(
    ("post", "page"),
    [
        ("https://b.example/a/", "https://b.example/a/comment-page-2/"),
        ("https://b.example/a", "https://b.example/a/comment-page-2/"),
        ("https://b.example/a/comment-page-9/#comment-5", "https://b.example/a/comment-page-2/"),
        ("https://b.example/?p=43", "https://b.example/?p=43&cpage=2"),
        ("https://b.example/?p=43&cpage=9#comments", "https://b.example/?p=43&cpage=2"),
    ],
)
def test_address_of_a_comment_page(post, page):
    assert book.comment_page(post, 2) == page
    assert book.page_number(page) == 2


def test_facts_are_read_back_as_they_were_written():
    address = Address(
        root="https://b.example/wp-json/", post_id="4", route="/wp/v2/posts/4", comment_feed="x"
    )
    place = PretendWordPress().place(engine_facts=address.facts())
    assert book.known(place) == address
    assert book.known(PretendWordPress().place()) == Address()


BARE = {"guid": "tag:b.example,2026:1", "comments_url": None, "comments_feed_url": None, "generator": None}


@pytest.mark.parametrize(
    ("known", "is_one"),
    [
        ({"generator": "https://wordpress.org/?v=6.1.9"}, True),
        ({"generator": "WordPress 6.1 https://wordpress.org/"}, True),
        ({"engine_facts": {"rest_root": "https://b.example/wp-json/"}}, True),
        ({"guid": "https://b.example/?p=43"}, True),
        ({"comments_feed_url": "https://b.example/a/feed/"}, True),
        ({"comments_feed_url": "https://b.example/?feed=rss2&p=4"}, True),
        ({"comments_url": "https://b.example/a/#respond"}, True),
        ({}, False),
        ({"comments_feed_url": "https://b.example/feed/atom/comments/4"}, False),
        ({"generator": "Dotclear", "comments_feed_url": "https://b.example/a/feed/"}, False),
        ({"generator": "Ghost 6.1", "guid": "6567aa0c"}, False),
    ],
)
def test_wordpress_is_recognised_by_what_is_stored(known, is_one):
    assert book.is_wordpress(PretendWordPress().place(**(BARE | known))) is is_one
