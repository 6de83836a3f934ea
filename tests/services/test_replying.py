import asyncio
from datetime import timedelta

import pytest

from tests.conftest import NOW
from tests.fakes import FakeEngine, desk, followed
from tui_reader.domain.comment import CommentState
from tui_reader.domain.conversation import AskedField, ReplyForm
from tui_reader.domain.reply import Outcome, Refusal, ReplyState
from tui_reader.errors import (
    FetchError,
    HttpStatusError,
    NoIdentityError,
    NotSentError,
    ReplyError,
    UsageError,
)
from tui_reader.storage import outbox


async def written(place, text="Well said.", to=None):
    return await place.replying.begin(place.post_id, to, text)


async def test_a_published_reply_stands_in_the_thread_as_mine(tmp_path, now):
    place = await desk(tmp_path, now)
    done = await place.replying.send((await written(place)).id)
    assert (done.state, done.comment_id) == (ReplyState.PUBLISHED, "900")
    rows = (await place.conversations.stored(place.post_id)).thread.rows
    assert [
        (row.comment.id, row.comment.author, row.comment.is_mine, row.comment.is_new) for row in rows
    ] == [("900", "Nadia", True, False)]


async def test_a_held_reply_is_shown_in_place_and_marked(tmp_path, now):
    held = Outcome(state=ReplyState.HELD, comment_id="901", reason="A moderator reads first.")
    place = await desk(tmp_path, now, FakeEngine(outcomes=[held]))
    done = await place.replying.send((await written(place)).id)
    assert (done.state, done.reason) == (ReplyState.HELD, "A moderator reads first.")
    (row,) = (await place.conversations.stored(place.post_id)).thread.rows
    assert row.comment.state is CommentState.HELD


async def test_a_held_reply_that_a_moderator_lets_through_becomes_published_at_the_next_load(tmp_path, now):
    held = Outcome(state=ReplyState.HELD, comment_id="901")
    through = Outcome(
        state=ReplyState.PUBLISHED, comment_id="901", url="https://b.example/post-1/#comment-901"
    )
    place = await desk(tmp_path, now, FakeEngine(outcomes=[held], checks=[through]))
    reply = await place.replying.send((await written(place)).id)
    await place.conversations.load(place.post_id)
    assert (await place.replying.reply(reply.id)).state is ReplyState.PUBLISHED


@pytest.mark.parametrize("refusal", list(Refusal), ids=lambda refusal: refusal.name)
async def test_a_refusal_keeps_the_text_and_the_blogs_own_reason(tmp_path, now, refusal):
    no = Outcome(state=ReplyState.REJECTED, refusal=refusal, reason="Nous n'en voulons pas.")
    place = await desk(tmp_path, now, FakeEngine(outcomes=[no, no]))
    done = await place.replying.send((await written(place)).id)
    assert (done.state, done.refusal, done.reason, done.text) == (
        ReplyState.REJECTED,
        refusal,
        "Nous n'en voulons pas.",
        "Well said.",
    )
    assert [one.id for one in await place.replying.outbox()] == [done.id]


async def test_sending_is_on_disk_before_the_first_byte_leaves(tmp_path, now, monkeypatch):
    place = await desk(tmp_path, now)
    reply = await written(place)
    seen, run = [], place.database.run

    async def watched(work, *args, durable=False, **more):
        # a loss of power after the first byte must find it there, not in the system's memory
        assert durable or work is not outbox.begin_sending
        return await run(work, *args, durable=durable, **more)

    monkeypatch.setattr(place.database, "run", watched)

    def look():
        seen.append(place.database.read_now(outbox.get_reply, reply.id).state)

    place.engine.on_send = look
    await place.replying.send(reply.id)
    assert seen == [ReplyState.SENDING]


async def test_offline_before_sending_means_queued_and_nothing_was_sent(tmp_path, now):
    place = await desk(
        tmp_path, now, FakeEngine(form=NotSentError("https://b.example/", "the connection was refused"))
    )
    done = await place.replying.send((await written(place)).id)
    assert done.state is ReplyState.QUEUED
    assert "refused" in done.reason
    assert place.engine.sent == []


