"""Answering: the draft, the identity, what the blog asks, every outcome."""

from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest
from textual import events
from textual.widgets import Input
from ui_fakes import NOW, reading, sample_services, shown_text, until

from tui_reader.domain.conversation import AskedField
from tui_reader.domain.reply import Identity, Refusal, Reply, ReplyState
from tui_reader.errors import NotSentError, ReplyError
from tui_reader.ui.columns import Column
from tui_reader.ui.screens.account import AccountScreen
from tui_reader.ui.screens.asked import Asked
from tui_reader.ui.screens.confirm import Confirm
from tui_reader.ui.screens.identity import IdentityScreen
from tui_reader.ui.screens.write_as import WriteAs

ANOUK = Identity(id=1, name="Anouk B.", email="anouk@mail.example")


@pytest.fixture
def services():
    made = sample_services()
    made.replying.known.append(ANOUK)
    return made


async def begin(app, pilot, *keys):
    """Opens the first post, goes to Pieter's comment and begins to answer it."""
    await pilot.press("enter")
    await until(pilot, lambda: app.reading.desk.is_open and not app.reading.desk.is_loading)
    await pilot.press("tab", "j", "j", "j", "r")
    await until(pilot, lambda: app.reading.composer.is_open and app.reading.composer.has_focus_within)
    await pilot.press(*keys)


def told(app):
    return app.reading.status_line.message


async def test_composer_opens_under_the_thread_and_what_is_answered_stays_in_sight(services):
    async with reading(services, size=(80, 24)) as (app, pilot):
        await begin(app, pilot, *"Half past")
        await until(pilot, lambda: "draft saved" in shown_text(app))
        screen = app.reading
        assert screen.composer.region.y >= screen.thread.region.bottom
        text = shown_text(app)
        assert "I took the bus." in text
        assert "To Pieter · as Anouk B. <a…@mail.example> (not published)" in text
        assert "Half past" in text


async def test_every_keystroke_is_a_saved_draft(services):
    async with reading(services) as (app, pilot):
        await begin(app, pilot, *"Ten")
        await until(pilot, lambda: services.replies[1].text == "Ten")
        assert services.replies[1].to == "14"


async def test_keys_pressed_faster_than_they_are_saved_are_none_of_them_lost(services):
    async with reading(services) as (app, pilot):
        await begin(app, pilot)
        area = app.reading.composer.query_one("#draft")
        for letter in "abcdefghij":
            area.insert(letter)
        await pilot.press("escape")
        await until(pilot, lambda: not app.reading.composer.is_open)
        assert services.replies[1].text == "abcdefghij"


async def test_taking_back_more_lines_than_fit_does_no_harm(services):
    """The cursor stands below the last line for a moment, while the scroll bar goes."""
    async with reading(services, size=(80, 24)) as (app, pilot):
        await begin(app, pilot, *"Dear")
        area = app.reading.composer.query_one("#draft")
        for _line in range(12):
            await pilot.press("enter")
        for _step in range(12):
            await pilot.press("ctrl+z")
        await until(pilot, lambda: area.text in {"", "Dear"})
        for _step in range(12):
            await pilot.press("ctrl+y")
        assert area.text.startswith("Dear\n")


async def test_quitting_in_the_middle_of_a_word_keeps_it(services):
    async with reading(services) as (app, pilot):
        await begin(app, pilot)
        app.reading.composer.query_one("#draft").insert("Unsa")
        await pilot.press("ctrl+q")
        await until(pilot, lambda: app._exit)
    assert services.replies[1].text == "Unsa"


async def test_draft_is_restored_where_it_was_left(services):
    async with reading(services) as (app, pilot):
        await begin(app, pilot, *"Later")
        await pilot.press("escape")
        await until(pilot, lambda: not app.reading.composer.is_open)
        assert app.focused is app.reading.thread
        await pilot.press("r")
        await until(pilot, lambda: app.reading.composer.is_open)
        assert app.reading.composer.text == "Later"
        await pilot.press("!")
        await until(pilot, lambda: services.replies[1].text == "Later!")
        await pilot.press("escape", "3", "e")
        await until(pilot, lambda: app.reading.composer.is_open)
        assert app.reading.composer.text == "Later!"


