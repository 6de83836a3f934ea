"""Whole texts of posts that a feed cuts short: taken from real pages by a real process, kept, never worse."""

import asyncio

import httpx
import pytest

from tests.conftest import NOW
from tests.fakes import desk, entry, followed
from tui_reader.domain.update import decide
from tui_reader.errors import ExtractionError, FetchError
from tui_reader.net.client import Http
from tui_reader.services import full_text
from tui_reader.services.full_text import FullTexts
from tui_reader.services.library import Library
from tui_reader.services.parsing import CPU_SECONDS, MEMORY, Parsers
from tui_reader.storage import intake, post_texts
from tui_reader.storage.database import Database

BEGINNING = "<p>The ferry was cancelled at six, so the whole quay sat down to breakfast [&#8230;]</p>"
FIRST = (
    "The ferry was cancelled at six, so the whole quay sat down to breakfast together. Nobody had planned."
)
MORE = "Somebody had a stove, somebody had eggs, and the rain kept to the other side of the bay all day. "
OTHER = "<p>" + "We value your privacy and use cookies to improve what you see on these pages of ours. " * 9
PAGE = f"""<!doctype html><html><head><title>Ferry — Harbour</title></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/about">About this harbour</a></li></ul></nav>
<main><article class="post"><h1>Breakfast</h1><div class="entry-content">
<p>{FIRST} See <a href="/timetable">the timetable</a>.</p><h2>What it is for</h2><p>{MORE * 3}</p>
<pre class="wp-block-code"><code class="language-python">def boats():
    return 3

print(boats())</code></pre>
<figure><img src="/boat.jpg" alt="A boat" width="600">
<figcaption>The boat at noon, before the rain</figcaption></figure>
<table><tr><th>Boat</th><th>Leaves</th></tr><tr><td>First</td><td>six</td></tr></table><p>{MORE * 2}</p>
</div></article>
<section id="comments"><p>Nice post, I liked every word of it very much indeed.</p></section></main>
<aside><p>Buy my book about harbours, it is good and cheap and it floats.</p></aside>
<footer><p>Copyright, all rights reserved, by me.</p></footer></body></html>"""


@pytest.fixture(scope="module")
def pages():
    made = Parsers(most=1, loads=("trafilatura",))
    yield made
    made.stop()


@pytest.fixture
async def place(tmp_path, now, pages):
    """A followed post that the feed cuts short, its page as a test sets it, the services that read it."""

    class Place:
        page: object = PAGE
        asked: list[httpx.Request]

        def answer(self, request):
            self.asked.append(request)
            if isinstance(self.page, httpx.Response):
                return self.page
            return httpx.Response(200, html=self.page)

    found = Place()
    found.asked = []
    found.database = Database.open(tmp_path / "reader.db")
    await desk(tmp_path, now, database=found.database)
    found.entry = entry(2, html=BEGINNING, is_excerpt=True)
    await followed(found.database, now, [found.entry])
    http = Http(transport=httpx.MockTransport(found.answer))
    found.library = Library(found.database, lambda: http, now)
    found.full_texts = FullTexts(found.database, lambda: http, pages=pages)
    found.post = (await found.library.posts())[0]
    yield found
    await http.aclose()


async def test_the_whole_text_is_taken_from_the_page_with_all_that_it_is_made_of(place):
    before = await place.library.text_state(place.post.id)
    assert (before.is_cut, before.has_full, before.wants_fetch) == (True, False, True)
    await place.full_texts.fetch(place.post.id)
    document = await place.library.body(place.post.id)
    kinds = [type(block).__name__ for block in document.blocks]
    assert {"Paragraph", "Heading", "Code", "Image", "Table"} <= set(kinds)
    told = str(document)
    assert "Nobody had planned" in told
    assert "python" in told
    assert "before the rain" in told
    assert document.links[0].endswith("/timetable")
    for around in ("About this harbour", "liked every word", "Buy my book", "Copyright"):
        assert around not in told
    state = await place.library.text_state(place.post.id)
    assert (state.has_full, state.is_from_page, state.wants_fetch) == (True, True, False)
    assert "cookie" not in place.asked[0].headers
    assert "referer" not in place.asked[0].headers


