"""The text of a post: the feed's, and the whole one beside it where there is one."""

from dataclasses import dataclass
from sqlite3 import Connection

from tui_reader.errors import NotFoundError
from tui_reader.language import _
from tui_reader.storage.values import text

_PAGE = "page"


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A post's text, foreign and as it came."""

    html: str
    base_url: str
    """What relative addresses in it start from."""
    is_excerpt: bool
    """There is more on the blog."""
    is_full: bool = False
    """It is not the feed's text, but was fetched from the blog."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredTexts:
    """What is stored of a post's text."""

    html: str
    """The feed's."""
    base_url: str
    is_description: bool
    """The feed gave it as a description."""
    full_html: str | None
    """The whole text."""
    is_from_page: bool
    """It was taken from the page, and not given by the blog as such."""
    is_outdated: bool
    """The feed's text was another one when it was."""
    is_wanted: bool
    """The user wants the whole text of every post of this blog."""


def body(db: Connection, post_id: int, *, of_feed: bool = False) -> Body:
    """The post's text, the whole one where it was fetched and is not unwanted.

    Raises:
        NotFoundError: there is no such post.
    """
    row = db.execute(
        "SELECT html, base_url, is_excerpt, full_html FROM bodies WHERE post_id = ?", (post_id,)
    ).fetchone()
    if row is None:
        raise NotFoundError(_("there is no post {post_id}").format(post_id=post_id))
    html, base_url, is_excerpt, full_html = row
    if full_html is not None and not of_feed:
        return Body(html=full_html, base_url=base_url, is_excerpt=False, is_full=True)
    return Body(html=html, base_url=base_url, is_excerpt=bool(is_excerpt))


def texts(db: Connection, post_id: int) -> StoredTexts:
    """What is stored of a post's text.

    Raises:
        NotFoundError: there is no such post.
    """
    row = db.execute(
        """SELECT t.html, t.base_url, t.is_excerpt, t.full_html, t.full_from, t.full_for, b.wants_full_text
           FROM bodies AS t JOIN posts AS p ON p.id = t.post_id JOIN blogs AS b ON b.id = p.blog_id
           WHERE t.post_id = ?""",
        (post_id,),
    ).fetchone()
    if row is None:
        raise NotFoundError(_("there is no post {post_id}").format(post_id=post_id))
    html, base_url, is_excerpt, full_html, full_from, full_for, is_wanted = row
    return StoredTexts(
        html=html,
        base_url=base_url,
        is_description=bool(is_excerpt),
        full_html=full_html,
        is_from_page=full_html is not None and full_from == _PAGE,
        is_outdated=full_from == _PAGE and full_for != _mark(html),
        is_wanted=bool(is_wanted),
    )


def set_full_body(db: Connection, post_id: int, html: str) -> None:
    """Keeps the whole text that the blog itself gave, beside the feed's."""
    html = text(html)
    changed = db.execute(
        """UPDATE bodies SET full_html = :html, full_from = NULL, full_for = NULL
           WHERE post_id = :id AND (full_html IS NOT :html OR full_from IS NOT NULL)""",
        {"html": html, "id": post_id},
    )
    if changed.rowcount:
        db.execute("UPDATE posts SET is_indexed = 0 WHERE id = ?", (post_id,))


def keep_from_page(db: Connection, post_id: int, html: str, *, feed_html: str) -> None:
    """Keeps the whole text that a post's page gave for this text of the feed.

    What the blog itself gave in the meantime is better, and stays.
    """
    changed = db.execute(
        """UPDATE bodies SET full_html = :html, full_from = :page, full_for = :mark
           WHERE post_id = :id AND (full_html IS NULL OR full_from IS NOT NULL)""",
        {"html": text(html), "page": _PAGE, "mark": _mark(feed_html), "id": post_id},
    )
    if changed.rowcount:
        # searched anew, with all its words
        db.execute("UPDATE posts SET is_indexed = 0 WHERE id = ?", (post_id,))


def _mark(html: str) -> str:
    import hashlib  # loads OpenSSL: not where no text was ever fetched

    return hashlib.blake2b(html.encode(), digest_size=8).hexdigest()
