"""What is foretold of a comment is what WordPress shows of it.

``wordpress_shows.json`` was made by the code of a real WordPress (6.1.9: wp_kses with the tags of comments,
force_balance_tags, wpautop) out of what is typed there.
"""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_reader.content.readable import document
from tui_reader.domain.conversation import ReplyForm
from tui_reader.domain.markup import PlainMarkup, ShownAsTyped, Why, room_left
from tui_reader.engines.wordpress_markup import WordPressMarkup

ROWS = json.loads((Path(__file__).parent / "samples" / "wordpress_shows.json").read_text(encoding="utf-8"))
BASE = "https://blog.example/1/"
MARKUP = WordPressMarkup()


@pytest.mark.parametrize("row", ROWS, ids=[row["typed"][:24] for row in ROWS])
def test_it_is_sent_and_shown_as_wordpress_shows_it(row):
    assert MARKUP.sent(row["typed"]) == row["sent"]
    assert MARKUP.shown(row["typed"]).html == row["shown"]


def test_addresses_become_links_but_not_those_in_tags_and_in_links():
    text = 'See https://a.example/x?y=1, <a href="https://b.example/">https://b.example/</a> (http://c.example/z).'
    shown = MARKUP.shown(text).html
    assert shown.count("<a ") == 3
    assert '<a href="https://a.example/x?y=1" rel="nofollow ugc">https://a.example/x?y=1</a>,' in shown
    assert document(shown, BASE).links == (
        "https://a.example/x?y=1",
        "https://b.example/",
        "http://c.example/z",
    )


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("<u>x</u>", [("<u>", Why.UNKNOWN)]),
        ("<b>open", [("<b>", Why.ALONE)]),
        ('<a href="javascript:x">y</a>', [('<a href="javascript:x">', Why.ATTRIBUTE), ("</a>", Why.ALONE)]),
        ("<code><u>x</u></code> a < b", []),
        ("<b>fine</b>", []),
    ],
)
def test_tags_that_will_be_words_are_told_with_why(typed, why):
    assert MARKUP.shown(typed).as_typed == tuple(ShownAsTyped(tag, reason) for tag, reason in why)


@given(st.text())
def test_any_text_can_be_shown(text):
    for markup in (MARKUP, PlainMarkup()):
        document(markup.shown(text).html, BASE)


def test_plain_text_keeps_its_paragraphs_and_all_its_signs():
    assert PlainMarkup().shown("a < b\nc\n\n<b>d</b>").html == (
        "<p>a &lt; b<br>\nc</p><p>&lt;b&gt;d&lt;/b&gt;</p>"
    )


def test_room_is_what_the_tighter_of_two_limits_leaves():
    form = ReplyForm(action="https://x.example/", page_url="https://x.example/", max_length=10, max_bytes=12)
    assert room_left(form, "abcdefgh") == 2
    assert room_left(form, "éééééé") == 0
    assert room_left(form, "ééééééé") == -2
    assert room_left(ReplyForm(action="https://x.example/", page_url="https://x.example/"), "x") is None
