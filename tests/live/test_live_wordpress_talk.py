"""The user's own conversations on a real WordPress: answered, held, let through late, declined, removed."""

from datetime import UTC, datetime, timedelta

import pytest

from tui_reader.bootstrap import open_services
from tui_reader.domain.reply import ReplyState

pytestmark = pytest.mark.live


class Days:
    """A clock that stands where it is put, ahead of the blog's."""

    def __init__(self) -> None:
        self.ahead = timedelta(0)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@pytest.fixture
def days() -> Days:
    return Days()


@pytest.fixture
async def services(wordpress, tmp_path, days):
    opened = open_services(tmp_path / "home", throw_away=True, now=days)
    await opened.replying.add_identity(name="Nolwenn Tanguy", email="nolwenn@readers.example")
    await opened.subscriptions.add(wordpress.url)
    yield opened
    await opened.close()


async def send(wordpress, services, key, text):
    post = await services.library.find_post(wordpress.posts[key].url)
    begun = await services.replying.begin(post.id, None, text)
    return post, await services.replying.send(begun.id)


async def refresh(services):
    return [step.latest async for step in services.refresh.run() if step.latest]


async def test_an_answer_to_me_comes_first_and_is_counted_until_it_is_seen(wordpress, services):
    post, mine = await send(wordpress, services, "relief", "Bonjour de la côte.")
    assert mine.state is ReplyState.PUBLISHED
    wordpress.comment("relief", "Bonjour à vous.", parent=int(mine.comment_id))
    wordpress.comment("marees", "Ailleurs.")
    await refresh(services)
    assert (await services.library.counts()).answers == 1
    (thread,) = await services.conversations.mine()
    assert (thread.post.id, thread.mine, thread.new_answers) == (post.id, 1, 1)
    (answer,) = await services.conversations.answers()
    assert answer.comment.author == "Odile Kerbrat"
    await services.conversations.mark_answers_seen([answer])
    assert (await services.library.counts()).answers == 0


async def test_a_held_reply_is_found_without_opening_its_post(wordpress, services, days):
    _, held = await send(wordpress, services, "boite-aux-lettres", "Bonjour de la côte.")
    assert held.state is ReplyState.HELD
    days.ahead += timedelta(hours=2)
    assert await services.replying.follow_up() == ()
    wordpress.approve(held.comment_id)
    assert await services.replying.follow_up() == ()  # it was asked a moment ago
    days.ahead += timedelta(hours=4)
    (done,) = await services.replying.follow_up()
    assert (done.state, done.comment_id) == (ReplyState.PUBLISHED, held.comment_id)


async def test_a_held_reply_that_was_thrown_away_stays_away_and_says_so(wordpress, services, days):
    post, held = await send(wordpress, services, "boite-aux-lettres", "Bonjour de la côte.")
    wordpress.trash(held.comment_id)
    settled = []
    for _ in range(16):
        days.ahead += timedelta(days=1)
        settled += await services.replying.follow_up()
    (done,) = settled
    assert (done.state, done.is_given_up) == (ReplyState.HELD, True)
    assert "may have declined it" in done.reason
    assert "did not appear" in (await services.conversations.stored(post.id)).note
    assert (await services.library.counts()).held == 0


async def test_what_i_sent_and_what_the_blog_took_away_stays_mine_and_in_its_place(wordpress, services):
    post, mine = await send(wordpress, services, "relief", "Bonjour de la côte.")
    answer = wordpress.comment("relief", "Bonjour à vous.", parent=int(mine.comment_id))
    await services.conversations.load(post.id)
    wordpress.trash(mine.comment_id)
    conversation = await services.conversations.load(post.id)
    rows = {row.comment.id: row for row in conversation.thread.rows}
    assert (rows[mine.comment_id].comment.is_mine, rows[mine.comment_id].comment.state) == (True, "removed")
    assert rows[str(answer)].depth == rows[mine.comment_id].depth + 1


async def test_a_removed_blog_comes_back_with_its_conversations(wordpress, services):
    post, mine = await send(wordpress, services, "relief", "Bonjour de la côte.")
    before = await services.conversations.load(post.id)
    await services.subscriptions.remove(post.blog_id)
    assert await services.conversations.mine() == ()
    await services.library.undo()
    assert await services.conversations.stored(post.id) == before
    assert [thread.my_last.id for thread in await services.conversations.mine()] == [mine.comment_id]
