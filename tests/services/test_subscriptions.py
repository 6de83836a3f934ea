"""Following, organising and leaving blogs: nothing is doubled, and nothing is lost by a slip."""

import asyncio
import sqlite3
import ssl
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import httpx
import pytest

from tests.conftest import NOW
from tests.opml_told import told
from tests.services.blog_server import BlogServer, Item
from tui_reader.domain.comment import Comment
from tui_reader.errors import FetchError, HttpStatusError, NotFoundError, NotSentError
from tui_reader.net.client import Http
from tui_reader.services.library import Library, PostFilter
from tui_reader.services.secrets import Secrets
from tui_reader.services.several import add_several
from tui_reader.services.subscriptions import Subscriptions
from tui_reader.storage import blogs, comments, identities, outbox
from tui_reader.storage.database import Database

SAMPLES = Path(__file__).parents[1] / "feeds" / "samples" / "opml"


class World:
    """A blog under several addresses, and a reader."""

    def __init__(self, tmp_path):
        self.server = BlogServer(items=[Item(2), Item(1)])
        self.redirects: dict[str, str] = {}
        self.clock = NOW
        self.http = Http(transport=httpx.MockTransport(self.answer))
        self.database = Database.open(tmp_path / "reader.db")
        self.secrets = Secrets(tmp_path / "secrets.json", disabled=True)
        self.subscriptions = Subscriptions(self.database, self.http, self.secrets, lambda: self.clock)
        self.library = Library(self.database, lambda: self.http, lambda: self.clock)

    def answer(self, request: httpx.Request) -> httpx.Response:
        if str(request.url) in self.redirects:
            return httpx.Response(302, headers={"location": self.redirects[str(request.url)]})
        return self.server(request)

    def rows(self):
        tables = ("blogs", "posts", "bodies", "comments", "replies", "identities")
        return self.database.read_now(
            lambda db: [db.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in tables]
        )


@pytest.fixture
async def world(tmp_path):
    world = World(tmp_path)
    yield world
    await world.http.aclose()
    await world.database.close()


@pytest.mark.parametrize(
    "address",
    [
        "feed://b.example/feed/",
        "feed:https://b.example/feed/",
        "http://b.example/feed/",
        "https://b.example/feed",
        "https://www.b.example/feed/",
        "https://www.b.example/",
        "b.example",
        "https://b.example/old-feed",
    ],
)
async def test_one_blog_under_another_address_is_not_followed_twice(world, address):
    first = await world.subscriptions.add("https://b.example/feed/")
    world.redirects["https://b.example/old-feed"] = "https://b.example/feed/"
    again = await world.subscriptions.add(address)
    assert (again.is_new, again.blog.id) == (False, first.blog.id)
    assert len(await world.subscriptions.blogs()) == 1


async def test_several_addresses_are_asked_at_once_and_a_blog_among_them_twice_is_followed_once(world):
    answered = asyncio.Event()
    answer = world.answer

    async def slow(request):
        if request.url.host == "dead.example":
            await answered.wait()
            return httpx.Response(500)
        return answer(request)

    world.http = Http(transport=httpx.MockTransport(slow))
    world.subscriptions = Subscriptions(world.database, world.http, world.secrets, lambda: world.clock)
    seen = []

    def told(done):
        seen.append(done)
        if done == 4:
            answered.set()

    came = await add_several(
        world.subscriptions,
        ["https://dead.example/", "https://b.example/", "b.example/feed/", "two words", "https://b.example/feed/"],
        folder="Sea",
        told=told,
    )  # fmt: skip
    assert seen == [1, 2, 3, 4, 5]
    assert [type(came[at]) for at in (0, 3)] == [HttpStatusError, NotSentError]
    assert sorted(came[at].is_new for at in (1, 2, 4)) == [False, False, True]
    (one,) = await world.subscriptions.blogs()
    assert one.folder == "Sea"


def refusing_tls(world, error):
    def answer(request):
        if request.url.scheme == "https":
            raise httpx.ConnectError("no") from error
        return world.server(request)

    return Http(transport=httpx.MockTransport(answer))