async def test_a_queued_reply_is_sent_by_flush(tmp_path, now):
    place = await desk(tmp_path, now, FakeEngine(form=NotSentError("https://b.example/", "offline")))
    await place.replying.send((await written(place)).id)
    place.engine.form = ReplyForm(action="https://b.example/send", page_url="https://b.example/p")
    (done,) = await place.replying.flush()
    assert done.state is ReplyState.PUBLISHED
    assert len(place.engine.sent) == 1


async def test_a_post_that_is_gone_refuses(tmp_path, now):
    place = await desk(
        tmp_path, now, FakeEngine(form=HttpStatusError("https://b.example/", 404, "there is no such page"))
    )
    done = await place.replying.send((await written(place)).id)
    assert (done.state, done.refusal) == (ReplyState.REJECTED, Refusal.UNKNOWN_POST)


async def test_no_answer_and_not_to_be_seen_stays_uncertain_and_is_not_sent_again_by_itself(tmp_path, now):
    doubt = Outcome(state=ReplyState.UNCERTAIN, reason="no answer within 20 s")
    place = await desk(tmp_path, now, FakeEngine(outcomes=[doubt], refuses_duplicates=False))
    done = await place.replying.send((await written(place)).id)
    assert done.state is ReplyState.UNCERTAIN
    place.replying._now = lambda: NOW + timedelta(minutes=1)
    (again,) = await place.replying.flush()
    assert again.state is ReplyState.UNCERTAIN
    assert len(place.engine.sent) == 1


async def test_no_answer_but_seen_on_the_blog_counts_as_published(tmp_path, now):
    doubt = Outcome(state=ReplyState.UNCERTAIN, reason="reset")
    there = Outcome(state=ReplyState.PUBLISHED, comment_id="77")
    place = await desk(tmp_path, now, FakeEngine(outcomes=[doubt], sightings=[there]))
    done = await place.replying.send((await written(place)).id)
    assert (done.state, done.comment_id) == (ReplyState.PUBLISHED, "77")


async def test_an_uncertain_reply_is_sent_again_only_where_the_blog_itself_refuses_duplicates(tmp_path, now):
    doubt = Outcome(state=ReplyState.UNCERTAIN, reason="reset")
    place = await desk(tmp_path, now, FakeEngine(outcomes=[doubt]))
    await place.replying.send((await written(place)).id)
    place.replying._now = lambda: NOW + timedelta(minutes=1)
    (done,) = await place.replying.flush()
    assert done.state is ReplyState.PUBLISHED
    assert len(place.engine.sent) == 2


@pytest.mark.parametrize(
    ("passed", "waited"),
    [(0, [10.0]), (4, [6.0]), (10, []), (3_600, []), (-3_600, [10.0])],
    ids=["at once", "a little later", "when it is over", "long after", "the clock was set back"],
)
async def test_absence_proves_nothing_before_the_grace_is_over(tmp_path, now, monkeypatch, passed, waited):
    place = await desk(tmp_path, now, FakeEngine(outcomes=[Outcome(state=ReplyState.UNCERTAIN)]))
    doubtful = await place.replying.send((await written(place)).id)
    place.replying._now = lambda: NOW + timedelta(seconds=passed)
    slept, asked = [], []

    async def sleep(seconds):
        slept.append(seconds)

    async def look_for(*_):
        asked.append(list(slept))

    monkeypatch.setattr("tui_reader.services.delivery.asyncio.sleep", sleep)
    monkeypatch.setattr(place.engine, "look_for", look_for)
    await place.replying.send(doubtful.id)
    assert asked[0] == waited


async def test_of_two_programs_at_one_reply_only_the_first_sends(tmp_path, now, monkeypatch):
    place = await desk(tmp_path, now)
    reply, prepare = await written(place), place.engine.prepare

    async def meanwhile(*given):
        # while this one reads the form the other one has it already
        await place.database.run(outbox.begin_sending, reply.id, now=now(), sender="1/1@another-machine")
        return await prepare(*given)

    monkeypatch.setattr(place.engine, "prepare", meanwhile)
    with pytest.raises(UsageError, match="is being sent by another tui_reader"):
        await place.replying.send(reply.id)
    assert place.engine.sent == []
    assert (await place.replying.reply(reply.id)).state is ReplyState.SENDING


