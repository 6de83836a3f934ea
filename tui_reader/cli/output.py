"""What the commands print: JSON by the contract, one-line errors, plain lists."""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from tui_reader.cli.outlet import check
from tui_reader.errors import TuiReaderError
from tui_reader.language import _

# a call that lists posts as JSON needs none of it
if TYPE_CHECKING:
    from tui_reader.domain.blog import Blog
    from tui_reader.domain.comment import Comment
    from tui_reader.domain.post_line import AnyPost

as_json = click.option("--json", "as_json", is_flag=True, help="One JSON document, for machines.")


def fail(error: TuiReaderError, status: int) -> int:
    """Says what went wrong on stderr, one line a fault, and gives the status back."""
    for line in error.in_full.splitlines() or [_("it failed")]:
        warn(line, word="error")
    return status


def warn(text: str, *, word: str = "") -> None:
    """One line on stderr."""
    from tui_reader.content.clean import clean_line

    click.echo(f"{word or _('warning')}: {clean_line(text)}", err=True)


def say(text: str = "", *, nl: bool = True, **style: Any) -> None:
    """Prints text, whatever strangers put into it; colours only where stdout is a terminal."""
    from tui_reader.content.clean import clean

    text = clean(text)
    click.echo(click.style(text, **style) if style else text, nl=nl)


def dump(value: object) -> None:
    """One JSON document. Control characters leave as escapes, so that no byte acts on a terminal."""
    click.echo(_harmless(json.dumps(value, ensure_ascii=False, indent=2)))


class Rows:
    """A list of flat objects, said piece by piece as ``dump`` says the whole of it."""

    _ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",\n    ", ": "))

    def __init__(self) -> None:
        self._is_begun = False

    def say(self, rows: Iterable[dict[str, Any]]) -> None:
        """Some more of them."""
        # without an indent of its own json encodes in C, many times as fast; in its text a line ends only
        # where this separator stands, so that rows are told apart by it and the braces around it
        text = self._ENCODER.encode(list(rows))[2:-2].replace("},\n    {", "\n  },\n  {\n    ")
        if text:
            # of a hundred thousand posts most are not looked for when nobody reads on
            check()
            text = f"  {{\n    {text}\n  }}"
            click.echo((",\n" if self._is_begun else "[\n") + _harmless(text), nl=False)
            self._is_begun = True

    def end(self) -> None:
        """There are no more."""
        click.echo("\n]" if self._is_begun else "[]")


def _harmless(text: str) -> str:
    # json escapes C0; DEL, C1 and bidi controls are legal JSON and no less alive in a terminal
    if text.replace("\n", "").isprintable():
        return text
    return "".join(char if char == "\n" or char.isprintable() else _escaped(char) for char in text)


def _escaped(char: str) -> str:
    return json.dumps(char)[1:-1] if ord(char) != 0x7F else "\\u007f"


def moment(value: datetime | None) -> str | None:
    """ISO 8601 in UTC with ``Z``."""
    return (
        None if value is None else value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    )


def blog_json(blog: "Blog") -> dict[str, Any]:
    """The contract's blog."""
    return {
        "id": blog.id,
        "title": blog.title,
        "url": blog.url,
        "feed_url": blog.feed_url,
        "folder": blog.folder,
        "unread": blog.unread,
        "new_comments": blog.new_comments,
        "last_refreshed": moment(blog.last_refreshed),
        "error": blog.error,
        "error_since": moment(blog.error_since),
        "paused": blog.is_paused,
        "full_text": blog.wants_full_text,
        "gone_since": moment(blog.gone_at),
        "feed_title": blog.feed_title,
    }


def post_json(post: "AnyPost") -> dict[str, Any]:
    """The contract's post."""
    return {
        "id": post.id,
        "blog_id": post.blog_id,
        "title": post.title,
        "author": post.author,
        "url": post.url,
        "published": moment(post.published),
        "read": post.is_read,
        "starred": post.is_starred,
        "comment_count": post.comment_count,
        "new_comment_count": post.new_comment_count,
        "blog_title": post.blog_title,
        "later": post.is_later,
        "followed": post.is_followed,
    }


def comment_json(comment: "Comment", depth: int, text: str) -> dict[str, Any]:
    """The contract's comment."""
    return {
        "id": comment.id,
        "parent_id": comment.parent_id,
        "depth": depth,
        "author": comment.author,
        "author_url": comment.author_url,
        "url": comment.url,
        "published": moment(comment.published),
        "text": text,
        "kind": comment.kind.value,
        "new": comment.is_new,
        "mine": comment.is_mine,
        "state": comment.state.value,
    }


def say_nothing(text: str) -> None:
    """Says that there is nothing to list, and what helps: beside the list, which stays empty for scripts."""
    from tui_reader.content.clean import clean_line

    click.echo(clean_line(text), err=True)


_WIDEST = 60
"""Cells of a column beyond which nothing is set in for the sake of one long title."""


def table(rows: Sequence[Sequence[str]], *, right: Iterable[int] = ()) -> None:
    """Rows in columns, each as wide as its widest cell within reason; the last one is left ragged."""
    if not rows:
        return
    from tui_reader.content.clean import clean_line
    from tui_reader.content.widths import cells

    widths = [
        min(_WIDEST, max(cells(clean_line(row[column])) for row in rows)) for column in range(len(rows[0]))
    ]
    flush_right = set(right)
    for row in rows:
        told = []
        for column, cell in enumerate(map(clean_line, row)):
            blanks = " " * (widths[column] - cells(cell))
            told.append(blanks + cell if column in flush_right else cell + blanks)
        say("  ".join(told).rstrip())
