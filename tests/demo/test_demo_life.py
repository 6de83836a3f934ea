"""What the demo blog does of its own accord, what it starts with, and what it keeps between runs."""

import asyncio
import re
import sys

import httpx
import pytest

from tui_reader.demo import DemoBlog, DemoServer
from tui_reader.demo.model import Submission, Verdict
from tui_reader.demo.state_file import stored_count
from tui_reader.demo.texts import CARNET, HARBOUR

FORM = "/wp-comments-post.php"


@pytest.fixture(params=[HARBOUR, CARNET], ids=lambda text: text.title)
def blog(request, clock):
    return DemoBlog(request.param, start=clock())


def hello(post_id: int = 44, text: str = "Hello") -> Submission:
    return Submission(post_id=post_id, author="Noa", email="noa@example.org", text=text)


def test_every_comment_is_younger_than_its_post_and_its_parent_and_older_than_now(blog, clock):
    for comment in blog.comments:
        assert blog.post(comment.post_id).published < comment.published < clock()
        if comment.parent_id:
            parent = blog.comment(comment.parent_id)
            assert (parent.post_id, parent.published < comment.published) == (comment.post_id, True)
            assert parent.id < comment.id


def test_no_two_comments_share_a_second(blog):
    assert len({comment.published for comment in blog.comments}) == len(blog.comments)


def test_texts_are_sound_html(blog):
    for source in [post.html for post in blog.posts] + [comment.text for comment in blog.comments]:
        opened = re.findall(r"<(?!img|hr|br)([a-z0-9]+)[^>]*>", source)
        closed = re.findall(r"</([a-z0-9]+)>", source)
        assert sorted(opened) == sorted(closed)


def test_the_english_blog_has_one_of_everything(clock):
    blog = DemoBlog(HARBOUR, start=clock())

    by_number = [len(blog.comments_on(post.id)) for post in blog.posts]
    assert by_number[0] == 0
    assert {28, 130} <= set(by_number)
    assert [post.id for post in blog.posts if not post.takes_comments] == [17]
    assert [post.id for post in blog.posts if post.holds_comments] == [23]
    assert [post.id for post in blog.posts if post.password] == [12]
    assert {comment.kind for comment in blog.comments} == {"comment", "pingback"}
    everything = "".join(post.html for post in blog.posts)
    for tag in (
        "<h2",
        "<h3",
        "<ul",
        "<ol",
        "<blockquote",
        "<pre",
        "<code",
        "<table",
        "<figure",
        "<sup",
        "<hr",
    ):
        assert tag in everything


def test_the_crowd_is_always_the_same(clock):
    first, second = DemoBlog(HARBOUR, start=clock()), DemoBlog(HARBOUR, start=clock())

    assert first.comments == second.comments


def test_a_lively_author_answers_after_a_while(clock):
    blog = DemoBlog(HARBOUR, start=clock(), lively=True)
    mine = blog.add_comment(hello(), clock()).comment
    blog.advance(clock())
    before = blog.comments[-1]

    clock.on(seconds=8)
    happened = blog.advance(clock())

    answer = blog.comments[-1]
    assert before == mine
    assert happened
    assert (answer.parent_id, answer.author, answer.is_by_author) == (mine.id, "Maren Quill", True)
    assert "%NAME%" not in answer.text
    assert not blog.advance(clock())


def test_a_lively_moderator_approves_after_a_minute_and_then_answers(clock):
    blog = DemoBlog(HARBOUR, start=clock(), lively=True)
    added = blog.add_comment(hello(post_id=23), clock())
    clock.on(seconds=59)
    blog.advance(clock())
    held = blog.comment(added.comment.id)

    clock.on(seconds=1)
    blog.advance(clock())

    assert (added.verdict, held.status) == (Verdict.HELD, "hold")
    assert blog.comment(added.comment.id).status == "approved"
    assert blog.comments[-1].parent_id == added.comment.id


def test_a_blog_that_is_not_lively_leaves_all_as_it_is(clock):
    blog = DemoBlog(HARBOUR, start=clock())
    blog.add_comment(hello(post_id=23), clock())
    clock.on(days=1)

    assert not blog.advance(clock())
    assert blog.comments[-1].status == "hold"


async def test_the_authors_answer_is_seen_by_whoever_asks_next(clock, letter):
    async with (
        DemoServer(now=clock, lively=True) as server,
        httpx.AsyncClient(base_url=server.url) as client,
    ):
        await client.post(FORM, data=letter())
        clock.on(seconds=10)
        listed = (await client.get("/wp-json/wp/v2/comments?post=44&orderby=id&per_page=2")).json()

    assert listed[0]["parent"] == listed[1]["id"]
    assert listed[0]["author"] == 1


async def test_comments_outlive_the_server_in_its_file(clock, letter, tmp_path):
    kept = tmp_path / "demo.json"
    async with (
        DemoServer(now=clock, state=kept, lively=True) as server,
        httpx.AsyncClient(base_url=server.url) as client,
    ):
        await client.post(FORM, data=letter(text="Kept – ünï"))
        comments = server.demo_blogs[0].comments
    clock.on(days=3, seconds=20)

    async with (
        DemoServer(now=clock, state=kept, lively=True) as server,
        httpx.AsyncClient(base_url=server.url) as client,
    ):
        assert server.demo_blogs[0].comments == comments
        assert "/2026/08/what-the-tide-table" in server.post_url(44)
        await client.get("/")
        assert server.demo_blogs[0].comments[-1].parent_id == comments[-1].id

    assert stored_count(kept, "Kept – ünï") == 1
    assert stored_count(tmp_path / "none.json", "Kept – ünï") == 0


async def test_a_stored_comment_is_in_the_file_although_no_answer_comes(clock, letter, tmp_path):
    kept = tmp_path / "demo.json"
    async with (
        DemoServer(now=clock, state=kept) as server,
        httpx.AsyncClient(base_url=server.url) as client,
    ):
        server.fault = "reset-after-store"
        with pytest.raises(httpx.ReadError):
            await client.post(FORM, data=letter())

        assert stored_count(kept, letter()["comment"]) == 1


async def test_reading_does_not_write_the_file_anew(clock, tmp_path):
    kept = tmp_path / "demo.json"
    async with (
        DemoServer(now=clock, state=kept) as server,
        httpx.AsyncClient(base_url=server.url) as client,
    ):
        before = kept.stat().st_ino
        await client.get("/feed/")

        assert kept.stat().st_ino == before


async def test_it_runs_as_a_program_and_prints_its_addresses_first(letter, tmp_path):
    kept = tmp_path / "demo.json"
    program = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tui_reader.demo", "--state", str(kept), "--fault", "ok,500-after-store"),
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        first = (await asyncio.wait_for(program.stdout.readline(), timeout=30)).decode().strip()
        async with httpx.AsyncClient(base_url=first) as client:
            statuses = [
                (await client.post(FORM, data=letter(text=text, email=f"{text}@example.org"))).status_code
                for text in ("one", "two")
            ]
    finally:
        program.kill()
        await program.wait()
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", first)
    assert statuses == [302, 500]
    assert [stored_count(kept, text) for text in ("one", "two")] == [1, 1]
