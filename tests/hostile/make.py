"""Makes a folder of hostile inputs: feeds, comment feeds, bodies, pages with forms, OPML, JSON.

``python tests/hostile/make.py FOLDER`` writes them; the tests make them anew each time. Each is named after
the door that it comes to and what it does there: ``feed-entities.xml``.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from hostile_payloads import all_in_one, in_html, in_xml

RSS = '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'


def rss(items: str, head: str = "") -> str:
    return (
        f"{RSS}<channel><title>Hostile</title><link>https://evil.example/</link>{head}{items}</channel></rss>"
    )


def item(inside: str) -> str:
    return f"<item><guid>1</guid><link>https://evil.example/1</link>{inside}</item>"


def feeds() -> Iterator[tuple[str, bytes]]:
    """What comes where a feed is expected."""
    text: dict[str, str] = {
        "strings": rss(item(f"<title>{in_xml(all_in_one('EV'))}</title>")),
        "title-depth": rss(item("<title>" + "<b>" * 5_000 + "</title>")),
        "depth": RSS + "<a>" * 20_000,
        "author-without-end": rss(item(f"<author>{'a.' * 40_000}@</author>")),
        "style-without-end": rss(
            item(f"<description>&lt;p style='{'color:red;' * 20_000}'&gt;</description>")
        ),
        "blank-lines": "\n" * 60_000 + rss(item("<title>x</title>")),
        "categories": rss(item("<category>c</category>" * 16_000)),
        "namespaces": RSS.replace("<rss", "<rss " + " ".join(f'xmlns:n{n}="u:{n}"' for n in range(8_000))),
        "attributes": rss(item("<title " + " ".join(f'a{n}="1"' for n in range(16_000)) + ">x</title>")),
        "attribute-huge": rss(item(f'<enclosure url="{"x" * 3_000_000}"/>')),
        "laughs": '<!DOCTYPE r [<!ENTITY a "ha">'
        + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
        + "]>"
        + rss(item("<title>&j;</title>")),
        "entity-quadratic": f'<!DOCTYPE r [<!ENTITY a "{"A" * 60_000}">]>'
        + rss(item(f"<title>{'&a;' * 3_000}</title>")),
        "entity-lines": "<!DOCTYPE r [" + '<!ENTITY x "y">' * 3_000 + "]>" + rss(""),
        "outside": '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + rss(item("<title>&x;</title>")),
        "outside-dtd": '<!DOCTYPE r SYSTEM "http://127.0.0.1:1/evil.dtd">' + rss(item("<title>x</title>")),
        "reference-too-large": rss(item("<title>&#x110000; &#9999999999999; &#xD800;</title>")),
        "reference-of-5000-digits": rss(item(f"<title>&#{'9' * 5_000};</title>")),
        "authors-first": '<feed xmlns="http://www.w3.org/2005/Atom"><entry><authors a="1"/>'
        "<author>x</author></entry></feed>",
        "encoding-undefined": rss("").replace("UTF-8", "undefined"),
        "encoding-escapes": rss(item(r"<title>\x1b]0;EV\x07</title>")).replace("UTF-8", "unicode_escape"),
        "dates": rss(
            "".join(item(f"<pubDate>{d}</pubDate>") for d in ("2025-02-30", "1736157600", "9" * 400, "-1"))
        ),
        "links": rss(
            "".join(item(f"<link>{u}</link>") for u in ("javascript:x", "file:///x", "--x", "http://["))
        ),
        "same-guid": rss(item("<title>x</title>") * 20_000),
        "a-path": "/etc/passwd",
        "an-address": "http://127.0.0.1:1/feed",
        "nothing": "",
        "doctype-open": "<!DOCTYPE " + "[" * 50_000,
        "cdata-open": rss(item("<title><![CDATA[" + "]]" * 50_000)),
        "comment-open": "<!--" * 50_000,
        "json-deep": '{"version": "https://jsonfeed.org/version/1.1", "items": ' + "[" * 100_000,
        "json-number": '{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": '
        + "9" * 6_000
        + "}]}",
        "json-half-letters": json.dumps(
            {
                "version": "https://jsonfeed.org/version/1.1",
                "title": "\ud800\x1b]0;EV",
                "items": [{"id": "\ud800"}],
            }
        ),
        "json-types": json.dumps(
            {"version": "https://jsonfeed.org/version/1.1", "title": [], "items": [1, None, {}]}
        ),
    }
    for name, words in text.items():
        yield name, words.encode("utf-8", "surrogatepass")
    whole = rss(item(f"<title>{in_xml(all_in_one('EV'))}</title><description>Zoë</description>"))
    plain = whole.encode("ascii", "ignore").decode()
    for encoding in ("utf-16", "utf-16-le", "utf-32-be", "utf-7", "shift_jis", "euc-jp", "koi8-r", "gb18030"):
        yield f"as-{encoding}", plain.encode(encoding)
    yield "0xff-in-encoding", rss("").encode().replace(b"UTF-8", b"U\xff8")
    yield "nul", whole.replace("Hostile", "H\0s").encode()
    yield "bytes", bytes(range(256)) * 300
    yield "c1-raw", whole.replace("Hostile", "\x9d0;EV\x9c\x9b31m").encode()


def bodies() -> Iterator[tuple[str, str]]:
    """HTML that comes as the body of a post or of a comment."""
    yield "strings", f"<p>{in_html(all_in_one('EV'))}</p>{all_in_one('EV')}"
    for tag in (
        "div",
        "blockquote",
        "ol><li",
        "ul><li",
        "table><tr><td",
        "b",
        "a href=x",
        "span",
        "pre",
        "svg",
        "font",
    ):
        yield f"depth-{tag.split()[0].split('>')[0]}", f"<{tag}>" * 20_000
    for piece in (
        "<a ",
        "<!--",
        "<![<![",
        "<![CDATA[",
        '<p x="',
        "</",
        "&",
        "&#",
        "&#x",
        "<?",
        "<script>",
        "<textarea>",
        ">",
        "<a",
        "<>",
        ".",
        "… ",
        "href=",
    ):
        yield (
            f"flood-{piece.strip('<& ').encode().hex() or piece.strip().encode().hex()}",
            piece * (200_000 // len(piece)),
        )
    yield "more-brackets", "<p>x</p><a href=x>" + "<>" * 600 + "x"
    yield "names", "#" + " href=x" * 50_000
    yield "attributes", "<p " + " ".join(f"a{n}=1" for n in range(20_000)) + ">x"
    yield "data", f'<img src="data:image/png;base64,{"A" * 2_000_000}"><a href="data:text/html,x">y</a>'
    yield (
        "links",
        "".join(
            f'<a href="{u}">z</a>' for u in ("javascript:x", "java\nscript:x", "file:///", "--x", "http://[")
        ),
    )
    yield "styles", '<p style="position:fixed;' + "color:red;" * 50_000 + '">x</p><style>' + "a{}" * 20_000
    yield "words", "x" * 1_000_000
    yield "marks", "a" + "\u0301" * 200_000
    yield "cells", "<table>" + "<tr>" + "<td>c" * 20_000
    yield "span", '<table><tr><td colspan="999999999" rowspan="99999999">x</table>'
    yield "numbers", '<ol start="99999999999999999999"><li value="-9">x</ol>'
    yield "nul", "a\0b\ufffe\uffff\x85\u2028"


def pages() -> Iterator[tuple[str, str]]:
    """Pages where a comment form, or a feed, is looked for."""
    form = '<form id="commentform" method="post" action="{}"><textarea name="comment"></textarea>{}</form>'
    for name, action in {
        "elsewhere": "https://thief.example/",
        "open": "http://evil.example/",
        "script": "javascript:alert(1)",
        "no-port": "https://evil.example:999999/",
        "bracket": "http://[",
        "name": "https://me:you@evil.example/",
        "lines": "/x\r\nHost: thief.example",
    }.items():
        yield f"action-{name}", form.format(action, "")
    yield "fields", form.format("/c", '<input type="hidden" name="a" value="b">' * 10_000)
    yield (
        "lines-in-fields",
        form.format("/c", '<input type="hidden" name="a&#13;&#10;b" value="&#13;&#10;X: y">'),
    )
    yield "formaction", form.format("/c", '<button formaction="https://thief.example/">x</button>')
    yield "base", '<base href="https://thief.example/">' + form.format("c", "")
    yield "get", form.format("/c", "").replace("post", "get")
    yield "forms", form.format("/c", "") * 3_000
    yield "depth", "<div>" * 20_000 + form.format("/c", "")
    words = in_html(all_in_one("EV")).replace("{", "(").replace("}", ")")
    yield "labels", form.format("/c", f'<label>{words}<input name="q" required></label>')
    yield (
        "feeds",
        "".join(f'<link rel="alternate" type="application/rss+xml" href="{n}">' for n in range(20_000)),
    )
    yield (
        "feed-links",
        "".join(
            f'<link rel="alternate" type="application/rss+xml" title="{words}" href="{u}">'
            for u in (
                "javascript:x",
                "file:///etc/passwd",
                "--x",
                "http://[",
                "//",
                "http://a:b@c/",
                "\x1b]0;EV\x07",
            )
        ),
    )


def lists() -> Iterator[tuple[str, bytes]]:
    """OPML, as a stranger hands it out."""
    outline = '<outline type="rss" text="{}" xmlUrl="{}"/>'
    body = "<opml version='2.0'><body>{}</body></opml>"
    bad = (
        "exec:rm -rf ~",
        "filter:a:http://b/",
        "file:///etc/passwd",
        "javascript:x",
        "--x",
        "http://[",
        "",
        "query:x:y",
    )
    yield (
        "addresses",
        body.format("".join(outline.format(in_html(all_in_one("EV")), u) for u in bad)).encode("utf-8"),
    )
    yield "depth", body.format("<outline text='x'>" * 20_000).encode()
    yield "many", body.format(outline.format("x", "https://evil.example/feed") * 20_000).encode()
    yield (
        "laughs",
        (
            '<!DOCTYPE o [<!ENTITY a "haha">'
            + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
            + "]>"
            + body.format(outline.format("&j;", "https://evil.example/&j;"))
        ).encode(),
    )
    yield (
        "outside",
        b'<!DOCTYPE o [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        + body.format(outline.format("&x;", "https://evil.example/&x;")).encode(),
    )
    yield "bytes", bytes(range(256)) * 100
    yield "nothing", b""


def write(folder: Path) -> int:
    """Writes them all; gives how many."""
    folder.mkdir(parents=True, exist_ok=True)
    doors = {"feed": feeds(), "body": bodies(), "page": pages(), "list": lists()}
    made = {f"{door}-{name}": what for door, inputs in doors.items() for name, what in inputs}
    for name, what in made.items():
        (folder / name).write_bytes(
            what if isinstance(what, bytes) else what.encode("utf-8", "surrogatepass")
        )
    return len(made)


if __name__ == "__main__":
    print(write(Path(sys.argv[1])), "files")
