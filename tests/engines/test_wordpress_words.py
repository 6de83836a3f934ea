"""What is typed is what is shown, and what is shown is known again."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_reader.content.clean import clean
from tui_reader.engines.wordpress_words import gist, has_words, written


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("Plain words.", "Plain words."),
        ("a < b && c > d", "a &lt; b &amp;&amp; c &gt; d"),
        ("<script>x()</script>", "&lt;script&gt;x()&lt;/script&gt;"),
        ("<b>bold</b> and <EM>so</EM>", "<b>bold</b> and <EM>so</EM>"),
        ("if x <b then", "if x &lt;b then"),
        ("<b>never closed", "&lt;b&gt;never closed"),
        ("</b>never opened", "&lt;/b&gt;never opened"),
        ("<b><i>crossed</b></i>", "<b>&lt;i&gt;crossed</b>&lt;/i&gt;"),
        ('<a href="https://x.example/?a=1&b=2">x</a>', '<a href="https://x.example/?a=1&b=2">x</a>'),
        ('<a href="javascript:x()">x</a>', '&lt;a href="javascript:x()"&gt;x&lt;/a&gt;'),
        ('<b onclick="x()">x</b>', '&lt;b onclick="x()"&gt;x&lt;/b&gt;'),
        ("<code><b>&nbsp;</b></code>", "<code>&lt;b&gt;&amp;nbsp;&lt;/b&gt;</code>"),
        ("&eacute;", "&amp;eacute;"),
        ("one\ntwo\r\nthree\rfour", "one\r\ntwo\r\nthree\r\nfour"),
        ("  \n edges \n", "edges"),
        ("\x1b[31mred\ud800", "[31mred"),
        ("<img src=x>", "&lt;img src=x&gt;"),
        ("<!-- note -->", "&lt;!-- note --&gt;"),
        ("1 <2> 3", "1 &lt;2&gt; 3"),
    ],
)
def test_allowed_tags_in_pairs_are_kept_and_all_else_is_shown_as_typed(typed, sent):
    assert written(typed) == sent


_TAG = r"</?(?:a|abbr|b|blockquote|cite|code|del|em|i|q|s|strong)(?:\s[^<>]*)?>"
_PIECES = (
    "<b>",
    "</b>",
    "<i>",
    "</i >",
    "<code>",
    "</code>",
    "<q",
    "<",
    ">",
    "&",
    "&amp;",
    "amp;",
    "é",
    " ",
    "\n",
    "x",
)


@given(st.lists(st.sampled_from(_PIECES)).map("".join) | st.text())
def test_no_sign_is_lost_and_no_tag_is_made(text):
    sent = written(text)

    assert unescape(sent) == re.sub(r"\r\n?|\n", "\r\n", clean(text).strip())
    assert "<" not in re.sub(_TAG, "", sent, flags=re.IGNORECASE)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ('"Ha" -- it\'s 9x9...', "<p>&#8220;Ha&#8221; &#8211; it&#8217;s 9&#215;9&#8230;</p>\n"),
        ("One.\n\nTwo\nthree", "<p>One.</p>\n<p>Two<br />\nthree</p>"),
        ("Fine :-) really", "<p>Fine 🙂 really</p>"),
        (
            "Fine :lol: really",
            '<p>Fine <img class="wp-smiley" alt="😆" src="https://s.w.org/l.svg"> really</p>',
        ),
        ("Ship 🚢️!", '<p>Ship <img alt="🚢" class="wp-smiley" src="x">!</p>'),
        ("🚢️", '<p><img alt="🚢" src="x"></p>'),
        ("see https://x.example/?a=1&b=2", '<p>see <a href="h">https://x.example/?a=1&#038;b=2</a></p>'),
        ("a < b <b>c</b>", "<p>a &lt; b <b>c</b></p>"),
        ("naïve", "<p>nai\u0308ve</p>"),
        ("(tm)", "<p>™</p>"),
    ],
)
def test_what_wordpress_made_of_a_text_is_known_again(typed, shown):
    assert gist(written(typed)) == gist(shown)


@pytest.mark.parametrize(
    ("one", "other"), [("yes", "yes!1"), ("", "a"), ("👍", "👎"), ("?", "!"), ("1.5", "16")]
)
def test_other_words_are_other_words(one, other):
    assert gist(one) != gist(other)


@pytest.mark.parametrize("text", ["", " \n", "<b></b>", "<b> <i></i></b>"])
def test_tags_alone_are_no_words(text):
    assert not has_words(written(text))


@pytest.mark.parametrize("text", ["?", "👍", "<", "<b>a</b>", "<img>"])
def test_every_sign_is_a_word(text):
    assert has_words(written(text))