async def test_reply_with_the_cursor_on_my_draft_goes_on_with_it(services):
    async with reading(services) as (app, pilot):
        await begin(app, pilot, *"Half")
        await pilot.press("escape")
        await until(pilot, lambda: not app.reading.composer.is_open)
        app.reading.thread.focus_reply(1)
        await pilot.press("r")
        await until(pilot, lambda: app.reading.composer.is_open)
        assert app.reading.composer.text == "Half"
        assert len(services.replies) == 1


async def test_draft_with_nothing_in_it_is_no_draft(services):
    async with reading(services) as (app, pilot):
        await begin(app, pilot)
        await pilot.press("escape")
        await until(pilot, lambda: not services.replies)
        assert not app.reading.composer.is_open


async def test_reply_on_the_post_is_a_comment_on_it(services):
    async with reading(services) as (app, pilot):
        await pilot.press("enter")
        await until(pilot, lambda: app.reading.desk.is_open)
        await pilot.press("r")
        await until(pilot, lambda: app.reading.composer.is_open)
        assert services.replies[1].to is None
        assert app.reading.composer.border_title == "Comment"
        assert app.reading.column is Column.CONVERSATION


async def test_closed_post_says_so_and_names_the_way_out(services):
    async with reading(services) as (app, pilot):
        app.reading.post_list.focus_post(7)
        await pilot.press("enter")
        await until(pilot, lambda: app.reading.desk.is_open and app.reading.desk.post.id == 7)
        await pilot.press("r")
        await until(pilot, lambda: "takes no more comments here; o opens it" in told(app))
        assert not app.reading.composer.is_open


async def test_quote_is_put_in_as_the_blog_shows_quotations(services):
    async with reading(services) as (app, pilot):
        await begin(app, pilot)
        await pilot.press("f3")
        quoted = "<blockquote>I took the bus. What time did it stop raining?</blockquote>\n\n"
        await until(pilot, lambda: app.reading.composer.text == quoted)
        await pilot.press("escape")
        await until(pilot, lambda: not app.reading.composer.is_open)
        await pilot.press("j", ">")
        await until(pilot, lambda: "Never, as far" in app.reading.composer.text)


async def test_preview_shows_it_as_the_blog_would_and_goes_back(services):
    async with reading(services) as (app, pilot):
        await begin(app, pilot, *"One", "enter", "enter", *"<b>Two</b>")
        await pilot.press("f2")
        await until(pilot, lambda: "<b>" not in shown_text(app) and "Two" in shown_text(app))
        await pilot.press("f2", "!")
        assert app.reading.composer.text == "One\n\n<b>Two</b>!"


async def test_escape_goes_from_the_preview_back_to_the_text_and_not_away(services):
    async with reading(services, size=(80, 24)) as (app, pilot):
        await begin(app, pilot, *"Two", "f2")
        await until(pilot, lambda: "Reply · as the blog would show it" in shown_text(app))
        assert "esc f2 back to the text" in shown_text(app).splitlines()[-1]
        await pilot.press("escape", "!")
        await until(pilot, lambda: app.reading.composer.text == "Two!")
        assert "as the blog would" not in shown_text(app)
        assert shown_text(app).splitlines()[-1].rstrip().endswith("esc keep as draft")


async def test_what_was_told_before_does_not_hide_the_keys_for_writing(services):
    async with reading(services) as (app, pilot):
        app.reading.tell("No more new comments anywhere.")
        await begin(app, pilot)
        assert "ctrl+s send" in shown_text(app).splitlines()[-1]


async def test_my_published_comment_says_that_it_cannot_be_changed_from_here(services):
    async with reading(services) as (app, pilot):
        await begin(app, pilot, *"Ten", "ctrl+s")
        await until(pilot, lambda: told(app) == "Published." and app.reading.thread.focused_comment.is_mine)
        await pilot.press("e")
        await until(pilot, lambda: told(app).startswith("It is published, and cannot be changed"))


