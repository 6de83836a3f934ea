"""My conversations, later, mutes, places that are kept, and an end that waits for a reply."""

import asyncio
from datetime import timedelta

from ui_fakes import NOW, a_comment, reading, sample_services, shown_text, until

from tui_reader.domain.place import ReadingPlace
from tui_reader.domain.reply import Reply, ReplyState
from tui_reader.storage.comments import Answer
from tui_reader.storage.threads import ThreadSummary
from tui_reader.ui.columns import Column
from tui_reader.ui.talk import talks_of
from tui_reader.ui.widgets.blog_list import Source


def a_reply(state, text="Mine.", **more):
    return Reply(id=5, post_id=1, text=text, state=state, created_at=NOW, updated_at=NOW, **more)


def summary(post, **more):
    values = {"mine": 1, "my_last": None, "answers": 0, "new_answers": 0, "waiting": (), "latest": NOW}
    return ThreadSummary(post=post, **(values | more))


def talking_services():
    """One thread with two answers to me, one in which a reply is held."""
    services = sample_services(answers=2)
    first = a_comment("15", "Noor", "<p>Never, as <b>far</b> as I remember.</p>", hours=2, is_new=True)
    second = a_comment("11", "Ilse", "<p>Later still.</p>", hours=1, is_new=True)
    held = a_reply(ReplyState.HELD, "I would set it looser.")
    said = a_comment("31", "Anouk", "<p>Salt is salt.</p>", hours=9, is_mine=True)
    services.conversations.threads = [
        summary(services.posts[1], answers=2, new_answers=2),
        summary(services.posts[5], waiting=(held,)),
        summary(services.posts[3], my_last=said),
    ]
    services.conversations.to_me = [
        Answer(post=services.posts[1], comment=second),
        Answer(post=services.posts[1], comment=first),
    ]
    return services


async def test_answers_to_me_come_first_with_who_said_what_and_open_where_they_stand():
    services = talking_services()
    async with reading(services) as (app, pilot):
        assert "2 answers to you" in shown_text(app).splitlines()[0]
        await pilot.press("i")
        await until(pilot, lambda: [post.id for post in app.reading.post_list.posts] == [1, 5, 3])
        text = shown_text(app)
        assert "Noor (+1): Never, as far as I" in text
        assert "held for moderation · you: I" in text
        assert "you: Salt is salt." in text
        assert app.reading.blog_list.source == Source("conversations")
        await pilot.press("enter")
        await until(pilot, lambda: app.reading.desk.is_open and app.reading.column is Column.CONVERSATION)
        await until(
            pilot,
            lambda: app.reading.thread.focused_comment and app.reading.thread.focused_comment.id == "15",
        )


async def test_open_list_of_conversations_keeps_its_order_and_takes_new_ones_above():
    services = talking_services()
    async with reading(services) as (app, pilot):
        await pilot.press("i")
        await until(pilot, lambda: len(app.reading.post_list.posts) == 3)
        threads = services.conversations.threads
        services.conversations.threads = [summary(services.posts[2]), *reversed(threads)]
        await app.reading.shelf.load()
        assert [post.id for post in app.reading.post_list.posts] == [2, 1, 5, 3]
        assert app.reading.post_list.post.id == 1


async def test_all_answers_are_seen_and_that_is_taken_back():
    services = talking_services()
    async with reading(services) as (app, pilot):
        await pilot.press("i")
        await until(pilot, lambda: len(app.reading.post_list.posts) == 3)
        await pilot.press("M")
        await until(pilot, lambda: "All answers to me are seen" in shown_text(app))
        await pilot.press("enter")
        await until(pilot, lambda: "1 answer seen; u takes it back." in app.reading.status_line.message)
        assert not any(answer.comment.is_new for answer in services.conversations.to_me)


async def test_who_has_no_conversations_is_told_how_one_begins():
    async with reading() as (app, pilot):
        await pilot.press("i")
        await until(pilot, lambda: "No conversations yet" in shown_text(app))
        assert "r on a post or a comment" in app.reading.post_list.empty_words()[1]
        assert app.reading.top_line.path == ("Conversations",)


def test_talk_says_what_became_of_a_reply_before_what_was_said():
    services = sample_services()
    post = services.posts[1]
    talks = talks_of([summary(post, waiting=(a_reply(ReplyState.HELD, is_given_up=True),))], [])
    assert (talks[1].state, talks[1].words, talks[1].is_new) == ("did not appear", "you: Mine.", False)
    waiting = (a_reply(ReplyState.DRAFT), a_reply(ReplyState.REJECTED))
    assert talks_of([summary(post, waiting=waiting)], [])[1].state == "refused"
    seen = a_comment("9", "", "<p>Yes.</p>", hours=1)
    talk = talks_of([summary(post)], [Answer(post=post, comment=seen)])[1]
    assert (talk.words, talk.is_new, talk.comment_id) == ("Anonymous: Yes.", False, "9")
    assert talks_of([summary(post)], [])[1].words == "You follow this conversation."