@pytest.mark.parametrize(
    "fault",
    [
        HttpStatusError("https://b.example/p", 404, "not found"),
        NotSentError("https://b.example/p", "no network"),
        ReplyError("comments are closed"),
    ],
    ids=["the post is gone", "no network", "closed"],
)
async def test_what_may_have_arrived_stays_uncertain_when_it_cannot_be_sent_again(tmp_path, now, fault):
    place = await desk(tmp_path, now, FakeEngine(outcomes=[Outcome(state=ReplyState.UNCERTAIN)]))
    doubtful = await place.replying.send((await written(place)).id)
    place.replying._now = lambda: NOW + timedelta(minutes=1)
    place.engine.form = fault
    done = await place.replying.send(doubtful.id)
    assert done.state is ReplyState.UNCERTAIN


async def test_what_was_given_up_is_not_sent_with_the_others(tmp_path, now):
    doubt = Outcome(state=ReplyState.UNCERTAIN)
    place = await desk(tmp_path, now, FakeEngine(outcomes=[doubt, Outcome(state=ReplyState.QUEUED)]))
    given_up = await place.replying.send((await written(place)).id)
    waiting = await place.replying.begin(place.post_id, None, "Another one.")
    await place.replying.send(waiting.id)
    await place.database.run(outbox.give_up, given_up.id, "it did not appear", now=now())
    assert [reply.id for reply in await place.replying.flush()] == [waiting.id]


async def test_a_blog_that_asks_to_be_left_alone_is_asked_again_when_the_time_is_over(tmp_path, now):
    place = await desk(tmp_path, now)
    busy = HttpStatusError("https://b.example/p", 503, "busy", retry_after=timedelta(minutes=30))
    place.engine.form, form = busy, place.engine.form
    reply = await written(place)
    assert (await place.replying.send(reply.id)).state is ReplyState.QUEUED
    place.engine.form = form
    place.replying._now = lambda: NOW + timedelta(minutes=29)
    assert await place.replying.flush() == ()
    place.replying._now = lambda: NOW + timedelta(minutes=30)
    assert [sent.state for sent in await place.replying.flush()] == [ReplyState.PUBLISHED]


async def test_only_the_user_sends_again_where_the_blog_takes_duplicates(tmp_path, now):
    doubt = Outcome(state=ReplyState.UNCERTAIN)
    place = await desk(tmp_path, now, FakeEngine(outcomes=[doubt], refuses_duplicates=False))
    doubtful = await place.replying.send((await written(place)).id)
    place.replying._now = lambda: NOW + timedelta(minutes=1)
    assert (await place.replying.send(doubtful.id)).state is ReplyState.UNCERTAIN
    assert len(place.engine.sent) == 1
    assert (await place.replying.send(doubtful.id, again=True)).state is ReplyState.PUBLISHED
    assert len(place.engine.sent) == 2


async def test_a_duplicate_of_an_earlier_attempt_has_arrived(tmp_path, now):
    doubt = Outcome(state=ReplyState.UNCERTAIN, reason="reset")
    twice = Outcome(state=ReplyState.REJECTED, refusal=Refusal.DUPLICATE, reason="You said that already.")
    there = Outcome(state=ReplyState.PUBLISHED, comment_id="77")
    place = await desk(tmp_path, now, FakeEngine(outcomes=[doubt, twice], sightings=[None, None, there]))
    await place.replying.send((await written(place)).id)
    place.replying._now = lambda: NOW + timedelta(minutes=1)
    (done,) = await place.replying.flush()
    assert (done.state, done.comment_id) == (ReplyState.PUBLISHED, "77")


async def test_a_duplicate_that_cannot_be_seen_has_arrived_and_is_held(tmp_path, now):
    doubt = Outcome(state=ReplyState.UNCERTAIN, reason="reset")
    twice = Outcome(state=ReplyState.REJECTED, refusal=Refusal.DUPLICATE, reason="You said that already.")
    place = await desk(tmp_path, now, FakeEngine(outcomes=[doubt, twice]))
    await place.replying.send((await written(place)).id)
    place.replying._now = lambda: NOW + timedelta(minutes=1)
    (done,) = await place.replying.flush()
    assert done.state is ReplyState.HELD
    assert "arrived" in done.reason