@pytest.mark.parametrize("email", ["nadia", "nadia@host", "nadia@@mail.example", "na dia@mail.example"])
async def test_address_that_blogs_refuse_is_not_taken_in_the_first_place(email):
    services = sample_services()
    async with reading(services) as (app, pilot):
        await begin(app, pilot, *"Ten", "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, IdentityScreen))
        app.screen.query_one("#name", Input).value = "Nadia"
        app.screen.query_one("#email", Input).value = email
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "name@host.example" in shown_text(app))
        assert app.focused is app.screen.query_one("#email", Input)
        assert services.replying.known == []


async def test_identity_is_asked_once_and_kept():
    services = sample_services()
    async with reading(services) as (app, pilot):
        await begin(app, pilot, *"Ten", "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, IdentityScreen))
        assert "not published" in shown_text(app)
        await pilot.press("enter", "enter", "enter")
        assert "A name is needed" in shown_text(app)
        await pilot.press(*"Anouk", "enter", *"anouk", "enter", "enter")
        assert "no e-mail address that blogs take" in shown_text(app)
        await pilot.press(*"@mail.example", "enter", "enter")
        await until(pilot, lambda: services.replying.sent)
        assert services.replying.known[0].email == "anouk@mail.example"
        assert services.replying.sent[0][:2] == (1, 1)
        await until(pilot, lambda: not app.reading.composer.is_open)
        await pilot.press("r", "f5")
        await until(pilot, lambda: "nothing written yet" in shown_text(app))


async def test_leaving_the_question_who_writes_sends_nothing_and_keeps_the_draft():
    services = sample_services()
    async with reading(services) as (app, pilot):
        await begin(app, pilot, *"Ten", "f5")
        await until(pilot, lambda: isinstance(app.screen, IdentityScreen))
        assert app.screen.query_one("#name", Input).has_focus
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.reading)
        assert services.replying.sent == []
        assert app.reading.composer.text == "Ten"


async def test_another_identity_can_be_chosen(services):
    services.replying.known.append(Identity(id=2, name="A. B.", email="ab@mail.example"))
    async with reading(services) as (app, pilot):
        await begin(app, pilot, *"Ten", "f4")
        await until(pilot, lambda: "Anouk B.  anouk@mail.example" in shown_text(app))
        await pilot.press("j", "enter")
        await until(pilot, lambda: "as A. B. <a…@mail.example>" in shown_text(app))
        await pilot.press("f5")
        await until(pilot, lambda: services.replying.sent)
        assert services.replying.sent[0][1] == 2


async def test_an_account_of_the_blog_is_written_with_from_here_on(services):
    async with reading(services) as (app, pilot):
        await begin(app, pilot, *"Ten", "f4")
        await until(pilot, lambda: isinstance(app.screen, WriteAs))
        await pilot.press("j", "j", "enter")
        await until(pilot, lambda: isinstance(app.screen, AccountScreen))
        assert "keyring" in shown_text(app)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "Both are needed" in shown_text(app))
        await pilot.press(*"nadia", "enter", *"abcd efgh", "enter")
        await until(pilot, lambda: "as nadia" in shown_text(app))
        assert "abcd" not in shown_text(app)
        assert services.replying.secrets == {2: "abcd efgh"}
        assert (services.replying.known[1].username, services.replying.known[1].blog_id) == ("nadia", 1)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: told(app) == "Published.")
        assert services.replying.sent[0][:2] == (1, 2)


async def test_no_account_is_asked_for_where_the_blog_has_none(services):
    services.posts[1] = replace(services.posts[1], engine="atom")
    async with reading(services) as (app, pilot):
        await begin(app, pilot, *"Ten", "f4")
        await until(pilot, lambda: isinstance(app.screen, WriteAs))
        assert "with an account" not in shown_text(app)


async def test_a_name_is_changed_where_it_is_chosen(services):
    async with reading(services) as (app, pilot):
        await begin(app, pilot, *"Ten", "f4")
        await until(pilot, lambda: isinstance(app.screen, WriteAs))
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.screen, IdentityScreen))
        assert app.screen.query_one("#name", Input).value == "Anouk B."
        await pilot.press("end", *" of Nes", "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, WriteAs))
        assert "Anouk B. of Nes" in shown_text(app)
        await pilot.press("escape")
        await until(pilot, lambda: "as Anouk B. of Nes" in shown_text(app))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: services.replying.sent)


