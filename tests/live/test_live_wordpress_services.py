"""The whole way on a real WordPress, by the services, and every fate of a reply."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import wordpress_server

from tui_reader.bootstrap import Services, open_services
from tui_reader.domain.comment import CommentKind, CommentState
from tui_reader.domain.post import Post
from tui_reader.domain.reply import Refusal, Reply, ReplyState
from tui_reader.services.library import PostFilter

pytestmark = pytest.mark.live


@pytest.fixture
async def services(tmp_path) -> AsyncIterator[Services]:
    opened = open_services(tmp_path / "home", throw_away=True)
    await opened.replying.add_identity(name="Nolwenn Tanguy", email="nolwenn@readers.example")
    yield opened
    await opened.close()


class Reader:
    """Somebody who follows the blog."""

    def __init__(self, blog: wordpress_server.WordPress, services: Services) -> None:
        self.blog, self.services = blog, services

    async def post(self, key: str) -> Post:
        return await self.services.library.find_post(self.blog.posts[key].url)

    async def reply(self, key: str, text: str, to: str | None = None) -> Reply:
        post = await self.post(key)
        begun = await self.services.replying.begin(post.id, to, text)
        return await self.services.replying.send(begun.id)

    async def refresh(self):
        (done,) = [step.latest async for step in self.services.refresh.run() if step.latest]
        return done


@pytest.fixture
async def reader(wordpress: wordpress_server.WordPress, services: Services) -> Reader:
    await services.subscriptions.add(wordpress.url)
    return Reader(wordpress, services)


@pytest.mark.parametrize(
    "address",
    ["", "feed/", "feed/atom/", "?feed=rss2", "{post}", "{post}feed/"],
    ids=lambda address: address or "home",
)
async def test_any_address_of_the_blog_leads_to_it(wordpress, services, address):
    url = address.format(post=wordpress.posts["marees"].url) if "{" in address else wordpress.url + address
    added = await services.subscriptions.add(url)
    assert added.is_new
    if address != "{post}feed/":
        assert added.blog.title == "Le carnet du phare"
        assert added.posts == 10


async def test_plain_permalinks_lead_to_the_blog_and_its_conversations(wordpress, services):
    wordpress.option("permalink_structure", "")
    added = await services.subscriptions.add(wordpress.url)
    assert added.posts == 10
    post = next(
        post for post in await services.library.posts() if post.title == "What the lamp room taught me"
    )
    conversation = await services.conversations.load(post.id)
    assert conversation.post.is_complete
    assert len(conversation.thread.rows) == 120


async def test_120_comments_over_several_pages_are_complete_and_in_order(reader):
    conversation = await reader.services.conversations.load((await reader.post("the-lamp-room")).id)
    rows = conversation.thread.rows
    assert conversation.post.is_complete
    assert (len(rows), max(row.depth for row in rows)) == (120, 4)
    seen: set[str] = set()
    for row in rows:
        assert row.depth == 0 or row.comment.parent_id in seen
        seen.add(row.comment.id)


async def test_pings_stand_apart(reader):
    thread = (await reader.services.conversations.load((await reader.post("marees")).id)).thread
    assert {ping.kind for ping in thread.pings} <= {CommentKind.PINGBACK, CommentKind.TRACKBACK}
    assert thread.pings


async def test_a_comment_that_comes_while_away_is_found_by_a_refresh_though_the_feed_says_304(reader):
    assert (await reader.refresh()).outcome == "unchanged"
    reader.blog.comment("marees", "Et par coefficient 110 ?")
    done = await reader.refresh()
    assert (done.outcome, done.new_comments) == ("changed", 1)
    (post,) = await reader.services.library.posts(PostFilter(has_new_comments=True))
    assert post.title == "Lire l’heure des marées"
    assert (await reader.refresh()).new_comments == 0


async def test_a_comment_that_is_taken_away_stays_readable(reader):
    post = await reader.post("marees")
    before = (await reader.services.conversations.load(post.id)).thread.rows
    gone = before[0].comment.id
    reader.blog.trash(gone)
    after = {
        row.comment.id: row.comment.state
        for row in (await reader.services.conversations.load(post.id)).thread.rows
    }
    assert after[gone] is CommentState.REMOVED
    assert len(after) == len(before)


async def test_a_reply_appears_under_the_comment_it_answers(reader):
    post = await reader.post("marees")
    parent = (await reader.services.conversations.load(post.id)).thread.rows[0].comment
    done = await reader.reply("marees", "À Saint-Malo c'est pire.", to=parent.id)
    assert done.state is ReplyState.PUBLISHED
    thread = (await reader.services.conversations.load(post.id)).thread
    mine = next(row for row in thread.rows if row.comment.id == done.comment_id)
    assert (mine.comment.parent_id, mine.depth, mine.comment.is_mine, mine.comment.is_new) == (
        parent.id,
        1,
        True,
        False,
    )


async def test_a_held_reply_is_shown_and_followed_until_a_moderator_lets_it_through(reader):
    done = await reader.reply("boite-aux-lettres", "Bonjour de la côte.")
    assert done.state is ReplyState.HELD
    post = await reader.post("boite-aux-lettres")
    states = {
        row.comment.state
        for row in (await reader.services.conversations.load(post.id)).thread.rows
        if row.comment.is_mine
    }
    assert states == {CommentState.HELD}
    reader.blog.approve(done.comment_id)
    await reader.services.conversations.load(post.id)
    assert (await reader.services.replying.reply(done.id)).state is ReplyState.PUBLISHED


async def test_what_a_spam_filter_took_is_not_called_published(reader):
    reader.blog.option("live_spam", 1)
    done = await reader.reply("relief", "Buy nothing, see nothing.")
    assert done.state is ReplyState.UNCERTAIN
    assert done.reason


@pytest.mark.parametrize(
    ("key", "refusal"),
    [
        ("tempete", Refusal.CLOSED),
        ("crew-only", Refusal.LOGIN),
        ("sealed-letters", Refusal.PASSWORD),
    ],
)
async def test_a_post_that_takes_no_reply_says_why(reader, key, refusal):
    done = await reader.reply(key, "May I?")
    assert done.state is ReplyState.REJECTED
    assert done.reason
    assert reader.blog.count(key) == sum(row["comment_approved"] == "1" for row in reader.blog.all_of(key))


async def test_the_same_words_twice_are_refused_as_a_duplicate(reader):
    assert (await reader.reply("relief", "Une fois.")).state is ReplyState.PUBLISHED
    done = await reader.reply("relief", "Une fois.")
    assert (done.state, done.refusal) == (ReplyState.REJECTED, Refusal.DUPLICATE)
    assert done.reason


async def test_too_fast_is_refused_in_the_blogs_own_words(reader):
    reader.blog.option("live_flood", 1)
    await reader.reply("relief", "One.")
    done = await reader.reply("relief", "Two.")
    assert (done.state, done.refusal) == (ReplyState.REJECTED, Refusal.TOO_FAST)
    assert "quickly" in done.reason or "vite" in done.reason


async def test_too_long_is_refused(reader):
    done = await reader.reply("relief", "x" * 66_000)
    assert (done.state, done.refusal) == (ReplyState.REJECTED, Refusal.TOO_LONG)


async def test_offline_keeps_the_reply_and_sends_it_once_when_the_blog_is_back(reader):
    with reader.blog.offline():
        done = await reader.reply("relief", "From the other shore.")
        assert done.state is ReplyState.QUEUED
    (sent,) = await reader.services.replying.flush()
    assert sent.state is ReplyState.PUBLISHED
    assert await reader.services.replying.flush() == ()
    assert len([row for row in reader.blog.all_of("relief") if "other shore" in row["comment_content"]]) == 1


@pytest.mark.parametrize("crash", ["before", "after"])
async def test_a_server_that_fails_never_makes_two_of_one_reply(reader, crash):
    reader.services.replying._grace = timedelta(0)
    reader.blog.option("live_crash", crash)
    done = await reader.reply("relief", "Is this thing on?")
    reader.blog.option("live_crash", "")
    if done.state is ReplyState.UNCERTAIN:
        (done,) = await reader.services.replying.flush()
    assert done.state is ReplyState.PUBLISHED
    assert len([row for row in reader.blog.all_of("relief") if "thing on" in row["comment_content"]]) == 1


async def test_an_account_answers_by_the_api(reader):
    (blog,) = await reader.services.subscriptions.blogs()
    keeper = reader.blog.keeper
    await reader.services.replying.add_identity(
        name="Anselme",
        email="a@b.example",
        blog_id=blog.id,
        username=keeper.username,
        secret=keeper.application_password,
    )
    done = await reader.reply("marees", "Merci à tous.")
    assert done.state is ReplyState.PUBLISHED
    assert reader.blog.stored(done.comment_id)["user_id"] != "0"


async def test_the_conversation_of_a_blog_that_is_not_followed_is_read_and_answered(wordpress, services):
    post = await services.library.find_post(wordpress.posts["marees"].url)
    assert post.title == "Lire l’heure des marées"
    conversation = await services.conversations.load(post.id)
    assert conversation.post.is_complete
    assert conversation.thread.rows
    begun = await services.replying.begin(post.id, None, "Passing by.")
    assert (await services.replying.send(begun.id)).state is ReplyState.PUBLISHED
    assert await services.subscriptions.blogs() == ()
