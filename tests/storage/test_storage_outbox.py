"""Replies: kept as typed, taken by one sender at a time, never silently lost."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from sqlite3 import Connection

import pytest

from tests.conftest import NOW as NOON
from tui_reader.domain.comment import Comment
from tui_reader.domain.post import Post
from tui_reader.domain.reply import Outcome, Refusal, Reply, ReplyState
from tui_reader.errors import NotFoundError, UsageError
from tui_reader.storage import blogs, comments, identities, outbox, post_lists, sender

LATER = NOON + timedelta(minutes=1)
ALIVE = sender.this_process()


@pytest.fixture
def post(add_post: Callable[..., Post]) -> Post:
    return add_post(title="A walk", url="https://a.example/walk/")


@pytest.fixture
def in_state(db: Connection, post: Post) -> Callable[..., Reply]:
    """A reply of a state, by the way that leads there."""

    def make(state: ReplyState, text: str = "words", to: str | None = None) -> Reply:
        reply = outbox.create_draft(db, post.id, to, now=NOON, text=text)
        if state is not ReplyState.DRAFT:
            assert outbox.begin_sending(db, reply.id, now=NOON)
        if state not in {ReplyState.DRAFT, ReplyState.SENDING}:
            outbox.set_outcome(db, reply.id, Outcome(state=state), now=NOON)
        return outbox.get_reply(db, reply.id)

    return make


def ids(replies: tuple[Reply, ...]) -> list[int]:
    return [reply.id for reply in replies]


def test_a_draft_knows_what_it_answers(db: Connection, post: Post) -> None:
    comments.store_loaded(db, post.id, [Comment(id="7", author="Ann")], is_complete=True, now=NOON)
    identity = identities.add_identity(db, name="Me", email="me@a.example")
    blogs.rename_blog(db, post.blog_id, "My title")
    reply = outbox.create_draft(db, post.id, "7", now=NOON, text="Hm\ud800", identity_id=identity.id)
    assert reply == Reply(
        id=reply.id,
        post_id=post.id,
        to="7",
        text="Hm\ufffd",
        identity_id=identity.id,
        created_at=NOON,
        updated_at=NOON,
        post_title="A walk",
        post_url="https://a.example/walk/",
        blog_title="My title",
        to_author="Ann",
    )
    assert outbox.get_reply(db, reply.id) == reply


def test_what_is_not_there_is_told(db: Connection) -> None:
    with pytest.raises(NotFoundError, match="no post 9"):
        outbox.create_draft(db, 9, None, now=NOON)
    for ask in (outbox.get_reply, outbox.drop_reply):
        with pytest.raises(NotFoundError, match="no reply 9"):
            ask(db, 9)
    with pytest.raises(NotFoundError, match="no reply 9"):
        outbox.save_text(db, 9, "", now=NOON)
    with pytest.raises(NotFoundError, match="no reply 9"):
        outbox.begin_sending(db, 9, now=NOON)
    with pytest.raises(NotFoundError, match="no reply 9"):
        outbox.set_outcome(db, 9, Outcome(state=ReplyState.HELD), now=NOON)


def test_every_keystroke_is_kept(db: Connection, post: Post) -> None:
    reply = outbox.create_draft(db, post.id, None, now=NOON)
    outbox.save_text(db, reply.id, "W", now=NOON)
    outbox.save_text(db, reply.id, "Well", now=LATER)
    kept = outbox.get_reply(db, reply.id)
    assert (kept.text, kept.created_at, kept.updated_at) == ("Well", NOON, LATER)


@pytest.mark.parametrize("state", ReplyState)
def test_only_what_has_surely_not_arrived_can_be_changed(
    db: Connection, in_state: Callable[..., Reply], state: ReplyState
) -> None:
    reply = in_state(state)
    if state in {ReplyState.DRAFT, ReplyState.REJECTED, ReplyState.QUEUED}:
        outbox.save_text(db, reply.id, "other words", now=LATER)
        assert outbox.get_reply(db, reply.id).state is state
        return
    with pytest.raises(UsageError, match=f"it is {state}"):
        outbox.save_text(db, reply.id, "other words", now=LATER)
    assert outbox.get_reply(db, reply.id) == reply


@pytest.mark.parametrize("state", ReplyState)
def test_only_what_has_not_arrived_can_be_sent(
    db: Connection, in_state: Callable[..., Reply], state: ReplyState
) -> None:
    reply = in_state(state)
    may = state in {ReplyState.DRAFT, ReplyState.REJECTED, ReplyState.QUEUED, ReplyState.UNCERTAIN}
    assert outbox.begin_sending(db, reply.id, now=LATER) is may
    after = outbox.get_reply(db, reply.id)
    if may:
        assert (after.state, after.attempts, after.sent_at) == (ReplyState.SENDING, reply.attempts + 1, LATER)
        assert (after.reason, after.refusal) == ("", None)
    else:
        assert after == reply


def test_the_outcome_is_kept_with_the_blogs_own_words(db: Connection, in_state: Callable[..., Reply]) -> None:
    reply = in_state(ReplyState.SENDING)
    outcome = Outcome(state=ReplyState.REJECTED, reason="Déjà dit.", refusal=Refusal.DUPLICATE)
    kept = outbox.set_outcome(db, reply.id, outcome, now=LATER)
    assert (kept.state, kept.reason, kept.refusal) == (ReplyState.REJECTED, "Déjà dit.", Refusal.DUPLICATE)
    outbox.begin_sending(db, reply.id, now=LATER)
    held = Outcome(state=ReplyState.HELD, comment_id="7", url="https://a.example/walk/#comment-7")
    kept = outbox.set_outcome(db, reply.id, held, now=LATER)
    assert (kept.comment_id, kept.url, kept.refusal, kept.reason) == ("7", held.url, None, "")
    kept = outbox.set_outcome(db, reply.id, Outcome(state=ReplyState.PUBLISHED), now=LATER)
    assert (kept.state, kept.comment_id, kept.url) == (ReplyState.PUBLISHED, "7", held.url)


def test_what_is_published_stays_so(db: Connection, in_state: Callable[..., Reply]) -> None:
    reply = in_state(ReplyState.PUBLISHED)
    assert outbox.set_outcome(db, reply.id, Outcome(state=ReplyState.UNCERTAIN), now=LATER) == reply


def test_nobody_else_has_a_say_while_one_program_sends(
    db: Connection, in_state: Callable[..., Reply]
) -> None:
    reply = in_state(ReplyState.DRAFT)
    assert outbox.begin_sending(db, reply.id, now=NOON, sender="1/1@elsewhere")
    assert not outbox.begin_sending(db, reply.id, now=NOON)
    queued = Outcome(state=ReplyState.QUEUED)
    assert outbox.set_outcome(db, reply.id, queued, now=LATER).state is ReplyState.SENDING
    told = outbox.set_outcome(db, reply.id, queued, now=LATER, sender="1/1@elsewhere")
    assert told.state is ReplyState.QUEUED


def test_the_reply_to_go_on_with_is_the_newest_that_has_not_left(
    db: Connection, post: Post, in_state: Callable[..., Reply]
) -> None:
    assert outbox.for_post(db, post.id, None) is None
    for state in (ReplyState.SENDING, ReplyState.PUBLISHED, ReplyState.HELD, ReplyState.UNCERTAIN):
        in_state(state)
    assert outbox.for_post(db, post.id, None) is None
    refused = in_state(ReplyState.REJECTED)
    assert outbox.for_post(db, post.id, None) == refused
    draft = in_state(ReplyState.DRAFT, text="")
    assert outbox.for_post(db, post.id, None) == draft
    answer = in_state(ReplyState.DRAFT, to="7")
    assert outbox.for_post(db, post.id, "7") == answer
    assert outbox.for_post(db, post.id, "8") is None
    assert outbox.for_post(db, post.id, None) == draft


def test_the_outbox_leaves_out_empty_drafts_and_tells_published_ones_last(
    db: Connection, post: Post, in_state: Callable[..., Reply]
) -> None:
    made = {state: in_state(state).id for state in ReplyState}
    for blank in ("", " ", "\n\t \r\n"):
        in_state(ReplyState.DRAFT, text=blank)
    empty_but_sent = in_state(ReplyState.UNCERTAIN, text="").id
    published = made.pop(ReplyState.PUBLISHED)
    unfinished = [*made.values(), empty_but_sent]
    assert sorted(ids(outbox.list_replies(db))) == unfinished
    assert ids(outbox.list_replies(db))[0] == empty_but_sent
    assert ids(outbox.list_replies(db, with_published=True)) == [*ids(outbox.list_replies(db)), published]
    assert ids(outbox.replies_of(db, post.id)) == unfinished
    assert ids(outbox.held(db)) == [made[ReplyState.HELD]]


def test_a_reply_that_a_blog_asked_to_hold_back_waits_its_time_and_a_day_at_most(
    db: Connection, in_state: Callable[..., Reply]
) -> None:
    now_due, later, never = (in_state(state) for state in (ReplyState.QUEUED, *[ReplyState.SENDING] * 2))
    doubtful, given_up = in_state(ReplyState.UNCERTAIN), in_state(ReplyState.UNCERTAIN)
    for reply, wait in ((later, timedelta(minutes=1)), (never, timedelta(days=999))):
        held_back = Outcome(state=ReplyState.QUEUED, retry_after=wait)
        outbox.set_outcome(db, reply.id, held_back, now=NOON)
    outbox.give_up(db, given_up.id, "it did not appear", now=NOON)
    due = [now_due.id, doubtful.id]
    assert ids(outbox.waiting(db, now=NOON)) == due
    assert ids(outbox.waiting(db, now=LATER)) == [now_due.id, later.id, doubtful.id]
    assert never.id in ids(outbox.waiting(db, now=NOON + timedelta(days=1)))


def test_a_reply_can_be_thrown_away_but_not_while_it_is_sent(
    db: Connection, in_state: Callable[..., Reply]
) -> None:
    reply = in_state(ReplyState.UNCERTAIN)
    assert outbox.drop_reply(db, reply.id) == reply
    sending = in_state(ReplyState.SENDING)
    with pytest.raises(UsageError, match="is being sent"):
        outbox.drop_reply(db, sending.id)
    assert outbox.get_reply(db, sending.id) == sending


def test_a_reply_is_no_longer_signed_when_its_identity_goes(
    db: Connection, in_state: Callable[..., Reply]
) -> None:
    identity = identities.add_identity(db, name="Me", email="me@a.example")
    reply = in_state(ReplyState.DRAFT)
    outbox.set_identity(db, reply.id, identity.id)
    assert outbox.get_reply(db, reply.id).identity_id == identity.id
    identities.remove_identity(db, identity.id)
    assert outbox.get_reply(db, reply.id) == reply


def test_the_file_itself_refuses_to_lose_a_reply(
    db: Connection, post: Post, in_state: Callable[..., Reply]
) -> None:
    in_state(ReplyState.DRAFT)
    for statement in ("DELETE FROM posts WHERE id = ?", "DELETE FROM blogs WHERE id = ?"):
        with pytest.raises(sqlite3.IntegrityError):
            db.execute(statement, (post.id if "posts" in statement else post.blog_id,))


# Interrupted sendings


def interrupted(db: Connection, reply: Reply, name: str, after: timedelta = timedelta(seconds=1)) -> bool:
    assert outbox.begin_sending(db, reply.id, now=NOON, sender=name)
    recovered = outbox.recover_interrupted(db, now=NOON + after)
    state = outbox.get_reply(db, reply.id).state
    assert recovered == ((reply.id,) if state is ReplyState.UNCERTAIN else ())
    return state is ReplyState.UNCERTAIN


@pytest.fixture
def gone() -> str:
    """The name of a process that has ended."""
    script = "from tui_reader.storage.sender import this_process; print(this_process())"
    return subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True, timeout=60
    ).stdout.strip()


def test_what_a_dead_program_was_sending_is_uncertain(
    db: Connection, in_state: Callable[..., Reply], gone: str
) -> None:
    reply = in_state(ReplyState.DRAFT)
    assert interrupted(db, reply, gone)
    assert "may have arrived" in outbox.get_reply(db, reply.id).reason


def test_what_a_living_program_sends_is_left_alone(db: Connection, in_state: Callable[..., Reply]) -> None:
    assert not interrupted(db, in_state(ReplyState.DRAFT), ALIVE)
    assert not interrupted(db, in_state(ReplyState.DRAFT), "1/1@another-machine")


@pytest.mark.parametrize("name", [ALIVE, "1/1@another-machine"], ids=["this", "another machine"])
def test_no_sending_takes_longer_than_its_lease(
    db: Connection, in_state: Callable[..., Reply], name: str
) -> None:
    reply = in_state(ReplyState.DRAFT)
    assert not interrupted(db, reply, name, outbox.LEASE - timedelta(seconds=1))
    assert outbox.recover_interrupted(db, now=NOON + outbox.LEASE) == (reply.id,)


def test_a_clock_that_was_set_back_does_not_keep_a_sending_alive(
    db: Connection, in_state: Callable[..., Reply]
) -> None:
    assert interrupted(db, in_state(ReplyState.DRAFT), ALIVE, -2 * outbox.LEASE)
    # a step back of minutes, as a network clock takes it, is no reason to doubt who is still at it
    assert not interrupted(db, in_state(ReplyState.DRAFT), ALIVE, -outbox.LEASE / 2)


def test_a_process_number_that_was_given_away_is_another_process() -> None:
    process, _, machine = ALIVE.partition("@")
    assert process == f"{os.getpid()}/{process.partition('/')[2]}"
    assert sender.may_be_running(ALIVE)
    assert not sender.may_be_running(f"{os.getpid()}/1@{machine}")
    assert not sender.may_be_running(f"{10**30}/1@{machine}")


def test_another_users_process_is_told_by_its_start(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: int) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "kill", refuse)
    assert sender.may_be_running(ALIVE)
    assert not sender.may_be_running(f"{os.getpid()}/1@{os.uname().nodename}")


@pytest.mark.parametrize("name", ["", "x", f"x/1@{os.uname().nodename}", "7/1@"])
def test_a_name_that_says_nothing_may_be_running(name: str) -> None:
    assert sender.may_be_running(name)


@pytest.mark.parametrize("state", [ReplyState.HELD, ReplyState.UNCERTAIN])
def test_what_did_not_appear_is_asked_after_ever_more_seldom(
    db: Connection, in_state: Callable[..., Reply], state: ReplyState
) -> None:
    reply = in_state(state)
    waits, at = [], NOON
    for _ in range(6):
        last = at
        while not outbox.to_ask_after(db, now=at):
            at += timedelta(minutes=30)
        waits.append((at - last) / timedelta(hours=1))
        outbox.set_asked(db, reply.id, now=at)
    assert waits == [1, 3, 8, 24, 24, 24]


def hours_until_asked_after(db: Connection, since: datetime) -> float:
    at = since
    while not outbox.to_ask_after(db, now=at):
        at += timedelta(minutes=30)
    return (at - since) / timedelta(hours=1)


def test_another_fate_and_another_sending_begin_the_asking_anew(
    db: Connection, in_state: Callable[..., Reply]
) -> None:
    reply = in_state(ReplyState.HELD)
    outbox.set_asked(db, reply.id, now=NOON)
    outbox.set_asked(db, reply.id, now=NOON)
    assert hours_until_asked_after(db, NOON) == 8
    outbox.set_outcome(db, reply.id, Outcome(state=ReplyState.UNCERTAIN), now=NOON)
    assert hours_until_asked_after(db, NOON) == 1
    assert outbox.begin_sending(db, reply.id, now=NOON)
    outbox.set_outcome(db, reply.id, Outcome(state=ReplyState.HELD), now=NOON)
    outbox.set_asked(db, reply.id, now=NOON)
    assert hours_until_asked_after(db, NOON) == 3


def test_what_was_given_up_keeps_its_state_and_is_asked_after_no_more(
    db: Connection, in_state: Callable[..., Reply], post: Post
) -> None:
    reply = in_state(ReplyState.HELD)
    outbox.give_up(db, reply.id, "it did not appear", now=LATER)
    found = outbox.get_reply(db, reply.id)
    assert (found.state, found.is_given_up, found.reason) == (ReplyState.HELD, True, "it did not appear")
    assert outbox.to_ask_after(db, now=NOON + timedelta(days=99)) == ()
    assert post_lists.counts(db).held == 0
    assert post_lists.counts(db).outbox == 1
    outbox.set_outcome(db, reply.id, Outcome(state=ReplyState.PUBLISHED, comment_id="5"), now=LATER)
    assert not outbox.get_reply(db, reply.id).is_given_up


def test_a_held_reply_can_be_sent_again_only_when_it_was_given_up(
    db: Connection, in_state: Callable[..., Reply]
) -> None:
    reply = in_state(ReplyState.HELD)
    assert not outbox.begin_sending(db, reply.id, now=LATER)
    outbox.give_up(db, reply.id, "it did not appear", now=LATER)
    assert outbox.begin_sending(db, reply.id, now=LATER)
    outbox.set_outcome(db, reply.id, Outcome(state=ReplyState.HELD), now=LATER)
    assert not outbox.get_reply(db, reply.id).is_given_up
    assert outbox.to_ask_after(db, now=LATER + timedelta(minutes=59)) == ()
    assert len(outbox.to_ask_after(db, now=LATER + timedelta(hours=1))) == 1