async def test_read_later_is_a_place_of_its_own():
    services = sample_services()
    async with reading(services) as (app, pilot):
        await pilot.press("w")
        await until(pilot, lambda: services.posts[1].is_later)
        await until(pilot, lambda: "◷ Breakfast" in shown_text(app))
        await app.reading.show_source(Source("later"))
        assert [post.id for post in app.reading.post_list.posts] == [1]
        await pilot.press("w")
        await until(pilot, lambda: not services.posts[1].is_later)
        assert [post.id for post in app.reading.post_list.posts] == [1]
        await pilot.press("1", "enter")
        await until(pilot, lambda: app.reading.top_line.path == ("Later",))


async def test_only_what_is_older_is_marked_read():
    services = sample_services()
    services.now = lambda: NOW + timedelta(hours=-10)
    async with reading(services) as (app, pilot):
        await pilot.press("M", "j", "enter")
        await until(pilot, lambda: services.posts[2].is_read)
        assert not services.posts[1].is_read
        assert "posts marked read; u takes it back." in app.reading.status_line.message


async def test_all_comments_of_a_conversation_are_seen_at_once():
    services = sample_services()
    async with reading(services) as (app, pilot):
        await pilot.press("enter", "4", "M")
        await until(pilot, lambda: "2 comments seen; u takes it back." in app.reading.status_line.message)
        await until(pilot, lambda: app.reading.desk.conversation.thread.new_count == 0)
        await pilot.press("u")
        await until(pilot, lambda: app.reading.desk.conversation.thread.new_count == 2)


async def test_muted_author_keeps_but_the_name_and_is_counted():
    services = sample_services()
    async with reading(services) as (app, pilot):
        await pilot.press("enter", "4", "x", "enter")
        await until(pilot, lambda: "2 muted" in str(app.reading.thread.border_subtitle))
        assert "Ilse (muted)" in shown_text(app)
        assert "I had the eggs" not in shown_text(app)
        assert "You brought them!" in shown_text(app)
        await pilot.press("x")
        await until(pilot, lambda: "I had the eggs" in shown_text(app))


async def test_muted_branch_is_folded_and_comes_back_with_undo():
    services = sample_services()
    async with reading(services) as (app, pilot):
        await pilot.press("enter", "4", "x", "j", "j", "enter")
        await until(pilot, lambda: "3 muted" in str(app.reading.thread.border_subtitle))
        assert "▸ 2 replies" in shown_text(app)
        assert "brought them" not in shown_text(app)
        await pilot.press("u", "l")
        await until(pilot, lambda: "You brought them!" in shown_text(app))


async def test_mute_away_from_a_comment_says_where_it_works():
    async with reading() as (app, pilot):
        await pilot.press("x")
        assert "Put the cursor on a comment" in app.reading.status_line.message


async def test_place_in_post_and_thread_outlives_the_program():
    services = sample_services()
    async with reading(services) as (app, pilot):
        await pilot.press("enter", "ctrl+d", "4", "j", "j", "j", "h")
        top = app.reading.article.position
        assert app.reading.thread.focused_comment.id == "14"
        await app.reading.settle()
    assert services.places[1] == ReadingPlace(block=top[0], line=top[1], comment_id="14", folded=("14",))
    async with reading(services) as (app, pilot):
        assert app.reading.article.position == top
        assert app.reading.thread.focused_comment.id == "14"
        assert app.reading.thread.fold_state == {"14"}


async def test_what_was_left_half_sent_is_settled_at_the_start():
    services = sample_services()
    async with reading(services) as (_, pilot):
        await until(pilot, lambda: services.replying.recovered == 1)


async def test_news_of_a_held_reply_are_told_after_a_refresh():
    services = sample_services()
    services.replying.followed_up = (a_reply(ReplyState.PUBLISHED, to_author="Ilse"),)
    async with reading(services) as (app, pilot):
        await pilot.press("ctrl+r")
        await until(pilot, lambda: "Reply to Ilse: Published." in app.reading.status_line.message)


async def sending(app, pilot, services):
    services.replying.gate.clear()
    services.replying.known = [await services.replying.add_identity(name="Anouk", email="a@mail.example")]
    await pilot.press("enter", "4", "r", "x", "ctrl+s")
    await until(pilot, lambda: app.reading.answering.is_sending)


async def test_end_waits_for_the_reply_that_is_on_its_way_and_says_so():
    services = sample_services()
    async with reading(services) as (app, pilot):
        await sending(app, pilot, services)
        await pilot.press("escape", "Q")
        await until(pilot, lambda: "A reply is on its way" in app.reading.status_line.message)
        assert not app._exit
        services.replying.gate.set()
        await until(pilot, lambda: app._exit)


async def test_asked_twice_it_ends_at_once():
    services = sample_services()
    async with reading(services) as (app, pilot):
        await sending(app, pilot, services)
        await pilot.press("escape", "Q")
        await until(pilot, lambda: "A reply is on its way" in app.reading.status_line.message)
        await pilot.press("Q")
        await until(pilot, lambda: app._exit)
        services.replying.gate.set()


async def test_waiting_for_a_reply_has_an_end():
    services = sample_services()
    async with reading(services) as (app, pilot):
        await sending(app, pilot, services)
        assert await app.reading.answering.sent_within(0.01) is False
        services.replying.gate.set()
        assert await asyncio.wait_for(app.reading.answering.sent_within(5), 6)