async def test_a_name_that_is_no_longer_wanted_is_forgotten_and_asked_anew(services):
    async with reading(services) as (app, pilot):
        await begin(app, pilot, *"Ten", "f4")
        await until(pilot, lambda: isinstance(app.screen, WriteAs))
        await pilot.press("x")
        await until(pilot, lambda: "Forget Anouk B.?" in shown_text(app))
        await pilot.press("y")
        await until(pilot, lambda: isinstance(app.screen, WriteAs))
        assert services.replying.known == []
        await pilot.press("escape")
        await until(pilot, lambda: "your name is asked when you send" in shown_text(app))


async def test_published_reply_is_shown_in_its_place_with_the_cursor_on_it(services):
    async with reading(services) as (app, pilot):
        await begin(app, pilot, *"Ten", "ctrl+s")
        await until(pilot, lambda: told(app) == "Published.")
        await until(pilot, lambda: len(services.conversations.loads) == 2)
        await until(pilot, lambda: app.reading.thread.focused_comment.id == "21")
        assert not app.reading.composer.is_open
        assert app.focused is app.reading.thread


async def test_composer_says_sending_and_the_reader_may_read_on(services):
    services.replying.gate.clear()
    async with reading(services) as (app, pilot):
        await begin(app, pilot, *"Ten", "ctrl+s")
        await until(pilot, lambda: services.replying.sent)
        assert "sending…" in shown_text(app)
        await pilot.press("x", "ctrl+s", "shift+tab", "k")
        assert app.reading.composer.text == "Ten"
        assert app.reading.thread.focused_comment.id == "13"
        services.replying.gate.set()
        await until(pilot, lambda: told(app) == "Published.")
        assert len(services.replying.sent) == 1


async def test_sending_goes_on_when_the_composer_is_closed_and_another_post_opened(services):
    services.replying.gate.clear()
    async with reading(services) as (app, pilot):
        await begin(app, pilot, *"Ten", "ctrl+s")
        await until(pilot, lambda: services.replying.sent)
        await pilot.press("escape")
        await until(pilot, lambda: not app.reading.composer.is_open)
        await pilot.press("]")
        await until(pilot, lambda: app.reading.desk.post.id == 2)
        services.replying.gate.set()
        await until(pilot, lambda: told(app) == "Published.")
        assert app.reading.desk.post.id == 2


async def test_held_reply_is_told_and_shown_in_its_place(services):
    services.replying.outcome = ReplyState.HELD
    async with reading(services) as (app, pilot):
        await begin(app, pilot, *"Ten", "ctrl+s")
        await until(pilot, lambda: "holds it for moderation" in told(app))
        await until(pilot, lambda: app.reading.thread.focused_comment.id == "21")


async def test_refused_reply_says_why_and_stays_to_be_corrected(services):
    services.replying.outcome = ReplyState.REJECTED
    services.replying.refusal = Refusal.DUPLICATE
    services.replying.reason = "Duplicate comment detected; [b]you[/b] said that."
    async with reading(services) as (app, pilot):
        await begin(app, pilot, *"Ten", "ctrl+s")
        await until(pilot, lambda: "The blog refused it: Duplicate comment" in shown_text(app))
        assert "[b]you[/b]" in shown_text(app)
        # said once, where it is corrected, and beside it the keys for that
        assert shown_text(app).count("The blog refused it") == 1
        assert "ctrl+s send" in shown_text(app).splitlines()[-1]
        services.replying.outcome = ReplyState.PUBLISHED
        await pilot.press("!", "ctrl+s")
        await until(pilot, lambda: told(app) == "Published.")
        assert services.replies[1].text == "Ten!"


