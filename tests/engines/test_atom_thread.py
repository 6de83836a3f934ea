"""Comment feeds of blogs that are no WordPress: threads as far as they tell."""

import httpx
import pytest
from pretend_wordpress import PretendWordPress

from tui_reader.domain.conversation import Letter, ReplyForm
from tui_reader.domain.reply import ReplyState
from tui_reader.domain.thread import in_reading_order
from tui_reader.engines.atom_thread import AtomThread
from tui_reader.errors import FetchError, ReplyError
from tui_reader.net.client import Http

FEED = "https://moor.example/post/7/comments.xml"
POST = "tag:moor.example,2026:post-7"
THREAD = 'xmlns:thr="http://purl.org/syndication/thread/1.0"'


def entry(number, *, answers=None, extra="", guid=None, at=None):
    refs = "".join(f"<thr:in-reply-to ref='{ref}'/>" for ref in answers or ())
    return (
        f"<entry><id>{guid or f'tag:moor.example,2026:c{number}'}</id><title>Comment</title>"
        f"<link href='https://moor.example/post/7#c{number}'/><author><name>Reader {number}</name></author>"
        f"<published>2026-05-01T10:{at or number:02}:00Z</published>"
        f"<content type='html'>&lt;p&gt;Words {number}.&lt;/p&gt;</content>{refs}{extra}</entry>"
    )


def feed(*entries, head=""):
    return (
        f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" {THREAD}>'
        f"<title>Comments</title><id>x</id>{head}{''.join(entries)}</feed>"
    )


def place(**known):
    bare = {
        "generator": "Moor 2",
        "guid": POST,
        "url": "https://moor.example/post/7",
        "comments_url": "https://moor.example/post/7#comments",
        "comments_feed_url": FEED,
        "comment_count": None,
    }
    return PretendWordPress().place(**(bare | known))


@pytest.fixture
def load(now):
    async def load(pages, at=None):
        asked = []

        def server(request):
            asked.append(str(request.url))
            body = pages.get(str(request.url)) if isinstance(pages, dict) else pages
            if isinstance(body, httpx.Response):
                return body
            return httpx.Response(200, text=body) if body is not None else httpx.Response(404)

        async with Http(transport=httpx.MockTransport(server)) as http:
            loaded = await AtomThread(http, now).load(at or place())
        return loaded, asked

    return load


def parents(loaded):
    return {
        comment.id.rpartition(":")[2]: (comment.parent_id or "").rpartition(":")[2]
        for comment in loaded.comments
    }


async def test_parents_are_those_that_the_feed_names(load):
    body = feed(
        entry(3, answers=["tag:moor.example,2026:c2"]),
        entry(2, answers=["tag:moor.example,2026:c1"]),
        entry(1, answers=[POST]),
    )
    loaded, _ = await load(body)
    assert parents(loaded) == {"c1": "", "c2": "c1", "c3": "c2"}
    rows = in_reading_order(loaded.comments).rows
    assert [(row.comment.author, row.depth) for row in rows] == [
        ("Reader 1", 0),
        ("Reader 2", 1),
        ("Reader 3", 2),
    ]
    assert loaded.comments[0].html == "<p>Words 3.</p>"
    assert loaded.comments[0].url == "https://moor.example/post/7#c3"
    assert loaded.takes_comments is None


async def test_reference_by_address_and_reference_to_several_are_understood(load):
    body = feed(
        entry(1),
        entry(2, answers=["https://moor.example/post/7#c1"]),
        entry(3, answers=[POST, "tag:moor.example,2026:c2"]),
        entry(4, answers=["https://moor.example/post/7"]),
    )
    loaded, _ = await load(body)
    assert parents(loaded) == {"c1": "", "c2": "c1", "c3": "c2", "c4": ""}


async def test_answer_to_a_comment_that_left_the_feed_keeps_its_parent(load):
    loaded, _ = await load(feed(entry(9, answers=["tag:moor.example,2026:c1"])))
    assert parents(loaded) == {"c9": "c1"}
    assert in_reading_order(loaded.comments).rows[0].depth == 0


async def test_loops_do_no_harm(load):
    body = feed(
        entry(1, answers=["tag:moor.example,2026:c1"]),
        entry(2, answers=["tag:moor.example,2026:c3"]),
        entry(3, answers=["tag:moor.example,2026:c2"]),
    )
    loaded, _ = await load(body)
    assert len(in_reading_order(loaded.comments).rows) == 3


async def test_blogger_names_the_parent_by_a_related_link(load):
    def blogger(number, parent=None):
        related = (
            "<link rel='related' type='application/atom+xml' "
            f"href='https://www.blogger.example/feeds/1/7/comments/default/{parent}?v=2'/>"
            if parent
            else ""
        )
        return entry(
            number % 60, guid=f"tag:blogger.com,1999:blog-1.post-{number}", answers=[POST], extra=related
        )

    loaded, _ = await load(feed(blogger(101), blogger(102, 101), blogger(103, 999)))
    assert [comment.parent_id for comment in loaded.comments] == [
        None,
        "tag:blogger.com,1999:blog-1.post-101",
        "tag:blogger.com,1999:blog-1.post-999",
    ]


