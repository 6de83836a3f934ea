"""Links are followed by letters, by number, by mouse and from a list; where they lead is told before."""

import webbrowser
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ui_fakes import a_comment, reading, sample_services, shown_text, until
from widget_host import Host

from tui_reader.config import Look, Settings
from tui_reader.content.blocks import Document, Image, Paragraph, Span, Style, words_of_links
from tui_reader.ui.columns import Column
from tui_reader.ui.widgets.article_view import ArticleView
from tui_reader.ui.widgets.link_spots import Spot, labels, spots, words_at
from tui_reader.ui.widgets.pieces import SILENT, Piece
from tui_reader.ui.widgets.samples import NOW, sample_post

MAP = "https://harbour-notes.example/map"
TIMETABLE = "https://harbour-notes.example/timetable"


class Desktop:
    def __init__(self):
        self.opened = []

    def open(self, url):
        self.opened.append(url)
        return True


@pytest.fixture
def desktop(monkeypatch):
    browser = Desktop()
    monkeypatch.setattr(webbrowser, "get", lambda: browser)
    return browser


def link(words, url):
    return Span(words, frozenset({Style.LINK}), href=url)


def a_body(*links, lead="Words before"):
    spans = [span for words, url in links for span in (Span(f"{lead} "), link(words, url), Span(". "))]
    return Document(
        blocks=(Paragraph(spans=tuple(spans)),), links=tuple(dict.fromkeys(url for _, url in links))
    )


async def opened(pilot, app):
    await pilot.press("enter")
    await until(pilot, lambda: app.reading.desk.is_open and not app.reading.desk.is_loading)


async def test_letters_stand_beside_the_links_and_open_them_with_the_address_told_before(desktop):
    async with reading() as (app, pilot):
        await opened(pilot, app)
        await pilot.press("f")
        # a is the title, s the link in the text: it stands on the blank before it
        await until(pilot, lambda: "says" + "s" + "the old timetable" in shown_text(app))
        assert "s the old timetable  https://harbour-notes.example/timetable" in shown_text(app)
        assert desktop.opened == []
        await pilot.press("s")
        await until(pilot, lambda: desktop.opened == [TIMETABLE])
        assert app.reading.status_line.message == f"Opened in the browser: {TIMETABLE}"
        await until(pilot, lambda: "says the old timetable" in shown_text(app))


async def test_a_capital_copies_and_escape_leaves(desktop):
    async with reading() as (app, pilot):
        await opened(pilot, app)
        await pilot.press("f")
        await until(pilot, lambda: "letters open" in shown_text(app))
        await pilot.press("S")
        await until(pilot, lambda: app.clipboard == TIMETABLE)
        await pilot.press("f")
        await until(pilot, lambda: "letters open" in shown_text(app))
        await pilot.press("j", "7", "escape")
        await until(pilot, lambda: "letters open" not in shown_text(app))
        assert app.reading.article.lettered == {}
        assert desktop.opened == []


async def test_digits_take_a_footnote_by_its_number_once_enter_says_so(desktop):
    async with reading() as (app, pilot):
        await opened(pilot, app)
        await pilot.press("f")
        await until(pilot, lambda: "1 to 2 by number" in shown_text(app))
        await pilot.press("3")
        await until(pilot, lambda: "There is no link 3" in shown_text(app))
        await pilot.press("backspace", "2")
        await until(pilot, lambda: f"2 {MAP}" in shown_text(app))
        assert desktop.opened == []
        await pilot.press("enter")
        await until(pilot, lambda: desktop.opened == [MAP])


async def test_links_that_have_no_line_in_the_list_want_an_enter(desktop):
    services = sample_services()
    services.bodies[1] = a_body(*((f"place {n}", f"https://a.example/{n}") for n in range(20)))
    async with reading(services, size=(132, 24)) as (app, pilot):
        await opened(pilot, app)
        await pilot.press("f")
        await until(pilot, lambda: "letters open" in shown_text(app))
        url, letter = list(app.reading.article.lettered.items())[-1]
        assert f"{letter} place" not in shown_text(app)
        await pilot.press(letter)
        await until(pilot, lambda: f"{url}" in shown_text(app) and "enter opens it" in shown_text(app))
        assert desktop.opened == []
        await pilot.press("enter")
        await until(pilot, lambda: desktop.opened == [url])


