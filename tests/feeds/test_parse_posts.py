"""Feeds of posts: each dialect, each trap of the parser, each kind of damage."""

import json
from datetime import UTC, datetime

import pytest

from tui_reader.errors import FeedError
from tui_reader.feeds.parse import parse_feed

URL = "https://feed.example/blog/feed"


def rss(items: str, head: str = "", version: str = "2.0", prolog: str = "") -> bytes:
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{prolog}<rss version="{version}"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:media="http://search.yahoo.com/mrss/">'
        f"<channel><title>T</title><link>https://feed.example/blog/</link>{head}{items}</channel></rss>"
    ).encode()


def post_of(item: str, **more):
    (post,) = parse_feed(rss(f"<item>{item}</item>", **more), URL).posts
    return post


def atom_post(entry: str, head: str = ""):
    body = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:t="http://purl.org/syndication/thread/1.0">'
        f"<title>T</title>{head}<entry>{entry}</entry></feed>"
    )
    (post,) = parse_feed(body.encode(), URL).posts
    return post


def test_wordpress_rss2_whole(sample):
    feed = parse_feed(
        sample("wordpress_rss2.xml"), "https://kettle.example/feed/", "application/rss+xml; charset=UTF-8"
    )
    assert (feed.title, feed.url) == ("The Kettle & the Cat", "https://kettle.example")
    assert feed.generator == "https://wordpress.org/?v=6.1.9"
    first, second = feed.posts
    assert first.guid == "https://kettle.example/?p=43"
    assert first.url == "https://kettle.example/2026/08/steeping/"
    assert first.title == "How long is long enough? – on <steeping>"
    assert first.author == "Agnès Wren"
    assert first.published == datetime(2026, 8, 2, 7, 30, tzinfo=UTC)
    assert first.updated is None
    assert first.html.startswith("<p>Four minutes")
    assert 'href="/about/"' in first.html
    assert not first.is_excerpt
    assert first.comments_url == "https://kettle.example/2026/08/steeping/#comments"
    assert first.comments_feed_url == "https://kettle.example/2026/08/steeping/feed/"
    assert first.comment_count == 120
    assert second.title == "A summary, and nothing else."
    assert second.is_excerpt
    assert (second.comments_feed_url, second.comment_count) == (None, 0)


def test_wordpress_atom_whole(sample):
    feed = parse_feed(sample("wordpress_atom.xml"), "https://kettle.example/feed/atom/")
    assert feed.title == "The Kettle & the Cat"
    assert feed.generator == "WordPress 6.1.9 https://wordpress.org/"
    (post,) = feed.posts
    assert post.title == "Steeping & waiting"
    assert post.author == "Agnès Wren"
    assert post.published == datetime(2026, 8, 2, 7, 30, tzinfo=UTC)
    assert post.updated == datetime(2026, 8, 2, 10, 0, tzinfo=UTC)
    assert post.html == "<p>Four minutes, says the tin.</p>"
    assert post.comments_url == "https://kettle.example/2026/08/steeping/#comments"
    assert post.comments_feed_url == "https://kettle.example/2026/08/steeping/feed/atom/"
    assert post.comment_count == 12


def test_rss_1_0_in_latin_1(sample):
    body = sample("rss10.rdf").replace(b"First", "Première".encode("latin-1"))
    feed = parse_feed(body, "https://old.example/index.rdf", "application/rdf+xml")
    (post,) = feed.posts
    assert (feed.title, post.title, post.author) == ("Old letters", "Première", "Nell")
    assert post.published == datetime(2005, 3, 1, 11, 0, tzinfo=UTC)
    assert post.comment_count == 3
    assert post.guid == post.url == "https://old.example/1"


def test_rss_0_91_with_the_entities_of_its_doctype(sample):
    feed = parse_feed(sample("rss091.xml"), "http://older.example/rss.xml")
    (post,) = feed.posts
    assert (post.title, post.guid) == ("Café & more", "http://older.example/cafe")


def test_json_feed(sample):
    feed = parse_feed(sample("feed.json"), "https://boats.example/feed.json", "application/feed+json")
    assert (feed.title, feed.url) == ("Paper boats", "https://boats.example/")
    first, second, third = feed.posts
    assert first.title == "Fold <once>"
    assert first.author == "Pia"
    assert first.published == datetime(2026, 5, 1, 8, 0, tzinfo=UTC)
    assert first.updated == datetime(2026, 5, 2, 10, 0, tzinfo=UTC)
    assert first.html == "<p>Fold</p>"
    assert (second.guid, second.url, second.author) == ("2", "https://boats.example/2", "Quinn")
    assert second.html == "<p>Fold &amp; turn</p><p>again</p>"
    assert (third.url, third.author, third.is_excerpt) == ("https://boats.example/", "Old way", True)


