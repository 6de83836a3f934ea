"""The numbers that lists show are kept, not counted: whatever is done, they are what a count would give."""

from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule

from tests.conftest import NOW as NOON
from tui_reader.domain.comment import Comment, CommentState
from tui_reader.domain.feed import ParsedPost
from tui_reader.domain.reply import Outcome, ReplyState
from tui_reader.domain.update import decide
from tui_reader.errors import NotFoundError
from tui_reader.storage import blogs, comments, intake, outbox, posts, visits
from tui_reader.storage.database import Database, check

IDS = st.sampled_from(["1", "2", "3", "4"])
COMMENTS = st.builds(
    Comment,
    id=IDS,
    parent_id=st.none() | IDS,
    is_mine=st.booleans(),
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
            assert post_id not in {post.id for post in posts.list_posts(self.db)}

    @rule(post_id=post_ids, id=IDS, state=st.sampled_from([ReplyState.PUBLISHED, ReplyState.HELD]))
    def answer(self, post_id: int, id: str, state: ReplyState) -> None:
        try:
            reply = outbox.create_draft(self.db, post_id, None, now=self.moment, text="words")
        except NotFoundError:
            return
        outbox.begin_sending(self.db, reply.id, now=self.moment)
        outbox.set_outcome(self.db, reply.id, Outcome(state=state, comment_id=id), now=self.moment)
        comments.add_mine(self.db, post_id, Comment(id=id, state=CommentState(state.value)), now=self.moment)

    @rule(post_id=post_ids, id=IDS)
    def drop(self, post_id: int, id: str) -> None:
        comments.drop_mine(self.db, post_id, id)

    @rule(post_id=post_ids, read=st.none() | st.booleans(), starred=st.none() | st.booleans())
    def mark(self, post_id: int, read: bool | None, starred: bool | None) -> None:
        posts.mark(self.db, [post_id], read=read, starred=starred)

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
        kept = posts.list_posts(self.db, posts.PostFilter(blog_id=blog_id))
        assert len(kept) == removed.posts_kept

    @invariant()
    def numbers_are_what_a_count_gives(self) -> None:
        for blog in blogs.all_blogs(self.db):
            stored = posts.list_posts(self.db, posts.PostFilter(blog_id=blog.id))
            assert blog.unread == sum(not post.is_read for post in stored)
            assert blog.new_comments == sum(post.new_comment_count for post in stored)
        for post in posts.list_posts(self.db):
            said = comments.comments_of(self.db, post.id)
            assert post.new_comment_count == sum(comment.is_new for comment in said)
            published = sum(comment.state is CommentState.PUBLISHED for comment in said)
            assert post.comment_count == (published or None)
        everything = posts.list_posts(self.db)
        counts = posts.counts(self.db)
        assert counts.posts == len(everything)
        assert counts.unread == len(posts.list_posts(self.db, posts.PostFilter(is_unread=True)))
        assert counts.starred == len(posts.list_posts(self.db, posts.PostFilter(is_starred=True)))
        assert counts.new_comments == sum(post.new_comment_count for post in everything)
        assert counts.answers == sum(answer.comment.is_new for answer in comments.answers(self.db))
        assert counts.outbox == len(outbox.list_replies(self.db))
        assert counts.held == len(outbox.held(self.db))

    @invariant()
    def nothing_points_nowhere(self) -> None:
        assert check(self.db) == ()


TestReading = Reading.TestCase
TestReading.settings = settings(deadline=None, max_examples=25, stateful_step_count=25)