async def test_refused_name_or_address_tells_the_key_that_changes_them(services):
    services.replying.outcome = ReplyState.REJECTED
    services.replying.refusal = Refusal.FIELD
    services.replying.reason = "please enter a valid email address"
    async with reading(services) as (app, pilot):
        await begin(app, pilot, *"Ten", "ctrl+s")
        await until(pilot, lambda: "f4 changes name and e-mail." in shown_text(app))


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (ReplyState.QUEUED, "waits in the outbox"),
        (ReplyState.UNCERTAIN, "may have arrived"),
    ],
)
async def test_reply_without_an_answer_is_kept_and_told(services, state, words):
    services.replying.outcome = state
    async with reading(services) as (app, pilot):
        await begin(app, pilot, *"Ten", "ctrl+s")
        await until(pilot, lambda: words in told(app))
        assert not app.reading.composer.is_open
        assert app.reading.top_line.outbox == 1


async def test_blog_that_only_a_browser_can_answer_offers_it_and_keeps_the_text(services, monkeypatch):
    opened = []

    async def opening(_, url):
        opened.append(url)
        return "opened"

    monkeypatch.setattr("tui_reader.ui.following.open_in_browser", opening)
    services.replying.error = ReplyError(
        "the blog wants a login here", browser_url="https://harbour-notes.example/1/#respond"
    )
    async with reading(services) as (app, pilot):
        await begin(app, pilot, *"Ten", "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        await pilot.press("o")
        await until(pilot, lambda: opened == ["https://harbour-notes.example/1/#respond"])
        assert app.reading.composer.text == "Ten"
        assert "wants a login" in shown_text(app)


async def test_what_the_blog_says_of_its_form_is_known_while_writing(services):
    services.replying.form = ReplyError("the blog takes no comments from here")
    async with reading(services) as (app, pilot):
        await begin(app, pilot)
        await until(pilot, lambda: "takes no comments from here" in shown_text(app))


async def test_blog_out_of_reach_is_told_while_writing(services):
    services.replying.form = NotSentError("https://harbour-notes.example", "no connection")
    services.replying.outcome = ReplyState.QUEUED
    async with reading(services) as (app, pilot):
        await begin(app, pilot, *"Ten")
        await until(pilot, lambda: "will wait in the outbox" in shown_text(app))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "waits in the outbox" in told(app))


