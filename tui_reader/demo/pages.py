"""The demo blog's HTML: front page, a post with its comments and the form, errors; classic HTML5 markup."""

from html import escape

from tui_reader.demo.addresses import Addresses
from tui_reader.demo.markup import comment_html, without_tags
from tui_reader.demo.model import DemoComment, DemoPost
from tui_reader.demo.threads import MAX_DEPTH, Row

_STYLE = """
body { font: 18px/1.6 Georgia, serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem; color: #222 }
ol.comment-list, ol.children { list-style: none; padding: 0 }
ol.children { border-left: 2px solid #ccd; padding-left: 1rem }
img { max-width: 100%; height: auto }
pre { overflow: auto; background: #f0eee8; padding: 1rem }
.bypostauthor > article .fn { color: #a33 }
"""


def home_page(to: Addresses, *, page: int = 1) -> str:
    """The newest posts, each with its address and its beginning."""
    blog = to.blog
    items = "".join(
        f'<article id="post-{post.id}" class="post-{post.id} post type-post">'
        f'<h2 class="entry-title"><a href="{escape(to.post(post))}" '
        f'rel="bookmark">{escape(shown_title(to, post))}</a></h2>'
        f"<p>{escape(excerpt(to, post))}</p></article>\n"
        for post in (blog.posts if page == 1 else ())
    )
    body = f'<main id="main"><p class="site-description">{escape(blog.tagline)}</p>\n{items}</main>'
    return _page(to, title=blog.title, body=body, kind="home blog")


def post_page(
    to: Addresses,
    post: DemoPost,
    *,
    page: int | None = None,
    reply_to: int = 0,
    own: DemoComment | None = None,
    is_unlocked: bool = False,
) -> str:
    """A post with one page of its comments.

    Args:
        to: The blog's addresses.
        post: The post.
        page: Which comment page, from 1; None for the last one, as the bare address shows it.
        reply_to: The comment that the form shall answer.
        own: A held comment that the asker may see, since it is theirs.
        is_unlocked: The asker knows the post's password, or there is none.
    """
    blog, words = to.blog, to.blog.words
    title = escape(shown_title(to, post))
    content = to.html(post) if is_unlocked else password_form(to, post)
    article = (
        f'<article id="post-{post.id}" class="post-{post.id} post type-post status-publish">\n'
        f'<header class="entry-header"><h1 class="entry-title">{title}</h1>\n'
        f'<p class="byline"><time class="entry-date published" datetime="{to.local_iso(post.published)}">'
        f'{words.when(to.local(post.published))}</time> · <span class="author '
        f'vcard">{escape(blog.author)}</span></p></header>\n'
        f'<div class="entry-content">\n{content}\n</div>\n</article>\n'
    )
    comments = _comments(to, post, page=page, reply_to=reply_to, own=own) if is_unlocked else ""
    feed = (
        f'<link rel="alternate" type="application/rss+xml" title="{escape(blog.title)} &raquo; {title} '
        f'{words.comments_feed}" href="{to.post(post)}feed/" />\n'
        f'<link rel="alternate" type="application/json" href="{to.rest(f"/wp/v2/posts/{post.id}")}" />\n'
        f'<link rel="canonical" href="{to.post(post)}" />\n<link rel="shortlink" href="{to.guid(post)}" />\n'
    )
    return _page(
        to,
        title=f"{shown_title(to, post)} – {blog.title}",
        body=f'<main id="main">\n{article}{comments}</main>',
        kind=f"single single-post postid-{post.id}",
        head=feed,
    )


def not_found_page(to: Addresses) -> str:
    """What stands where nothing is."""
    words = to.blog.words
    body = f'<main id="main"><h1 class="page-title">{words.not_found}</h1></main>'
    return _page(to, title=f"{words.not_found} – {to.blog.title}", body=body, kind="error404")


def failure_page(to: Addresses, message: str) -> str:
    """Why a comment was not taken; ``message`` is HTML."""
    words = to.blog.words
    return (
        f'<!DOCTYPE html>\n<html lang="{to.blog.language}">\n<head>\n<meta charset="UTF-8" />\n'
        f"<meta name='robots' content='noindex, follow' />\n<title>{words.failure_title}</title>\n</head>\n"
        f'<body id="error-page">\n<div class="wp-die-message"><p>{message}</p></div>\n'
        f"<p><a href='javascript:history.back()'>{words.back}</a></p>\n</body>\n</html>\n"
    )