async def test_the_feeds_own_text_stays_beside_it(place):
    await place.full_texts.fetch(place.post.id)
    own = await place.library.body(place.post.id, of_feed=True)
    assert "sat down to breakfast […]" in str(own)
    assert "stove" not in str(own)


@pytest.mark.parametrize(
    ("page", "why"),
    [
        (f"<html><body><article><p>{FIRST[:60]}</p></article></body></html>", "no more than|no main text"),
        (f"<html><body><main><article>{OTHER}</p></article></main></body></html>", "another one"),
        ("<html><body></body></html>", "no main text"),
        ("", "cannot be read"),
        ("<div>" * 5000 + "words", "cannot be read|no main text"),
    ],
    ids=["shorter", "another text", "empty page", "nothing", "too deep"],
)
async def test_what_is_worse_than_the_feeds_text_is_refused_and_the_feeds_stays(place, page, why):
    place.page = page
    with pytest.raises(ExtractionError, match=why):
        await place.full_texts.fetch(place.post.id)
    state = await place.library.text_state(place.post.id)
    assert not state.has_full
    assert "sat down to breakfast" in str(await place.library.body(place.post.id))


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (httpx.Response(404), FetchError),
        (
            httpx.Response(200, content=b"%PDF", headers={"content-type": "application/pdf"}),
            ExtractionError,
        ),
        (httpx.Response(200, html="<p>" + "x" * 6_000_000), FetchError),
    ],
    ids=["gone", "a file", "too large"],
)
async def test_a_page_that_cannot_be_had_says_why(place, answer, error):
    place.page = answer
    with pytest.raises(error):
        await place.full_texts.fetch(place.post.id)


async def test_a_text_that_changed_is_fetched_again_and_the_old_one_stays_until_then(place, now):
    await place.full_texts.fetch(place.post.id)
    changed = entry(2, html=BEGINNING.replace("six", "seven"), is_excerpt=True)
    known = await place.database.read(intake.known_posts, place.post.blog_id)
    await place.database.run(intake.apply_update, place.post.blog_id, decide(known, (changed,)), now=NOW)
    state = await place.library.text_state(place.post.id)
    assert (state.has_full, state.is_outdated, state.wants_fetch) == (True, True, True)
    await place.full_texts.fetch(place.post.id)
    assert not (await place.library.text_state(place.post.id)).wants_fetch


async def test_what_the_blog_itself_gave_is_never_replaced_by_what_was_taken_from_the_page(place):
    await place.database.run(post_texts.set_full_body, place.post.id, "<p>Whole, by the blog.</p>")
    await place.database.run(post_texts.keep_from_page, place.post.id, "<p>Page</p>", feed_html=BEGINNING)
    state = await place.library.text_state(place.post.id)
    assert (state.has_full, state.is_from_page) == (True, False)


async def test_a_post_under_a_crowd_of_comments_is_read_within_the_bounds_of_all_parsing(pages):
    assert pages._limits == full_text.PAGES._limits
    assert pages._limits["memory"] == MEMORY == 200_000_000
    assert pages._limits["cpu"] == CPU_SECONDS == 2.5
    said = "".join(
        f'<li class="comment" id="c{n}"><b class="fn">Ann</b><p>Said by number {n}: {MORE}</p></li>'
        for n in range(2_000)
    )
    crowd = PAGE.replace('<section id="comments">', f'<section id="comments"><ol>{said}</ol>')
    assert len(crowd) > 300_000
    found = await pages.page(crowd, "https://b.example/1/")
    assert "The boat at noon" in found
    assert "Said by number" not in found


async def test_a_page_that_takes_for_ever_is_given_up(tmp_path):
    pages = Parsers(most=1, cpu_seconds=0.2, loads=("trafilatura",))
    try:
        nasty = "<html><body>" + "<p>word word word <b><i>" * 60_000 + "</body></html>"
        with pytest.raises(ExtractionError, match=r"too long|too damaged|cannot be read|memory"):
            await asyncio.wait_for(pages.page(nasty, "https://b.example/"), 20)
    finally:
        pages.stop()
