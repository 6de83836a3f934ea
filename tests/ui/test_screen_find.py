"""A find within a column, and saving what is in front of the reader."""

import re
from dataclasses import replace

import pytest
from textual.widgets import Input
from ui_fakes import a_post, reading, sample_services, shown_text, until

from tui_reader.errors import UsageError
from tui_reader.ui.presets import PRESETS
from tui_reader.ui.saving import fault_of, name_for, write_new
from tui_reader.ui.screens.save import Save
from tui_reader.ui.widgets.hits import occurrences, pattern_of
from tui_reader.ui.widgets.pieces import SILENT, Piece


def test_words_are_found_across_the_end_of_a_line_and_not_in_the_rails():
    rail = Piece("│ ", f"rail-0 {SILENT}")
    lines = [(rail, Piece("the cancelled ")), (rail, Piece("ferry, "), Piece("cancelled", "link"))]
    found = list(occurrences(lines, pattern_of("cancelled ferry")))
    assert found == [((0, 6, 16), (1, 2, 7))]
    assert not list(occurrences(lines, re.compile("│")))
    assert len(list(occurrences(lines, pattern_of("CANCELLED")))) == 0
    assert len(list(occurrences(lines, pattern_of("can")))) == 2


def test_no_words_are_no_pattern_and_marks_are_taken_as_they_stand():
    assert pattern_of("  ") is None
    assert pattern_of("c++ [b]").search("in C++  [b]old")


async def test_find_in_the_conversation_unfolds_steps_and_ends():
    services = sample_services()
    async with reading(services) as (app, pilot):
        await pilot.press("enter", "4", "-", "/")
        await pilot.press(*"stove")
        await until(pilot, lambda: "1 of 1: stove" in app.reading.status_line.message)
        await pilot.press("backspace", "backspace", "backspace", "backspace", "backspace", *"eggs", "enter")
        await until(pilot, lambda: "1 of 2: eggs" in app.reading.status_line.message)
        assert app.focused is app.reading.thread
        assert app.reading.thread.focused_comment.id == "11"
        await pilot.press("n")
        await until(pilot, lambda: "2 of 2" in app.reading.status_line.message)
        await pilot.press("n")
        await until(pilot, lambda: "1 of 2" in app.reading.status_line.message)
        await pilot.press("N")
        await until(pilot, lambda: "2 of 2" in app.reading.status_line.message)
        await pilot.press("escape")
        assert app.reading.thread.marked is None
        assert app.focused is app.reading.thread
        # n is again the next new comment
        await pilot.press("n")
        await until(pilot, lambda: app.reading.thread.focused_comment.id == "13")


async def test_what_stands_beside_the_words_is_no_hit_and_each_hit_is_the_one_that_is_counted():
    services = sample_services()
    link = '<a href="https://a.example/author">the author</a>'
    services.comments[1][1] = replace(services.comments[1][1], html=f"<p>Ask {link}, says one author.</p>")
    async with reading(services) as (app, pilot):
        thread = app.reading.thread
        await pilot.press("enter", "4", "/", *"author", "enter")
        await until(pilot, lambda: "1 of 2: author" in app.reading.status_line.message)
        block = thread.cursor_block
        hits = [
            [thread.lines_of(block)[number] for number, *_ in parts]
            for parts in occurrences(thread.lines_of(block), thread.marked)
        ]
        # not the badge, not the address below
        assert len(hits) == 2
        assert all("Ask the author" in "".join(piece.text for piece in line) for (line,) in hits)
        # across the number that the link has on the screen
        await pilot.press("escape", "/", *"author, says", "enter")
        await until(pilot, lambda: "1 of 1: author, says" in app.reading.status_line.message)
        assert len(list(occurrences(thread.lines_of(block), thread.marked))) == 1


async def test_hit_in_a_folded_branch_is_brought_in_sight():
    async with reading() as (app, pilot):
        await pilot.press("enter", "4", "-", "/", *"even better", "enter")
        await until(pilot, lambda: app.reading.thread.focused_comment.id == "13")
        assert "Then they were even better" in shown_text(app)