def shown_title(to: Addresses, post: DemoPost) -> str:
    """The title as the blog shows it, plain text: it says when there is a password."""
    return to.blog.words.protected_title.format(post.title) if post.password else post.title


def excerpt(to: Addresses, post: DemoPost) -> str:
    """The first 55 words, plain text."""
    if post.password:
        return to.blog.words.protected_excerpt
    words = without_tags(to.html(post)).split()
    return " ".join(words[:55]) + (" […]" if len(words) > 55 else "")


def password_form(to: Addresses, post: DemoPost) -> str:
    """What stands in place of a protected post."""
    words = to.blog.words
    return (
        f'<p class="post-password-message">{words.protected}</p>\n'
        f'<form action="{to.at("/wp-login.php?action=postpass")}" class="post-password-form" method="post">\n'
        f'<label for="pwbox-{post.id}">{words.unlock_label}</label><input name="post_password" '
        f'id="pwbox-{post.id}" '
        f'type="password" size="20" /><input type="submit" name="Submit" value="{words.enter}" /></form>'
    )


def _page(to: Addresses, *, title: str, body: str, kind: str, head: str = "") -> str:
    blog, words = to.blog, to.blog.words
    name = escape(blog.title)
    return (
        f'<!doctype html>\n<html lang="{blog.language}">\n<head>\n<meta charset="UTF-8" />\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1" />\n'
        f"<title>{escape(title)}</title>\n"
        f'<link rel="alternate" type="application/rss+xml" title="{name} &raquo; {words.feed}" '
        f'href="{to.at("/feed/")}" />\n'
        f'<link rel="alternate" type="application/rss+xml" title="{name} &raquo; {words.comments_feed}" '
        f'href="{to.at("/comments/feed/")}" />\n{head}'
        f'<link rel="https://api.w.org/" href="{to.rest()}" />\n<meta name="generator" '
        f'content="WordPress 6.1 (tui_reader demo)" />\n'
        f'<style>{_STYLE}</style>\n</head>\n<body class="{kind}">\n'
        f'<header class="site-header"><p class="site-title"><a href="{to.at("/")}" rel="home">{name}'
        f"</a></p></header>\n"
        f"{body}\n</body>\n</html>\n"
    )


def _comments(
    to: Addresses, post: DemoPost, *, page: int | None, reply_to: int, own: DemoComment | None
) -> str:
    words = to.blog.words
    layout = to.blog.layout(post.id)
    number = len(layout.pages) if page is None else page
    rows = layout.pages[number - 1] if 1 <= number <= len(layout.pages) else ()
    where = to.post(post) if len(layout.pages) < 2 else f"{to.post(post)}comment-page-{number}/"
    items = "".join(_item(to, post, row, where) for row in rows)
    if own is not None:
        items += _item(to, post, Row(own, 1), where)
    count = len(to.blog.comments_on(post.id))
    heading = words.one_comment if count == 1 else words.comments.format(count)
    pages = "".join(
        f'<span aria-current="page" class="page-numbers current">{other}</span>\n'
        if other == number
        else f'<a class="page-numbers" href="{to.post(post)}comment-page-{other}/#comments">{other}</a>\n'
        for other in range(1, len(layout.pages) + 1)
    )
    listed = (
        f'<h2 class="comments-title">{heading}</h2>\n<ol class="comment-list">\n{items}</ol>\n'
        if items
        else ""
    )
    if len(layout.pages) > 1:
        listed += f'<nav class="navigation comments-pagination"><div class="nav-links">{pages}</div></nav>\n'
    end = _form(to, post, reply_to) if post.takes_comments else f'<p class="no-comments">{words.closed}</p>\n'
    return f'<div id="comments" class="comments-area">\n{listed}{end}</div>\n'


