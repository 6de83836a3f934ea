"""Posts and comments as the demo blog's REST API spells them."""

from collections.abc import Mapping
from typing import Any

from tui_reader.demo.addresses import Addresses
from tui_reader.demo.markup import comment_html
from tui_reader.demo.model import DemoComment, DemoPost
from tui_reader.demo.pages import excerpt, shown_title


def post_entry(to: Addresses, post: DemoPost, *, is_open: bool) -> dict[str, Any]:
    """One post; without its body when the asker does not know its password."""
    own = to.rest(f"/wp/v2/posts/{post.id}")
    return {
        "id": post.id,
        "date": to.local(post.published).isoformat(),
        "date_gmt": post.published.replace(tzinfo=None).isoformat(),
        "guid": {"rendered": to.guid(post)},
        "modified": to.local(post.modified).isoformat(),
        "modified_gmt": post.modified.replace(tzinfo=None).isoformat(),
        "slug": post.slug,
        "status": "publish",
        "type": "post",
        "link": to.post(post),
        "title": {"rendered": shown_title(to, post)},
        "content": {"rendered": to.html(post) if is_open else "", "protected": post.password is not None},
        "excerpt": {
            "rendered": f"<p>{excerpt(to, post)}</p>\n" if is_open else "",
            "protected": post.password is not None,
        },
        "author": 1,
        "comment_status": "open" if post.takes_comments else "closed",
        "ping_status": "closed",
        "format": "standard",
        "_links": {
            "self": [{"href": own}],
            "replies": [{"embeddable": True, "href": to.rest(f"/wp/v2/comments?post={post.id}")}],
        },
    }


def comment_entry(
    to: Addresses, post: DemoPost, comment: DemoComment, page_of: Mapping[int, int]
) -> dict[str, Any]:
    """One comment; ``page_of`` tells on which page each comment of its post is shown."""
    links: dict[str, Any] = {
        "self": [{"href": to.rest(f"/wp/v2/comments/{comment.id}")}],
        "up": [{"embeddable": True, "post_type": "post", "href": to.rest(f"/wp/v2/posts/{post.id}")}],
    }
    if comment.parent_id:
        links["in-reply-to"] = [{"embeddable": True, "href": to.rest(f"/wp/v2/comments/{comment.parent_id}")}]
    return {
        "id": comment.id,
        "post": comment.post_id,
        "parent": comment.parent_id,
        "author": comment.user_id,
        "author_name": comment.author,
        "author_url": comment.site,
        "date": to.local(comment.published).isoformat(),
        "date_gmt": comment.published.replace(tzinfo=None).isoformat(),
        "content": {"rendered": comment_html(comment.text)},
        "link": to.comment(post, comment.id, page_of.get(comment.id, 1)),
        "status": comment.status.value,
        "type": comment.kind,
        "meta": [],
        "_links": links,
    }