@pytest.mark.parametrize(
    "body",
    [
        b'{"version": "https://jsonfeed.org/version/1.1"}',
        b'{"version": "https://jsonfeed.org/version/1.1", "items": 5}',
        b'{"version": "https://jsonfeed.org/version/1.1", "items": ' + b"[" * 100_000,
        b'{"version": "https://jsonfeed.org/version/1.1", "items": [' + b"9" * 5_000 + b"]}",
    ],
    ids=["no items", "odd items", "deep", "long number"],
)
def test_damaged_json_feeds_are_feed_errors(body):
    with pytest.raises(FeedError):
        parse_feed(body, URL)


def test_odd_json_items_do_no_harm():
    body = b'{"version":"https://jsonfeed.org/version/1","title":7,"items":[1,null,{"id":{}},{"id":"a","authors":[3],"url":9,"content_html":[],"date_published":"9999-99-99"}]}'
    (post,) = parse_feed(body, URL).posts
    assert (post.guid, post.title, post.published, post.html) == ("a", "", None, "")


def test_bases_are_honoured(sample):
    feed = parse_feed(sample("atom_base.xml"), URL)
    assert (feed.title, feed.url) == ("Bases & beams", "https://base.example/blog/")
    first, second = feed.posts
    assert first.url == "https://base.example/blog/2026/one"
    assert first.title == "Is a < b?"
    assert first.author == "Olu"
    assert 'href="https://base.example/blog/2026/one/two"' in first.html
    assert 'href="https://far.example/x"' in first.html
    assert 'src="https://base.example/blog/2026/pic.png"' in first.html
    assert second.html == "<p>1 &lt; 2 &amp; 3</p><p>second paragraph</p>"
    assert second.url == feed.url


def test_without_a_base_links_in_the_body_stay_as_they_are():
    post = post_of(
        "<link>https://feed.example/p/1</link><description>&lt;a href='x'&gt;x&lt;/a&gt;</description>"
    )
    assert post.html == "<a href='x'>x</a>"


def test_a_broken_feed_behind_warnings_gives_what_is_there(sample):
    feed = parse_feed(sample("broken_rss.xml"), URL, "text/html; charset=utf-8")
    assert (feed.title, feed.url) == ("Salt & pepper", "https://salt.example/?a=1&b=2")
    # what broke off is not stored as if it were whole; the next fetch brings it
    (first,) = feed.posts
    assert first.title == "One two & three"
    assert first.url == "https://salt.example/?p=1&lang=fr"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "the answer is empty"),
        (b" \r\n\t", "the answer is empty"),
        (b"<!DOCTYPE html><html><head><title>404</title></head></html>", "that is a web page, not a feed"),
        (b"<html><body>Sign in to the hotel's network</body></html>", "that is a web page, not a feed"),
        (b"hello", "that is not a feed"),
        (b"%PDF-1.7", "that is not a feed"),
        (b'{"a": 1}', "that is not a feed"),
        (b"/etc/passwd", "that is not a feed"),
        (b"https://other.example/feed", "that is not a feed"),
        (b"\x00" * 500, "the answer is empty"),
        (b"<rss><channel><title>x</chan", "the feed breaks off before its first post"),
        (b'<feed xmlns="http://www.w3.org/2005/Atom"><title>x', "the feed breaks off before its first post"),
    ],
)
def test_what_is_no_feed_says_so(body, words):
    with pytest.raises(FeedError) as caught:
        parse_feed(body, URL)
    assert str(caught.value) == f"{URL}: {words}"


def test_a_fault_in_the_middle_costs_only_what_it_touches():
    items = "".join(
        f"<item><title>p{n}</title><link>https://feed.example/?p={n}&amp;l=en</link><guid>a&amp;b{n}</guid>"
        f"<description>{'</bold>' if n == 1 else ''}words</description></item>"
        for n in range(3)
    )
    posts = parse_feed(rss(items), URL).posts
    assert [(post.url, post.guid) for post in posts] == [
        (f"https://feed.example/?p={n}&l=en", f"a&b{n}") for n in range(3)
    ]


@pytest.mark.parametrize(
    "junk", ["<!-- 0.1 s, cached -->", "<br>Warning: late", "\0\0", "<script>x()</script>"]
)
def test_what_a_server_adds_behind_the_feed_does_no_harm(junk):
    (post,) = parse_feed(rss("<item><title>a &amp; b</title></item>") + junk.encode(), URL).posts
    assert post.title == "a & b"


def test_an_empty_feed_is_a_feed():
    feed = parse_feed(rss(""), URL)
    assert (feed.title, feed.posts) == ("T", ())


