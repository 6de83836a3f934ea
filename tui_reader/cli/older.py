"""``refresh --older``: goes back in the blogs that are named, one after the other."""

from typing import TYPE_CHECKING

import click

from tui_reader.cli.output import dump, moment, say, warn
from tui_reader.cli.run import with_services
from tui_reader.language import _, ngettext

if TYPE_CHECKING:
    from tui_reader.bootstrap import Services
    from tui_reader.services.older import OlderPosts


def fetch_older(names: tuple[str, ...], *, as_json: bool) -> int:
    """The exit status: 3 where a blog failed, as of any refresh."""
    if not names:
        raise click.UsageError(_("--older wants the blogs whose older posts are meant"))

    async def work(services: "Services") -> int:
        began = services.now()
        blogs = [await services.subscriptions.find(name) for name in names]
        done = []
        for blog in blogs:
            done.append(await services.older.fetch(blog.id))
            if not as_json:
                _tell(done[-1])
        if as_json:
            seconds = (services.now() - began).total_seconds()
            dump({"blogs": [_as_json(one) for one in done], "seconds": round(seconds, 3)})
        return 3 if any(one.error for one in done) else 0

    return with_services(work)


def _tell(came: "OlderPosts") -> None:
    if came.posts:
        told = ngettext(
            "{title}: {count} older post, back to {day}",
            "{title}: {count} older posts, back to {day}",
            came.posts,
        )
        more = _("; there may be more") if came.has_more and came.error is None else ""
        say(told.format(title=came.title, count=came.posts, day=moment(came.since) or "?") + more)
    elif came.error is None:
        told = _("{title}: nothing new on these pages, there may be more behind them")
        say((told if came.has_more else _("{title}: no older posts")).format(title=came.title))
    if came.error is not None:
        warn(f"{came.title}: {_reason(came)}", word=_("failed"))


def _as_json(came: "OlderPosts") -> dict[str, object]:
    """As of any refresh, where older posts are no new ones, and what goes beyond it."""
    return {
        "id": came.blog_id,
        "title": came.title,
        "outcome": "failed" if came.error else "changed" if came.posts else "unchanged",
        "new_posts": 0,
        "new_comments": 0,
        "error": _reason(came),
        "older_posts": came.posts,
        "has_more": came.has_more,
    }


def _reason(came: "OlderPosts") -> str | None:
    return came.error.reason if came.error is not None else None
