"""The numbers that lists show are kept, not counted: whatever is done, they are what a count would give."""

from collections import Counter
from contextlib import suppress
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule

from tests.conftest import NOW as NOON
from tui_reader.domain.comment import Comment, CommentState
from tui_reader.domain.feed import ParsedPost
from tui_reader.domain.reply import Outcome, ReplyState
from tui_reader.domain.update import decide
from tui_reader.errors import NotFoundError, UsageError
from tui_reader.storage import (
    blogs,
    comments,
    intake,
    marks,
    mutes,
    organising,
    outbox,
    post_lists,
    posts,
    threads,
    undoing,
    visits,
)
from tui_reader.storage.database import Database, check

IDS = st.sampled_from(["1", "2", "3", "4"])
COMMENTS = st.builds(
    Comment,
    id=IDS,
    parent_id=st.none() | IDS,
    is_mine=st.booleans(),
    author=st.sampled_from(["Ann", "ANN ", "Bob"]),
    state=st.sampled_from([CommentState.PUBLISHED, CommentState.HELD]),
)


class Reading(RuleBasedStateMachine):
    """Some days of reading, in any order."""

    post_ids = Bundle("post_ids")
    blog_ids = Bundle("blog_ids")

    def __init__(self) -> None:
        super().__init__()
        self.database = Database.open(":memory:")
        self.db = self.database._connection
        self.moment = NOON

    def teardown(self) -> None:
        self.database.close_now()

    @rule(target=blog_ids, number=st.integers(1, 3), is_subscribed=st.booleans())
    def add_blog(self, number: int, is_subscribed: bool) -> int:
        url = f"https://blog{number}.example/"
        blog = blogs.add_blog(
            self.db, url=url, feed_url=f"{url}feed", title="", now=self.moment, is_subscribed=is_subscribed
        )
        return blog.id

    @rule(target=post_ids, blog_id=blog_ids, numbers=st.lists(st.integers(1, 4), max_size=3))
    def refresh(self, blog_id: int, numbers: list[int]):
        entries = [ParsedPost(guid=str(n), url=f"https://x.example/{n}", title="") for n in numbers]
        try:
            update = decide(intake.known_posts(self.db, blog_id), entries)
            return multiple(*intake.apply_update(self.db, blog_id, update, now=self.moment).new)
        except NotFoundError:
            return multiple()

    @rule(post_id=post_ids, loaded=st.lists(COMMENTS, max_size=4), is_complete=st.booleans())
    def load(self, post_id: int, loaded: list[Comment], is_complete: bool) -> None:
        try:
            comments.store_loaded(self.db, post_id, loaded, is_complete=is_complete, now=self.moment)
        except NotFoundError:
            assert post_id not in {post.id for post in post_lists.list_posts(self.db)}

    @rule(post_id=post_ids, id=IDS, state=st.sampled_from([ReplyState.PUBLISHED, ReplyState.HELD]))
    def answer(self, post_id: int, id: str, state: ReplyState) -> None:
        try:
            reply = outbox.create_draft(self.db, post_id, None, now=self.moment, text="words")
        except NotFoundError:
            return
        outbox.begin_sending(self.db, reply.id, now=self.moment)
        outbox.set_outcome(self.db, reply.id, Outcome(state=state, comment_id=id), now=self.moment)
        comments.add_mine(self.db, post_id, Comment(id=id, state=CommentState(state.value)), now=self.moment)

    @rule(post_id=post_ids, read=st.none() | st.booleans(), starred=st.none() | st.booleans())
    def mark(self, post_id: int, read: bool | None, starred: bool | None) -> None:
        posts.mark(self.db, [post_id], read=read, starred=starred)

    @rule(
        post_id=post_ids,
        marks_=st.fixed_dictionaries(
            {}, optional=dict.fromkeys(("read", "starred", "later", "followed"), st.booleans())
        ),
    )
    def mark_by_hand(self, post_id: int, marks_: dict[str, bool]) -> None:
        marks.mark(self.db, [post_id], now=self.moment, **marks_)

    @rule(blog_id=st.none() | blog_ids, hours=st.none() | st.integers(0, 13), with_comments=st.booleans())
    def mark_all(self, blog_id: int | None, hours: int | None, with_comments: bool) -> None:
        before = None if hours is None else self.moment - timedelta(hours=hours)
        wanted = post_lists.PostFilter(blog_id=blog_id)
        marks.mark_all(self.db, wanted, now=self.moment, before=before, with_comments=with_comments)

    @rule(post_id=post_ids, id=IDS, way=st.sampled_from(["author", "everywhere", "branch", "lift"]))
    def mute(self, post_id: int, id: str, way: str) -> None:
        with suppress(NotFoundError, UsageError):
            if way == "branch":
                mutes.mute_branch(self.db, post_id, id, now=self.moment)
            elif way == "lift":
                mutes.unmute(self.db, post_id, id, now=self.moment)
            else:
                mutes.mute_author(self.db, post_id, id, now=self.moment, everywhere=way == "everywhere")

    @rule(back=st.integers(0, 3))
    def undo(self, back: int) -> None:
        latest = [id for (id,) in self.db.execute("SELECT id FROM acts ORDER BY id DESC LIMIT 4")]
        if back < len(latest):
            undoing.undo(self.db, latest[back])

    @rule(blog_id=blog_ids)
    def set_aside(self, blog_id: int) -> None:
        with suppress(NotFoundError):
            organising.set_aside(self.db, blog_id, now=self.moment)

    @rule()
    def a_month_passes(self) -> None:
        self.moment += timedelta(days=31)
        organising.purge(self.db, now=self.moment)

    @rule(post_id=post_ids, leaves=st.booleans())
    def visit(self, post_id: int, leaves: bool) -> None:
        visits.enter(self.db, post_id, now=self.moment)
        if leaves:
            visits.leave(self.db, post_id, now=self.moment)

    @rule(hours=st.integers(0, 13))
    def wait(self, hours: int) -> None:
        self.moment += timedelta(hours=hours)
        visits.settle(self.db, now=self.moment)

    @rule(blog_id=blog_ids)
    def remove(self, blog_id: int) -> None:
        try:
            removed = blogs.remove_blog(self.db, blog_id)
        except NotFoundError:
            return
        (kept,) = self.db.execute("SELECT count(*) FROM posts WHERE blog_id = ?", (blog_id,)).fetchone()
        assert kept == removed.posts_kept

    @invariant()
    def numbers_are_what_a_count_gives(self) -> None:
        for blog in blogs.all_blogs(self.db):
            stored = post_lists.list_posts(self.db, post_lists.PostFilter(blog_id=blog.id))
            assert blog.unread == sum(not post.is_read for post in stored)
            assert blog.new_comments == sum(post.new_comment_count for post in stored)
        for post in post_lists.list_posts(self.db):
            said = comments.comments_of(self.db, post.id)
            assert post.new_comment_count == sum(comment.is_new for comment in said)
            published = sum(comment.state is CommentState.PUBLISHED for comment in said)
            assert post.comment_count == (published or None)
        everything = post_lists.list_posts(self.db)
        counts = post_lists.counts(self.db)
        assert counts.posts == len(everything)
        assert counts.unread == len(post_lists.list_posts(self.db, post_lists.PostFilter(is_unread=True)))
        assert counts.starred == len(post_lists.list_posts(self.db, post_lists.PostFilter(is_starred=True)))
        assert counts.later == len(post_lists.list_posts(self.db, post_lists.PostFilter(is_later=True)))
        assert counts.followed == len(post_lists.list_posts(self.db, post_lists.PostFilter(is_followed=True)))
        assert counts.new_comments == sum(post.new_comment_count for post in everything)
        assert counts.answers == sum(answer.comment.is_new for answer in comments.answers(self.db))
        assert counts.outbox == len(outbox.list_replies(self.db))
        assert counts.held == len(outbox.held(self.db))

    @invariant()
    def nothing_that_is_muted_is_new(self) -> None:
        for post in post_lists.list_posts(self.db):
            muted = mutes.muted_ids(self.db, post.id)
            assert not [
                one for one in comments.comments_of(self.db, post.id) if one.is_new and one.id in muted
            ]

    @invariant()
    def my_conversations_tell_what_the_answers_do(self) -> None:
        new = Counter(one.post.id for one in comments.answers(self.db) if one.comment.is_new)
        unfollowed = {id for (id,) in self.db.execute("SELECT id FROM posts WHERE is_followed = 0")}
        found = {one.post.id: one.new_answers for one in threads.mine(self.db) if one.new_answers}
        assert found == {post_id: count for post_id, count in new.items() if post_id not in unfollowed}

    @invariant()
    def nothing_points_nowhere(self) -> None:
        assert check(self.db) == ()


TestReading = Reading.TestCase
TestReading.settings = settings(deadline=None, max_examples=25, stateful_step_count=25)
