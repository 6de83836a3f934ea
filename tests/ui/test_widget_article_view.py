"""The post as it is seen and scrolled."""

import re
from datetime import UTC, datetime

import pytest
from widget_host import Host, drawn, row_of

from tui_reader.content.blocks import Code, Document, Fold, Heading, Paragraph, Span, Style
from tui_reader.domain.post import Post
from tui_reader.ui.themes import THEMES
from tui_reader.ui.widgets.article_view import ArticleView
from tui_reader.ui.widgets.block_view import BlockView
from tui_reader.ui.widgets.roles import LOOKS

NOW = datetime(2026, 8, 3, 12, 0, tzinfo=UTC)


def post(**more):
    values = {
        "id": 1,
        "blog_id": 1,
        "blog_title": "The Slow Ferry",
        "url": "https://ferry.example/harbour",
        "guid": "harbour",
        "title": "A harbour in winter",
        "author": "Ada Lind",
        "published": NOW,
        "first_seen": NOW,
    }
    return Post(**(values | more))


def paragraphs(count, words=30):
    return Document(tuple(Paragraph(spans=(Span(f"Part {n}: " + "word " * words),)) for n in range(count)))


async def test_title_byline_and_body():
    view = ArticleView()
    async with Host(view).run_test(size=(90, 12)) as pilot:
        view.show(post(), Document((Paragraph(spans=(Span("The harbour empties."),)),)), minutes=4, now=NOW)
        await pilot.pause()
        assert [line.strip() for line in drawn(view)[:5]] == [
            "",
            "A harbour in winter",
            "Ada Lind · 3 Aug 2026 · 4 min · The Slow Ferry",
            "",
            "The harbour empties.",
        ]


async def test_what_is_not_known_is_left_out():
    view = ArticleView()
    async with Host(view).run_test(size=(90, 12)) as pilot:
        view.show(post(author=None, published=None, title=""), None, minutes=0, now=NOW, note="Being fetched")
        await pilot.pause()
        assert [line.strip() for line in drawn(view)[1:5]] == [
            "Without a title",
            "The Slow Ferry",
            "",
            "Being fetched",
        ]


async def test_lines_keep_the_measure_and_stand_in_the_middle_of_a_wide_pane():
    view = ArticleView()
    async with Host(view).run_test(size=(160, 20)) as pilot:
        view.show(post(), paragraphs(3), minutes=1, now=NOW)
        await pilot.pause()
        lines = [line for line in drawn(view) if line]
        assert max(len(line.strip()) for line in lines) <= 72
        assert {len(line) - len(line.lstrip()) for line in lines} == {43}


async def test_keys_scroll_and_the_share_read_is_told():
    view = ArticleView()
    told = []

    class Told(Host):
        def on_block_view_scrolled(self, event: BlockView.Scrolled) -> None:
            told.append(event.percent)

    async with Told(view).run_test(size=(60, 12)) as pilot:
        view.show(post(), paragraphs(40), minutes=9, now=NOW)
        await pilot.pause()
        await pilot.press("j")
        assert row_of(view, "A harbour") == 0
        await pilot.press("k", "space")
        assert row_of(view, "A harbour") == -1
        await pilot.press("G")
        await pilot.pause()
        assert told[-1] == 100
        assert row_of(view, "Part 39") >= 0
        await pilot.press("g")
        await pilot.pause()
        assert view.scroll_y == 0
        assert told[-3:] == [13, 100, 7]


@pytest.mark.parametrize("width", [50, 72, 130])
async def test_a_resize_keeps_the_same_words_at_the_top(width):
    view = ArticleView()
    async with Host(view).run_test(size=(90, 12)) as pilot:
        view.show(post(), paragraphs(60), minutes=9, now=NOW)
        await pilot.pause()
        view.position = (31, 1)
        assert row_of(view, "Part 30:") == 0
        await pilot.resize_terminal(width, 14)
        await pilot.pause()
        assert 0 <= row_of(view, "Part 30:") <= 1