async def test_without_a_scheme_a_blog_that_speaks_only_http_is_found(world):
    subscriptions = Subscriptions(
        world.database, refusing_tls(world, ConnectionResetError()), world.secrets, lambda: NOW
    )
    added = await subscriptions.add("b.example")
    assert added.blog.feed_url.startswith("http://")


async def test_who_cannot_prove_to_be_the_site_is_not_asked_again_in_the_clear(world):
    false = ssl.SSLCertVerificationError()
    false.verify_message = "self-signed certificate"
    subscriptions = Subscriptions(world.database, refusing_tls(world, false), world.secrets, lambda: NOW)
    with pytest.raises(FetchError, match=r"https://b\.example"):
        await subscriptions.add("b.example")


async def test_where_neither_answers_what_was_asked_first_is_told(world):
    def answer(request):
        raise httpx.ConnectError("no") from ConnectionRefusedError()

    subscriptions = Subscriptions(
        world.database, Http(transport=httpx.MockTransport(answer)), world.secrets, lambda: NOW
    )
    with pytest.raises(FetchError, match=r"^https://b\.example"):
        await subscriptions.add("b.example")


async def test_who_gives_up_asking_several_addresses_is_told_no_more():
    """A dialog that is closed meanwhile has no place left for words; it ended the reader."""
    asked, told = asyncio.Event(), []

    class Slow:
        async def add(self, url, folder=None):
            asked.set()
            await asyncio.Event().wait()

    work = asyncio.create_task(add_several(Slow(), ["a", "b"], told=told.append))
    await asked.wait()
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
    assert told == []


async def test_a_removed_blog_comes_back_with_all_that_hung_on_it(world):
    blog = (await world.subscriptions.add("https://b.example/", folder="Sea")).blog
    one, two = await world.library.posts()
    await world.library.mark([one.id], read=True, starred=True, is_act=False)
    await world.database.run(
        comments.store_loaded, one.id, [Comment(id="1", is_mine=True)], is_complete=True, now=NOW
    )
    await world.database.run(outbox.create_draft, two.id, None, now=NOW, text="half a thought")
    identity = await world.database.run(
        identities.add_identity, name="Nadia", email="n@mail.example", blog_id=blog.id, username="nadia"
    )
    world.secrets.set(identity.id, "abcd efgh")
    before = world.rows()
    assert (await world.subscriptions.remove(blog.id)).title == "The Blog"
    assert await world.subscriptions.blogs() == ()
    with pytest.raises(NotFoundError):
        await world.subscriptions.find("https://b.example/")
    undone = await world.library.undo()
    assert undone is not None
    assert undone.what == "“The Blog” removed"
    assert world.rows() == before
    assert world.secrets.get(identity.id) == "abcd efgh"


async def test_a_removed_blog_is_forgotten_after_a_month_secrets_and_all(world):
    blog = (await world.subscriptions.add("https://b.example/")).blog
    identity = await world.database.run(
        identities.add_identity, name="Nadia", email="n@mail.example", blog_id=blog.id, username="nadia"
    )
    world.secrets.set(identity.id, "abcd efgh")
    await world.subscriptions.remove(blog.id)
    world.clock += timedelta(days=31)
    await world.subscriptions.tidy()
    assert world.secrets.get(identity.id) is None
    assert world.rows()[:4] == [[], [], [], []]


async def test_following_again_by_another_address_finds_the_removed_one(world):
    blog = (await world.subscriptions.add("https://b.example/feed/")).blog
    post = (await world.library.posts())[0]
    await world.library.mark([post.id], starred=True)
    await world.subscriptions.remove(blog.id)
    again = await world.subscriptions.add("http://www.b.example/feed/")
    assert (again.is_new, again.blog.id, again.posts) == (True, blog.id, 0)
    assert [one.id for one in await world.library.posts(PostFilter(is_starred=True))] == [post.id]


