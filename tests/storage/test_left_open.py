"""Drafts that were being written when their program ended without a word."""

from collections.abc import Callable
from sqlite3 import Connection

import pytest

from tests.conftest import NOW
from tui_reader.domain.post import Post
from tui_reader.domain.reply import Outcome, ReplyState
from tui_reader.storage import left_open, outbox, sender

GONE = f"999999999/1@{sender.this_process().partition('@')[2]}"


@pytest.fixture
def write(db: Connection, add_post: Callable[..., Post]) -> Callable[..., int]:
    post = add_post(title="A walk", url="https://a.example/walk/")

    def written(text: str, writer: str) -> int:
        reply = outbox.create_draft(db, post.id, None, now=NOW)
        outbox.save_text(db, reply.id, text, now=NOW, writer=writer)
        return reply.id

    return written


def test_a_draft_whose_writer_is_gone_is_told_of_once(db: Connection, write: Callable[..., int]) -> None:
    left = write("words", GONE)
    assert [reply.id for reply in left_open.left_open(db)] == [left]
    assert left_open.left_open(db) == ()
    assert outbox.get_reply(db, left).text == "words"


def test_one_that_is_written_in_another_living_program_is_not(
    db: Connection, write: Callable[..., int]
) -> None:
    write("words", sender.this_process())
    assert left_open.left_open(db) == ()


def test_one_that_was_closed_or_is_empty_is_not(db: Connection, write: Callable[..., int]) -> None:
    left_open.let_go(db, write("words", GONE))
    write(" \n", GONE)
    assert left_open.left_open(db) == ()


def test_what_is_saved_without_being_open_stays_as_it_was(db: Connection, write: Callable[..., int]) -> None:
    left = write("words", GONE)
    outbox.save_text(db, left, "more words", now=NOW)
    assert [reply.text for reply in left_open.left_open(db)] == ["more words"]


def test_who_sends_it_is_not_touched(db: Connection, write: Callable[..., int]) -> None:
    sent = write("words", GONE)
    outbox.begin_sending(db, sent, now=NOW)
    left_open.let_go(db, sent)
    assert left_open.left_open(db) == ()
    done = outbox.set_outcome(db, sent, Outcome(state=ReplyState.REJECTED), now=NOW)
    assert done.state is ReplyState.REJECTED
    assert left_open.left_open(db) == ()
