"""References are mended as if each letter of a feed had been looked at."""

import random
import re

from tui_reader.content.clean import _TABLE, clean
from tui_reader.feeds.tame import _reference, tamed

_LETTER_BY_LETTER = re.compile(
    r"<!\[CDATA\[(?:.*?\]\]>|.*\Z)|<!--(?:.*?-->|.*\Z)|&(?:#(?:(\d{1,8})|[xX]([0-9a-fA-F]{1,7}));|([A-Za-z][\w.-]{0,49});|#?)",
    re.DOTALL,
)
_PIECES = (
    *("<![CDATA[", "]]>", "<!--", "-->", "<!-->", "<!--->", "]]", "]", ">", "--", "<![CDATA[]]>", "<!---->"),
    *("&", "&amp;", "&auml;", "&own;", "&#65;", "&#x41;", "&#0;", "&#", "&#x;", "&x", "a", ";", "<b>", "\n"),
)


def test_references_are_mended_but_for_those_that_stand_in_cdata_and_comments():
    pick = random.Random(7)
    for _ in range(20_000):
        inside = "".join(pick.choices(_PIECES, k=pick.randrange(12)))
        text = f"<rss>{inside}"
        looked_at = _LETTER_BY_LETTER.sub(
            lambda match: match[0] if match[0][0] == "<" else _reference(match, {"own": "1"}), text
        )
        head = "<!DOCTYPE rss [<!ENTITY own '1'>]>"
        assert tamed(head + text) == looked_at, text


def test_many_quoted_pieces_are_gone_through_once():
    text = "<rss>" + "<![CDATA[&]]><!--&-->" * 60_000 + "&" * 100_000
    assert tamed(text[:1_500_000]).count("&amp;") > 10_000


def test_whatever_is_taken_out_of_letters_is_seen_among_plain_ones():
    for point in (*range(0x80), *_TABLE):
        text = f"<p>a{chr(point)}b</p>"
        is_taken = point in _TABLE or point == 0x0D
        assert (clean(text) != text) is is_taken, hex(point)
