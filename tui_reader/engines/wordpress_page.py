"""Comments out of a WordPress post's page, in the three markups that themes use."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeGuard

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tui_reader.content.clean import clean_line
from tui_reader.content.links import absolute_web
from tui_reader.content.tree import tree_of
from tui_reader.domain.comment import Comment, CommentKind, CommentState
from tui_reader.engines.wordpress_address import (
    API_RELATION,
    Address,
    from_route,
    is_same_post,
    number_in,
    page_number,
)
from tui_reader.feeds.dates import iso_moment
from tui_reader.feeds.words import MAX_NAME

_HOLDER = re.compile(r"(?:li-|div-)?comment-(\d{1,18})", re.ASCII)
_OF_A_COMMENT = re.compile(r"comment|comment-body|pingback|trackback|webmention|depth-\d+")
_FRAGMENT = re.compile(r"#(?:li-|div-)?comment-(\d{1,18})$", re.ASCII)
_POST_CLASS = re.compile(r"(?:postid|page-id)-(\d{1,18})", re.ASCII)
# themes put a handful of elements between a reply and what it answers; a page made to be slow puts thousands
_MAX_CLIMB = 40

# by what is surest: the block theme's, that of both classic ones, what is left
_AUTHOR = (
    ".wp-block-comment-author-name",
    ".fn",
    "cite",
    ".comment-author-name",
    ".comment-author",
)
_BODY = (".wp-block-comment-content", ".comment-content", ".comment-text", ".comment_text", ".commentcontent")
_HEAD = frozenset({"comment-author", "comment-meta", "commentmetadata", "comment-metadata", "vcard"})
_NOT_BODY = frozenset({"avatar", "reply", "children", "comment-awaiting-moderation", "comment-edit-link"})
_KINDS = {
    "pingback": CommentKind.PINGBACK,
    "trackback": CommentKind.TRACKBACK,
    "webmention": CommentKind.WEBMENTION,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentPage:
    """What one page of a post tells."""

    comments: tuple[Comment, ...] = ()
    number: int | None = None
    """Which comment page this is, by the addresses of its comments; None when they do not say."""
    numbers: frozenset[int] = frozenset()
    """Comment pages of this post that it names."""
    address: Address = field(default_factory=Address)
    """What its head says of the API, the post's number and its comment feed."""
    is_wordpress: bool = False
    needs_password: bool = False
    takes_comments: bool | None = None


def read_page(html: str, url: str) -> CommentPage:
    """What a page of a WordPress post says of its comments; of any other page, little or nothing."""
    tree = tree_of(html)
    comments = tuple(_comments(tree, url))
    numbers = _page_numbers(tree, url)
    own = Counter(number for comment in comments if (number := page_number(comment.url or "")) is not None)
    address = _address(tree, url)
    return CommentPage(
        comments=comments,
        number=own.most_common(1)[0][0] if own else None,
        numbers=frozenset(numbers | set(own)),
        address=address,
        is_wordpress=bool(address.root) or _is_wordpress(tree),
        needs_password=tree.css_first("form[action*='action=postpass'], input[name='post_password']")
        is not None,
        takes_comments=_takes_comments(tree),
    )


