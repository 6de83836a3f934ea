"""Commands that read: posts, a post, its conversation, search, marks."""

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from tui_reader.cli.output import (
    Rows,
    as_json,
    comment_json,
    dump,
    moment,
    post_json,
    say,
    say_nothing,
    table,
)
from tui_reader.cli.run import with_services, with_stored
from tui_reader.language import N_, _
from tui_reader.moments import day

# a list of posts needs none of it
if TYPE_CHECKING:
    from tui_reader.bootstrap import Services
    from tui_reader.domain.comment import Comment
    from tui_reader.domain.query import Query
    from tui_reader.domain.text_state import TextState
    from tui_reader.services.conversation import Conversation


@click.command()
@click.option("--blog", metavar="B", help="Of this blog only.")
@click.option("--unread", is_flag=True, help="Unread ones only.")
@click.option("--starred", is_flag=True, help="Starred ones only.")
@click.option("--later", is_flag=True, help="Those to be read later only.")
@click.option("--followed", is_flag=True, help="Only those under which you follow what is said.")
@click.option("--folder", metavar="NAME", help="Of the blogs in this folder and in those in it only.")
@click.option("--new-comments", is_flag=True, help="Only those with comments that came since the last visit.")
@click.option(
    "--where",
    metavar="QUERY",
    default="",
    help="Only those that a query lets through, such as `is:unread newer:3d`.",
)
@click.option("--limit", metavar="N", type=click.IntRange(min=1), help="At most N.")
@as_json
def posts(
    blog: str | None,
    folder: str | None,
    *,
    unread: bool,
    starred: bool,
    later: bool,
    followed: bool,
    new_comments: bool,
    where: str,
    limit: int | None,
    as_json: bool,
) -> None:
    """Lists posts, newest first."""

    async def work(services: "Services") -> None:
        from tui_reader.services.library import PostFilter

        blog_id = (await services.subscriptions.find(blog)).id if blog else None
        wanted = PostFilter(
            blog_id=blog_id,
            is_unread=unread,
            is_starred=starred,
            is_later=later,
            is_followed=followed,
            folder=folder,
            has_new_comments=new_comments,
            query=_query(where, services),
            limit=limit,
        )
        if as_json:
            rows = Rows()
            await services.library.each_line(wanted, lambda piece: rows.say(map(post_json, piece)))
            rows.end()
            return
        found = await services.library.posts(wanted)
        now = services.now()
        table(
            [
                (
                    str(post.id),
                    ("●" if not post.is_read else " ")
                    + ("★" if post.is_starred else " ")
                    + ("◷" if post.is_later else " "),
                    day(post.published, now),
                    post.blog_title,
                    post.title or _("(no title)"),
                    f"{post.comment_count or ''}"
                    + (f" +{post.new_comment_count}" if post.new_comment_count else ""),
                )
                for post in found
            ],
            right=(0,),
        )
        if not found:
            say_nothing(
                _(
                    "No posts here: `tui-reader refresh` fetches, `tui-reader posts` without filters lists"
                    " all."
                )
            )

    # a blog is found by a service that also knows how to fetch one
    (with_services if blog else with_stored)(work)


def _query(where: str, services: "Services") -> "Query | None":
    if not where:
        return None
    from tui_reader.domain.query import parse

    return parse(where, services.now())


_SOURCES = {
    "feed": N_("(the beginning, as the feed gives it; --full fetches the whole text)"),
    "page": N_("(full text from the page)"),
    "blog": N_("(full text from the blog)"),
}


def _source(state: "TextState") -> str:
    if not state.has_full:
        return "feed"
    return "page" if state.is_from_page else "blog"


@click.command()
@click.argument("post")
@click.option("--full", is_flag=True, help="Fetch the whole text where the feed gives but the beginning.")
@as_json
def show(post: str, *, full: bool, as_json: bool) -> None:
    """Prints POST, an id or an address, as readable text."""

    async def work(services: "Services") -> None:
        from tui_reader.content import readable

        found = await services.library.find_post(post)
        state = await services.library.text_state(found.id)
        if full and state.wants_fetch:
            await services.full_texts.fetch(found.id)
            state = await services.library.text_state(found.id)
        document = await services.library.body(found.id)
        text = readable.plain_text(document)
        if as_json:
            told = {"text": text, "text_from": _source(state), "links": list(document.links)}
            dump({**post_json(found), **told})
            return
        say(found.title, bold=True)
        say(
            " · ".join(
                part
                for part in (found.author, day(found.published, services.now()), found.blog_title)
                if part
            )
        )
        say(found.url)
        if state.is_cut:
            say(_(_SOURCES[_source(state)]))
        say()
        say(text)
        if document.links:
            say()
        for number, link in enumerate(document.links, start=1):
            say(f"[{number}] {link}")

    with_services(work)


