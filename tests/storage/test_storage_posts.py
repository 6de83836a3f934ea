"""Lists of posts, marks, counts, and one post by any form of its address."""

from collections.abc import Callable
from datetime import timedelta
from sqlite3 import Connection

import pytest

from tests.conftest import NOW as NOON
from tui_reader.domain.blog import Blog
from tui_reader.domain.comment import Comment, CommentState
from tui_reader.domain.conversation import LoadedConversation
from tui_reader.domain.feed import ParsedPost
from tui_reader.domain.post import Post
from tui_reader.domain.post_line import PostLine
from tui_reader.domain.reply import Outcome, ReplyState
from tui_reader.domain.update import decide
from tui_reader.errors import NotFoundError
from tui_reader.storage import blogs, comments, intake, outbox, post_lists, post_texts, posts, visits
from tui_reader.storage.post_lists import Counts, PostFilter

DAY = timedelta(days=1)


def listed(db: Connection, **wanted) -> list[int]:
    return [post.id for post in post_lists.list_posts(db, PostFilter(**wanted))]


def store(db: Connection, post: Post, *ids: str) -> None:
    comments.store_loaded(db, post.id, [Comment(id=id) for id in ids], is_complete=False, now=NOON)


def test_lists_are_newest_first_and_undated_posts_stand_where_they_came(
    db: Connection, add_post: Callable[..., Post]
) -> None:
    old = add_post(published=NOON - 5 * DAY)
    undated = add_post(now=NOON - 3 * DAY)
    new = add_post(published=NOON - DAY)
    assert listed(db) == [new.id, undated.id, old.id]
    assert listed(db, limit=1) == [new.id]
    assert listed(db, limit=1, offset=1) == [undated.id]
    assert listed(db, offset=2) == [old.id]
    assert listed(db, limit=0) == []


def test_a_folder_lists_what_is_in_folders_in_it(
    db: Connection, add_blog: Callable[..., Blog], add_post: Callable[..., Post]
) -> None:
    folders = ("A_", "A_ / B", "A_ / B / C", "A_B", "AB / B", "a_ / B", "A_ /", None)
    made = {folder: add_post(blog=add_blog(folder=folder)).id for folder in folders}

    def named(folder: str) -> set[str | None]:
        found = listed(db, folder=folder)
        return {folder for folder, id in made.items() if id in found}

    assert named("A_") == named(" A_ / ") == {"A_", "A_ / B", "A_ / B / C"}
    assert named("A_ / B") == {"A_ / B", "A_ / B / C"}
    assert named("AB") == {"AB / B"}
    assert named("B") == named("%") == set()


def test_a_list_shows_what_its_filter_says(
    db: Connection, add_blog: Callable[..., Blog], add_post: Callable[..., Post]
) -> None:
    news, other = add_blog(folder="News"), add_blog()
    read, starred, talked, plain = (add_post(blog=blog) for blog in (news, news, other, other))
    posts.mark(db, [read.id], read=True)
    posts.mark(db, [starred.id], starred=True)
    store(db, talked, "1")
    assert listed(db, blog_id=news.id) == [starred.id, read.id]
    assert listed(db, folder="News") == [starred.id, read.id]
    assert listed(db, is_unread=True) == [plain.id, talked.id, starred.id]
    assert listed(db, is_starred=True) == [starred.id]
    assert listed(db, has_new_comments=True) == [talked.id]
    assert listed(db, folder="News", is_unread=True, is_starred=True) == [starred.id]
    assert listed(db, folder="Nothing") == []
    assert listed(db, has_new_comments=True, blog_id=news.id) == []


