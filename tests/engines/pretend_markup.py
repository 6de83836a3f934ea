"""One comment of a pretended WordPress page, in the three markups that themes use."""

import html
from datetime import timedelta, timezone

LOCAL = timezone(timedelta(hours=2))


def markup(theme, one, here, depth, replies, *, is_by_author):
    """The list item of a comment, with its replies in it."""
    link = f"{html.escape(here)}#comment-{one.id}"
    name = html.escape(one.author)
    name = f"<a class='url' href='{one.site}'>{name}</a>" if one.site else name
    time = f'<time datetime="{one.at.astimezone(LOCAL).isoformat()}">'
    if theme == "html5" and one.kind != "comment":
        item = f'<div class="comment-body">Pingback: {name}</div>'
    elif theme == "html5":
        item = (
            f'<article id="div-comment-{one.id}" class="comment-body"><footer class="comment-meta">'
            f'<div class="comment-author vcard"><b class="fn">{name}</b> <span class="says">:</span></div>'
            f'<div class="comment-metadata"><a href="{link}">{time}some day</time></a></div></footer>'
            f'<div class="comment-content">{one.text}</div><div class="reply"><a>Reply</a></div></article>'
        )
    elif theme == "classic":
        item = (
            f'<div id="div-comment-{one.id}" class="comment-body"><div class="comment-author vcard">'
            f'<img class="avatar"> <cite class="fn">{name}</cite> <span class="says">says:</span></div>'
            f'<div class="comment-meta commentmetadata"><a href="{link}">1er mai 2026</a></div>'
            f'{one.text}<div class="reply"><a>Reply</a></div></div>'
        )
    else:
        item = (
            f'<div class="wp-block-columns"><div class="wp-block-comment-author-name">{name}</div>'
            f'<div class="wp-block-comment-date">{time}<a href="{link}">May</a></time></div>'
            f'<div class="wp-block-comment-content">{one.text}</div></div>'
        )
    tag, attributes = {
        "html5": ("ol", ' class="children"'),
        "classic": ("ul", ' class="children"'),
        "block": ("ol", ""),
    }[theme]
    below = f"<{tag}{attributes}>{replies}</{tag}>" if replies else ""
    of_author = " bypostauthor" if is_by_author else ""
    return f'<li class="{one.kind}{of_author} depth-{depth}" id="comment-{one.id}">{item}{below}</li>'