async def test_what_else_the_form_asks_is_asked(services):
    services.replying.form = replace(
        services.replying.form,
        asked=(
            AskedField(name="sum", label="Three and four [are]", is_required=True),
            AskedField(name="consent", label="I agree", is_required=True, is_choice=True),
        ),
    )
    async with reading(services) as (app, pilot):
        await begin(app, pilot, *"Ten", "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, Asked))
        assert "Three and four [are] (needed)" in shown_text(app)
        await pilot.press("7", "enter")
        assert "Needed: I agree" in shown_text(app)
        await pilot.press("space", "ctrl+s")
        await until(pilot, lambda: services.replying.sent)
        assert services.replying.sent[0][2] == {"sum": "7", "consent": "on"}


async def test_form_that_leaves_the_site_is_agreed_to_or_nothing_is_sent(services):
    services.replying.form = replace(
        services.replying.form, leaves_site=True, action="https://elsewhere.example/collect"
    )
    async with reading(services) as (app, pilot):
        await begin(app, pilot, *"Ten", "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        assert "elsewhere.example" in shown_text(app)
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is app.reading)
        assert services.replying.sent == []
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        await pilot.press("y")
        await until(pilot, lambda: services.replying.sent)
        assert services.replying.sent[0][3] is True


async def test_text_longer_than_the_blog_takes_is_not_sent(services):
    services.replying.form = replace(services.replying.form, max_length=5)
    async with reading(services) as (app, pilot):
        await begin(app, pilot, *"Too long", "ctrl+s")
        await until(pilot, lambda: "this is 3 characters too long" in shown_text(app))
        assert services.replying.sent == []


async def test_discarding_asks_first(services):
    async with reading(services) as (app, pilot):
        await begin(app, pilot, *"Ten", "ctrl+x")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        await pilot.press("n")
        await until(pilot, lambda: app.screen is app.reading)
        assert app.reading.composer.text == "Ten"
        await pilot.press("ctrl+x")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        await pilot.press("y")
        await until(pilot, lambda: not services.replies)
        assert not app.reading.composer.is_open


async def test_editor_takes_the_draft_and_gives_it_back(services, monkeypatch):
    seen = []

    def run(command, *, check):
        path = Path(command[-1])
        seen.append((command[:-1], path.read_text(), path.parent.stat().st_mode & 0o777))
        path.write_text("Half past ten.\n")
        return type("Done", (), {"returncode": 0})

    class Lent:
        def __enter__(self):
            return None

        def __exit__(self, *_):
            return None

    monkeypatch.setenv("VISUAL", "my-editor --wait 'a b'")
    monkeypatch.setattr("tui_reader.ui.editor.subprocess.run", run)
    async with reading(services) as (app, pilot):
        monkeypatch.setattr(app, "suspend", Lent)
        await begin(app, pilot, *"Ten", "ctrl+e")
        await until(pilot, lambda: services.replies[1].text == "Half past ten.")
        assert seen == [(["my-editor", "--wait", "a b"], "Ten", 0o700)]
        assert app.reading.composer.has_focus_within


async def test_an_editor_that_leaves_no_file_loses_no_word(services, monkeypatch):
    monkeypatch.setenv("VISUAL", "rm")
    async with reading(services) as (app, pilot):
        monkeypatch.setattr(app, "suspend", nullcontext)
        await begin(app, pilot, *"Ten", "ctrl+e")
        await until(pilot, lambda: "did not come back from the editor 'rm'" in shown_text(app))
        assert app.reading.composer.text == services.replies[1].text == "Ten"


async def test_terminal_that_cannot_be_lent_is_told(services):
    async with reading(services) as (app, pilot):
        await begin(app, pilot, *"Ten", "ctrl+e")
        await until(pilot, lambda: "An editor needs a terminal" in shown_text(app))
        assert app.reading.composer.text == "Ten"


async def test_writing_on_another_comment_keeps_the_first_draft(services):
    async with reading(services) as (app, pilot):
        await begin(app, pilot, *"Ten", "shift+tab", "j", "r")
        await until(pilot, lambda: app.reading.composer.reply.to == "15")
        assert app.reading.composer.text == ""
        assert services.replies[1].text == "Ten"


async def test_letters_typed_never_act_on_the_columns(services):
    async with reading(services) as (app, pilot):
        await begin(app, pilot, *"QqZ123mMsuU?[]", "space", "tab", "tab", "tab", "tab")
        assert app.reading.composer.text == "QqZ123mMsuU?[] "
        assert app.screen is app.reading


async def test_refused_reply_of_an_earlier_day_is_opened_with_the_reason(services):
    services.replies[1] = Reply(
        id=1,
        post_id=1,
        to="14",
        text="Ten",
        state=ReplyState.REJECTED,
        reason="too short",
        created_at=NOW,
        updated_at=NOW,
        to_author="Pieter",
    )
    async with reading(services) as (app, pilot):
        await begin(app, pilot)
        assert app.reading.composer.text == "Ten"
        await until(pilot, lambda: "refused it: too short" in shown_text(app))


async def test_draft_that_is_being_written_does_not_stand_in_the_thread_too(services):
    async with reading(services) as (app, pilot):
        await begin(app, pilot, *"Later")
        await pilot.press("escape")
        await until(pilot, lambda: not app.reading.composer.is_open)
        await until(pilot, lambda: shown_text(app).count("Later") == 1)
        await pilot.press("r")
        await until(pilot, lambda: app.reading.composer.is_open)
        await until(pilot, lambda: shown_text(app).count("Later") == 1)


async def test_letters_behind_a_tab_go_to_the_next_field_however_fast_they_come():
    async with reading() as (app, pilot):
        app.push_screen(IdentityScreen("Harbour Notes"))
        await pilot.pause()
        name, email, *_ = app.screen.query(Input)
        for key in ("A", "tab", "b"):
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        await until(pilot, lambda: email.value)
        assert (name.value, email.value) == ("A", "b")