async def test_the_reading_place_can_be_left_and_found_again():
    view = ArticleView()
    async with Host(view).run_test(size=(60, 12)) as pilot:
        view.show(post(), paragraphs(60), minutes=9, now=NOW)
        await pilot.pause()
        await pilot.press("pagedown", "pagedown", "j")
        place, before = view.position, drawn(view)
        view.show(post(id=2), paragraphs(3), minutes=1, now=NOW)
        await pilot.pause()
        assert view.position == (0, 0)
        view.show(post(), None, minutes=9, now=NOW)
        view.position = place
        view.show(post(), paragraphs(60), minutes=9, now=NOW)
        await pilot.pause()
        assert view.position == place
        assert drawn(view) == before


async def test_a_place_given_before_the_pane_has_a_size_holds():
    view = ArticleView()
    host = Host(view)
    view.show(post(), paragraphs(60), minutes=9, now=NOW)
    view.position = (31, 1)
    async with host.run_test(size=(60, 12)) as pilot:
        await pilot.pause()
        assert row_of(view, "Part 30:") == 0


async def test_the_same_post_again_keeps_its_place():
    view = ArticleView()
    async with Host(view).run_test(size=(60, 12)) as pilot:
        view.show(post(), paragraphs(60), minutes=9, now=NOW)
        await pilot.pause()
        view.position = (31, 1)
        view.show(post(is_starred=True), paragraphs(60), minutes=9, now=NOW)
        await pilot.pause()
        assert row_of(view, "Part 30:") == 0


async def test_an_empty_pane_says_why():
    view = ArticleView()
    async with Host(view).run_test(size=(60, 12)) as pilot:
        await pilot.press("j", "G", "space")
        view.show_empty("Nothing to read", "a adds a blog")
        await pilot.pause()
        assert [line.strip() for line in drawn(view)[1:3]] == ["Nothing to read", "a adds a blog"]


async def test_hits_are_marked_and_words_stay_the_same():
    view = ArticleView()
    async with Host(view).run_test(size=(60, 12)) as pilot:
        view.show(post(), paragraphs(3), minutes=1, now=NOW)
        await pilot.pause()
        row = row_of(view, "Part 0")
        before = view.render_line(row)
        view.marked = re.compile("word")
        after = view.render_line(row)
        assert after.text == before.text
        hit = view.role_style("hit")
        assert sum(segment.style.bgcolor == hit.bgcolor for segment in after) == before.text.count("word")


async def test_hostile_words_are_words():
    view = ArticleView()
    evil = "[bold]b[/] [@click=app.quit]q[/] \x1b]52;c;AA==\x07 \x9b2J"
    spans = (Span(evil), Span(evil, frozenset({Style.LINK}), "https://x.example/\x1b[2J"))
    document = Document(
        (Heading(level=1, spans=spans), Paragraph(spans=spans), Code(text=evil)),
        ("https://x.example/\x1b[2J",),
    )
    host = Host(view)
    async with host.run_test(size=(100, 24)) as pilot:
        view.show(post(title=evil, author=evil, blog_title=evil), document, minutes=1, now=NOW, note=evil)
        await pilot.pause()
        text = "\n".join(drawn(view))
        assert not any((ord(c) < 32 and c != "\n") or 0x7F <= ord(c) < 0xA0 for c in text)
        assert text.count("[@click=app.quit]q[/]") >= 5
        for row in range(20):
            await pilot.click(ArticleView, offset=(40, row))
        assert host.is_running


@pytest.mark.parametrize("theme", [theme.name for theme in THEMES] + ["nord", "ansi-dark"])
async def test_every_theme_has_a_colour_for_every_role(theme):
    view = ArticleView()
    async with Host(view, theme).run_test(size=(60, 12)) as pilot:
        view.show(post(), paragraphs(3), minutes=1, now=NOW)
        await pilot.pause()
        for role in LOOKS:
            assert view.role_style(role).color is not None, role
        assert row_of(view, "Part 0") >= 0


async def test_another_theme_redraws_in_its_colours():
    view = ArticleView()
    host = Host(view)
    async with host.run_test(size=(60, 12)) as pilot:
        view.show(post(), paragraphs(3), minutes=1, now=NOW)
        await pilot.pause()
        before = view.render_line(2)
        host.theme = "paper"
        await pilot.pause()
        after = view.render_line(2)
        assert after.text == before.text
        assert [s.style.color for s in after] != [s.style.color for s in before]