async def test_a_blog_is_found_by_its_address_also_without_a_scheme_and_only_when_it_is_followed(world):
    blog = (await world.subscriptions.add("https://b.example/")).blog
    for ref in ("https://b.example/", "http://www.b.example/feed", "b.example", "b.example/feed/", "The"):
        assert (await world.subscriptions.find(ref)).id == blog.id
    await world.database.run(
        blogs.add_blog, url="https://one.example/", feed_url="https://one.example/f", title="One post",
        is_subscribed=False, now=NOW,
    )  # fmt: skip
    for ref in ("https://one.example/", "one.example", "One post", "c.example", "https://["):
        with pytest.raises(NotFoundError):
            await world.subscriptions.find(ref)


async def test_titles_folders_and_pauses_are_the_users_and_taken_back(world):
    blog = (await world.subscriptions.add("https://b.example/")).blog
    acts = [
        await world.subscriptions.rename(blog.id, "Mine\x1b[31m\nown"),
        await world.subscriptions.move(blog.id, "A / B"),
        await world.subscriptions.pause(blog.id),
    ]
    (now,) = await world.subscriptions.blogs()
    assert (now.title, now.feed_title, now.folder, now.is_paused) == (
        "Mine[31m own",
        "The Blog",
        "A / B",
        True,
    )
    assert await world.subscriptions.folders() == ("A / B",)
    assert await world.subscriptions.pause(blog.id) is None
    assert [await world.library.undo() for _ in acts] == acts[::-1]
    assert await world.subscriptions.blogs() == (blog,)
    await world.subscriptions.pause(blog.id)
    await world.subscriptions.resume(blog.id)
    await world.subscriptions.rename(blog.id, "X")
    await world.subscriptions.rename(blog.id, "")
    assert await world.subscriptions.blogs() == (blog,)


async def test_a_new_title_and_a_new_folder_of_one_wish_are_taken_back_by_one_undo(world):
    blog = (await world.subscriptions.add("https://b.example/")).blog
    act = await world.subscriptions.rename_and_move(blog.id, "Mine", "A / B")
    assert act.what == "“The Blog” is now “Mine”, in “A / B”"
    (now,) = await world.subscriptions.blogs()
    assert (now.title, now.folder) == ("Mine", "A / B")
    back = await world.subscriptions.rename_and_move(blog.id, "Mine", None)
    assert back.what == "“Mine” is in no folder now"
    assert await world.library.undo() == back
    assert await world.library.undo() == act
    assert await world.subscriptions.blogs() == (blog,)
    assert await world.library.undo() is None


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.opml")), ids=lambda path: path.stem)
async def test_a_list_of_another_reader_comes_in_goes_out_and_in_again(world, tmp_path, path):
    data = path.read_bytes()
    came = await world.subscriptions.import_opml(data)
    assert came.added == len(await world.subscriptions.blogs()) > 1
    text = await world.subscriptions.export_opml()
    if path.stem not in {"newsboat", "nested_broken"}:
        now = format_datetime(NOW).encode()
        assert told(text) == told(data.replace(b"Mon, 03 Aug 2026 08:00:00 GMT", now))
    again = await world.subscriptions.import_opml(text.encode())
    assert (again.added, again.known, again.problems) == (0, came.added, ())
    assert await world.subscriptions.export_opml() == text
    other = Database.open(tmp_path / "other.db")
    elsewhere = Subscriptions(other, world.http, world.secrets, lambda: world.clock)
    assert (await elsewhere.import_opml(text.encode())).added == came.added
    assert await elsewhere.export_opml() == text
    await other.close()


async def test_the_head_of_a_list_is_kept_where_it_is_the_users_own_and_not_where_it_is_added_to_his(world):
    def mine(owner, folder):
        return (
            f"<opml><head><ownerName>{owner}</ownerName></head><body>"
            f'<outline text="{folder}" isOpen="{owner}"/><outline text="Both" isOpen="{owner}"/>'
            f'<outline text="Page" type="link" url="https://page.example/"/>'
            f'<outline text="{owner}" xmlUrl="https://{owner}.example/"/></body></opml>'
        ).encode()

    for owner, folder in (("ann", "A"), ("bob", "B")):
        await world.subscriptions.import_opml(mine(owner, folder))
    found = told(await world.subscriptions.export_opml())
    assert found["head", "ownerName"] == [{"text": "ann"}]
    assert [found["body", name][0]["isOpen"] for name in ("A", "B", "Both")] == ["ann", "bob", "ann"]
    assert len(found["body", "Page"]) == 1


