"""The table of acts, and what the user may make of it."""

import pytest
from textual.binding import Binding
from ui_fakes import reading, until

from tui_reader.errors import ConfigError
from tui_reader.ui.app import ReaderApp
from tui_reader.ui.key_faults import faults_of
from tui_reader.ui.keymap import ACTS, Keymap, Where, bindings
from tui_reader.ui.screens.outbox import Outbox
from tui_reader.ui.screens.reading import ReadingScreen
from tui_reader.ui.widgets.article_view import ArticleView
from tui_reader.ui.widgets.blog_list import BlogList
from tui_reader.ui.widgets.draft_area import DraftArea
from tui_reader.ui.widgets.post_list import PostList
from tui_reader.ui.widgets.thread_view import ThreadView


def faults(overrides):
    with pytest.raises(ConfigError) as caught:
        Keymap(overrides)
    return str(caught.value).splitlines()


def test_defaults_clash_nowhere():
    """The start relies on it, and looks for none."""
    assert faults_of("", {}, Keymap()) == []


def test_every_act_has_a_name_of_its_own_a_group_and_words():
    assert len({act.id for act in ACTS}) == len(ACTS)
    assert all(act.group and act.tooltip and act.keys and "." in act.id for act in ACTS)


def test_every_act_is_carried_out_by_a_screen_or_a_widget():
    bound = {
        binding.id
        for owner in (ReadingScreen, Outbox, DraftArea, BlogList, PostList, ArticleView, ThreadView)
        for base in owner.__mro__
        for binding in base.__dict__.get("BINDINGS", ())
        if isinstance(binding, Binding)
    }
    assert {act.id for act in ACTS} <= bound


def test_no_key_is_one_that_tmux_or_screen_take_or_that_terminals_confuse():
    keys = {key for act in ACTS for key in Keymap().keys(act.id)}
    assert not keys & {"ctrl+a", "ctrl+b", "ctrl+i", "ctrl+m", "ctrl+enter"}


def test_all_faults_are_told_at_once_each_with_its_act():
    told = faults(
        {
            "post.start": "x",
            "post.star": "hyper+q",
            "blog.add": " ",
            "post.read": "ctrl+i",
            "app.help": "s",
        }
    )
    assert told[0] == "keys.post.start: no such act; is post.star meant?"
    assert any(line.startswith('keys.post.star: "hyper+q" is no key') for line in told)
    assert any(line.startswith("keys.blog.add: names no key") for line in told)
    assert any('cannot tell "ctrl+i" from "tab"' in line for line in told)
    # star was to leave s, so that help may have it
    assert not any(line.startswith("keys.app.help") for line in told)


def test_clash_names_the_act_that_has_the_key_already():
    assert faults({"blog.add": "s"}) == [
        'keys.blog.add: "s" is already the key of post.star (Star, or take the star away)'
    ]


def test_clash_between_parts_that_hear_each_other_is_told():
    assert any("thread.parent" in line for line in faults({"post.star": "p"}))
    assert Keymap({"outbox.drop": "D", "post.star": "D"}).keys("post.star") == ("D",)


def test_two_acts_may_change_their_keys():
    keymap = Keymap({"post.star": "m", "post.read": "s"})
    assert (keymap.shown("post.star"), keymap.shown("post.read")) == ("m", "s")


@pytest.mark.parametrize(
    "key", ["b", "X", "f6", "ctrl+x", "alt+x", "é", "question_mark", "comma", "+", "shift+f5"]
)
def test_what_keyboards_have_is_a_key(key):
    assert Keymap(
        {
            "reply.outbox": key,
            "compose.discard": "f9",
            "app.help": "f1",
            "thread.unfold_all": "f10",
            "app.settings": "f8",
        }
    )


def test_an_act_may_have_no_key_on_purpose():
    keymap = Keymap({"post.star": "none", "blog.add": "s"})
    assert keymap.keys("post.star") == ()
    assert not keymap.is_bound("post.star")
    assert keymap.shown("post.star") == keymap.shown("post.star", every=True) == "no key"
    assert keymap.shown("blog.add") == "s"


def test_none_is_no_key_beside_others():
    assert any("is no key" in line for line in faults({"post.star": "none,s"}))


@pytest.mark.parametrize("key", ["xx", "ctrl+", "meta+x", "esc", "pgup"])
def test_what_they_have_not_is_none(key):
    assert any("is no key" in line for line in faults({"reply.outbox": key}))


def test_shown_as_people_write_it():
    keymap = Keymap()
    assert keymap.shown("app.help") == "?"
    assert keymap.shown("column.left") == "esc"
    assert keymap.shown("compose.send", every=True) == "ctrl+s f5"


def test_bindings_carry_id_and_words():
    made = bindings(Where.READING)
    assert made
    assert all(isinstance(one, Binding) and one.id and one.tooltip for one in made)


async def test_the_shell_is_a_key_away_and_in_a_draft_that_key_takes_back(monkeypatch):
    stopped = []
    monkeypatch.setattr(ReaderApp, "action_suspend_process", lambda app: stopped.append(app))
    async with reading() as (app, pilot):
        await pilot.press("ctrl+z")
        await until(pilot, lambda: stopped == [app])
        await pilot.press("enter")
        await until(pilot, lambda: app.reading.desk.is_open and not app.reading.desk.is_loading)
        await pilot.press("4", "r")
        await until(pilot, lambda: app.reading.composer.is_open and app.reading.composer.has_focus_within)
        await pilot.press("x", "ctrl+z")
        await until(pilot, lambda: not app.reading.composer.text)
        assert stopped == [app]