async def test_find_in_the_post_scrolls_to_each_hit_and_posts_are_found_by_words_out_of_sight():
    services = sample_services()
    long = "A title much longer than the column of posts can show in any window, about quays"
    services.posts[6] = a_post(6, services.blogs[3], long, hours=120, is_read=True)
    async with reading(services) as (app, pilot):
        await pilot.press("/", *"quays", "enter")
        await until(pilot, lambda: app.reading.post_list.post.id == 6)
        await pilot.press("escape", "g", "enter", "/", *"nobody had", "enter")
        await until(pilot, lambda: "1 of 10" in app.reading.status_line.message)
        assert app.reading.article.place == (0, 0)
        await pilot.press("N")
        await until(pilot, lambda: "10 of 10" in app.reading.status_line.message)
        assert app.reading.article.place != (0, 0)


async def test_find_in_the_blogs_opens_the_folder_that_hides_one():
    async with reading() as (app, pilot):
        await pilot.press("1", "j", "j", "j", "j", "j", "h", "/", *"salt", "enter")
        await until(pilot, lambda: app.reading.blog_list.source.blog_id == 2)


async def test_find_of_nothing_says_so_and_leaves_no_marks():
    async with reading() as (app, pilot):
        await pilot.press("/", *"xyz")
        await until(pilot, lambda: app.reading.status_line.message == "Not found here: xyz")
        await pilot.press("escape")
        assert app.focused is app.reading.post_list
        assert app.reading.post_list.marked is None
        assert not app.reading.find_line.display


async def test_post_is_saved_with_its_conversation_under_a_safe_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    async with reading() as (app, pilot):
        await pilot.press("S")
        await until(pilot, lambda: isinstance(app.screen, Save))
        assert app.screen.query_one(Input).value == "breakfast-for-a-cancelled-ferry.md"
        await pilot.press("enter")
        await until(pilot, lambda: "Saved: " in app.reading.status_line.message)
        saved = (tmp_path / "breakfast-for-a-cancelled-ferry.md").read_text(encoding="utf-8")
        assert saved.startswith("# Breakfast for a cancelled ferry\n")
        assert "## What a timetable is for" in saved
        assert "\n> > **Ilse** " in saved
        assert "> > Then they were even better." in saved
        await pilot.press("S")
        await until(pilot, lambda: isinstance(app.screen, Save))
        await pilot.press("enter")
        await until(pilot, lambda: "is there already" in shown_text(app))
        await pilot.press("backspace", "backspace", *"txt", "enter")
        await until(pilot, lambda: (tmp_path / "breakfast-for-a-cancelled-ferry.txt").exists())
        plain = (tmp_path / "breakfast-for-a-cancelled-ferry.txt").read_text(encoding="utf-8")
        assert "        Then they were even better." in plain
        assert "**" not in plain


@pytest.mark.parametrize(
    "title", ["../../etc/passwd", "\x1b]0;x\x07", "...", "Ünïcode — and  more?!", "a" * 300]
)
def test_name_made_of_any_title_is_a_plain_one(title):
    name = name_for(title)
    assert fault_of(name) == ""
    assert len(name) <= 63


@pytest.mark.parametrize("name", ["", "../x.md", ".profile", "a/b.md", "x\n.md"])
def test_name_that_leads_elsewhere_is_refused(name):
    assert fault_of(name)


def test_nothing_is_overwritten_nor_written_through_a_link(tmp_path):
    (tmp_path / "here.md").write_text("mine")
    (tmp_path / "link.md").symlink_to(tmp_path / "elsewhere.md")
    for name in ("here.md", "link.md"):
        with pytest.raises(UsageError, match="is there already"):
            write_new(tmp_path, name, "x")
    with pytest.raises(UsageError, match="could not be written"):
        write_new(tmp_path / "missing", "x.md", "x")
    assert (tmp_path / "here.md").read_text() == "mine"


@pytest.mark.parametrize("preset", PRESETS)
def test_every_preset_is_without_clashes(preset):
    from tui_reader.ui.keymap import Keymap

    keymap = Keymap({"preset": preset, "app.theme": "f12"})
    assert keymap.keys("app.theme") == ("f12",)
    changed = next(iter(PRESETS[preset]))
    assert keymap.overrides[changed] == PRESETS[preset][changed]
    assert "preset" not in keymap.overrides


def test_unknown_preset_is_told_with_those_there_are():
    from tui_reader.errors import ConfigError
    from tui_reader.ui.keymap import Keymap

    with pytest.raises(ConfigError, match='no preset "emacs"; there are vim, newsboat, mutt, tuir, arrows'):
        Keymap({"preset": "emacs"})
