"""Which comment system serves a post, and what becomes of a post that none serves."""

import httpx
import pytest
from pretend_wordpress import PretendWordPress

from tui_reader.domain.conversation import Letter, ReplyForm
from tui_reader.domain.reply import ReplyState
from tui_reader.engines.atom_thread import AtomThread
from tui_reader.engines.choose import choose
from tui_reader.engines.no_comments import NoComments
from tui_reader.engines.wordpress import WordPress
from tui_reader.errors import ReplyError
from tui_reader.net.client import Http

BARE = {"guid": "tag:b.example,2026:1", "comments_url": None, "comments_feed_url": None}


@pytest.fixture
def engines(now):
    def refuse(request):
        raise AssertionError(f"choosing must ask for nothing, and asked for {request.url}")

    http = Http(transport=httpx.MockTransport(refuse))
    return (WordPress(http, now), AtomThread(http, now))


def place(**known):
    return PretendWordPress().place(**(BARE | known))


def test_wordpress_comes_before_any_comment_feed(engines):
    known = place(generator="https://wordpress.org/?v=6.7", comments_feed_url="https://b.example/a/feed/")
    assert choose(known, engines).name == "wordpress"


def test_blog_that_names_comment_feeds_is_read_by_them(engines):
    known = place(generator="Dotclear", comments_feed_url="https://b.example/feed/atom/comments/4")
    assert choose(known, engines).name == "atom"


def test_post_that_no_engine_serves_has_a_kind_answer(engines):
    assert choose(place(generator="Hugo 0.150"), engines).name == "none"
    assert choose(place(generator="Hugo 0.150"), ()).name == "none"


def test_blog_of_which_nothing_is_known_is_looked_at(engines):
    assert choose(place(generator=None), engines).name == "wordpress"
    assert choose(place(generator=None), engines[1:]).name == "none"


async def test_post_without_comments_says_so_and_offers_the_browser():
    engine, known = NoComments(), place(generator="Hugo 0.150")
    loaded = await engine.load(known)
    assert (loaded.comments, loaded.is_complete, loaded.takes_comments) == ((), False, None)
    assert loaded.note == "this blog shows no comments to readers of its feed"
    with pytest.raises(ReplyError) as raised:
        await engine.prepare(known, None, None)
    assert raised.value.browser_url == known.post.url
    form = ReplyForm(action="https://b.example/", page_url="https://b.example/")
    sent = await engine.send(known, form, Letter(text="Hello", name="Ann", email="ann@b.example"))
    assert sent.state is ReplyState.REJECTED