async def test_letters_in_the_conversation_and_a_list_of_the_comments_links(desktop):
    services = sample_services()
    services.comments[1] = [
        a_comment("11", "Ilse", '<p>See <a href="https://eggs.example/">the eggs</a>.</p>', hours=2),
        a_comment("12", "Pieter", '<p>And <a href="https://bus.example/">the bus</a>.</p>', hours=1),
    ]
    async with reading(services) as (app, pilot):
        await opened(pilot, app)
        await pilot.press("4", "j", "L")
        await until(pilot, lambda: "Links of this comment" in shown_text(app))
        assert "1  the bus" in shown_text(app)
        assert "https://bus.example/" in shown_text(app)
        await pilot.press("y")
        await until(pilot, lambda: app.clipboard == "https://bus.example/")
        await pilot.press("f")
        await until(pilot, lambda: "s the bus  https://bus.example/" in shown_text(app))
        await pilot.press("a")
        await until(pilot, lambda: desktop.opened == ["https://eggs.example/"])


async def test_the_list_goes_to_a_number_and_opens_in_the_browser_when_asked(desktop):
    services = sample_services()
    urls = [f"https://a.example/{n}" for n in range(1, 13)]
    services.bodies[1] = a_body(*((f"place {n}", url) for n, url in enumerate(urls, 1)))
    async with reading(services) as (app, pilot):
        await opened(pilot, app)
        await pilot.press("L")
        await until(pilot, lambda: "Links of this post" in shown_text(app))
        await pilot.press("1", "2", "o")
        await until(pilot, lambda: desktop.opened == [urls[11]])


async def test_a_link_to_a_post_of_a_followed_blog_opens_here_and_its_comment_is_found(desktop):
    services = sample_services()
    services.bodies[1] = a_body(
        ("kerning", "https://type-and-press.example/5/"),
        ("the second word on it", "https://type-and-press.example/5/#comment-52"),
    )
    async with reading(services) as (app, pilot):
        await opened(pilot, app)
        await pilot.press("f")
        await until(pilot, lambda: "letters open" in shown_text(app))
        await pilot.press("d")
        await until(pilot, lambda: app.reading.desk.post.id == 5 and app.reading.desk.is_open)
        await until(pilot, lambda: app.reading.thread.focused_comment is not None)
        await until(pilot, lambda: app.reading.thread.focused_comment.id == "52")
        assert app.reading.column is Column.CONVERSATION
        assert desktop.opened == []


async def test_the_title_opens_its_own_post_in_the_browser(desktop):
    async with reading() as (app, pilot):
        await opened(pilot, app)
        await pilot.press("f")
        await until(pilot, lambda: "letters open" in shown_text(app))
        await pilot.press("a")
        await until(pilot, lambda: desktop.opened == ["https://harbour-notes.example/1/"])


async def test_a_click_opens_and_the_mouse_on_a_link_tells_where_it_leads(desktop):
    async with reading() as (app, pilot):
        await opened(pilot, app)
        article = app.reading.article
        spot = next(spot for spot in article.links_in_sight() if spot.url == TIMETABLE)
        where = (spot.start + 3 + 1, spot.row + 1)
        await pilot.hover(article, offset=where)
        await until(pilot, lambda: app.reading.status_line.message == TIMETABLE)
        await pilot.hover(article, offset=(2, 1))
        await until(pilot, lambda: app.reading.status_line.message == "")
        await pilot.click(article, offset=where)
        await until(pilot, lambda: desktop.opened == [TIMETABLE])