class _Holders:
    """The elements that hold one comment each, and which of them an element belongs to."""

    def __init__(self, tree: LexborHTMLParser) -> None:
        self.nodes: dict[str, LexborNode] = {}
        """By comment id, in the page's order: the outermost element of each comment."""
        self.boxes: dict[str, LexborNode] = {}
        """By comment id: the innermost, which holds no replies."""
        self.around_replies: set[int] = set()
        """What stands between a comment's element and those of its replies."""
        self._ids: dict[int, str] = {}
        for node in tree.css("[id*='comment-']"):
            match = _HOLDER.fullmatch(node.id or "")
            if match is not None and _is_holder(node):
                self._add(match[1], node)
        self.parents = {comment_id: self._parent(node) for comment_id, node in self.nodes.items()}

    def of(self, node: LexborNode | None) -> str | None:
        """The id of the comment that ``node`` is part of."""
        for _step in range(_MAX_CLIMB):
            if node is None:
                return None
            if (found := self._ids.get(node.mem_id)) is not None:
                return found
            node = node.parent
        return None

    def first(self, tree: LexborHTMLParser, selectors: tuple[str, ...]) -> dict[str, LexborNode]:
        """For each comment its own element that the first fitting selector finds."""
        found: dict[str, LexborNode] = {}
        for selector in selectors:
            for node in tree.css(selector):
                comment_id = self.of(node)
                if comment_id is not None:
                    found.setdefault(comment_id, node)
        return found

    def _add(self, comment_id: str, node: LexborNode) -> None:
        outer = node.parent
        # some themes give the number to a box, while the replies hang in the list item around it
        if comment_id not in self.nodes and node.tag != "li" and self._is_free_item(outer):
            self.nodes[comment_id] = outer
            self._ids[outer.mem_id] = comment_id
        self.nodes.setdefault(comment_id, node)
        self.boxes[comment_id] = node
        self._ids[node.mem_id] = comment_id

    def _is_free_item(self, node: LexborNode | None) -> TypeGuard[LexborNode]:
        return (
            node is not None
            and node.tag == "li"
            and node.mem_id not in self._ids
            and _is_called_comment(node)
        )

    def _parent(self, node: LexborNode) -> str | None:
        passed: list[int] = []
        above = node.parent
        for _step in range(_MAX_CLIMB):
            if above is None:
                return None
            if (found := self._ids.get(above.mem_id)) is not None:
                self.around_replies.update(passed)
                return found
            passed.append(above.mem_id)
            above = above.parent
        return None


def _comments(tree: LexborHTMLParser, url: str) -> Iterator[Comment]:
    holders = _Holders(tree)
    if not holders.nodes:
        return
    bodies = holders.first(tree, _BODY)
    authors = holders.first(tree, _AUTHOR)
    times = holders.first(tree, ("time[datetime]",))
    waiting = holders.first(tree, (".comment-awaiting-moderation",))
    links = _permalinks(tree, holders)
    for comment_id, node in holders.nodes.items():
        kind = next((_KINDS[name] for name in _classes(node) if name in _KINDS), CommentKind.COMMENT)
        author = authors.get(comment_id)
        body = bodies.get(comment_id)
        if author is None and kind is not CommentKind.COMMENT:
            # HTML5 themes show a ping as one link: its title, and no body
            author, html = node.css_first("a[href]"), ""
        elif body is not None:
            html = (body.inner_html or "").strip()
        else:
            html = _bare_body(holders, comment_id)
        yield Comment(
            id=comment_id,
            parent_id=holders.parents[comment_id],
            author=_author_name(author),
            author_url=_author_url(author, url),
            published=_moment(times.get(comment_id)),
            html=html,
            url=absolute_web(links.get(comment_id, f"#comment-{comment_id}"), url),
            kind=kind,
            state=CommentState.HELD if comment_id in waiting else CommentState.PUBLISHED,
            is_by_post_author="bypostauthor" in _classes(node),
        )


def _is_holder(node: LexborNode) -> bool:
    # a heading or an input may be called "comment-3" too
    return node.tag == "li" or (node.tag in {"div", "article", "section"} and _is_called_comment(node))


def _is_called_comment(node: LexborNode) -> bool:
    return any(map(_OF_A_COMMENT.fullmatch, _classes(node)))


