"""Replies that a blog has and does not show: looked after until they appear, or stay away and say so."""

from datetime import timedelta

import pytest

from tests.conftest import NOW
from tests.fakes import FakeEngine, desk
from tui_reader.domain.comment import Comment
from tui_reader.domain.reply import Outcome, ReplyState
from tui_reader.errors import FetchError, UsageError
from tui_reader.storage import outbox

HELD = Outcome(state=ReplyState.HELD, comment_id="901")
NAMELESS = Outcome(state=ReplyState.HELD)
DOUBT = Outcome(state=ReplyState.UNCERTAIN, reason="reset")
SHOWN = Outcome(state=ReplyState.PUBLISHED, comment_id="901")


class Watch:
    """A desk with one reply that was sent, and a clock."""

    def __init__(self):
        self.time = NOW

    def __call__(self):
        return self.time

    async def send(self, tmp_path, *outcomes, **engine):
        self.place = await desk(tmp_path, self, FakeEngine(outcomes=list(outcomes), **engine))
        self.engine = self.place.engine
        reply = await self.place.replying.begin(self.place.post_id, None, "Well said.")
        self.reply_id = (await self.place.replying.send(reply.id)).id
        self.asked = 0
        check, look_for = self.engine.check, self.engine.look_for

        async def counted_check(*given):
            self.asked += 1
            return await check(*given)

        async def counted_look(*given):
            self.asked += 1
            return await look_for(*given)

        self.engine.check, self.engine.look_for = counted_check, counted_look
        return self

    async def after(self, **span):
        self.time += timedelta(**span)
        return await self.place.replying.follow_up()

    async def reply(self):
        return await self.place.replying.reply(self.reply_id)


async def test_a_held_reply_is_found_published_without_opening_its_post(tmp_path):
    watch = await Watch().send(tmp_path, HELD)
    assert await watch.after(minutes=59) == ()
    assert watch.asked == 0
    watch.engine.checks.append(SHOWN)
    (done,) = await watch.after(minutes=2)
    assert (done.state, done.comment_id) == (ReplyState.PUBLISHED, "901")
    (row,) = (await watch.place.conversations.stored(watch.place.post_id)).thread.rows
    assert row.comment.is_mine
    assert await watch.after(days=20) == ()


async def test_one_that_stays_away_is_asked_after_ever_more_seldom_and_given_up_in_words(tmp_path):
    watch = await Watch().send(tmp_path, HELD)
    settled = []
    for _ in range(24 * 21):
        settled += await watch.after(hours=1)
        assert await watch.place.replying.follow_up() == ()
    assert 14 <= watch.asked <= 20
    (done,) = settled
    assert (done.state, done.is_given_up) == (ReplyState.HELD, True)
    assert "may have declined it" in done.reason
    assert done.updated_at - NOW >= timedelta(days=14)
    conversation = await watch.place.conversations.stored(watch.place.post_id)
    assert "did not appear" in conversation.note


async def test_one_that_was_given_up_still_appears_when_its_post_is_loaded(tmp_path):
    watch = await Watch().send(tmp_path, HELD)
    await watch.after(days=15)
    assert (await watch.reply()).is_given_up
    watch.engine.comments.append(Comment(id="901", author="Nadia", html="<p>Well said."))
    conversation = await watch.place.conversations.load(watch.place.post_id)
    assert ((await watch.reply()).state, (await watch.reply()).is_given_up) == (ReplyState.PUBLISHED, False)
    assert conversation.note == ""
    assert conversation.thread.rows[0].comment.is_mine


async def test_one_that_a_fetched_conversation_shows_is_settled_for_whoever_waits_for_it(tmp_path):
    watch = await Watch().send(tmp_path, HELD)
    replying = watch.place.replying
    before = await replying.outbox()
    assert await replying.settled(before) == ()
    watch.engine.comments.append(Comment(id="901", author="Nadia", html="<p>Well said."))
    await watch.place.conversations.load(watch.place.post_id)
    (done,) = await replying.settled(before)
    assert (done.id, done.state) == (watch.reply_id, ReplyState.PUBLISHED)
    await replying.drop(done.id)
    assert await replying.settled(before) == ()


async def test_a_held_reply_without_a_number_is_known_by_its_words_when_its_post_is_loaded(tmp_path):
    watch = await Watch().send(tmp_path, NAMELESS)
    watch.engine.sightings.append(Outcome(state=ReplyState.PUBLISHED, comment_id="77"))
    watch.engine.comments.append(Comment(id="77", author="Nadia", html="<p>Well said."))
    conversation = await watch.place.conversations.load(watch.place.post_id)
    assert (await watch.reply()).state is ReplyState.PUBLISHED
    assert [(row.comment.id, row.comment.is_mine) for row in conversation.thread.rows] == [("77", True)]
    assert conversation.replies == ()


async def test_a_held_reply_learns_its_number(tmp_path):
    watch = await Watch().send(tmp_path, NAMELESS)
    watch.engine.sightings.append(HELD)
    assert await watch.after(hours=1) == ()
    assert (await watch.reply()).comment_id == "901"


async def test_an_uncertain_reply_is_looked_for_and_never_sent_by_that(tmp_path):
    watch = await Watch().send(tmp_path, DOUBT)
    await watch.after(hours=1)
    assert (await watch.reply()).state is ReplyState.UNCERTAIN
    watch.engine.sightings.append(SHOWN)
    (done,) = await watch.after(hours=3)
    assert done.state is ReplyState.PUBLISHED
    assert len(watch.engine.sent) == 1


async def test_a_blog_that_is_down_is_asked_again_later(tmp_path):
    watch = await Watch().send(tmp_path, HELD)
    watch.engine.checks += [FetchError("https://b.example/", "no answer"), SHOWN]
    assert await watch.after(hours=1) == ()
    assert await watch.after(hours=2) == ()
    (done,) = await watch.after(hours=1)
    assert done.state is ReplyState.PUBLISHED


async def test_one_whose_identity_is_gone_is_asked_after_by_its_number(tmp_path):
    watch = await Watch().send(tmp_path, HELD)
    for identity in await watch.place.replying.identities():
        await watch.place.replying.remove_identity(identity.id)
    watch.engine.checks.append(SHOWN)
    (done,) = await watch.after(hours=1)
    assert done.state is ReplyState.PUBLISHED


async def test_one_that_was_given_up_is_sent_again_only_on_demand(tmp_path):
    watch = await Watch().send(tmp_path, HELD)
    await watch.after(days=15)
    with pytest.raises(UsageError, match="already"):
        await watch.place.replying.send(watch.reply_id)
    assert await watch.place.replying.flush() == ()
    done = await watch.place.replying.send(watch.reply_id, again=True)
    assert done.state is ReplyState.PUBLISHED
    assert len(watch.engine.sent) == 2


async def test_one_that_appeared_meanwhile_is_not_sent_again_on_demand_either(tmp_path):
    watch = await Watch().send(tmp_path, HELD)
    await watch.after(days=15)
    watch.engine.checks.append(SHOWN)
    done = await watch.place.replying.send(watch.reply_id, again=True)
    assert done.state is ReplyState.PUBLISHED
    assert len(watch.engine.sent) == 1


async def test_what_is_being_sent_is_not_sent_and_says_so_at_once(tmp_path):
    watch = await Watch().send(tmp_path, DOUBT)
    await watch.place.database.run(outbox.begin_sending, watch.reply_id, now=NOW)
    with pytest.raises(UsageError, match="being sent at this moment"):
        await watch.place.replying.send(watch.reply_id)
    assert len(watch.engine.sent) == 1