@click.command()
@click.argument("post")
@click.option("--cached", is_flag=True, help="What is stored, without asking the blog.")
@click.option("--md", "forms", flag_value="md", multiple=True, help="As Markdown.")
@click.option(
    "--plain",
    "forms",
    flag_value="plain",
    multiple=True,
    help="One comment after the other, in words, for the ear.",
)
@click.option("--json", "forms", flag_value="json", multiple=True, help="One JSON document, for machines.")
def comments(post: str, *, cached: bool, forms: tuple[str, ...]) -> None:
    """Prints the whole conversation under POST, threaded; POST may be any blog post's address."""
    if len(set(forms)) > 1:
        raise click.UsageError(_("--md, --plain and --json are three ways to say it: choose one"))
    form = forms[0] if forms else None

    async def work(services: "Services") -> None:
        found = await services.library.find_post(post)
        conversations = services.conversations
        await conversations.enter(found.id)
        conversation = await (conversations.stored(found.id) if cached else conversations.load(found.id))
        await conversations.leave(found.id)
        import asyncio

        texts = await asyncio.to_thread(_texts, conversation, as_markdown=form == "md")
        if form == "json":
            _dump_conversation(conversation, texts)
            return
        texts |= dict.fromkeys(conversation.muted, _("(muted)"))
        from tui_reader.cli.thread_text import linear, markdown, pretty

        writer = {"md": markdown, "plain": linear}.get(form or "", pretty)
        for text, style in writer(conversation, texts, services.now()):
            say(text, **style)

    with_services(work)


@click.command()
@click.argument("query", nargs=-1, required=True)
@click.option("--limit", metavar="N", type=click.IntRange(min=1), default=50, help="At most N.")
@as_json
def search(query: tuple[str, ...], *, limit: int, as_json: bool) -> None:
    """Finds posts and comments that hold every word of QUERY, newest first."""

    async def work(services: "Services") -> None:
        found = await services.search.find(" ".join(query), limit)
        if as_json:
            dump(
                [
                    {
                        "kind": hit.kind,
                        "post_id": hit.post.id,
                        "comment_id": hit.comment_id,
                        "title": hit.title,
                        "blog_title": hit.post.blog_title,
                        "author": hit.author,
                        "url": hit.url,
                        "published": moment(hit.published),
                        "snippet": hit.snippet,
                    }
                    for hit in found
                ]
            )
            return
        for hit in found:
            what = (
                _("comment by {author}").format(author=hit.author)
                if hit.kind == "comment"
                else (hit.author or "")
            )
            say(f"{hit.post.id}  {hit.title}", bold=True)
            say("    " + " · ".join(part for part in (what, day(hit.published, services.now())) if part))
            say(f"    {hit.snippet}")
        if not found:
            say_nothing(_("Nothing found."))

    with_services(work)


MARKS: Mapping[str, Mapping[str, bool]] = {
    "read": {"read": True},
    "unread": {"read": False},
    "star": {"starred": True},
    "unstar": {"starred": False},
    "later": {"later": True},
    "unlater": {"later": False},
    "follow": {"followed": True},
    "unfollow": {"followed": False},
}


@click.command()
@click.argument("mark", type=click.Choice(list(MARKS)))
@click.argument("posts", metavar="[POST…]", nargs=-1)
@click.option("--all", "every", is_flag=True, help="With `read`: all posts, and their comments.")
@click.option("--blog", metavar="B", help="With --all: of this blog only.")
@click.option("--folder", metavar="NAME", help="With --all: of the blogs in this folder and those in it.")
@click.option(
    "--older-than", "days", metavar="DAYS", type=click.IntRange(0), help="With --all: only older ones."
)
def mark(
    mark: str,
    posts: tuple[str, ...],
    *,
    every: bool,
    blog: str | None,
    folder: str | None,
    days: int | None,
) -> None:
    """Marks posts read, starred, to be read later or followed, or not; `undo` takes it back."""
    if every == bool(posts):
        raise click.UsageError(_("give posts, or --all"))
    if every and mark != "read":
        raise click.UsageError(_("--all goes with `read` only"))
    if not every and (blog or folder or days is not None):
        raise click.UsageError(_("--blog, --folder and --older-than go with --all"))

    async def work(services: "Services") -> None:
        if every:
            from tui_reader.services.library import PostFilter

            blog_id = (await services.subscriptions.find(blog)).id if blog else None
            before = None if days is None else services.now() - timedelta(days=days)
            done = await services.library.mark_all(PostFilter(blog_id=blog_id, folder=folder), before=before)
        else:
            ids = [(await services.library.find_post(post)).id for post in posts]
            done = await services.library.mark(ids, **MARKS[mark])
        say(done.what if done else _("It is so already."))

    with_services(work)


def _texts(conversation: "Conversation", *, as_markdown: bool) -> dict[str, str]:
    """The readable text of every comment, by its id."""
    from tui_reader.content import readable

    thread = conversation.thread
    found: tuple[Comment, ...] = (*(row.comment for row in thread.rows), *thread.pings)
    base = conversation.post.url
    if as_markdown:
        return {one.id: readable.to_markdown(one.html, one.url or base) for one in found}
    return {one.id: readable.plain_text(readable.document(one.html, one.url or base)) for one in found}


def _dump_conversation(conversation: "Conversation", texts: Mapping[str, str]) -> None:
    post, thread = conversation.post, conversation.thread
    shown = {row.comment.id for row in thread.rows}
    rows = []
    for row in thread.rows:
        comment = comment_json(row.comment, row.depth, texts[row.comment.id])
        # the contract: a parent is a comment of the same answer, or none
        if comment["parent_id"] not in shown or row.depth == 0:
            comment["parent_id"] = None
        rows.append(comment)
    rows += [{**comment_json(ping, 0, texts[ping.id]), "parent_id": None} for ping in thread.pings]
    dump(
        {
            "post": post_json(post),
            "engine": post.engine,
            "complete": post.is_complete,
            "note": conversation.note or None,
            "takes_comments": post.takes_comments,
            "comments": [{**row, "muted": conversation.muted.get(row["id"])} for row in rows],
        }
    )


COMMANDS = {"posts": posts, "show": show, "comments": comments, "search": search, "mark": mark}
