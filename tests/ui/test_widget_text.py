"""Foreign text at the door of the screen."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content

from tui_reader.ui.text import content, content_line, tame, tame_line
from tui_reader.ui.themes import THEMES

HOSTILE = [
    "\x1b]52;c;cHduZWQ=\x07copied",
    "\x9d0;retitled\x9c",
    "\x1b[2J\x1b[31mred",
    "[bold]no markup[/bold]",
    "[@click=app.quit]quit[/]",
    "[link=file:///etc/passwd]x",
    "a\u202egnp.exe",
    "ring\a back\b",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_no_control_character_passes_the_door(words):
    for text in (tame(words), tame_line(words), content(words).plain, content_line(words).plain):
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)


@pytest.mark.parametrize("words", ["[bold]x[/bold]", "[/", "[@click=app.quit]quit[/]", "a [b"])
def test_brackets_are_shown_and_not_read(words):
    assert content(words).plain == words
    assert content_line(words).plain == words
    assert not content(words).spans


def test_a_pile_of_accents_is_cut_to_what_scripts_need():
    assert len(tame("e" + "\u0301" * 500)) <= 6
    assert tame("Việt Nam, naïve, שָׁלוֹם") == "Việt Nam, naïve, שָׁלוֹם"


def test_a_line_stays_a_line():
    assert tame_line("two\n  lines\tand\r\nthree") == "two lines and three"


@given(st.text())
def test_any_text_becomes_content_with_the_tamed_words(words):
    made = content(words)
    assert isinstance(made, Content)
    assert made.plain == tame(words)


OF_OUR_COLOURS = [theme for theme in THEMES if theme.background.startswith("#")]
"""Those whose colours are the terminal's own can be read as well as the terminal's."""


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _mixed(one: str, other: str, share: float) -> str:
    parts = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in parts)


@pytest.mark.parametrize("theme", OF_OUR_COLOURS, ids=lambda theme: theme.name)
@pytest.mark.parametrize("ground", ["background", "surface", "panel", "cursor"])
def test_every_colour_of_words_can_be_read_on_every_ground(theme, ground):
    behind = _mixed(theme.primary, theme.background, 0.12) if ground == "cursor" else getattr(theme, ground)
    for name in ("foreground", "primary", "secondary", "accent", "success", "error", "warning"):
        assert _contrast(getattr(theme, name), behind) >= 4.5, name
    assert _contrast(theme.variables["text-muted"], behind) >= 4.5


@pytest.mark.parametrize("theme", OF_OUR_COLOURS, ids=lambda theme: theme.name)
def test_badges_can_be_read(theme):
    for name in ("secondary", "accent", "error"):
        assert _contrast(theme.background, getattr(theme, name)) >= 4.5, name
