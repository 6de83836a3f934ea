"""The reader's own WordPress engine takes the demo blogs for what they claim to be."""

from collections.abc import AsyncIterator

import pytest

from tui_reader.demo import DemoServer
from tui_reader.domain.blog import Blog
from tui_reader.domain.conversation import Letter, Place
from tui_reader.domain.post import Post
from tui_reader.domain.reply import ReplyState
from tui_reader.engines.wordpress import WordPress
from tui_reader.net.client import Http


@pytest.fixture
async def engine(clock) -> AsyncIterator[WordPress]:
    http = Http()
    yield WordPress(http, clock)
    await http.aclose()


def place(server: DemoServer, post_id: int, *, blog: int = 0) -> Place:
    """A post as it is stored after its feed was read."""
    home, state = server.blogs[blog], server.demo_blogs[blog]
    address = server.post_url(post_id, home)
    return Place(
        blog=Blog(
            id=1,
            url=home,
            feed_url=home + "feed/",
            title=state.title,
            added_at=server._start,
            generator="https://wordpress.org/?v=6.1&demo=tui_reader",
        ),
        post=Post(
            id=1,
            blog_id=1,
            blog_title=state.title,
            url=address,
            guid=f"{home}?p={post_id}",
            title=state.post(post_id).title,
            first_seen=server._start,
            comments_feed_url=address + "feed/",
            comment_count=len(state.comments_on(post_id)),
        ),
    )


EVERY_POST = [(0, post_id) for post_id in (52, 44, 38, 31, 23, 17)] + [
    (1, post_id) for post_id in (27, 19, 8)
]


@pytest.mark.parametrize("fault", [None, "rest-off"])
@pytest.mark.parametrize(("blog", "post_id"), EVERY_POST)
async def test_every_comment_and_ping_is_loaded_with_its_parent(server, engine, blog, post_id, fault):
    server.fault = fault
    here = place(server, post_id, blog=blog)

    loaded = await engine.load(here)

    shown = {
        (str(comment.id), str(comment.parent_id) if comment.parent_id else None, comment.kind)
        for comment in server.demo_blogs[blog].comments_on(post_id)
    }
    assert engine.recognises(here)
    assert {(comment.id, comment.parent_id, comment.kind.value) for comment in loaded.comments} == shown
    assert loaded.is_complete


async def test_a_reply_is_published_where_it_belongs(server, engine):
    here = place(server, 44)
    form = await engine.prepare(here, "101", None)

    outcome = await engine.send(here, form, Letter(text="Aye.", name="Noa", email="noa@example.org"))

    stored = server.demo_blogs[0].comments[-1]
    assert (outcome.state, outcome.comment_id) == (ReplyState.PUBLISHED, str(stored.id))
    assert (stored.parent_id, stored.typed, stored.author) == (101, "Aye.", "Noa")


async def test_a_held_reply_is_known_to_be_held(server, engine):
    here = place(server, 23)
    form = await engine.prepare(here, None, None)

    outcome = await engine.send(here, form, Letter(text="Dear sir", name="Noa", email="noa@example.org"))

    assert outcome.state is ReplyState.HELD


@pytest.mark.parametrize(
    ("fault", "found"),
    [("reset-after-store", True), ("500-after-store", True), ("reset-before", False), ("500-before", False)],
)
async def test_an_uncertain_reply_is_found_when_it_arrived(server, engine, clock, fault, found):
    here, letter = place(server, 44), Letter(text="Did it land?", name="Noa", email="noa@example.org")
    form = await engine.prepare(here, None, None)
    server.fault = fault

    outcome = await engine.send(here, form, letter)
    seen = await engine.look_for(here, letter, None, clock())

    assert outcome.state is ReplyState.UNCERTAIN
    assert (seen is not None) == found == (server.comment_count_of("Did it land?") == 1)
