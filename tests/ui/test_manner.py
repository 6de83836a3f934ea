"""The measure, the air, dates, fields and columns that the reader asked for, at once and everywhere."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from ui_fakes import sample_services, until

from tui_reader import language
from tui_reader.config import Look, Settings
from tui_reader.content.blocks import Code, Document, Paragraph, Span
from tui_reader.ui import first_frame
from tui_reader.ui.app import ReaderApp
from tui_reader.ui.columns import Column, columns_in_sight
from tui_reader.ui.manner import Manner, of_settings, use
from tui_reader.ui.widgets.dates import day, recent_or_day, recent_or_hour
from tui_reader.ui.widgets.layout import lay_out
from tui_reader.ui.widgets.pieces import SILENT, text_of, width_of

NOW = datetime(2026, 8, 3, 12, 0, tzinfo=UTC)


def app_with(**look) -> ReaderApp:
    services = sample_services()
    services.settings = Settings(look=Look(**look))
    return ReaderApp(services)


def said(text):
    return Paragraph(spans=(Span(text),))


def test_the_defaults_are_those_of_the_settings():
    assert of_settings(Look()) == Manner()


def test_the_measure_holds_for_text():
    use(Manner(measure=30))
    lines = lay_out(Document((said("word " * 60),)), 200)
    assert max(width_of(line) for line in lines) <= 30


def test_airy_paragraphs_stand_two_lines_apart():
    use(Manner(gap=2))
    assert [text_of(line) for line in lay_out(Document((said("one"), said("two"))), 40)] == [
        "one",
        "",
        "",
        "two",
    ]


def test_compact_paragraphs_are_set_in_as_in_a_book_and_keep_the_measure():
    use(Manner(gap=0))
    lines = lay_out(Document((said("one " * 9), said("two " * 12))), 24)
    shown = [text_of(line).rstrip() for line in lines]
    assert shown[0].startswith("one")
    assert shown[2].startswith("  two two")
    assert shown[3].startswith("two")
    assert "" not in shown
    assert max(width_of(line) for line in lines) <= 24


def test_code_has_numbers_that_are_never_copied():
    use(Manner(has_line_numbers=True))
    lines = lay_out(Document((Code(text="\n".join(f"line {n}" for n in range(1, 11))),)), 40)
    assert text_of(lines[0]).startswith("│  1 line 1")
    assert text_of(lines[9]).startswith("│ 10 line 10")
    copied = "".join(piece.text for piece in lines[9] if not piece.role.endswith(SILENT))
    assert copied == "line 10"


@pytest.mark.parametrize(
    ("dates", "in_list", "in_thread", "in_byline"),
    [
        ("relative", "3 h ago", "3 Aug, 09:00", "3 Aug 2026"),
        ("absolute", "3 Aug", "3 Aug, 09:00", "3 Aug 2026"),
        ("yyyy-MM-dd", "2026-08-03", "2026-08-03", "2026-08-03"),
        ("d. MMMM HH:mm", "3. August 09:00", "3. August 09:00", "3. August 09:00"),
    ],
)
def test_dates_are_told_as_the_reader_wants(dates, in_list, in_thread, in_byline):
    use(Manner(dates=dates))
    moment = NOW - timedelta(hours=3)
    assert recent_or_day(moment, NOW) == in_list
    assert recent_or_hour(moment, NOW) == in_thread
    assert day(moment, NOW, with_year=True) == in_byline


@pytest.mark.parametrize("hours", [-12, 14])
@pytest.mark.parametrize("moment", [datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, tzinfo=UTC)])
@pytest.mark.parametrize("dates", ["relative", "absolute", "yyyy-MM-dd"])
def test_a_moment_that_lies_beyond_the_calendar_here_is_told_all_the_same(dates, moment, hours):
    use(Manner(dates=dates))
    now = NOW.astimezone(timezone(timedelta(hours=hours)))
    for told in (day(moment, now), recent_or_day(moment, now), recent_or_hour(moment, now)):
        assert str(moment.year) in told


def test_a_pattern_speaks_the_language_in_force():
    use(Manner(dates="d MMMM"))
    language.use("fr", {"LANG": "fr_FR.UTF-8"})
    assert recent_or_day(NOW, NOW) == "3 août"


@pytest.mark.parametrize(
    ("width", "focused", "chosen", "seen"),
    [
        (200, Column.POSTS, {"posts", "post"}, (Column.POSTS, Column.POST)),
        (200, Column.BLOGS, {"posts", "post"}, (Column.BLOGS, Column.POSTS, Column.POST)),
        (120, Column.POSTS, {"posts", "conversation"}, (Column.POSTS,)),
        (120, Column.CONVERSATION, {"posts", "conversation"}, (Column.CONVERSATION,)),
        (80, Column.BLOGS, {"posts"}, (Column.BLOGS,)),
    ],
)
def test_columns_that_are_not_wanted_stand_there_only_while_one_is_in_them(width, focused, chosen, seen):
    assert columns_in_sight(width, focused, chosen=chosen) == seen


def second_line(app: ReaderApp, width=60) -> str:
    return text_of(app.reading.post_list.row_lines(0, width)[1]).strip()


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        (("author", "date", "comments"), "Maud Keel · 20 h ago"),
        (("author", "blog"), "Maud Keel, Harbour Notes"),
        (("blog", "date"), "Harbour Notes · 20 h ago"),
        (("date",), "20 h ago"),
        (("comments",), "▪ 7 +2"),
    ],
)
async def test_the_list_of_posts_tells_the_fields_that_are_wanted(fields, told):
    app = app_with(fields=fields)
    async with app.run_test(size=(132, 36)) as pilot:
        await until(pilot, lambda: app.reading.post_list.posts)
        line = second_line(app)
        assert line.startswith(told)
        assert ("+2" in line) is ("comments" in fields)


async def test_a_change_shows_at_once_and_moves_nobody():
    app = app_with()
    async with app.run_test(size=(200, 48)) as pilot:
        await until(pilot, lambda: app.reading.desk.conversation is not None)
        await pilot.press("j", "j")
        await until(pilot, lambda: app.reading.post_list.cursor == 2)
        posts = app.reading.post_list
        assert posts.row_height == 3
        use(Manner()._replace(gap=0, dates="yyyy-MM-dd", columns=frozenset({"posts", "post"})))
        app.reading.restyle()
        await pilot.pause()
        assert posts.row_height == 2
        assert posts.cursor == 2
        assert "2026-08-02" in second_line(app)
        await until(pilot, lambda: not app.reading.blog_list.display)
        await until(
            pilot, lambda: any("2026-08" in text_of(line) for line in app.reading.article.lines_of(0))
        )


@pytest.mark.parametrize(
    ("written", "theme"),
    [
        ("", "ink"),
        ('[look]\ntheme = "paper"\nmeasure = 60', "paper"),
        ('[look]\nspacing = "airy"', ""),
        ('[look]\ntheme = "paper"\ndates = "absolute"', ""),
        ("[look]\nlinear = true", ""),
    ],
)
def test_the_first_frame_is_drawn_only_in_the_manner_that_it_knows(tmp_path, written, theme):
    (tmp_path / "config.toml").write_text(written)
    assert first_frame._look(str(tmp_path / "config.toml"))[0] == theme
