"""A post with its conversation as a file of one's own: Markdown, or plain text for a name in ``.txt``."""

import os
import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tui_reader import moments
from tui_reader.content.names import who
from tui_reader.domain.comment import Comment, CommentState
from tui_reader.errors import UsageError
from tui_reader.language import _
from tui_reader.ui import text

if TYPE_CHECKING:
    from tui_reader.content.blocks import Document
    from tui_reader.domain.post_line import AnyPost
    from tui_reader.domain.thread import Thread

_LONGEST_NAME = 60
_DEEPEST = 12
"""Levels after which a comment moves no further right."""


def name_for(title: str) -> str:
    """A file name that every system takes, made of the words of a stranger's title."""
    plain = unicodedata.normalize("NFKC", text.tame_line(title)).casefold()
    words = re.sub(r"[^\w]+", "-", plain).strip("-_")[:_LONGEST_NAME].rstrip("-_")
    return f"{words or _('post')}.md"


def fault_of(name: str) -> str:
    """Why a file must not be called so; empty when it may."""
    if not name.strip():
        return _("A name is needed.")
    if "/" in name or os.sep in name or name.startswith(".") or not name.isprintable():
        return _(
            "A plain file name is wanted: it is written into the folder in which the reader was started."
        )
    return ""


def write_new(folder: Path, name: str, words: str) -> Path:
    """Writes a file that was not there.

    Raises:
        UsageError: it is there already, or cannot be written.
    """
    path = folder / name
    try:
        # "x": nobody's file is overwritten, and no link is followed to one
        with path.open("x", encoding="utf-8") as file:
            file.write(words)
    except FileExistsError as error:
        raise UsageError(_("{name} is there already: choose another name.").format(name=name)) from error
    except OSError as error:
        raise UsageError(
            _("{name} could not be written: {value}").format(name=name, value=error.strerror or error)
        ) from error
    return path


def as_markdown(
    post: "AnyPost", body: "Document | None", thread: "Thread", document_of: "Callable[[Comment], Document]"
) -> str:
    """The post, then its comments as nested quotations, which every Markdown reader shows as a thread."""
    from tui_reader.content.markdown import in_line, markdown

    lines = [f"# {in_line(_title(post))}", "", in_line(_byline(post)), ""]
    lines += [f"<{text.tame_line(post.url)}>", ""]
    if body is not None:
        lines += [text.tame(markdown(body)).rstrip(), ""]
    for comment, depth in _comments(thread):
        quote = "> " * depth
        link = f" [#]({text.tame_line(comment.url)})" if comment.url else ""
        lines += [f"{quote}**{in_line(_who(comment))}** {_when(comment.published)}{link}", quote.rstrip()]
        said = text.tame(markdown(document_of(comment))).rstrip()
        lines += [f"{quote}{line}".rstrip() for line in said.splitlines()]
        lines.append("> " * max(0, depth - 1) if depth > 1 else "")
    return _file(lines)


def as_text(
    post: "AnyPost", body: "Document | None", thread: "Thread", document_of: "Callable[[Comment], Document]"
) -> str:
    """The same without any marks, the comments set in by level."""
    from tui_reader.content.typeset import plain_text

    lines = [_title(post), _byline(post), text.tame_line(post.url), ""]
    if body is not None:
        lines += [text.tame(plain_text(body, 72)).rstrip(), ""]
    for comment, depth in _comments(thread):
        margin = "    " * depth
        lines.append(f"{margin}{_who(comment)} {_when(comment.published)}".rstrip())
        said = text.tame(plain_text(document_of(comment), 72)).rstrip()
        lines += [f"{margin}{line}".rstrip() for line in said.splitlines()]
        lines.append("")
    return _file(lines)


def _comments(thread: "Thread") -> Iterator[tuple[Comment, int]]:
    for row in thread.rows:
        if row.comment.state is not CommentState.REMOVED:
            yield row.comment, min(row.depth, _DEEPEST)


def _title(post: "AnyPost") -> str:
    return text.tame_line(post.title) or _("Without a title")


def _byline(post: "AnyPost") -> str:
    parts = (post.author or "", _when(post.published), post.blog_title)
    return " · ".join(text.tame_line(part) for part in parts if part)


def _who(comment: Comment) -> str:
    return who(text.tame_line(comment.author), is_mine=comment.is_mine)


def _when(moment: datetime | None) -> str:
    return f"{moments.in_zone(moment):%Y-%m-%d %H:%M}" if moment is not None else ""


def _file(lines: list[str]) -> str:
    return "\n".join(lines).rstrip() + "\n"