async def test_words_that_name_another_site_are_asked_about(desktop):
    services = sample_services()
    services.bodies[1] = a_body(("https://bank.example/login", "https://p\u0430ypal.example/"))
    async with reading(services) as (app, pilot):
        await opened(pilot, app)
        assert "xn--pypal-4ve.example" in shown_text(app)
        await pilot.press("f")
        await until(pilot, lambda: "letters open" in shown_text(app))
        await pilot.press("s")
        await until(pilot, lambda: "leads elsewhere" in shown_text(app))
        assert "It leads to https://xn--pypal-4ve.example/" in shown_text(app)
        await pilot.press("n")
        await until(pilot, lambda: app.reading.status_line.message == "Not opened.")
        assert desktop.opened == []


async def test_a_mail_address_is_copied(desktop):
    services = sample_services()
    services.bodies[1] = a_body(("write", "mailto:ann@mail.example"))
    async with reading(services) as (app, pilot):
        await opened(pilot, app)
        await pilot.press("f")
        await until(pilot, lambda: "letters open" in shown_text(app))
        await pilot.press("s")
        await until(pilot, lambda: app.clipboard == "ann@mail.example")
        assert desktop.opened == []


async def test_hyperlinks_are_written_for_the_terminal_unless_that_is_turned_off():
    for is_wanted in (True, False):
        services = sample_services(settings=Settings(look=Look(hyperlinks=is_wanted)))
        async with reading(services) as (app, pilot):
            await opened(pilot, app)
            article = app.reading.article
            row = next(spot.row for spot in article.links_in_sight() if spot.url == TIMETABLE)
            drawn = article.render_line(row).render(app.console)
            assert (f";{TIMETABLE}\x1b\\" in drawn) is is_wanted


async def test_letters_take_the_first_of_the_words_where_no_blank_is_before_them():
    view = ArticleView()
    body = Document(blocks=(Paragraph(spans=(link("harbour", MAP),)),), links=(MAP,))
    async with Host(view).run_test(size=(60, 12)) as pilot:
        view.show(replace(sample_post(), url=""), body, minutes=1, now=NOW)
        await pilot.pause()
        spot = next(spot for spot in view.links_in_sight() if spot.url == MAP)
        before = view.render_line(spot.row).text
        view.lettered = {MAP: "as"}
        after = view.render_line(spot.row).text
        assert len(after) == len(before)
        assert after.strip() == "asharbour¹" if spot.has_room >= 2 else "asrbour¹"


def test_a_link_that_goes_on_in_the_next_line_is_one():
    margin, rail = Piece("   ", f"text {SILENT}"), Piece("│ ", f"rail-0 {SILENT}")
    lines = [
        (margin, Piece("see "), Piece("the old", "link", MAP)),
        (
            rail,
            Piece("timetable", "link", MAP),
            Piece("¹", "text", MAP),
            Piece(" and "),
            Piece("it", "link", MAP),
        ),
        (Piece("here", "link", TIMETABLE),),
    ]
    assert spots(lines) == [
        Spot(0, 7, 1, "the old timetable", MAP),
        Spot(1, 17, 1, "it", MAP),
        Spot(2, 0, 0, "here", TIMETABLE),
    ]
    assert words_at(lines, 1, MAP) == "it"
    assert words_at(lines, 0, MAP) == "the old timetable"


@given(st.integers(0, 900))
def test_no_letters_begin_others(count):
    found = labels(count)
    assert len(set(found)) == count
    assert len({len(label) for label in found}) <= 1


def test_the_words_of_a_link_are_those_of_its_first_use():
    bold = Span("old ", frozenset({Style.LINK, Style.STRONG}), href=MAP)
    spans = (bold, link("map", MAP), Span(", "), link("again", MAP))
    image = Image(alt="A chart", src="https://a.example/x.png", href=TIMETABLE)
    found = words_of_links(Document(blocks=(Paragraph(spans=spans), image), links=(MAP, TIMETABLE)))
    assert found == (("old map", MAP), ("A chart", TIMETABLE))