def test_a_line_of_a_list_tells_of_a_post_what_the_whole_of_it_tells(
    db: Connection, add_blog: Callable[..., Blog], add_post: Callable[..., Post]
) -> None:
    blog = add_blog(title="Theirs")
    bare, full = add_post(blog=blog), add_post(blog=blog, author="Maud", published=NOON, comment_count=7)
    store(db, full, "1", "2")
    posts.mark(db, [full.id], read=True, starred=True)
    db.execute("UPDATE posts SET is_later = 1, is_followed = 1 WHERE id = ?", (full.id,))
    pieces: list[PostLine] = []
    post_lists.each_line(db, PostFilter(), pieces.extend)
    lines = post_lists.list_posts(db)
    assert {line.id for line in lines} == {bare.id, full.id}
    assert list(lines) == pieces
    for line in lines:
        whole = posts.get_post(db, line.id)
        assert line._asdict() == {name: getattr(whole, name) for name in PostLine._fields}


@pytest.mark.parametrize("has_statistics", [False, True], ids=["new file", "analysed"])
@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        ({}, "posts_by_time"),
        ({"blog_id": 1}, "posts_of_blog"),
        ({"blog_id": 1, "is_unread": True}, "posts_of_blog"),
        ({"is_unread": True}, "posts_unread"),
        ({"is_starred": True}, "posts_starred"),
        ({"has_new_comments": True}, "posts_with_new"),
    ],
    ids=str,
)
def test_no_list_sorts_or_reads_more_than_it_shows(
    db: Connection, add_post: Callable[..., Post], wanted: dict[str, int], index: str, has_statistics: bool
) -> None:
    (first, *_) = (add_post() for _ in range(2))
    for _ in range(20):
        add_post(blog=blogs.get_blog(db, first.blog_id))
    if has_statistics:
        db.execute("ANALYZE")
    asked: list[str] = []
    db.set_trace_callback(asked.append)
    post_lists.list_posts(db, PostFilter(limit=5, **wanted))
    db.set_trace_callback(None)
    plan = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {asked[0]}")]
    assert index in plan[0]
    assert not [step for step in plan if "TEMP B-TREE" in step]


def test_posts_of_blogs_that_are_not_followed_are_shown_only_where_asked_for(
    db: Connection, add_blog: Callable[..., Blog], add_post: Callable[..., Post]
) -> None:
    blog = add_blog(is_subscribed=False)
    post = add_post(blog=blog)
    store(db, post, "1")
    assert listed(db) == listed(db, is_unread=True) == listed(db, has_new_comments=True) == []
    assert listed(db, blog_id=blog.id) == [post.id]
    posts.mark(db, [post.id], starred=True)
    assert listed(db, is_starred=True) == [post.id]
    assert post_lists.counts(db) == Counts(
        posts=0, unread=0, starred=1, new_comments=0, answers=0, held=0, outbox=0
    )


def test_an_unknown_post_is_told(db: Connection) -> None:
    for ask in (posts.get_post, post_texts.body):
        with pytest.raises(NotFoundError, match="no post 7"):
            ask(db, 7)


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/walk/",
        "http://a.example/walk",
        "https://a.example/walk/#comment-7",
        "https://a.example/walk/?utm_source=feed&utm_medium=rss",
        " https://A.example/walk/ ",
    ],
)
def test_a_post_is_found_by_any_form_of_its_address(
    db: Connection, add_post: Callable[..., Post], url: str
) -> None:
    post = add_post(url="https://a.example/walk/")
    add_post(url="https://a.example/walks/")
    assert posts.find_post(db, url) == post


def test_the_very_address_is_found_before_one_that_means_the_same(
    db: Connection, add_post: Callable[..., Post]
) -> None:
    one = add_post(url="https://a.example/2026.html#one")
    two = add_post(url="https://a.example/2026.html#two")
    assert posts.find_post(db, "https://a.example/2026.html#one") == one
    assert posts.find_post(db, "https://a.example/2026.html#two") == two
    assert posts.find_post(db, "https://a.example/2026.html") == two
    assert posts.find_post(db, "https://a.example/2027.html") is None


