"""Mutated and hostile feeds: nothing but FeedError comes out, and soon."""

import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tui_reader.errors import FeedError
from tui_reader.feeds.discover import carries_comments, feeds_in_page, kind_of, usual_places
from tui_reader.feeds.parse import parse_comments, parse_feed
from tui_reader.feeds.tame import tamed

URL = "https://feed.example/feed"
SAMPLES = [
    path.read_bytes() for path in sorted((Path(__file__).parent / "samples").iterdir()) if path.is_file()
]
FRAGMENTS = [
    b"&#x110000;",
    b"&#99999999999;",
    b"&" + b"#" + b"9" * 5_000 + b";",
    b"\xff",
    b"\x00",
    b"\xed\xa0\x80",
    b"<![CDATA[",
    b"<![<![",
    b"]]>",
    b"<!--",
    b'<authors a="1"/><author>x</author>',
    b'<?xml version="1.0" encoding="undefined"?>',
    b'encoding="rot13"',
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
    b"&b;",
    b"<item>",
    b"</entry>",
    b"<title type='xhtml'><div>",
    b'<content type="application/octet-stream" mode="base64">!!</content>',
    b'<thr:in-reply-to ref="x"/>',
    b"<link href='http://['/>",
    b"<link>http://[</link>",
    b"<pubDate>Mon, 99 Jan 99999 99:99:99 +9999</pubDate>",
    b"<updated>99999-99-99T99:99:99Z</updated>",
    b"<gml:pos srsDimension='x'>1</gml:pos><georss:point>1</georss:point>",
    b"<itunes:explicit/><media:thumbnail/><enclosure/><source/><cloud/><textInput><image>",
    b'xml:base="http://["',
    b'"items": {"a": [null]}',
]


@st.composite
def mutated(draw):
    """A sample with pieces cut, doubled, overwritten or thrown in."""
    body = bytearray(draw(st.sampled_from(SAMPLES)))
    for _ in range(draw(st.integers(1, 6))):
        place = draw(st.integers(0, len(body)))
        length = draw(st.integers(0, 60))
        new = draw(
            st.one_of(
                st.sampled_from(FRAGMENTS),
                st.binary(max_size=4),
                st.just(bytes(body[place : place + length])),
            )
        )
        body[place : place + draw(st.sampled_from([0, 0, 1, length]))] = new
    return bytes(body)


TYPES = st.sampled_from(
    ["", "text/xml", "text/html; charset=x", "application/feed+json", "text/xml; charset=undefined"]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutated(), TYPES)
@example(
    b'<rss version="2.0"><channel><item><link>http://[</link><comments>http://[</comments></item></channel></rss>',
    "",
)
def test_only_feed_errors_come_out(body, content_type):
    assert kind_of(body, content_type) in {"feed", "page", "other"}
    try:
        feed = parse_feed(body, URL, content_type)
    except FeedError:
        pass
    else:
        assert all(post.guid and post.url.startswith(("http://", "https://")) for post in feed.posts)
        assert carries_comments(feed, URL) in {True, False}
    try:
        comments = parse_comments(body, URL, content_type)
    except FeedError:
        return
    assert all(comment.guid for comment in comments)


@settings(max_examples=150, deadline=None)
@given(mutated(), st.text(max_size=80))
def test_discovery_never_raises(body, url):
    for feed in feeds_in_page(body.decode("utf-8", "replace"), URL):
        assert feed.url.startswith(("http://", "https://"))
    feeds_in_page(body.decode("latin-1"), url)
    assert isinstance(usual_places(url), tuple)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="<>&;#x1a![]CDAT-\"'/ \ud800\x00rsfed:", max_size=120))
def test_mending_never_raises_and_leaves_no_lone_ampersand(text):
    mended = tamed(text)
    mended.encode()
    assert "\x00" not in mended


def rss(inside="", head=""):
    channel = f"<channel><title>t</title>{inside}</channel>"
    return f'<?xml version="1.0"?>{head}<rss version="2.0">{channel}</rss>'.encode()


COSTLY = {
    "a long author": rss("<item><title>a</title><author>" + "a" * 300_000 + "</author></item>"),
    "a long author in CDATA": rss(
        "<item><title>a</title><author><![CDATA[" + "a" * 300_000 + "]]></author></item>"
    ),
    "blank lines first": b"\n" * 100_000 + rss(),
    "many entities": rss(
        "", "<!DOCTYPE rss [" + "".join(f'<!ENTITY a{n} "x">\n' for n in range(5_000)) + "]>"
    ),
    "open entities": rss("", "<!DOCTYPE rss [" + "<!ENTITY" * 20_000 + "]>"),
    "an entity bomb": rss(
        "<item><title>" + "&x;" * 5_000 + "</title></item>",
        '<!DOCTYPE rss [<!ENTITY x "' + "A" * 90_000 + '">]>',
    ),
    "many attributes": rss(
        "<item><title>a</title><link " + " ".join(f'a{n}="x"' for n in range(30_000)) + "/></item>"
    ),
    "many namespaces": rss(
        "<item><title>a</title>"
        + "".join(f'<a{n}:b xmlns:a{n}="http://x/{n}"/>' for n in range(5_000))
        + "</item>"
    ),
    "many categories": rss(
        "<item><title>a</title>" + "".join(f"<category>c{n}</category>" for n in range(30_000)) + "</item>"
    ),
    "open CDATA": rss("<item><title><![CDATA[" * 30_000),
    "open comments": rss("<item><title>a</title>" + "<!-- " * 50_000),
    "ampersands": rss("<item><title>" + "&" * 300_000 + "</title></item>"),
    "brackets in a title": rss("<item><title>" + "&lt;" * 100_000 + "</title></item>"),
    "billion laughs": rss(
        "<item><title>&i;</title></item>",
        "<!DOCTYPE r [<!ENTITY a 'ha'>"
        + "".join(
            f"<!ENTITY {b} '&{a};&{a};&{a};&{a};&{a};'>" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
        )
        + "]>",
    ),
}


@pytest.mark.parametrize("body", COSTLY.values(), ids=COSTLY)
def test_costly_feeds_are_read_or_refused_soon(body):
    began = time.process_time()
    with suppress(FeedError):
        parse_feed(body, URL)
    # without the mending each takes from five seconds to several minutes
    assert time.process_time() - began < 4


def test_entities_of_the_feeds_own_are_still_understood():
    body = rss("<item><title>&who; &amp; co &nbsp;x</title></item>", '<!DOCTYPE rss [<!ENTITY who "Ann">]>')
    assert parse_feed(body, URL).posts[0].title == "Ann & co x"


def test_files_and_addresses_in_the_body_are_not_opened(tmp_path, monkeypatch):
    secret = tmp_path / "secret.xml"
    secret.write_bytes(rss("<item><title>secret</title></item>"))

    def no_network(*_args, **_more):
        raise AssertionError("nothing may be fetched")

    monkeypatch.setattr("urllib.request.OpenerDirector.open", no_network)
    for body in (str(secret).encode(), b"https://other.example/feed.xml"):
        with pytest.raises(FeedError):
            parse_feed(body, URL)
    include = rss(
        "<item><title>&x;</title>"
        f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{secret}"/></item>',
        f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">]>',
    )
    assert parse_feed(include, URL).posts[0].title == "&x;"
