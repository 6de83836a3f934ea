"""The demo blog's feeds, RSS 2.0 and Atom: its posts, all its comments, the comments on one post."""

from datetime import datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape, quoteattr

from tui_reader.demo.addresses import Addresses
from tui_reader.demo.markup import cdata, comment_html, with_emoji_as_images, without_tags
from tui_reader.demo.model import DemoComment, DemoPost
from tui_reader.demo.pages import excerpt, password_form, shown_title

A_FEED_HOLDS = 10
GENERATOR = "https://wordpress.org/?v=6.1&demo=tui_reader"

_RSS_NAMES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:wfw="http://wellformedweb.org/CommentAPI/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" '
    'xmlns:slash="http://purl.org/rss/1.0/modules/slash/"'
)
_ATOM_NAMES = 'xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0"'
_ATOM_GENERATOR = (
    '<generator uri="https://wordpress.org/" version="6.1">WordPress (tui_reader demo)</generator>\n'
)
_XML = '<?xml version="1.0" encoding="UTF-8"?>'


def posts_rss(to: Addresses, *, page: int = 1) -> str | None:
    """The main feed as RSS 2.0; None past its last page."""
    posts = _page_of_posts(to, page)
    if not posts:
        return None
    items = "".join(_post_item(to, post) for post in posts)
    return _rss(
        to, title=to.blog.title, path="/feed/", link=to.home, changed=to.blog.posts_changed, items=items
    )


def posts_atom(to: Addresses, *, page: int = 1) -> str | None:
    """The main feed as Atom; None past its last page."""
    posts = _page_of_posts(to, page)
    if not posts:
        return None
    entries = "".join(_post_entry(to, post) for post in posts)
    here = to.at("/feed/atom/")
    return _atom(
        to, title=to.blog.title, here=here, link=to.home, changed=to.blog.posts_changed, entries=entries
    )


def comments_rss(to: Addresses, post: DemoPost | None, *, is_unlocked: bool = False) -> str:
    """The newest ten comments on a post, or on the whole blog, as RSS 2.0."""
    items = "".join(
        _comment_item(to, on, comment, of_blog=post is None, is_open=is_unlocked or on.password is None)
        for on, comment in _newest(to, post)
    )
    return _rss(
        to,
        title=_comments_title(to, post),
        path="/comments/feed/" if post is None else to.post(post).removeprefix(to.home) + "feed/",
        link=to.home if post is None else to.post(post),
        changed=to.blog.comments_changed,
        items=items,
    )


def comments_atom(to: Addresses, post: DemoPost | None, *, is_unlocked: bool = False) -> str:
    """The newest ten comments on a post, or on the whole blog, as Atom, which names parents."""
    entries = "".join(
        _comment_entry(to, on, comment, of_blog=post is None, is_open=is_unlocked or on.password is None)
        for on, comment in _newest(to, post)
    )
    return _atom(
        to,
        title=_comments_title(to, post),
        here=to.at("/comments/feed/atom/") if post is None else to.post(post) + "feed/atom/",
        link=to.home if post is None else to.post(post) + "#comments",
        changed=to.blog.comments_changed,
        entries=entries,
    )


def _page_of_posts(to: Addresses, page: int) -> tuple[DemoPost, ...]:
    return to.blog.posts[(page - 1) * A_FEED_HOLDS : page * A_FEED_HOLDS] if page > 0 else ()


def _newest(to: Addresses, post: DemoPost | None) -> list[tuple[DemoPost, DemoComment]]:
    posts = to.blog.posts if post is None else (post,)
    pairs = [(on, comment) for on in posts for comment in to.blog.comments_on(on.id)]
    return sorted(pairs, key=lambda pair: pair[1].id, reverse=True)[:A_FEED_HOLDS]


def _comments_title(to: Addresses, post: DemoPost | None) -> str:
    words = to.blog.words
    return (
        words.comments_for.format(to.blog.title)
        if post is None
        else words.comments_on.format(shown_title(to, post))
    )


def _comment_title(to: Addresses, post: DemoPost, comment: DemoComment, *, of_blog: bool) -> str:
    words = to.blog.words
    if of_blog:
        return words.comment_on_by.format(shown_title(to, post), comment.author)
    return words.by.format(comment.author)


def _rss(to: Addresses, *, title: str, path: str, link: str, changed: datetime, items: str) -> str:
    # WordPress loses the port in rel=self (before 6.7): who fetches from there, fails here too
    portless = to.root.rpartition(":")[0] + to.blog.folder
    return (
        f'{_XML}<rss version="2.0" {_RSS_NAMES}>\n<channel>\n<title>{escape(title)}</title>\n'
        f'<atom:link href="{portless}{path}" rel="self" type="application/rss+xml" />\n<link>{link}</link>\n'
        f"<description>{escape(to.blog.tagline)}</description>\n<lastBuildDate>{format_datetime(changed)}</lastBuildDate>\n"
        f"<language>{to.blog.language}</language>\n<generator>{escape(GENERATOR)}</generator>\n{items}</channel>\n</rss>\n"
    )


def _atom(to: Addresses, *, title: str, here: str, link: str, changed: datetime, entries: str) -> str:
    return (
        f'{_XML}<feed {_ATOM_NAMES} xml:lang="{to.blog.language}">\n<title type="text">{escape(title)}'
        f"</title>\n"
        f'<subtitle type="text">{escape(to.blog.tagline)}</subtitle>\n<updated>{_stamp(changed)}</updated>\n'
        f'<link rel="alternate" type="text/html" href="{link}" />\n<id>{here}</id>\n'
        f'<link rel="self" type="application/atom+xml" href="{here}" />\n{_ATOM_GENERATOR}{entries}</feed>\n'
    )


