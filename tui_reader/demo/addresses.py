"""Every address of a demo blog, in one place."""

from dataclasses import dataclass
from datetime import datetime

from tui_reader.demo.blog import DemoBlog
from tui_reader.demo.model import DemoComment, DemoPost


@dataclass(frozen=True, slots=True)
class Addresses:
    """Makes the addresses of one blog that is served under ``root`` (no slash at its end)."""

    blog: DemoBlog
    root: str

    @property
    def home(self) -> str:
        """The blog's front page, without a slash at its end, as WordPress stores it."""
        return self.root + self.blog.folder

    def at(self, path: str) -> str:
        """A place on the blog; ``path`` begins with a slash."""
        return self.home + path

    def guid(self, post: DemoPost) -> str:
        """The post's name for ever."""
        return f"{self.home}/?p={post.id}"

    def comment_guid(self, post: DemoPost, comment_id: int) -> str:
        """The comment's name for ever."""
        return f"{self.guid(post)}#comment-{comment_id}"

    def post(self, post: DemoPost) -> str:
        """The post's page."""
        return self.at(permalink(post, self.local(post.published)))

    def comment(self, post: DemoPost, comment_id: int, page: int) -> str:
        """The comment on its page; moves when pages do."""
        return f"{self.post(post)}comment-page-{page}/#comment-{comment_id}"

    def rest(self, route: str = "/") -> str:
        """A place in the REST API."""
        return f"{self.home}/wp-json{route}"

    def local(self, moment: datetime) -> datetime:
        """The blog's own time, without a zone, as WordPress counts it."""
        return moment.replace(tzinfo=None) + self.blog.utc_offset

    def local_iso(self, moment: datetime) -> str:
        """The blog's own time with its zone, as pages name it."""
        minutes = int(self.blog.utc_offset.total_seconds()) // 60
        sign = "-" if minutes < 0 else "+"
        return f"{self.local(moment).isoformat()}{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"

    def html(self, post: DemoPost) -> str:
        """The post's body with its own addresses filled in."""
        return post.html.replace("%HOME%", self.home).replace("%ROOT%", self.root)

    def held(self, post: DemoPost, comment: DemoComment) -> str:
        """Where the writer of a held comment can see it."""
        hash = self.blog.moderation_hash(comment)
        return f"{self.post(post)}?unapproved={comment.id}&moderation-hash={hash}#comment-{comment.id}"


def permalink(post: DemoPost, local: datetime) -> str:
    """The path of a post's page within its blog."""
    return f"/{local:%Y/%m}/{post.slug}/"
