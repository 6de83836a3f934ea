"""Lists of subscriptions from other readers, and ours for them."""

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_reader.domain.blog import Blog
from tui_reader.feeds import opml, opml_repair

NOW = datetime(2026, 8, 3, 12, tzinfo=UTC)


def blog(number=1, **more):
    facts = {
        "url": f"https://b{number}.example/",
        "feed_url": f"https://b{number}.example/feed",
        "title": f"B{number}",
    }
    return Blog(id=number, added_at=NOW, **{**facts, **more})


def listed(body: str) -> bytes:
    return f'<opml version="2.0">\n<body>\n{body}\n</body>\n</opml>'.encode()


def test_a_list_with_folders_is_read_and_commands_in_it_are_not(sample):
    result = opml.read(sample("subscriptions.opml"))
    assert [(feed.url, feed.title, feed.folder) for feed in result.outlines] == [
        ("https://kettle.example/feed/", "The Kettle & the Cat", None),
        ("https://loom.example/feed?a=1&b=2", "Loom", "Crafts"),
        ("https://boats.example/feed.json", "Paper boats", "Crafts / Paper"),
    ]
    assert result.outlines[0].site_url == "https://kettle.example/"
    assert result.problems == (
        "line 11: “exec:/bin/sh -c evil” is not a web address",
        "line 12: “filter:/bin/sh:https://x.example/” is not a web address",
        "line 13: “file:///etc/passwd” is not a web address",
    )


def test_a_broken_list_gives_what_stands_before_and_says_where():
    result = opml.read(
        b'\n\n<?xml version="1.0"?>\n<opml><body>\n'
        b'<outline xmlUrl="https://a.example/f"/>\n<outline <\n</body></opml>'
    )
    assert [feed.url for feed in result.outlines] == ["https://a.example/f"]
    assert result.problems == (
        "line 6: the file is broken (not well-formed (invalid token)); what stands before was read",
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (b"", "the file is empty"),
        (b"\xef\xbb\xbf\n  \n", "the file is empty"),
        (b"hello", "line 1: the file is broken (syntax error); what stands before was read"),
        (b"<html><body/></html>", "line 1: this is no OPML list: it begins with <html>"),
        (b"<opml><body/></opml>", "there is no feed in this list"),
        (b'<?xml version="1.0" encoding="no-such"?><opml/>', "there is no feed in this list"),
        (b"\x89PNG\r\n\x1a\n\0\0", "line 1: the file is broken"),
    ],
)
def test_what_is_no_list_says_so(text, problem):
    result = opml.read(text)
    assert result.outlines == ()
    assert len(result.problems) == 1
    assert problem in result.problems[0]


def declaring(declared: str, text: str = "&a;") -> bytes:
    """A list with a document type before it, and one feed in its third line."""
    body = f'<outline text="{text}" xmlUrl="https://a.example/"/>'
    return f'<?xml version="1.0"?>\n<!DOCTYPE opml [{declared}]>\n<opml>{body}</opml>'.encode()


@pytest.mark.parametrize(
    ("declared", "title"),
    [
        ('<!ENTITY a "Tea &amp; Co">', "Tea & Co"),
        ('<!ENTITY b "&#233;"><!ENTITY a "&b;&b; &c; > &lt;\'&#60;b>">', "&a;"),
        ('<!ENTITY b "&#233;"><!ENTITY a "&b;&b; &c; > &lt;\'\n">', "éé &c; > <'"),
        ('<!ENTITY a "first"><!ENTITY a "second">', "first"),
        ("<!ENTITY a '\"quoted\"'>", '"quoted"'),
        ('<!-- <opml & <!ENTITY a "no"> --><!ENTITY a "yes">', "yes"),
        ('<!ATTLIST outline title CDATA "given" text CDATA "given">', "&a;"),
        ("", "&a;"),
    ],
)
def test_small_entities_of_the_list_itself_are_put_in(declared, title):
    result = opml.read(declaring(declared))
    assert [(feed.title, feed.url) for feed in result.outlines] == [(title, "https://a.example/")]


LAUGHS = '<!ENTITY l0 "{}">' + "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(12))


