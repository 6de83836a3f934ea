"""Turns a blog's own texts into its first posts and comments, dated back from the moment it starts."""

import re
from collections.abc import Iterator
from datetime import datetime

from tui_reader.demo.markup import allowed_html
from tui_reader.demo.model import AUTHOR_ID, BlogText, DemoComment, DemoPost, Said

FIRST_COMMENT = 101
"""Unlike any post's id, so that nobody takes one for the other unseen."""


def first_posts(text: BlogText, start: datetime) -> Iterator[DemoPost]:
    """The posts, as old as the texts say."""
    for post in text.posts:
        yield DemoPost(
            id=post.id,
            slug=post.slug,
            title=post.title,
            html=post.html,
            published=start - post.age,
            modified=start - post.age,
            categories=post.categories,
            takes_comments=post.takes_comments,
            holds_comments=post.holds_comments,
            password=post.password,
        )


def first_comments(text: BlogText, start: datetime) -> Iterator[DemoComment]:
    """The comments, oldest first; ids rise by date, as on a blog that was really written to."""
    said: list[tuple[datetime, int, Said, int, int | None]] = []
    for post in text.posts:
        pending: list[tuple[Said, int | None]] = [(one, None) for one in reversed(post.talk)]
        while pending:
            one, parent = pending.pop()
            number = len(said)
            said.append((start - post.age + one.after, number, one, post.id, parent))
            pending.extend((reply, number) for reply in reversed(one.replies))
    ids: dict[int, int] = {}
    for moment, number, one, post_id, parent in sorted(said, key=lambda entry: entry[:2]):
        ids[number] = FIRST_COMMENT + len(ids)
        nick = "author" if one.who == text.author else re.sub(r"[^a-z]", "", one.who.lower())
        yield DemoComment(
            id=ids[number],
            post_id=post_id,
            parent_id=0 if parent is None else ids[parent],
            author=one.who,
            email="" if one.kind != "comment" else f"{nick}@demo.example",
            site=one.site,
            published=moment,
            text=allowed_html(one.text),
            typed=one.text,
            status=one.status,
            kind=one.kind,
            user_id=AUTHOR_ID if one.who == text.author else 0,
        )