def _item(to: Addresses, post: DemoPost, row: Row, where: str) -> str:
    """One comment and all inside it; at most five levels, so recursion is safe."""
    words, comment = to.blog.words, row.comment
    name = escape(comment.author)
    if comment.site:
        name = f"<a href='{escape(comment.site)}' rel='external nofollow ugc' class='url'>{name}</a>"
    if comment.kind != "comment":
        return (
            f'<li id="comment-{comment.id}" class="{comment.kind} depth-{row.depth}">\n'
            f'<div class="comment-body">{comment.kind.capitalize()}: {name}</div>\n</li><!-- '
            f"#comment-## -->\n"
        )
    kind = "comment" + " byuser" * (comment.user_id > 0) + " bypostauthor" * comment.is_by_author
    if row.children:
        kind += " parent"
    awaiting = (
        f'<em class="comment-awaiting-moderation">{words.awaiting}</em>'
        if comment.status != "approved"
        else ""
    )
    reply = ""
    if post.takes_comments and row.depth < MAX_DEPTH and not awaiting:
        reply_to = escape(words.reply_to.format(comment.author))
        reply = (
            f"<div class=\"reply\"><a rel='nofollow' class='comment-reply-link' "
            f"href='{where}?replytocom={comment.id}#respond' data-commentid=\"{comment.id}\" "
            f'data-postid="{post.id}" '
            f"aria-label='{reply_to}'>{words.reply}</a></div>\n"
        )
    children = "".join(_item(to, post, child, where) for child in row.children)
    if children:
        children = f'<ol class="children">\n{children}</ol><!-- .children -->\n'
    return (
        f'<li id="comment-{comment.id}" class="{kind} depth-{row.depth}">\n'
        f'<article id="div-comment-{comment.id}" class="comment-body">\n<footer class="comment-meta">\n'
        f'<div class="comment-author vcard"><b class="fn">{name}</b> <span class="says">{words.says}'
        f"</span></div>\n"
        f'<div class="comment-metadata"><a href="{where}#comment-{comment.id}">'
        f'<time datetime="{to.local_iso(comment.published)}">{words.when(to.local(comment.published))}'
        f"</time></a></div>\n"
        f'{awaiting}</footer>\n<div class="comment-content">\n{comment_html(comment.text)}'
        f"</div>\n{reply}</article>\n"
        f"{children}</li><!-- #comment-## -->\n"
    )


def _form(to: Addresses, post: DemoPost, reply_to: int) -> str:
    words = to.blog.words
    star = '<span class="required">*</span>'
    return (
        f'<div id="respond" class="comment-respond">\n<h2 id="reply-title" '
        f'class="comment-reply-title">{words.leave}</h2>'
        f'<form action="{to.at("/wp-comments-post.php")}" method="post" id="commentform" '
        f'class="comment-form" novalidate>'
        f'<p class="comment-notes"><span id="email-notes">{words.email_note}</span></p>'
        f'<p class="comment-form-comment"><label for="comment">{words.comment} {star}</label> '
        f'<textarea id="comment" name="comment" cols="45" rows="8" maxlength="65525" required></textarea></p>'
        f'<p class="comment-form-author"><label for="author">{words.name} {star}</label> '
        f'<input id="author" name="author" type="text" value="" size="30" maxlength="245" required /></p>\n'
        f'<p class="comment-form-email"><label for="email">{words.email} {star}</label> '
        f'<input id="email" name="email" type="email" value="" size="30" maxlength="100" required /></p>\n'
        f'<p class="comment-form-url"><label for="url">{words.website}</label> '
        f'<input id="url" name="url" type="url" value="" size="30" maxlength="200" /></p>\n'
        f'<p class="comment-form-cookies-consent"><input id="wp-comment-cookies-consent" '
        f'name="wp-comment-cookies-consent" '
        f'type="checkbox" value="yes" /> <label for="wp-comment-cookies-consent">{words.consent}'
        f"</label></p>\n"
        f'<p class="form-submit"><input name="submit" type="submit" id="submit" class="submit" '
        f'value="{words.submit}" /> '
        f"<input type='hidden' name='comment_post_ID' value='{post.id}' id='comment_post_ID' />\n"
        f"<input type='hidden' name='comment_parent' id='comment_parent' value='{reply_to}' />\n</p>"
        f"</form></div>\n"
    )