def _bare_body(holders: _Holders, comment_id: str) -> str:
    """The old markup wraps the text in nothing: it is what stands between the head and the reply link."""
    parts: list[str] = []
    before_head = ""
    for node in holders.boxes[comment_id].iter(include_text=True):
        classes = _classes(node)
        if not _HEAD.isdisjoint(classes):
            # the head may come in pieces with words between them, and stands below the text in few themes
            before_head = "".join(parts).strip() or before_head
            parts.clear()
        elif not (
            node.is_comment_node
            or not _NOT_BODY.isdisjoint(classes)
            or node.mem_id in holders.around_replies
            or holders.of(node) != comment_id
        ):
            parts.append(node.html or "")
    return "".join(parts).strip() or before_head


def _permalinks(tree: LexborHTMLParser, holders: _Holders) -> dict[str, str]:
    """Each comment's own link to itself; other links to it, as in the text of an answer, do not count."""
    found: dict[str, str] = {}
    for node in tree.css("a[href*='comment-']"):
        href = node.attributes.get("href") or ""
        match = _FRAGMENT.search(href)
        if match is not None and match[1] not in found and holders.of(node) == match[1]:
            found[match[1]] = href
    return found


def _author_name(node: LexborNode | None) -> str:
    if node is None:
        return ""
    words = (child.text() for child in node.iter(include_text=True) if "says" not in _classes(child))
    return clean_line("".join(words)[: MAX_NAME * 4])[:MAX_NAME]


def _author_url(node: LexborNode | None, base: str) -> str | None:
    if node is None:
        return None
    around = node if node.tag == "a" else node.css_first("a[href]")
    if around is None and node.parent is not None and node.parent.tag == "a":
        around = node.parent
    return absolute_web(around.attributes.get("href") or "", base) if around is not None else None


def _moment(node: LexborNode | None) -> datetime | None:
    # the blog's own zone is not known, so a time without one says too little
    return iso_moment(node.attributes.get("datetime"), needs_zone=True) if node is not None else None


def _page_numbers(tree: LexborHTMLParser, url: str) -> set[int]:
    numbers: set[int] = set()
    for node in tree.css("a[href*='comment-page-'], a[href*='cpage=']"):
        # a list of recent comments names pages of other posts
        link = absolute_web(node.attributes.get("href") or "", url)
        if link and is_same_post(link, url) and (number := page_number(link)) is not None:
            numbers.add(number)
    return numbers


def _address(tree: LexborHTMLParser, url: str) -> Address:
    address = Address()
    for node in tree.css("link[rel][href]"):
        rel = (node.attributes.get("rel") or "").lower()
        link = absolute_web(node.attributes.get("href") or "", url)
        if link is None:
            continue
        if rel == API_RELATION:
            address = address.completed_by(Address(root=link))
        elif rel == "alternate" and node.attributes.get("type") == "application/json":
            address = address.completed_by(from_route(link))
        elif rel == "shortlink":
            address = address.completed_by(Address(post_id=number_in(link)))
    field_ = tree.css_first("input[name='comment_post_ID'][value]")
    if field_ is not None and re.fullmatch(r"\d{1,18}", field_.attributes.get("value") or "", re.ASCII):
        address = address.completed_by(Address(post_id=field_.attributes["value"]))
    for name in _classes(tree.body):
        if match := _POST_CLASS.fullmatch(name):
            address = address.completed_by(Address(post_id=match[1]))
    return address


def _is_wordpress(tree: LexborHTMLParser) -> bool:
    generator = tree.css_first("meta[name='generator'][content^='WordPress']")
    return generator is not None or tree.css_first("form[action*='/wp-comments-post.php']") is not None


def _takes_comments(tree: LexborHTMLParser) -> bool | None:
    if tree.css_first("form#commentform, form[action*='/wp-comments-post.php'], .must-log-in") is not None:
        return True
    if tree.css_first(".no-comments, .nocomments, .comments-closed") is not None:
        return False
    return None


def _classes(node: LexborNode | None) -> list[str]:
    if node is None or node.is_text_node or node.is_comment_node:
        return []
    attributes: Mapping[str, str | None] = node.attributes
    return (attributes.get("class") or "").split()