async def test_when_the_blog_cannot_be_asked_an_uncertain_reply_is_not_sent(tmp_path, now):
    doubt = Outcome(state=ReplyState.UNCERTAIN, reason="reset")
    deaf = FetchError("https://b.example/", "the server has a fault (500)")
    place = await desk(tmp_path, now, FakeEngine(outcomes=[doubt], sightings=[None, deaf]))
    await place.replying.send((await written(place)).id)
    place.replying._now = lambda: NOW + timedelta(minutes=1)
    (done,) = await place.replying.flush()
    assert done.state is ReplyState.UNCERTAIN
    assert "cannot be asked" in done.reason
    assert len(place.engine.sent) == 1


async def test_a_cancelled_sending_is_uncertain_not_lost(tmp_path, now):
    place = await desk(tmp_path, now)
    reply = await written(place)
    stuck = asyncio.Event()

    async def hang(*_):
        stuck.set()
        await asyncio.Event().wait()

    place.engine.send = hang
    task = asyncio.create_task(place.replying.send(reply.id))
    await stuck.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (await place.replying.reply(reply.id)).state is ReplyState.UNCERTAIN


async def test_what_the_blog_says_before_anything_is_sent_is_a_refusal(tmp_path, now):
    place = await desk(tmp_path, now, FakeEngine(form=ReplyError("comments are closed")))
    done = await place.replying.send((await written(place)).id)
    assert (done.state, done.reason) == (ReplyState.REJECTED, "comments are closed")
    assert place.engine.sent == []


async def test_a_form_that_leaves_the_site_needs_agreement(tmp_path, now):
    form = ReplyForm(action="https://elsewhere.example/c", page_url="https://b.example/p", leaves_site=True)
    place = await desk(tmp_path, now, FakeEngine(form=form))
    reply = await written(place)
    refused = await place.replying.send(reply.id)
    assert refused.state is ReplyState.REJECTED
    assert "elsewhere.example" in refused.reason
    assert (await place.replying.send(reply.id, agree_to_leave_site=True)).state is ReplyState.PUBLISHED


async def test_what_else_the_form_asks_must_be_answered(tmp_path, now):
    form = ReplyForm(
        action="https://b.example/c",
        page_url="https://b.example/p",
        asked=(AskedField(name="sum", label="What is 2 + 2?", is_required=True),),
    )
    place = await desk(tmp_path, now, FakeEngine(form=form))
    reply = await written(place)
    assert "What is 2 + 2?" in (await place.replying.send(reply.id)).reason
    await place.replying.send(reply.id, answers={"sum": "4"})
    assert place.engine.sent[0].answers == {"sum": "4"}


async def test_without_an_identity_nothing_is_sent(tmp_path, now):
    place = await desk(tmp_path, now)
    (identity,) = await place.replying.identities()
    await place.replying.remove_identity(identity.id)
    reply = await written(place)
    with pytest.raises(NoIdentityError):
        await place.replying.send(reply.id)
    assert (await place.replying.reply(reply.id)).state is ReplyState.DRAFT


async def test_an_empty_text_is_not_sent(tmp_path, now):
    place = await desk(tmp_path, now)
    reply = await place.replying.draft(place.post_id, None)
    with pytest.raises(UsageError, match="empty"):
        await place.replying.send(reply.id)


async def test_a_script_that_tries_again_with_the_same_words_does_not_begin_a_second_reply(tmp_path, now):
    doubt = Outcome(state=ReplyState.UNCERTAIN, reason="reset")
    place = await desk(tmp_path, now, FakeEngine(outcomes=[doubt]))
    first = await place.replying.send((await written(place)).id)
    assert (await written(place)).id == first.id
    assert (await written(place, "Something else.")).id != first.id
    # the same words to somebody else are another reply; and those that a moderator has, the blog knows
    assert (await place.replying.begin(place.post_id, "5", first.text)).id != first.id
    place.engine.outcomes.append(Outcome(state=ReplyState.HELD, comment_id="77"))
    held = await place.replying.send((await written(place, "Held words.")).id)
    assert (await written(place, "Held words.")).id != held.id