@pytest.mark.parametrize(
    ("declared", "text", "problem"),
    [
        (LAUGHS.format("ha"), "&l12;", "line 3: “l4” stands for too much"),
        ('<!ENTITY a "&b;"><!ENTITY b "&a;">', "&a;", "line 3: “a” stands for too much"),
        (f'<!ENTITY a "{"x" * 9_000}">', "&a;", "line 3: “a” stands for too much"),
        ("".join(f'<!ENTITY l{n} "&l{n + 1};">' for n in range(9_000)), "&l0;", "“l21” stands for too much"),
        ('<!ENTITY a SYSTEM "file:///etc/passwd">', "&a;", "“a” is kept in another file, which is not read"),
        ('<!ENTITY a "<b/>">', "&a;", "line 3: “a” stands for more than letters"),
        ('<!ENTITY a "x"><!NONSENSE>', "", "line 2: what the list declares of itself is broken"),
    ],
    ids=["laughs", "circle", "long", "deep", "file", "markup", "broken"],
)
def test_what_entities_must_not_do_is_said_by_its_line_and_costs_no_feed(declared, text, problem):
    result = opml.read(declaring(declared, text))
    assert [(feed.title, feed.url) for feed in result.outlines] == [(text, "https://a.example/")]
    assert len(result.problems) == 1
    assert problem in result.problems[0]


def test_many_uses_of_an_entity_do_not_make_a_large_list_of_a_small_one():
    text = declaring(f'<!ENTITY a "{"x" * 2_000}">', "&a;" * 5_000)
    result = opml.read(text)
    assert result.problems == ("line 3: “a” stands for too much",)
    assert len(opml_repair.repaired(text).text) < len(text) + 300_000
    nothing = opml.read(declaring(LAUGHS.format(""), "&l12;"))
    assert (nothing.outlines[0].title, nothing.problems) == ("", ())


def test_a_document_type_in_small_letters_or_of_another_file_costs_nothing():
    for doctype in (
        '<!doctype opml [<!ENTITY a "x">]>',
        '<!DOCTYPE opml SYSTEM "http://o.example/opml.dtd">',
    ):
        result = opml.read(f'{doctype}<opml><outline xmlUrl="https://a.example/"/></opml>'.encode())
        assert [feed.url for feed in result.outlines] == ["https://a.example/"]


def test_names_of_letters_and_lone_ampersands_are_understood():
    result = opml.read(
        listed('<outline title="Caf&eacute; &amp; R&D &nosuch;" xmlUrl="https://a.example/?a=1&b=2"/>')
    )
    assert result.problems == ()
    assert result.outlines[0].title == "Café & R&D &nosuch;"
    assert result.outlines[0].url == "https://a.example/?a=1&b=2"


def test_attributes_in_any_case_and_feeds_within_feeds():
    result = opml.read(
        listed(
            '<Outline TEXT="A" XMLURL="https://a.example/"><outline xmlurl="https://b.example/"/></Outline>'
        )
    )
    assert [(feed.url, feed.title, feed.folder) for feed in result.outlines] == [
        ("https://a.example/", "A", None),
        ("https://b.example/", "", None),
    ]


@pytest.mark.parametrize("said", [True, False], ids=["declared", "not declared"])
@pytest.mark.parametrize(
    ("charset", "mark", "title"),
    [
        ("utf-8", b"\xef\xbb\xbf", "Łódź 🐙"),
        ("utf-16-le", b"\xff\xfe", "Łódź 🐙"),
        ("utf-16-be", b"\xfe\xff", "日本語"),
        ("utf-16-le", b"", "Łódź 🐙"),
        ("iso-8859-1", b"", "Café"),
        ("windows-1252", b"", "“Café” – 5 €"),
    ],
)
def test_letters_of_any_kind_and_addresses_with_ampersands_in_them(charset, mark, title, said):
    declared = f'<?xml version="1.0" encoding="{charset.removesuffix("-le")}"?>\n' if said else ""
    body = f'<outline text="{title}" xmlUrl="https://a.example/?a=1&amp;b=2&c=3"/>'
    result = opml.read(mark + f"{declared}<opml><body>{body}</body></opml>".encode(charset))
    assert [(feed.title, feed.url) for feed in result.outlines] == [(title, "https://a.example/?a=1&b=2&c=3")]
    assert result.problems == ()


@pytest.mark.parametrize(
    ("charset", "title"),
    [("shift_jis", "日本語ソ"), ("gb2312", "中文"), ("euc-kr", "한글"), ("koi8-r", "Привет")],
)
def test_letters_that_the_xml_parser_does_not_know(charset, title):
    text = f'<?xml version="1.0" encoding="{charset}"?><opml><outline text="{title}" xmlUrl="https://a.example/"/></opml>'
    assert opml.read(text.encode(charset)).outlines[0].title == title