def test_marks_are_set_and_taken_back(db: Connection, add_post: Callable[..., Post]) -> None:
    one, two = add_post(), add_post()
    assert posts.mark(db, [one.id, two.id, 99], read=True) == (one.id, two.id)
    assert posts.mark(db, [one.id, two.id], read=True) == ()
    assert posts.mark(db, [one.id], starred=True) == (one.id,)
    assert posts.mark(db, [one.id]) == ()
    marked = posts.get_post(db, one.id)
    assert (marked.is_read, marked.is_starred) == (True, True)
    assert posts.mark(db, [one.id], read=False, starred=False) == (one.id,)
    assert posts.get_post(db, one.id) == one


def test_the_whole_text_stands_in_for_an_excerpt(db: Connection, add_post: Callable[..., Post]) -> None:
    post = add_post(html="<p>In short", is_excerpt=True)
    assert post_texts.body(db, post.id) == post_texts.Body(
        html="<p>In short", base_url=post.url, is_excerpt=True
    )
    post_texts.set_full_body(db, post.id, "<p>At \ud800 length")
    assert post_texts.body(db, post.id) == post_texts.Body(
        html="<p>At \ufffd length", base_url=post.url, is_excerpt=False, is_full=True
    )


def test_what_a_load_said_is_kept(db: Connection, add_post: Callable[..., Post]) -> None:
    post = add_post()
    loaded = LoadedConversation(
        engine="wordpress",
        total=87,
        is_complete=True,
        note="a password is needed",
        takes_comments=False,
        facts={"id": "7", "sur\ud800": "r\0gate"},
        post_html="<p>All",
    )
    posts.set_conversation(db, post.id, loaded, now=NOON)
    kept = posts.get_post(db, post.id)
    assert (kept.engine, kept.comment_count, kept.loaded_at) == ("wordpress", 87, NOON)
    assert (kept.is_complete, kept.conversation_note, kept.takes_comments) == (
        True,
        "a password is needed",
        False,
    )
    assert kept.engine_facts == {"id": "7", "sur\ufffd": "r\ufffdgate"}
    assert post_texts.body(db, post.id).html == "<p>All"
    posts.set_conversation(db, post.id, LoadedConversation(engine="atom"), now=NOON)
    kept = posts.get_post(db, post.id)
    assert (kept.engine_facts, kept.takes_comments, kept.is_complete) == ({}, None, False)
    assert post_texts.body(db, post.id).html == "<p>All"


def test_the_number_of_comments_is_the_word_heard_last(db: Connection, add_post: Callable[..., Post]) -> None:
    def count() -> int | None:
        return posts.get_post(db, post.id).comment_count

    def load(**said) -> None:
        posts.set_conversation(db, post.id, LoadedConversation(engine="x", **said), now=NOON)

    post = add_post()
    assert count() is None
    store(db, post, "1", "2")
    assert count() == 2
    load(total=87)
    assert count() == 87
    load()
    assert count() == 87
    load(is_complete=True)
    assert count() == 2
    entry = ParsedPost(guid=post.guid, url=post.url, title=post.title, html="<p>It rained.", comment_count=5)
    intake.apply_update(db, post.blog_id, decide(intake.known_posts(db, post.blog_id), [entry]), now=NOON)
    assert count() == 5
    store(db, post, *"1234567")
    assert count() == 7
    load(total=0, is_complete=True)
    comments.store_loaded(db, post.id, [], is_complete=True, now=NOON)
    assert count() == 0


def test_no_comments_after_a_whole_load_is_known(db: Connection, add_post: Callable[..., Post]) -> None:
    post = add_post()
    posts.set_conversation(db, post.id, LoadedConversation(engine="x"), now=NOON)
    assert posts.get_post(db, post.id).comment_count is None
    posts.set_conversation(db, post.id, LoadedConversation(engine="x", is_complete=True), now=NOON)
    assert posts.get_post(db, post.id).comment_count == 0