async def test_a_title_from_another_reader_stays_until_the_feed_says_the_same(world):
    await world.subscriptions.import_opml((SAMPLES / "netnewswire.opml").read_bytes())
    blog = await world.subscriptions.find("My harbour")
    await world.database.run(blogs.set_refreshed, blog.id, now=NOW, title="Harbour Notes")
    after = await world.subscriptions.find(str(blog.id))
    assert (after.title, after.feed_title) == ("My harbour", "Harbour Notes")


async def test_an_import_brings_back_what_was_removed_and_leaves_what_is_followed(world):
    data = (SAMPLES / "feedly.opml").read_bytes()
    await world.subscriptions.import_opml(data)
    kept = await world.subscriptions.find("Kettle")
    await world.subscriptions.rename(kept.id, "Tea")
    gone = await world.subscriptions.find("Harbour")
    await world.subscriptions.remove(gone.id)
    again = await world.subscriptions.import_opml(data.replace(b"http://kettle", b"https://www.kettle"))
    assert (again.added, again.known) == (1, 2)
    assert len(again.notes) == 1
    assert (await world.subscriptions.find("Harbour")).id == gone.id
    assert (await world.subscriptions.find("Tea")).id == kept.id


class Guarded(World):
    """The blog asks who reads it."""

    def answer(self, request: httpx.Request) -> httpx.Response:
        if request.headers.get("authorization") != "Basic bWU6c2VjIHJldA==":
            return httpx.Response(401)
        return super().answer(request)


async def test_a_password_in_an_address_rests_where_secrets_do_and_is_used(tmp_path):
    world = Guarded(tmp_path)
    world.http = Http(transport=httpx.MockTransport(world.answer), passwords=world.secrets.password)
    world.subscriptions = Subscriptions(world.database, world.http, world.secrets, lambda: world.clock)
    added = await world.subscriptions.add("https://me:sec%20ret@b.example/feed/")
    assert added.posts == 2
    assert str(tmp_path / "secrets.json") in added.found
    assert added.blog.feed_url == "https://me@b.example/feed/"
    with sqlite3.connect(tmp_path / "reader.db") as db:
        assert "sec%20ret" not in "\n".join(db.iterdump())
    db.close()
    assert "sec%20ret" not in await world.subscriptions.export_opml()
    # the next program finds it again, and another host never gets it
    again = Http(transport=httpx.MockTransport(world.answer), passwords=world.secrets.password)
    assert (await again.get("https://me@b.example/feed/")).status == 200
    with pytest.raises(HttpStatusError):
        await again.get("https://me@b.example:444/feed/")
    await again.aclose()
    await world.http.aclose()
    await world.database.close()


async def test_a_password_in_a_list_or_in_an_older_database_goes_there_too(world):
    await world.subscriptions.import_opml(
        b'<opml version="2.0"><body><outline type="rss" xmlUrl="https://me:pw1@c.example/feed"'
        b' htmlUrl="https://me:pw1@c.example/" url="https://me:pw1@c.example/"/></body></opml>'
    )
    assert "pw1" not in str(world.database.read_now(lambda db: list(db.iterdump())))
    await world.database.run(
        lambda db: db.execute(
            "INSERT INTO blogs (url, url_key, feed_url, feed_key, title, is_subscribed, added_at)"
            " VALUES ('https://d.example/', '', 'https://me:pw2@d.example/feed', '', 'D', 1, 0)"
        )
    )
    await world.subscriptions.tidy()
    followed = {blog.feed_url for blog in await world.subscriptions.blogs()}
    assert followed == {"https://me@c.example/feed", "https://me@d.example/feed"}
    assert world.secrets.password("me@https://c.example:443") == "pw1"
    assert world.secrets.password("me@https://d.example:443") == "pw2"
