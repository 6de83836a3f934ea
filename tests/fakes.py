"""A comment system that does as it is told, and services over a database in memory."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tui_reader.domain.blog import Blog
from tui_reader.domain.comment import Comment
from tui_reader.domain.conversation import Letter, LoadedConversation, Place, ReplyForm
from tui_reader.domain.feed import ParsedPost
from tui_reader.domain.reply import Identity, Outcome, ReplyState
from tui_reader.domain.update import decide
from tui_reader.services.conversation import Conversations
from tui_reader.services.replying import Replying
from tui_reader.services.secrets import Secrets
from tui_reader.storage import blogs, intake
from tui_reader.storage.database import Database


@dataclass
class FakeEngine:
    """Serves every post; what it has on "the blog" is ``comments``, what it was sent is ``sent``."""

    name: str = "fake"
    refuses_duplicates: bool = True
    comments: list[Comment] = field(default_factory=list)
    is_complete: bool = True
    sent: list[Letter] = field(default_factory=list)
    outcomes: list[Outcome | Exception] = field(default_factory=list)
    """What ``send`` gives, one after the other; published when there are no more."""
    sightings: list[Outcome | Exception | None] = field(default_factory=list)
    checks: list[Outcome | Exception] = field(default_factory=list)
    form: ReplyForm | Exception = field(
        default_factory=lambda: ReplyForm(action="https://b.example/send", page_url="https://b.example/p")
    )
    on_send: Callable[[], object] | None = None

    def recognises(self, place: Place) -> bool:
        return True

    async def load(self, place: Place) -> LoadedConversation:
        return LoadedConversation(
            engine=self.name, comments=tuple(self.comments), is_complete=self.is_complete
        )

    async def prepare(self, place: Place, to: str | None, identity: Identity | None) -> ReplyForm:
        if isinstance(self.form, Exception):
            raise self.form
        return self.form

    async def send(self, place: Place, form: ReplyForm, letter: Letter) -> Outcome:
        self.sent.append(letter)
        if self.on_send is not None:
            self.on_send()
        return _next(
            self.outcomes,
            Outcome(state=ReplyState.PUBLISHED, comment_id="900", url=f"{place.post.url}#comment-900"),
        )

    async def look_for(self, place: Place, letter: Letter, to: str | None, since: datetime) -> Outcome | None:
        return _next(self.sightings, None)

    async def check(self, place: Place, comment_id: str) -> Outcome:
        return _next(self.checks, Outcome(state=ReplyState.HELD, comment_id=comment_id))


def _next(answers: list, default):
    answer = answers.pop(0) if answers else default
    if isinstance(answer, Exception):
        raise answer
    return answer


@dataclass
class Desk:
    """Everything a test of replies and conversations needs."""

    database: Database
    engine: FakeEngine
    conversations: Conversations
    replying: Replying
    blog: Blog
    post_id: int


async def desk(
    tmp_path,
    now: Callable[[], datetime],
    engine: FakeEngine | None = None,
    database: Database | None = None,
    secrets: Secrets | None = None,
) -> Desk:
    """A followed blog with one post, and someone to write as."""
    database = database or Database.open(":memory:")
    engine = engine or FakeEngine()
    conversations = Conversations(database, (engine,), now)
    secrets = secrets or Secrets(tmp_path / "secrets.json", disabled=True)
    replying = Replying(database, conversations, secrets, now)
    blog, post_ids = await followed(database, now, [entry(1)])
    await replying.add_identity(name="Nadia", email="nadia@mail.example")
    return Desk(database, engine, conversations, replying, blog, post_ids[0])


async def followed(
    database: Database,
    now: Callable[[], datetime],
    entries: Sequence[ParsedPost],
    *,
    url: str = "https://b.example/",
    **more,
) -> tuple[Blog, tuple[int, ...]]:
    """A blog that is followed, with these posts from before."""
    blog = await database.run(
        blogs.add_blog, url=url, feed_url=f"{url}feed/", title="The Blog", now=now(), **more
    )
    await database.run(blogs.set_refreshed, blog.id, now=now())
    applied = await database.run(
        intake.apply_update, blog.id, decide((), entries), now=now(), is_backlog=True
    )
    return blog, applied.new


def entry(number: int, **more) -> ParsedPost:
    """A post of the blog, as its feed has it."""
    given = {
        "guid": f"https://b.example/?p={number}",
        "url": f"https://b.example/post-{number}/",
        "title": f"Post {number}",
        "html": f"<p>Body {number}.</p>",
    }
    return ParsedPost(**{**given, **more})