def test_a_feed_without_title_or_page_is_called_by_its_host():
    feed = parse_feed(b"<rss version='2.0'><channel></channel></rss>", URL)
    assert (feed.title, feed.url) == ("feed.example", URL)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Mon, 03 Aug 2026 12:00:00 +0200", datetime(2026, 8, 3, 10, tzinfo=UTC)),
        ("3 Aug 2026 12:00 GMT", datetime(2026, 8, 3, 12, tzinfo=UTC)),
        ("2026-08-03T12:00:00.123-05:00", datetime(2026, 8, 3, 17, tzinfo=UTC)),
        ("2026-08-03", datetime(2026, 8, 3, tzinfo=UTC)),
        ("Fri, 30 Feb 2026 12:00:00 GMT", None),
        ("2026-02-30T12:00:00Z", None),
        ("1736157600", None),
        ("Mon, 03 Aug 1926 12:00:00 GMT", None),
        ("2300-01-01T00:00:00Z", None),
        ("2199-01-01T00:00:00Z", datetime(2199, 1, 1, tzinfo=UTC)),
        ("gestern", None),
        ("", None),
    ],
)
def test_dates(written, read):
    assert post_of(f"<title>a</title><pubDate>{written}</pubDate>").published == read


def test_a_post_that_says_only_when_it_changed_is_placed_there():
    post = atom_post("<id>a</id><title>b</title><updated>2026-01-02T00:00:00Z</updated>")
    assert post.published == post.updated == datetime(2026, 1, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("xml", "title"),
    [
        ("a &amp;amp; b", "a & b"),
        ("&lt;i&gt;slanted&lt;/i&gt; title", "slanted title"),
        ("Using &lt;b&gt; in pages", "Using <b> in pages"),
        ("a &lt; b", "a < b"),
        ("<![CDATA[<em>x</em> &eacute;]]>", "x é"),
        ("two\n   lines", "two lines"),
        ("\u202eevil\u202c &#27;[31m &#x9b;", "evil [31m ›"),
    ],
)
def test_titles_become_plain_text(xml, title):
    assert post_of(f"<title>{xml}</title><link>https://feed.example/1</link>").title == title


def test_guid_then_link_then_a_stand_in_names_a_post():
    assert post_of("<guid>g</guid><link>https://feed.example/1</link>").guid == "g"
    assert post_of("<title>a</title><link>https://feed.example/1</link>").guid == "https://feed.example/1"
    one = post_of("<title>a</title><pubDate>Mon, 03 Aug 2026 12:00:00 GMT</pubDate>")
    other = post_of("<title>a</title><pubDate>Tue, 04 Aug 2026 12:00:00 GMT</pubDate>")
    edited = post_of(
        "<title>a</title><pubDate>Mon, 03 Aug 2026 12:00:00 GMT</pubDate><description>x</description>"
    )
    assert one.guid == edited.guid != other.guid
    assert post_of("<description>x</description>").guid != post_of("<description>y</description>").guid


def test_an_entry_that_says_nothing_is_left_out():
    assert parse_feed(rss("<item/><item><title>a</title></item>"), URL).posts[0].title == "a"


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "file:///etc/passwd", "--new-window", "data:text/html,x", "http://["]
)
def test_a_link_that_is_no_web_address_is_not_taken(link):
    post = post_of(f"<title>a</title><link>{link}</link>")
    assert post.url.startswith("https://feed.example/blog/")


def test_relative_links_are_made_whole():
    assert post_of("<title>a</title><link>/p/1</link>").url == "https://feed.example/p/1"
    assert post_of(
        "<title>a</title><link>https://feed.example/1</link><comments>/p/1#c</comments>"
    ).comments_url == ("https://feed.example/p/1#c")


def test_an_id_is_no_link():
    post = atom_post("<id>tag:feed.example,2026:1</id><title>a</title>")
    assert (post.guid, post.url) == ("tag:feed.example,2026:1", URL)


def test_the_page_comes_before_other_forms_of_the_post():
    post = atom_post(
        "<id>1</id><title>a</title><link rel='alternate' type='application/json' href='https://feed.example/1.json'/>"
        "<link rel='alternate' type='text/html' href='https://feed.example/1'/>"
        "<link rel='enclosure' href='https://feed.example/1.mp3'/>"
    )
    assert post.url == "https://feed.example/1"


def test_the_original_link_comes_before_a_counting_proxy():
    body = rss(
        "<item><title>a</title><link>http://feeds.counter.example/~r/1</link>"
        '<f:origLink xmlns:f="http://rssnamespace.org/feedburner/ext/1.0">https://feed.example/1</f:origLink></item>'
    )
    assert parse_feed(body, URL).posts[0].url == "https://feed.example/1"


def test_a_media_description_does_not_take_the_place_of_the_body():
    post = post_of(
        "<media:description>photo</media:description><title>a</title>"
        "<description>&lt;p&gt;the real words&lt;/p&gt;</description>"
    )
    assert post.html == "<p>the real words</p>"


