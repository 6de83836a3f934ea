"""Pictures in the text: on a key or always, in sight only, as the terminal can; their words in any case."""

import re

import pytest
from ui_fakes import reading, sample_services, shown_text, until

from tests.hostile.terminal_audit import audit
from tui_reader.config import Images, Settings
from tui_reader.content.blocks import Document, Image, Paragraph, Span
from tui_reader.domain.picture import Form, Picture
from tui_reader.errors import ExtractionError
from tui_reader.ui.graphics import graphics
from tui_reader.ui.screens.picture import PictureScreen
from tui_reader.ui.widgets.picture_lines import drawn_as_sixel, forgotten_by_kitty, lines_of, sent_to_kitty
from tui_reader.ui.widgets.pieces import text_of, width_of

BOAT = "https://harbour-notes.example/boat.jpg"
QUAY = "https://harbour-notes.example/quay.jpg"
BLOCK = "▀" * 8
TRUE = {"COLORTERM": "truecolor"}


def with_pictures(*, between=0, **images):
    """A post with two pictures, so many paragraphs between them."""
    services = sample_services(settings=Settings(images=Images(**images)))
    blocks = (
        Image(alt="A boat", src=BOAT, caption=(Span("The boat at noon"),)),
        *(Paragraph(spans=(Span(f"Part {n}. " + "word " * 60),)) for n in range(between)),
        Image(alt="The quay", src=QUAY),
    )
    services.bodies[1] = Document(blocks=blocks)
    return services