def _post_body(to: Addresses, post: DemoPost) -> str:
    return password_form(to, post) if post.password else with_emoji_as_images(to.html(post))


def _post_item(to: Addresses, post: DemoPost) -> str:
    count = len(to.blog.comments_on(post.id))
    has_comments = post.takes_comments or count > 0
    categories = "".join(f"<category>{cdata(name)}</category>\n" for name in post.categories)
    anchor = "#comments" if count else "#respond"
    return (
        f"<item>\n<title>{escape(shown_title(to, post))}</title>\n<link>{to.post(post)}</link>\n"
        + (f"<comments>{to.post(post)}{anchor}</comments>\n" if has_comments else "")
        + f"<dc:creator>{cdata(to.blog.author)}</dc:creator>\n"
        f"<pubDate>{format_datetime(post.published)}</pubDate>\n{categories}"
        f'<guid isPermaLink="false">{escape(to.guid(post))}</guid>\n'
        f"<description>{cdata(excerpt(to, post))}</description>\n"
        f"<content:encoded>{cdata(_post_body(to, post))}</content:encoded>\n"
        + (f"<wfw:commentRss>{to.post(post)}feed/</wfw:commentRss>\n" if has_comments else "")
        + f"<slash:comments>{count}</slash:comments>\n</item>\n"
    )


def _post_entry(to: Addresses, post: DemoPost) -> str:
    count = len(to.blog.comments_on(post.id))
    link = to.post(post)
    categories = "".join(
        f'<category scheme="{to.home}" term={quoteattr(name)} />' for name in post.categories
    )
    replies = ""
    if post.takes_comments or count:
        replies = (
            f'<link rel="replies" type="text/html" href="{link}#comments" thr:count="{count}" />\n'
            f'<link rel="replies" type="application/atom+xml" href="{link}feed/atom/" '
            f'thr:count="{count}" />\n'
            f"<thr:total>{count}</thr:total>\n"
        )
    return (
        f"<entry>\n<author><name>{escape(to.blog.author)}</name><uri>{to.home}</uri></author>\n"
        f'<title type="html">{cdata(escape(shown_title(to, post)))}</title>\n<link rel="alternate" '
        f'type="text/html" href="{link}" />\n'
        f"<id>{escape(to.guid(post))}</id>\n<updated>{_stamp(post.modified)}</updated>\n"
        f"<published>{_stamp(post.published)}</published>\n{categories}\n"
        f'<summary type="html">{cdata(escape(excerpt(to, post)))}</summary>\n'
        f'<content type="html" xml:base="{link}">{cdata(_post_body(to, post))}</content>\n{replies}</entry>\n'
    )


def _comment_body(to: Addresses, post: DemoPost, comment: DemoComment, *, is_open: bool) -> str:
    if not is_open:
        return password_form(to, post)
    parent = to.blog.comment(comment.parent_id)
    lead = ""
    if parent is not None and parent.status == "approved":
        link = f'<a href="{_link(to, post, parent)}">{escape(parent.author)}</a>'
        lead = f"<p>{to.blog.words.in_reply_to.format(link)}</p>\n"
    return with_emoji_as_images(lead + comment_html(comment.text))


def _link(to: Addresses, post: DemoPost, comment: DemoComment) -> str:
    return to.comment(post, comment.id, to.blog.layout(post.id).page_of.get(comment.id, 1))


def _comment_item(
    to: Addresses, post: DemoPost, comment: DemoComment, *, of_blog: bool, is_open: bool
) -> str:
    body = _comment_body(to, post, comment, is_open=is_open)
    summary = without_tags(body) if is_open else to.blog.words.protected_comments
    return (
        f"<item>\n<title>{escape(_comment_title(to, post, comment, of_blog=of_blog))}</title>\n"
        f"<link>{_link(to, post, comment)}</link>\n<dc:creator>{cdata(comment.author)}</dc:creator>\n"
        f"<pubDate>{format_datetime(comment.published)}</pubDate>\n"
        f'<guid isPermaLink="false">{escape(to.comment_guid(post, comment.id))}</guid>\n'
        f"<description>{cdata(escape(summary))}</description>\n<content:encoded>{cdata(body)}</content:encoded>\n</item>\n"
    )


def _comment_entry(
    to: Addresses, post: DemoPost, comment: DemoComment, *, of_blog: bool, is_open: bool
) -> str:
    link = _link(to, post, comment)
    uri = f"<uri>{escape(comment.site)}</uri>" if comment.site else ""
    parent = to.blog.comment(comment.parent_id)
    ref, href = to.guid(post), to.post(post)
    if comment.parent_id:
        # a parent that was taken away is still named, and leads nowhere
        ref = to.comment_guid(post, comment.parent_id)
        href = to.post(post) if parent is None else _link(to, post, parent)
    return (
        f"<entry>\n<title>{escape(_comment_title(to, post, comment, of_blog=of_blog))}</title>\n"
        f'<link rel="alternate" href="{link}" type="text/html" />\n'
        f"<author><name>{escape(comment.author)}</name>{uri}</author>\n"
        f"<id>{escape(to.comment_guid(post, comment.id))}</id>\n<updated>{_stamp(comment.published)}"
        f"</updated>\n"
        f"<published>{_stamp(comment.published)}</published>\n"
        f'<content type="html" '
        f'xml:base="{link}">{cdata(_comment_body(to, post, comment, is_open=is_open))}</content>\n'
        f'<thr:in-reply-to ref={quoteattr(ref)} href="{href}" type="text/html" />\n</entry>\n'
    )


def _stamp(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