async def test_no_control_character_goes_to_a_blog_whoever_wrote_it(tmp_path, now):
    place = await desk(tmp_path, now)
    begun = await place.replying.begin(place.post_id, None, "One\x1b]0;x\x07\r\ntwo\u202e.\x00")
    draft = await place.replying.draft(place.post_id, "5")
    await place.replying.save(draft.id, "Three\x9b2J\tfour.")
    for reply in (begun, draft):
        await place.replying.send(reply.id)
    assert [letter.text for letter in place.engine.sent] == ["One]0;x\ntwo.", "Three2J\tfour."]
    # the same words once more are the same reply
    place.engine.outcomes.append(Outcome(state=ReplyState.QUEUED))
    again = await place.replying.begin(place.post_id, None, "Again\x1b.")
    assert (await place.replying.begin(place.post_id, None, "Again\x1b.")).id == again.id


async def test_a_draft_is_found_again_for_the_same_comment_only(tmp_path, now):
    place = await desk(tmp_path, now)
    to_post = await place.replying.draft(place.post_id, None)
    to_comment = await place.replying.draft(place.post_id, "5")
    await place.replying.save(to_comment.id, "half a thou")
    assert (await place.replying.draft(place.post_id, "5")).text == "half a thou"
    assert (await place.replying.draft(place.post_id, None)).id == to_post.id


async def test_the_secret_of_an_account_goes_with_the_letter_and_not_into_the_database(tmp_path, now):
    place = await desk(tmp_path, now)
    identity = await place.replying.add_identity(
        name="Rita", email="rita@mail.example", blog_id=place.blog.id, username="rita", secret="abcd efgh"
    )
    await place.replying.send((await written(place)).id)
    assert (place.engine.sent[0].username, place.engine.sent[0].secret) == ("rita", "abcd efgh")
    assert "abcd" not in repr(place.engine.sent[0])
    assert "abcd" not in "\n".join(place.database.read_now(lambda db: list(db.iterdump())))
    await place.replying.remove_identity(identity.id)
    assert "abcd" not in (tmp_path / "secrets.json").read_text()


async def test_an_identity_for_another_blog_is_not_shown_to_this_one(tmp_path, now):
    place = await desk(tmp_path, now)
    other, _ = await followed(place.database, now, [], url="https://other.example/")
    identity = await place.replying.add_identity(
        name="Rita", email="rita@mail.example", blog_id=other.id, username="rita", secret="abcd efgh"
    )
    reply = await written(place)
    for step in (place.replying.prepare, place.replying.send):
        with pytest.raises(UsageError, match="another blog"):
            await step(reply.id, identity_id=identity.id)
    assert place.engine.sent == []


async def test_a_reply_that_is_with_the_blog_is_not_sent_again(tmp_path, now):
    place = await desk(tmp_path, now)
    reply = await written(place)
    await place.replying.send(reply.id)
    with pytest.raises(UsageError, match="already"):
        await place.replying.send(reply.id)
    assert len(place.engine.sent) == 1


async def test_what_a_spam_filter_took_stays_uncertain_and_is_not_sent_again(tmp_path, now):
    taken = Outcome(state=ReplyState.UNCERTAIN, comment_id="66", reason="accepted and not shown")
    hidden = Outcome(state=ReplyState.HELD, comment_id="66", reason="not shown")
    place = await desk(tmp_path, now, FakeEngine(outcomes=[taken], checks=[hidden, hidden]))
    await place.replying.send((await written(place)).id)
    place.replying._now = lambda: NOW + timedelta(minutes=1)
    (done,) = await place.replying.flush()
    assert done.state is ReplyState.UNCERTAIN
    assert len(place.engine.sent) == 1


async def test_what_an_engine_will_not_send_is_refused_not_uncertain(tmp_path, now):
    place = await desk(tmp_path, now, FakeEngine(outcomes=[ReplyError("the password would go in the open")]))
    done = await place.replying.send((await written(place)).id)
    assert (done.state, done.reason) == (ReplyState.REJECTED, "the password would go in the open")