@pytest.fixture(autouse=True)
def _a_terminal_with_colours(monkeypatch):
    for name in ("NO_COLOR", "TMUX", "KITTY_WINDOW_ID", "TERM_PROGRAM", "KONSOLE_VERSION", "TEXTUAL_DRIVER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


async def opened(pilot, app):
    await pilot.press("enter")
    await until(pilot, lambda: app.reading.desk.is_open and not app.reading.desk.is_loading)


async def test_a_key_shows_the_pictures_with_their_words_and_takes_them_away_again():
    services = with_pictures()
    async with reading(services) as (app, pilot):
        await opened(pilot, app)
        assert "▣ A boat" in shown_text(app)
        assert services.images.asked == []
        await pilot.press("I")
        await until(pilot, lambda: shown_text(app).count(BLOCK) == 4)
        for words in ("A boat", "The boat at noon", "The quay"):
            assert words in shown_text(app)
        (url, blog_id, frame, form), *_ = services.images.asked
        assert (url, blog_id, frame.rows, form) == (BOAT, 1, 16, Form.BLOCKS)
        pixel = next(segment for segment in app.reading.article.render_line(4) if "▀" in segment.text)
        assert pixel.style.color.triplet == pixel.style.bgcolor.triplet == (200, 40, 40)
        await pilot.press("I")
        await until(pilot, lambda: BLOCK not in shown_text(app))
        assert "▣ A boat" in shown_text(app)
        await pilot.press("I")
        await until(pilot, lambda: shown_text(app).count(BLOCK) == 4)
        assert len(services.images.asked) == 2


async def test_always_fetches_what_comes_in_sight_of_an_open_post_and_nothing_else():
    services = with_pictures(between=20, show="always")
    async with reading(services) as (app, pilot):
        await until(pilot, lambda: "A boat" in shown_text(app))
        assert services.images.asked == []
        await opened(pilot, app)
        await until(pilot, lambda: BLOCK in shown_text(app))
        assert [url for url, *_ in services.images.asked] == [BOAT]
        await pilot.press("G")
        await until(pilot, lambda: [url for url, *_ in services.images.asked] == [BOAT, QUAY])
        await until(pilot, lambda: BLOCK in shown_text(app))


async def test_off_and_a_terminal_without_colours_leave_the_words(monkeypatch):
    services = with_pictures(show="off")
    async with reading(services) as (app, pilot):
        await pilot.press("I")
        await until(pilot, lambda: "Pictures are off" in app.reading.status_line.message)
    monkeypatch.setenv("TERM", "dumb")
    services = with_pictures(show="always")
    async with reading(services) as (app, pilot):
        await opened(pilot, app)
        await pilot.press("V")
        await until(pilot, lambda: "This terminal shows no pictures" in app.reading.status_line.message)
        assert "A boat" in shown_text(app)
        assert services.images.asked == []


async def test_a_picture_that_cannot_be_had_says_why_once_and_its_words_stay():
    services = with_pictures()
    services.images.error = ExtractionError("the picture has too many pixels")
    async with reading(services) as (app, pilot):
        await opened(pilot, app)
        await pilot.press("I")
        await until(
            pilot, lambda: app.reading.status_line.message == "No picture: the picture has too many pixels"
        )
        assert "▣ A boat" in shown_text(app)
        await pilot.press("j", "k")
        assert len(services.images.asked) == 2


async def test_kitty_is_sent_a_picture_once_places_it_by_characters_and_forgets_it(monkeypatch):
    monkeypatch.setenv("TERM", "xterm-kitty")
    monkeypatch.setenv("COLORTERM", "truecolor")
    services = with_pictures()
    async with reading(services) as (app, pilot):
        written = []
        monkeypatch.setattr(app._driver, "write", written.append)
        await opened(pilot, app)
        await pilot.press("I")
        await until(pilot, lambda: shown_text(app).count("\U0010eeee") == 32)
        sent = [part for part in written if "\x1b_G" in part]
        assert len(sent) == 2
        assert audit("".join(sent).encode()).findings == []
        assert "a=p,U=1" in sent[0]
        number = int(re.findall(r"i=(\d+)", sent[0])[0])
        row = app.reading.article.render_line(4)
        colours = {segment.style.color.triplet for segment in row if "\U0010eeee" in segment.text}
        assert colours == {(number >> 16, number >> 8 & 255, number & 255)}
        written.clear()
        await pilot.press("]")
        await until(pilot, lambda: any("a=d,d=I" in part for part in written))


async def test_a_picture_opens_large_with_its_words_and_leads_to_the_next_and_the_browser(monkeypatch):
    opened_there = []

    async def opening(_, url):
        opened_there.append(url)
        return f"Opened in the browser: {url}"

    monkeypatch.setattr("tui_reader.ui.following.open_in_browser", opening)
    services = with_pictures()
    async with reading(services) as (app, pilot):
        await opened(pilot, app)
        await pilot.press("V")
        await until(pilot, lambda: isinstance(app.screen, PictureScreen) and BLOCK in shown_text(app))
        assert "The boat at noon" in shown_text(app)
        assert f"1/2 · {BOAT}" in shown_text(app)
        assert services.images.asked[-1][2].columns == 132
        await pilot.press("n")
        await until(pilot, lambda: f"2/2 · {QUAY}" in shown_text(app))
        await pilot.press("o")
        await until(pilot, lambda: opened_there == [QUAY])


async def test_sixels_are_drawn_over_the_large_one_and_blocks_stand_in_the_text(monkeypatch):
    monkeypatch.setenv("TERM", "foot")
    services = with_pictures()
    async with reading(services) as (app, pilot):
        written = []
        monkeypatch.setattr(app._driver, "write", written.append)
        await opened(pilot, app)
        await pilot.press("I")
        await until(pilot, lambda: BLOCK in shown_text(app))
        await pilot.press("V")
        await until(pilot, lambda: any("\x1bPq" in part for part in written))
        (drawn,) = [part for part in written if "\x1bPq" in part]
        assert audit(drawn.encode()).findings == []
        assert audit(drawn.encode()).pictures


@pytest.mark.parametrize(
    ("wanted", "environment", "form"),
    [
        ("auto", {"TERM": "xterm-kitty", **TRUE}, Form.KITTY),
        ("auto", {"TERM": "xterm-256color", "KITTY_WINDOW_ID": "1", **TRUE}, Form.KITTY),
        ("auto", {"TERM": "xterm-ghostty", "TERM_PROGRAM": "ghostty", **TRUE}, Form.KITTY),
        ("auto", {"TERM": "xterm-kitty"}, Form.BLOCKS),
        ("auto", {"TERM": "foot-extra"}, Form.SIXEL),
        ("auto", {"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, Form.SIXEL),
        ("auto", {"TERM": "xterm-256color"}, Form.BLOCKS),
        ("auto", {"TERM": "tmux-256color", "TMUX": "x", "KITTY_WINDOW_ID": "1"}, Form.BLOCKS),
        ("auto", {"TERM": "xterm-kitty", "TEXTUAL_DRIVER": "x"}, Form.BLOCKS),
        ("sixel", {"TERM": "xterm-256color"}, Form.SIXEL),
        ("blocks", {"TERM": "xterm-kitty"}, Form.BLOCKS),
        ("kitty", {"TERM": "dumb"}, None),
        ("auto", {"TERM": "xterm-kitty", "NO_COLOR": "1"}, None),
        ("auto", {}, None),
    ],
)
def test_the_form_is_what_the_terminal_says_it_knows(wanted, environment, form):
    assert graphics(wanted, environment) == form


def test_rows_of_two_colours_a_cell_and_runs_of_one_colour_in_one_piece():
    red, blue = b"\xff\x00\x00", b"\x00\x00\xff"
    picture = Picture(form=Form.BLOCKS, columns=3, rows=1, data=red * 3 + red * 2 + blue)
    (line,) = lines_of(picture, 0, BOAT)
    assert [(piece.text, piece.role.split()[0]) for piece in line] == [
        ("▀▀", "px:ff0000:ff0000"),
        ("▀", "px:ff0000:0000ff"),
    ]
    assert {piece.href for piece in line} == {BOAT}


def test_characters_for_kitty_take_a_cell_each_and_name_row_and_column():
    marks = "\u0305\u030d\u030e"
    picture = Picture(form=Form.KITTY, columns=3, rows=2, data=b"QUJD", marks=marks)
    lines = lines_of(picture, 0x123456)
    assert [width_of(line) for line in lines] == [3, 3]
    assert text_of(lines[1]) == "".join(f"\U0010eeee\u030d{mark}" for mark in marks)


def test_what_is_written_of_a_picture_is_only_what_the_audit_allows():
    large = Picture(form=Form.KITTY, columns=3, rows=2, data=b"QUJD" * 5000, marks="")
    sixel = Picture(form=Form.SIXEL, columns=3, rows=2, data=b'\x1bP0;0;0q"1;1;2;2#0;2;1;1;1#0~~\x1b\\')
    stream = sent_to_kitty(large, 9) + forgotten_by_kitty([9, 10]) + drawn_as_sixel(sixel, 4, 5)
    found = audit(stream.encode())
    assert found.findings == []
    assert len(found.pictures) == 5 + 1 + 2 + 1


async def test_the_setting_shows_them_at_once_and_hides_them_again(tmp_path):
    services = with_pictures()
    services.config_file = tmp_path / "config.toml"
    async with reading(services) as (app, pilot):
        await opened(pilot, app)
        app._preferences().put("images.show", "always")
        await until(pilot, lambda: shown_text(app).count(BLOCK) == 4)
        app._preferences().reset("images.show")
        await until(pilot, lambda: BLOCK not in shown_text(app))