def test_the_longest_body_is_taken():
    post = post_of(
        "<description>a long summary of it all</description><content:encoded>short</content:encoded>"
    )
    assert post.html == "a long summary of it all"


@pytest.mark.parametrize(
    ("xml", "author"),
    [
        ("<author>mail@feed.example (Ann Bee)</author>", "Ann Bee"),
        ("<dc:creator>Ann Bee</dc:creator>", "Ann Bee"),
        ("<dc:creator>Ann Bee &lt;ann@feed.example&gt;</dc:creator>", "Ann Bee"),
        ("<author>ann@feed.example</author>", "ann@feed.example"),
        ("<author>x@y (Ann Bee)</author>", "Ann Bee"),
        ("<dc:creator>&lt;b&gt;Ann&lt;/b&gt;</dc:creator>", "Ann"),
        ("", None),
    ],
)
def test_authors(xml, author):
    assert post_of(f"<title>a</title>{xml}").author == author


def test_the_author_of_an_atom_feed_wrote_its_entries():
    assert atom_post("<id>1</id><title>a</title>", "<author><name>Ann</name></author>").author == "Ann"


def test_counts_and_replies_under_any_prefix():
    post = atom_post(
        "<id>1</id><title>a</title><t:total>7</t:total>"
        "<link rel='replies' type='application/rss+xml' href='/c.rss' t:count='5'/>"
        "<link rel='replies' type='application/atom+xml' href='/c.atom' t:count='6'/>"
        "<link rel='replies' href='/1#c'/>"
    )
    assert post.comment_count == 7
    assert post.comments_feed_url == "https://feed.example/c.atom"
    assert post.comments_url == "https://feed.example/1#c"


@pytest.mark.parametrize("name", ["wfw:commentRss", "wfw:commentRSS"])
def test_both_spellings_of_the_comment_feed(name):
    post = post_of(f'<title>a</title><{name} xmlns:wfw="http://wellformedweb.org/CommentAPI/">/c</{name}>')
    assert post.comments_feed_url == "https://feed.example/c"


@pytest.mark.parametrize("count", ["-1", "many", "", "9" * 20, "1.5"])
def test_a_count_that_is_none_is_unknown(count):
    xml = f'<title>a</title><s:comments xmlns:s="http://purl.org/rss/1.0/modules/slash/">{count}</s:comments>'
    assert post_of(xml).comment_count is None


def test_there_is_a_limit_to_everything():
    feed = parse_feed(rss("<item><title>a</title></item>" * 3_000), URL)
    assert len(feed.posts) == 2_000
    post = post_of(
        f"<title>{'t ' * 9_000}</title><dc:creator>{'n ' * 9_000}</dc:creator>"
        f"<description>{'b ' * 400_000}</description>"
    )
    assert len(post.title) <= 1_000
    assert len(post.author) <= 300
    assert len(post.html) == 400_000


def test_nothing_of_the_feed_can_speak_to_a_terminal():
    evil = "&#27;]52;c;cHduZWQ=&#7; \u009d0;x\u009c \u202e \ud7ff &#x1b;"
    post = post_of(
        f"<title>{evil}</title><dc:creator>{evil}</dc:creator><guid>{evil}</guid><description>{evil}</description>"
    )
    for text in (post.title, post.author, post.guid, post.html):
        assert not any(ord(letter) < 32 or 127 <= ord(letter) < 160 or letter == "\u202e" for letter in text)


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.encode("utf-16"),
        lambda text: text.encode("utf-16-be"),
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace("utf-8", "windows-1252").encode("cp1252"),
        lambda text: text.replace("utf-8", "no-such-charset").encode(),
        lambda text: text.replace("utf-8", "undefined").encode(),
        lambda text: text.replace("utf-8", "unicode_escape").encode(),
        lambda text: text.encode("cp1252"),
    ],
    ids=["utf-16", "utf-16-be bare", "utf-8 mark", "cp1252", "unknown", "undefined", "escape", "lie"],
)
def test_the_letters_are_right_in_every_encoding(encode):
    body = rss("<item><title>Déjà vu – “oui”</title></item>").decode()
    assert parse_feed(encode(body), URL).posts[0].title == "Déjà vu – “oui”"


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("<p>A note.</p>", "A note."),
        (f"<p>{'word ' * 30}</p>", "word word word word word word word word word word word word word word…"),
        (f"<p>{'語' * 200}</p>", "語" * 70 + "…"),
        ('<img src="https://b.example/x.jpg">', ""),
    ],
    ids=["short", "long", "without blanks", "picture"],
)
def test_a_post_without_a_title_is_named_by_its_first_words(body, title):
    note = {"id": "1", "url": "https://b.example/1", "content_html": body}
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [note]}
    assert post_of(f"<title> </title><description><![CDATA[{body}]]></description>").title == title
    (post,) = parse_feed(json.dumps(feed).encode(), URL).posts
    assert post.title == title