def test_a_word_about_letters_that_is_not_true_costs_no_feed():
    text = '<?xml version="1.0" encoding="utf-8"?><opml><outline text="Café" xmlUrl="https://a.example/"/></opml>'
    assert opml.read(text.encode("latin-1")).outlines[0].title == "Café"
    assert opml.read(text.replace("utf-8", "no-such").encode()).outlines[0].title == "Café"


def test_what_stands_behind_a_fault_is_read_in_any_letters():
    text = listed(
        '<outline text="Ł" xmlUrl="https://a.example/"/><oops <outline xmlUrl="https://b.example/"/>'
    )
    for charset in ("utf-8", "utf-16"):
        result = opml.read(b"\n\n" * (charset == "utf-8") + text.decode().encode(charset))
        assert [feed.url for feed in result.outlines] == ["https://a.example/", "https://b.example/"]
    assert result.problems[0].startswith("line 3: the file is broken")


def test_addresses_as_browsers_and_old_lists_write_them():
    result = opml.read(
        listed(
            '<outline text="a" xmlUrl="feed://a.example/f"/><outline text="b" xmlUrl="feed:https://b.example/f"/>'
            '<outline text="c" type="rss" url="https://c.example/f"/><outline text="d" xmlUri="https://d.example/"/>'
        )
    )
    assert [feed.url for feed in result.outlines] == [
        "http://a.example/f", "https://b.example/f", "https://c.example/f", "https://d.example/",
    ]  # fmt: skip
    assert result.problems == result.notes == ()


def test_links_that_are_no_feeds_are_said():
    result = opml.read(
        listed(
            '<outline text="F">\n<outline text="Page" htmlUrl="https://a.example/"/>\n'
            '<outline text="More" type="include" url="https://b.example/list.opml"/></outline>'
            '<outline text="C" xmlUrl="https://c.example/"/>'
        )
    )
    assert [(feed.url, feed.folder) for feed in result.outlines] == [("https://c.example/", None)]
    assert result.notes == (
        "line 4: “Page” is a link and no feed; an export gives it back",
        "line 5: “More” is a link and no feed; an export gives it back",
    )
    assert result.problems == ()


def test_a_flood_is_cut():
    many = "".join(f'<outline xmlUrl="https://a.example/{n}"/>' for n in range(20_050))
    result = opml.read(listed(many))
    assert len(result.outlines) == 20_000
    assert "more than 20000 feeds" in result.problems[0]
    wrong = opml.read(listed('<outline xmlUrl="exec:x"/>' * 5_000))
    assert len(wrong.problems) == 100
    deep = opml.read(
        listed('<outline text="f">' * 5_000 + '<outline xmlUrl="https://a.example/"/>' + "</outline>" * 5_000)
    )
    assert len(deep.outlines[0].folder) < 1_000


def test_what_we_write_others_can_read():
    text = opml.write(
        [
            blog(1, title='Tea & "biscuits" <b>'),
            blog(2, folder="Crafts"),
            blog(3, folder="Crafts / Paper"),
            blog(4, folder="Crafts"),
            blog(5, title="evil\x1b]0;x\x07\nline"),
        ]
    )
    root = ElementTree.fromstring(text.encode())
    assert root.attrib["version"] == "2.0"
    tops = [node.attrib["text"] for node in root.find("body")]
    assert tops == ['Tea & "biscuits" <b>', "evil]0;x line", "Crafts"]
    crafts = root.find("body")[2]
    assert [node.attrib["text"] for node in crafts] == ["B2", "B4", "Paper"]
    assert crafts[0].attrib == {
        "type": "rss",
        "text": "B2",
        "title": "B2",
        "xmlUrl": "https://b2.example/feed",
        "htmlUrl": "https://b2.example/",
    }


NAMES = st.text(min_size=1, max_size=20).filter(
    lambda name: opml.clean_line(name) == name and " / " not in name
)


@given(st.lists(st.tuples(NAMES, st.lists(NAMES, max_size=3)), max_size=6))
def test_what_we_write_we_read_back(shelf):
    blogs = [
        blog(number, title=title, folder=" / ".join(folders) or None)
        for number, (title, folders) in enumerate(shelf)
    ]
    result = opml.read(opml.write(blogs).encode())
    assert {(feed.url, feed.title, feed.folder, feed.site_url) for feed in result.outlines} == {
        (one.feed_url, one.title, one.folder, one.url) for one in blogs
    }


@given(st.binary(max_size=400))
def test_any_bytes_give_a_result(text):
    assert isinstance(opml.read(b"<opml><body>" + text), opml.OpmlResult)
    assert opml.read(text).problems
