"""The state of one demo blog and its rules for comments; no sockets, no clock of its own."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from tui_reader.demo.beginnings import FIRST_COMMENT, first_comments, first_posts
from tui_reader.demo.markup import allowed_html, links_in, plain
from tui_reader.demo.model import (
    AUTHOR_ID,
    Added,
    BlogText,
    DemoComment,
    DemoPost,
    Status,
    Submission,
    Verdict,
)
from tui_reader.demo.threads import Layout, lay_out
from tui_reader.demo.wording import Wording, wording

_EMAIL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_MAX_LINKS = 1
"""A comment with more links than this waits for the moderator, as WordPress has it from the start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Something that the living blog will do to a comment."""

    at: datetime
    act: str
    """``answer`` or ``approve``."""
    comment_id: int


class DemoBlog:
    """A blog with posts, comments and a moderator.

    Args:
        text: What is written on it.
        start: Now; the posts are dated back from here.
        flood_seconds: How long one e-mail address must wait between two comments; 0 for not at all.
        lively: The author answers visitors, and what is held is approved, both after a while.
        spam_words: A comment that holds one of these is put out of sight without a word.
    """

    ANSWER_AFTER = timedelta(seconds=8)
    APPROVE_AFTER = timedelta(seconds=60)

    def __init__(
        self,
        text: BlogText,
        *,
        start: datetime,
        flood_seconds: float = 0.0,
        lively: bool = False,
        spam_words: Sequence[str] = ("cheap-anchors",),
    ) -> None:
        self.title = text.title
        self.tagline = text.tagline
        self.folder = text.folder
        self.language = text.language
        self.author = text.author
        self.utc_offset = text.utc_offset
        self.words: Wording = wording(text.language)
        self.flood_seconds = flood_seconds
        self.is_lively = lively
        self.spam_words = tuple(spam_words)
        self._answers = text.answers
        self._due: list[Due] = []
        start = start.astimezone(UTC).replace(microsecond=0)
        self._posts = {post.id: post for post in first_posts(text, start)}
        self._comments = {comment.id: comment for comment in first_comments(text, start)}
        self._last_id = 0
        self.revision = 0
        """Rises with every change, so that whoever keeps the state knows when to."""

    # what is there

    @property
    def posts(self) -> tuple[DemoPost, ...]:
        """Newest first."""
        return tuple(sorted(self._posts.values(), key=lambda post: (post.published, post.id), reverse=True))

    @property
    def comments(self) -> tuple[DemoComment, ...]:
        """Everything that was ever stored, held and spam included, oldest first."""
        return tuple(self._comments.values())

    @property
    def due(self) -> tuple[Due, ...]:
        """What the living blog has still to do."""
        return tuple(self._due)

    def post(self, post_id: int) -> DemoPost | None:
        """The post with this id, if there is one."""
        return self._posts.get(post_id)

    def post_called(self, slug: str) -> DemoPost | None:
        """The post with this last part of its address, if there is one."""
        return next((post for post in self._posts.values() if post.slug == slug), None)

    def comment(self, comment_id: int) -> DemoComment | None:
        """The comment with this id, whatever became of it."""
        return self._comments.get(comment_id)

    def comments_on(self, post_id: int) -> tuple[DemoComment, ...]:
        """What everybody sees under a post, pings included, oldest first."""
        return tuple(
            comment
            for comment in self._comments.values()
            if comment.post_id == post_id and comment.status is Status.APPROVED
        )

    def layout(self, post_id: int) -> Layout:
        """How the post's comment pages show them."""
        return lay_out(self.comments_on(post_id))

    def count_of(self, text: str) -> int:
        """How often this very text was stored, whatever became of it."""
        return sum(comment.typed.strip() == text.strip() for comment in self._comments.values())

    @property
    def posts_changed(self) -> datetime:
        """When a post last changed."""
        return max((post.modified for post in self._posts.values()), default=datetime.fromtimestamp(0, UTC))

    @property
    def comments_changed(self) -> datetime:
        """When the newest visible comment was written; approving an older one does not move it."""
        return max(
            (c.published for c in self._comments.values() if c.status is Status.APPROVED),
            default=datetime.fromtimestamp(0, UTC),
        )

    def moderation_hash(self, comment: DemoComment) -> str:
        """The word by which the writer of a held comment may see it."""
        return hashlib.sha256(f"{self.title} {comment.id} {comment.published}".encode()).hexdigest()[:32]

    # what changes it

    def add_comment(self, submission: Submission, now: datetime, *, unlocked: bool = False) -> Added:
        """Takes a comment or refuses it, by WordPress's rules and in WordPress's order."""
        post = self._posts.get(submission.post_id)
        if post is None:
            return Added(verdict=Verdict.UNKNOWN_POST)
        author, email, site = (
            plain(part).replace("\n", " ").strip()
            for part in (submission.author, submission.email, submission.site)
        )
        typed = plain(submission.text).strip()
        refusal = self._refusal(post, author, email, site, typed, unlocked=unlocked)
        text = allowed_html(typed) if refusal is None else ""
        # WordPress 6.1 takes an answer to a comment that is nowhere, and puts it at the top
        parent_id = submission.parent_id if submission.parent_id in self._comments else 0
        if refusal is None:
            refusal = self._repetition(post, parent_id, author, email, text, now)
        if refusal is not None:
            return Added(verdict=refusal)
        if any(word in typed for word in self.spam_words):
            status, verdict = Status.SPAM, Verdict.SPAM
        elif post.holds_comments or links_in(text) > _MAX_LINKS:
            status, verdict = Status.HELD, Verdict.HELD
        else:
            status, verdict = Status.APPROVED, Verdict.PUBLISHED
        if site and not site.startswith(("http://", "https://")):
            site = "http://" + site
        comment = self._store(
            DemoComment(
                id=self._next_id(),
                post_id=post.id,
                parent_id=parent_id,
                author=author,
                email=email,
                site=site,
                published=self._moment(now),
                text=text,
                typed=typed,
                status=status,
                user_id=submission.user_id,
            )
        )
        if self.is_lively:
            self._plan(comment, now)
        return Added(verdict=verdict, comment=comment)

    def approve(self, comment_id: int) -> None:
        """Lets everybody see a comment; its date stays what it was."""
        self.revision += 1
        self._comments[comment_id] = replace(self._comments[comment_id], status=Status.APPROVED)

    def remove(self, comment_id: int) -> None:
        """Takes a comment away; answers to it stay and have no parent then."""
        self.revision += 1
        del self._comments[comment_id]
        self._due = [due for due in self._due if due.comment_id != comment_id]

    def publish(self, title: str, html: str, now: datetime, *, slug: str | None = None) -> DemoPost:
        """Puts a new post on the blog."""
        post_id = max(self._posts, default=0) + 1
        moment = now.astimezone(UTC).replace(microsecond=0)
        post = DemoPost(
            id=post_id,
            slug=slug or f"post-{post_id}",
            title=title,
            html=html,
            published=moment,
            modified=moment,
        )
        self._posts[post_id] = post
        return post

    def edit(
        self,
        post_id: int,
        now: datetime,
        *,
        title: str | None = None,
        html: str | None = None,
        slug: str | None = None,
        takes_comments: bool | None = None,
    ) -> DemoPost:
        """Changes a post; what is None stays."""
        old = self._posts[post_id]
        post = replace(
            old,
            title=old.title if title is None else title,
            html=old.html if html is None else html,
            slug=old.slug if slug is None else slug,
            takes_comments=old.takes_comments if takes_comments is None else takes_comments,
            modified=now.astimezone(UTC).replace(microsecond=0),
        )
        self._posts[post_id] = post
        return post

    def advance(self, now: datetime) -> bool:
        """Does what is due by now; tells whether anything was."""
        ready = sorted((due for due in self._due if due.at <= now), key=lambda due: due.at)
        self._due = [due for due in self._due if due.at > now]
        self.revision += len(ready)
        for due in ready:
            comment = self._comments[due.comment_id]
            if due.act == "approve" and comment.status is Status.HELD:
                self.approve(comment.id)
            self._answer(comment, due.at)
        return bool(ready)

    def restore(self, comments: Sequence[DemoComment], due: Sequence[Due]) -> None:
        """Takes the comments of an earlier run in place of its own."""
        self._comments = {comment.id: comment for comment in comments}
        self._due = list(due)

    # how it does so

    def _refusal(
        self, post: DemoPost, author: str, email: str, site: str, typed: str, *, unlocked: bool
    ) -> Verdict | None:
        limits = (
            (Verdict.LONG_NAME, author, 245),
            (Verdict.LONG_EMAIL, email, 100),
            (Verdict.LONG_SITE, site, 200),
            (Verdict.LONG_TEXT, typed, 65_525),
        )
        if not post.takes_comments:
            return Verdict.CLOSED
        if post.password is not None and not unlocked:
            return Verdict.LOCKED
        if not author or len(email) < 6:
            return Verdict.MISSING_FIELDS
        if _EMAIL.fullmatch(email) is None:
            return Verdict.BAD_EMAIL
        if not typed:
            return Verdict.EMPTY
        return next((verdict for verdict, value, limit in limits if len(value.encode()) > limit), None)

    def _repetition(
        self, post: DemoPost, parent_id: int, author: str, email: str, text: str, now: datetime
    ) -> Verdict | None:
        theirs = [comment for comment in self._comments.values() if comment.email.lower() == email.lower()]
        if any(
            (comment.post_id, comment.parent_id, comment.author, comment.text)
            == (post.id, parent_id, author, text)
            for comment in theirs
        ):
            return Verdict.DUPLICATE
        # a comment may be dated a little ahead of the clock, see _moment: that alone is no haste
        haste = timedelta(seconds=self.flood_seconds)
        if haste and any(now - comment.published < haste for comment in theirs):
            return Verdict.FLOOD
        return None

    def _moment(self, now: datetime) -> datetime:
        # one second apart at least: validators count whole seconds, and a test's clock may stand still
        newest = max((comment.published for comment in self._comments.values()), default=None)
        moment = now.astimezone(UTC).replace(microsecond=0)
        return moment if newest is None else max(moment, newest + timedelta(seconds=1))

    def _next_id(self) -> int:
        # counted on its own: a number is never given twice, even when its comment was taken away
        self._last_id = max(self._last_id, *self._comments, FIRST_COMMENT - 1) + 1
        return self._last_id

    def _store(self, comment: DemoComment) -> DemoComment:
        self.revision += 1
        self._comments[comment.id] = comment
        return comment

    def _plan(self, comment: DemoComment, now: datetime) -> None:
        if comment.status is Status.APPROVED:
            self._due.append(Due(at=now + self.ANSWER_AFTER, act="answer", comment_id=comment.id))
        elif comment.status is Status.HELD:
            self._due.append(Due(at=now + self.APPROVE_AFTER, act="approve", comment_id=comment.id))

    def _answer(self, to: DemoComment, now: datetime) -> None:
        text = self._answers[to.id % len(self._answers)].replace("%NAME%", to.author)
        self._store(
            DemoComment(
                id=self._next_id(),
                post_id=to.post_id,
                parent_id=to.id,
                author=self.author,
                email="author@demo.example",
                published=self._moment(now),
                text=allowed_html(text),
                typed=text,
                user_id=AUTHOR_ID,
            )
        )