async def test_flat_feed_gives_a_flat_conversation(load):
    items = "".join(
        f"<item><title>By: R{n}</title><link>https://moor.example/post/7#c{n}</link>"
        f"<pubDate>Fri, 01 May 2026 10:{n:02}:00 GMT</pubDate><description>Words {n}.</description></item>"
        for n in (3, 2, 1)
    )
    loaded, _ = await load(f'<rss version="2.0"><channel><title>C</title>{items}</channel></rss>')
    rows = in_reading_order(loaded.comments).rows
    assert [(row.depth, row.comment.url[-1]) for row in rows] == [(0, "1"), (0, "2"), (0, "3")]


@pytest.mark.parametrize(
    ("shown", "count", "note", "is_complete"),
    [
        (10, 87, "10 newest of 87", False),
        (20, None, "the newest 20", False),
        (20, 20, "", False),
        (7, 7, "", True),
        (7, None, "", False),
        (7, 5, "", True),
        (0, 0, "", True),
        (0, 3, "none of 3 are in the feed", False),
    ],
)
async def test_what_is_missing_is_said(load, shown, count, note, is_complete):
    loaded, _ = await load(feed(*(entry(n) for n in range(shown, 0, -1))), place(comment_count=count))
    assert (loaded.note, loaded.is_complete) == (note, is_complete)
    assert loaded.total == (None if count is None else max(count, shown))


@pytest.mark.parametrize(("count", "note"), [(87, "20 of 87"), (None, "the first 20")])
async def test_a_feed_that_begins_with_the_oldest_is_not_called_the_newest(load, count, note):
    loaded, _ = await load(feed(*(entry(n) for n in range(1, 21))), place(comment_count=count))
    assert loaded.note == note


async def test_feed_in_pages_is_read_to_its_end(load):
    pages = {
        FEED: feed(*(entry(n) for n in range(21, 31)), head="<link rel='next' href='?start=11'/>"),
        f"{FEED}?start=11": feed(
            *(entry(n) for n in range(11, 21)), head="<link rel='next' href='?start=1'/>"
        ),
        f"{FEED}?start=1": feed(*(entry(n) for n in range(1, 11))),
    }
    loaded, asked = await load(pages, place(comment_count=30))
    assert len(loaded.comments) == 30
    assert (loaded.is_complete, loaded.note) == (True, "")
    assert asked == list(pages)


async def test_next_page_may_be_named_in_a_header(load):
    pages = {
        FEED: httpx.Response(200, text=feed(entry(2)), headers={"Link": '<?page=2>; rel="next"'}),
        f"{FEED}?page=2": feed(entry(1)),
    }
    loaded, _ = await load(pages)
    assert len(loaded.comments) == 2


async def test_feed_that_gives_the_same_page_for_ever_is_left(load):
    def server_page(number):
        return feed(entry(1), entry(2), head=f"<link rel='next' href='{FEED}?page={number + 1}'/>")

    pages = {FEED: server_page(1)} | {f"{FEED}?page={n}": server_page(n) for n in range(2, 300)}
    loaded, asked = await load(pages)
    assert len(loaded.comments) == 2
    assert len(asked) == 2


async def test_feed_without_end_is_left_at_last(load):
    class Endless(dict):
        def get(self, url, default=None):
            number = int(url.partition("page=")[2] or 1)
            return feed(
                entry(number % 60, guid=f"urn:c{number}"),
                head=f"<link rel='next' href='{FEED}?page={number + 1}'/>",
            )

    loaded, asked = await load(Endless(), place(comment_count=40))
    assert len(asked) == 40
    assert not loaded.is_complete
    assert loaded.note == "the newest 40"


async def test_later_page_that_fails_leaves_what_came(load):
    pages = {FEED: feed(entry(2), head="<link rel='next' href='?page=2'/>")}
    loaded, _ = await load(pages, place(comment_count=9))
    assert (len(loaded.comments), loaded.note) == (1, "1 newest of 9")


@pytest.mark.parametrize(
    "answer",
    [httpx.Response(500), httpx.Response(200, html="<!doctype html><p>Home"), httpx.Response(200, text="")],
    ids=["fails", "is a page", "is empty"],
)
async def test_feed_that_cannot_be_had_is_a_fetch_error(load, answer):
    with pytest.raises(FetchError):
        await load(answer)


async def test_answers_are_offered_the_browser(now):
    async with Http(transport=httpx.MockTransport(lambda request: httpx.Response(500))) as http:
        engine = AtomThread(http, now)
        with pytest.raises(ReplyError, match="in a browser only") as raised:
            await engine.prepare(place(), None, None)
        assert raised.value.browser_url == "https://moor.example/post/7#comments"
        with pytest.raises(ReplyError) as raised:
            await engine.prepare(place(comments_url=None), None, None)
        assert raised.value.browser_url == "https://moor.example/post/7"
        letter = Letter(text="Hello", name="Ann", email="ann@b.example")
        sent = await engine.send(place(), ReplyForm(action=FEED, page_url=FEED), letter)
        assert sent.state is ReplyState.REJECTED
        assert await engine.look_for(place(), letter, None, now()) is None
        assert (await engine.check(place(), "c1")).state is ReplyState.UNCERTAIN