def test_counts_are_of_all_that_is_followed(
    db: Connection, add_blog: Callable[..., Blog], add_post: Callable[..., Post]
) -> None:
    assert set(post_lists.counts(db)) == {0}
    post, other = add_post(), add_post()
    posts.mark(db, [other.id], read=True, starred=True)
    comments.add_mine(db, post.id, Comment(id="mine"), now=NOON)
    answers = [
        Comment(id="1", parent_id="mine"),
        Comment(id="2", parent_id="1"),
        Comment(id="3", parent_id="mine"),
    ]
    comments.store_loaded(db, post.id, answers, is_complete=False, now=NOON)
    comments.mark_seen(db, post.id, ["3"])
    for state in (ReplyState.HELD, ReplyState.PUBLISHED, ReplyState.REJECTED):
        reply = outbox.create_draft(db, post.id, None, now=NOON, text="words")
        outbox.begin_sending(db, reply.id, now=NOON)
        outbox.set_outcome(db, reply.id, Outcome(state=state), now=NOON)
    outbox.create_draft(db, post.id, None, now=NOON, text="\n\t ")
    assert post_lists.counts(db) == Counts(
        posts=2, unread=1, starred=1, new_comments=2, answers=1, held=1, outbox=2, followed=1
    )


def test_the_next_new_comments_are_sought_in_the_same_blog_first(
    db: Connection, add_blog: Callable[..., Blog], add_post: Callable[..., Post]
) -> None:
    a, b = add_blog(), add_blog()
    a1, b1, a2, b2, a3 = (
        add_post(blog=blog, published=NOON - days * DAY) for days, blog in enumerate((a, b, a, b, a))
    )
    assert posts.next_post_with_new(db, None) is None
    for post in (a1, b1, b2, a3):
        store(db, post, "1")

    def following(post: Post | None) -> int | None:
        found = posts.next_post_with_new(db, None if post is None else post.id)
        return None if found is None else found.id

    assert following(None) == a1.id
    assert following(a1) == a3.id
    assert following(a2) == a3.id
    assert following(a3) == a1.id  # newer, of the same blog, and not looked at
    assert following(b1) == b2.id


def test_going_on_reaches_every_post_with_new_comments_and_then_goes_round(
    db: Connection, add_blog: Callable[..., Blog], add_post: Callable[..., Post]
) -> None:
    made = [add_blog() for _ in range(3)]
    talked = [add_post(blog=blog, published=NOON - n * DAY) for n in range(2) for blog in made]
    for post in talked:
        store(db, post, "1")
    reached: list[int] = []
    here: int | None = None
    for step in range(9):
        moment = NOON + timedelta(seconds=step)
        found = posts.next_post_with_new(db, here)
        assert found is not None
        assert found.id != here
        if here is not None:
            visits.leave(db, here, now=moment)
        visits.enter(db, found.id, now=moment)
        here = found.id
        reached.append(here)
    assert set(reached[:6]) == {post.id for post in talked}
    assert len(set(reached[6:])) == 3


def test_what_came_after_the_visit_is_reached_before_what_was_looked_at(
    db: Connection, add_post: Callable[..., Post]
) -> None:
    one, two, three = (add_post(published=NOON - n * DAY) for n in range(3))
    for post in (one, two, three):
        store(db, post, "1")
        visits.enter(db, post.id, now=NOON)
        visits.leave(db, post.id, now=NOON)
    comments.store_loaded(db, three.id, [Comment(id="2")], is_complete=False, now=NOON + timedelta(seconds=9))
    found = posts.next_post_with_new(db, one.id)
    assert found is not None
    assert found.id == three.id


def test_a_post_with_no_new_comment_but_removed_ones_is_like_any(
    db: Connection, add_post: Callable[..., Post]
) -> None:
    post = add_post()
    store(db, post, "1")
    comments.store_loaded(db, post.id, [], is_complete=True, now=NOON)
    (comment,) = comments.comments_of(db, post.id)
    assert comment.state is CommentState.REMOVED
    assert posts.get_post(db, post.id).new_comment_count == 1
    comments.mark_seen(db, post.id)
    assert blogs.get_blog(db, post.blog_id).new_comments == 0