async def test_a_very_long_article_is_set_only_where_it_is_seen():
    view = ArticleView()
    async with Host(view).run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        view.show(post(), paragraphs(5_000), minutes=99, now=NOW)
        assert sum(view._is_exact) < 2_500
        view.action_end()
        assert row_of(view, "Part 4999") >= 0


async def test_time_left_is_that_of_what_is_below_the_lower_edge():
    view = ArticleView()
    async with Host(view).run_test(size=(60, 12)) as pilot:
        document = paragraphs(20)
        view.show(post(), document, minutes=20, now=NOW, pace=[1.0] * 20)
        await pilot.pause()
        first = view.minutes_left
        assert 17 < first < 20
        view.position = (11, 0)
        # the pane shows three or four paragraphs of the ten that are left
        assert 5 < view.minutes_left < 8
        view.action_end()
        assert view.minutes_left == 0
        view.show(post(id=2), None, minutes=0, now=NOW)
        assert view.minutes_left == 0


NOTED = Document(
    (
        Paragraph(
            spans=(
                Span("As said"),
                Span("1", frozenset({Style.LINK, Style.SUPERSCRIPT}), "https://f.example/#n1"),
            )
        ),
        *(Paragraph(spans=(Span(f"Part {number}"),)) for number in range(30)),
        Fold(spans=(Span("Who lit it?"),), size=2),
        Paragraph(spans=(Span("The cat did."),)),
        Paragraph(
            indent=1,
            marker="1.",
            spans=(Span("Not quite "), Span("↩", frozenset({Style.LINK}), "https://f.example/#r1")),
        ),
    ),
    places={"https://f.example/#n1": 33, "https://f.example/#r1": 0},
)


async def test_a_note_is_gone_to_and_left_again_even_out_of_a_fold():
    view = ArticleView()
    async with Host(view).run_test(size=(60, 12)) as pilot:
        view.show(post(), NOTED, minutes=1, now=NOW)
        await pilot.pause()
        assert row_of(view, "As said⁽¹⁾") >= 0
        assert view.follow("https://f.example/#n1")
        assert row_of(view, "1. Not quite ↩") >= 0
        assert view.follow("https://f.example/#r1")
        assert row_of(view, "As said⁽¹⁾") >= 0
        assert not view.follow("https://f.example/#elsewhere")


async def test_a_fold_opens_and_closes_by_a_click_and_stays_where_it_is():
    view = ArticleView()
    async with Host(view).run_test(size=(60, 12)) as pilot:
        view.show(post(), NOTED, minutes=1, now=NOW)
        await pilot.pause()
        assert not view.open_fold_in_sight()
        await pilot.press("end")
        assert row_of(view, "▸ Who lit it? · enter opens") >= 0
        assert row_of(view, "The cat did.") < 0
        row = row_of(view, "Who lit it?")
        await pilot.click(ArticleView, offset=(6, row))
        await pilot.pause()
        assert row_of(view, "┊ The cat did.") > row_of(view, "▾ Who lit it?") >= 0
        await pilot.click(ArticleView, offset=(6, row_of(view, "Who lit it?")))
        await pilot.pause()
        assert row_of(view, "The cat did.") < 0
        assert view.open_fold_in_sight()
        assert row_of(view, "The cat did.") >= 0
        assert not view.open_fold_in_sight()


async def test_a_find_looks_into_folds_and_opens_the_one_that_has_the_hit():
    view = ArticleView()
    async with Host(view).run_test(size=(60, 12)) as pilot:
        view.show(post(), NOTED, minutes=1, now=NOW)
        await pilot.pause()
        view.marked = pattern = re.compile("cat")
        hits = [unit for unit in range(view.find_units()) if view.find_in(unit, pattern)]
        assert hits == [33]
        view.show_hit(33, 0)
        assert row_of(view, "The cat did.") >= 0


async def test_a_post_shown_again_keeps_its_folds_open_and_another_begins_closed():
    view = ArticleView()
    async with Host(view).run_test(size=(60, 40)) as pilot:
        view.show(post(), NOTED, minutes=1, now=NOW)
        await pilot.pause()
        view.toggle_fold(31)
        view.show(post(), NOTED, minutes=1, now=NOW)
        await pilot.press("end")
        assert row_of(view, "The cat did.") >= 0
        view.show(post(id=2), NOTED, minutes=1, now=NOW)
        await pilot.press("end")
        assert row_of(view, "The cat did.") < 0
