"""Following blogs: add, find, remove, import and export."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from tui_reader.content.clean import clean_line
from tui_reader.domain.blog import Blog
from tui_reader.domain.feed import ParsedFeed
from tui_reader.domain.update import decide
from tui_reader.errors import FeedError, FetchError, HttpStatusError, NotFoundError, NotSentError, UsageError
from tui_reader.feeds.address import feed_address
from tui_reader.language import _, ngettext
from tui_reader.net.address import account, checked, named_like, without_password
from tui_reader.net.client import Http
from tui_reader.net.fetch import Fetched, NotModified, fetch
from tui_reader.net.reach import on_behalf_of
from tui_reader.services import feedwork, lists
from tui_reader.services.feedwork import FEED_TYPES
from tui_reader.services.secrets import Secrets
from tui_reader.storage import blogs, intake, organising
from tui_reader.storage.acts import Undo
from tui_reader.storage.database import Connection, Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What ``add`` did."""

    blog: Blog
    is_new: bool
    """False when the blog was followed already."""
    found: str
    """What was found and where, in plain words."""
    posts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """What an OPML file brought."""

    added: int
    known: int
    problems: tuple[str, ...] = ()
    """What could not be read, each with where."""
    notes: tuple[str, ...] = ()
    """What is no fault, and was not taken over as it stands."""


@dataclass(frozen=True, slots=True)
class _Discovered:
    answer: Fetched
    feed: ParsedFeed
    feed_url: str
    found: str
    comments_feed_url: str | None = None


class Subscriptions:
    """The blogs that are followed."""

    def __init__(self, database: Database, http: Http, secrets: Secrets, now: Callable[[], datetime]) -> None:
        self._database = database
        self._http = http
        self._secrets = secrets
        self._now = now
        self._door = asyncio.Lock()

    async def blogs(self) -> tuple[Blog, ...]:
        """Every followed blog, by folder and title, with its counts."""
        return await self._database.read(blogs.all_blogs)

    async def find(self, ref: str) -> Blog:
        """The blog with this id, this address, or this unique part of its title.

        Raises:
            NotFoundError: there is none.
            UsageError: there are several.
        """
        followed = await self.blogs()
        if ref.isdecimal():
            for blog in followed:
                if blog.id == int(ref):
                    return blog
        if "://" in ref:
            wanted = await self._database.read(blogs.find_blog, ref)
            # one of which only single posts are kept is none that was ever chosen
            if wanted is not None and wanted.is_subscribed:
                return wanted
            raise NotFoundError(
                _("no blog with the address {ref}; `tui-reader add {ref}` follows it").format(ref=ref)
            )
        part = ref.casefold()
        exact = [blog for blog in followed if blog.title.casefold() == part]
        matches = exact or [blog for blog in followed if part in blog.title.casefold()]
        if not matches:
            typed = await self._database.read(blogs.find_blog, f"https://{ref}")
            if typed is not None and typed.is_subscribed:
                return typed
            raise NotFoundError(_("no blog matches {ref!r}; `tui-reader blogs` lists them").format(ref=ref))
        if len(matches) > 1:
            several = ", ".join(f"{blog.id} {blog.title}" for blog in matches[:5])
            raise UsageError(
                _("{ref!r} matches {matches} blogs: {several}; use the id").format(
                    ref=ref, matches=len(matches), several=several
                )
            )
        return matches[0]

    async def add(self, url: str, *, folder: str | None = None) -> Added:
        """Follows the blog behind a page, a feed or a single post.

        Raises:
            FetchError: the address does not answer.
            FeedError: it answers, and no feed was found; the message says what was tried.
        """
        url = feed_address(url)
        bare, password = without_password(url)
        if not password:
            return await self._add(url, folder)
        place = await self._keep(bare, password)
        added = await self._add(bare, folder)
        return replace(
            added, found=_("{found}; its password rests in {place}").format(found=added.found, place=place)
        )

    async def _add(self, url: str, folder: str | None) -> Added:
        known = await self._database.read(blogs.find_blog, url)
        if known is not None and known.is_subscribed:
            return Added(blog=known, is_new=False, found=_("you follow this blog already"), posts=0)
        # what a page names as its feed is a stranger's word
        with on_behalf_of(url if "://" in url else f"//{url}"):
            discovered = await self._discover(url)
        # two addresses of one blog may be asked at once: the second to come finds the first stored
        async with self._door:
            # where a redirect led is the same feed as well, though the next request asks the old address
            for address in (discovered.feed_url, discovered.answer.response.url):
                same = await self._database.read(blogs.find_feed, address)
                if same is None:
                    continue
                if same.is_subscribed:
                    return Added(blog=same, is_new=False, found=_("you follow this blog already"), posts=0)
                discovered = replace(discovered, feed_url=same.feed_url)
                break
            return await self._store(discovered, folder)

    async def remove(self, blog_id: int) -> Blog:
        """Stops following; undone within a month all comes back as it was.

        Unfinished replies to it stay in the outbox.

        Raises:
            NotFoundError: there is no such blog.
        """
        blog = await self._database.read(blogs.get_blog, blog_id)
        await self._database.run(organising.set_aside, blog_id, now=self._now())
        await self.tidy()
        return blog

    async def tidy(self) -> None:
        """Forgets what was removed so long ago that it cannot be undone, secrets included."""
        for removed in await self._database.run(organising.purge, now=self._now()):
            for identity in removed.identities:
                await asyncio.to_thread(self._secrets.forget, identity.id)
        # as earlier versions stored them
        for blog in await self._database.read(blogs.with_passwords):
            bare, password = without_password(blog.feed_url)
            if password:
                await self._keep(bare, password)
            await self._database.run(blogs.strip_passwords, blog.id, bare)

    async def rename(self, blog_id: int, title: str) -> Undo | None:
        """Gives the blog a title of the user's own; an empty one brings back the blog's."""
        return await self._database.run(organising.rename, blog_id, clean_line(title), now=self._now())

    async def move(self, blog_id: int, folder: str | None) -> Undo | None:
        """Puts the blog into a folder, ``A / B`` for B inside A, or at top level."""
        path = clean_line(folder) if folder else None
        return await self._database.run(organising.move, blog_id, path, now=self._now())

    async def rename_and_move(self, blog_id: int, title: str, folder: str | None) -> Undo | None:
        """Both, taken back by one undo."""
        path = clean_line(folder) if folder else None
        return await self._database.run(
            organising.rename_and_move, blog_id, clean_line(title), path, now=self._now()
        )

    async def pause(self, blog_id: int) -> Undo | None:
        """The blog is not asked until ``resume``; what is stored stays."""
        return await self._database.run(organising.pause, blog_id, now=self._now())

    async def resume(self, blog_id: int) -> Undo | None:
        """The blog is asked again."""
        return await self._database.run(organising.pause, blog_id, is_paused=False, now=self._now())

    async def want_full_text(self, blog_id: int, *, is_wanted: bool) -> Undo | None:
        """Posts that the feed cuts short are read from their pages when they are opened, or on a key only."""
        return await self._database.run(
            organising.want_full_text, blog_id, now=self._now(), is_wanted=is_wanted
        )

    async def folders(self) -> tuple[str, ...]:
        """The folders that have blogs, in the order of the list; ``A / B`` is B inside A."""
        return await self._database.read(organising.folders)

    async def import_opml(self, data: bytes) -> ImportResult:
        """Follows every feed of an OPML file, or nothing of it; none is fetched before the next refresh."""
        from tui_reader.feeds import opml

        result = await asyncio.to_thread(opml.read, data)
        outlines = []
        for outline in result.outlines:
            bare, password = without_password(outline.url)
            if password:
                await self._keep(bare, password)
            site = without_password(outline.site_url)[0] if outline.site_url else None
            outlines.append(replace(outline, url=bare, site_url=site))
        result = replace(result, outlines=tuple(outlines))
        added, known = await self._database.run(lists.take, result, now=self._now())
        return ImportResult(added=added, known=known, problems=result.problems, notes=result.notes)

    async def export_opml(self) -> str:
        """Every followed blog as OPML 2.0: folders, titles, pauses, and what the file it came in said."""
        from tui_reader.feeds import opml

        return opml.write(*await self._database.read(lists.give), now=self._now())

    async def _keep(self, address: str, password: str) -> str:
        """Keeps a password that stood in an address; says where."""
        return await asyncio.to_thread(self._secrets.keep_password, account(checked(address)), password)

    async def _store(self, discovered: _Discovered, folder: str | None) -> Added:
        blog, count = await self._database.run(_keep_new, discovered, folder, self._now())
        return Added(blog=blog, is_new=True, found=discovered.found, posts=count)

    async def _discover(self, url: str) -> _Discovered:
        from tui_reader.feeds import discover  # reads pages: not before an address is looked at

        answer = await self._first_answer(url)
        response = answer.response
        content_type = response.headers.get("content-type", "")
        kind = discover.kind_of(response.body, content_type)
        if kind == "feed":
            feed = await feedwork.parse_feed(response.body, response.url, content_type)
            return _Discovered(
                answer, feed, _address(answer, _with_scheme(url, response.url)), _("the address is a feed")
            )
        tried: list[str] = []
        if kind == "page":
            links = discover.feeds_in_page(response.text(), response.url)
            comments = next(
                (link.url for link in links if link.is_comments and not link.is_of_one_post), None
            )
            for link in [
                *(one for one in links if not one.is_comments),
                *(one for one in links if one.is_comments),
            ]:
                named = named_like(link.url, url)
                found = await self._try(named, tried, _("the page names this feed"))
                if found is not None:
                    return _Discovered(found.answer, found.feed, found.feed_url, found.found, comments)
        nothing = (
            _("the page names no feed; one was found at a usual place")
            if kind == "page"
            else _("the address is no page; one was found at a usual place")
        )
        for place in discover.usual_places(response.url):
            found = await self._try(named_like(place, url), tried, nothing, is_guess=True)
            if found is not None:
                return found
        told = (
            _("{url}: no feed found: the address is a web page that names none, {rest}")
            if kind == "page"
            else _("{url}: no feed found: the address is a file of another kind, {rest}")
        )
        rest = ngettext(
            "and none of {count} usual address has one; if you know the feed's own address, add that",
            "and none of {count} usual addresses has one; if you know the feed's own address, add that",
            len(tried),
        )
        raise FeedError(told.format(url=url, rest=rest.format(count=len(tried))))

    async def _try(
        self, url: str, tried: list[str], found: str, *, is_guess: bool = False
    ) -> _Discovered | None:
        from tui_reader.feeds import discover

        if url in tried:
            return None
        tried.append(url)
        try:
            answer = await self._fetch(url)
            response = answer.response
            content_type = response.headers.get("content-type", "")
            if discover.kind_of(response.body, content_type) != "feed":
                return None
            feed = await feedwork.parse_feed(response.body, response.url, content_type)
            if is_guess and discover.carries_comments(feed, response.url):
                return None
        except (FetchError, FeedError):
            # one candidate of several: the last word is FeedError with how many were tried
            return None
        address = _address(answer, url)
        return _Discovered(answer, feed, address, f"{found}: {address}")

    async def _first_answer(self, url: str) -> Fetched:
        """The address as typed; without a scheme https is tried, then http.

        Never http where somebody answered who cannot prove to be this site.
        """
        if "://" in url:
            return await self._fetch(url)
        try:
            checked(f"https://{url}")
        except NotSentError as error:
            raise NotSentError(f"“{url}”", error.reason) from error
        try:
            return await self._fetch(f"https://{url}")
        except HttpStatusError:
            raise
        except FetchError as over_tls:
            from tui_reader.net.failures import is_about_trust

            if is_about_trust(over_tls):
                raise
            try:
                return await self._fetch(f"http://{url}")
            except HttpStatusError:
                raise
            except FetchError:
                raise over_tls from None  # neither answers: what was asked first is what was meant

    async def _fetch(self, url: str) -> Fetched:
        answer = await fetch(self._http, url, accept=FEED_TYPES)
        if isinstance(answer, NotModified):
            raise FetchError(
                url, _("the server says that nothing changed, though it was asked for the first time")
            )
        return answer


def _keep_new(db: Connection, discovered: _Discovered, folder: str | None, now: datetime) -> tuple[Blog, int]:
    """Stores the blog with its posts; one transaction, or a kill would leave validators without posts."""
    feed, answer = discovered.feed, discovered.answer
    blog = blogs.add_blog(
        db,
        url=feed.url or discovered.feed_url,
        feed_url=discovered.feed_url,
        title=feed.title or feed.url,
        folder=folder,
        comments_feed_url=discovered.comments_feed_url
        or feedwork.comments_feed_of(feed, discovered.feed_url),
        generator=feed.generator,
        now=now,
    )
    # single posts of it may be stored already, from before it was followed
    update = decide(intake.known_posts(db, blog.id), feed.posts)
    applied = intake.apply_update(db, blog.id, update, now=now, is_backlog=True)
    blogs.set_refreshed(
        db,
        blog.id,
        now=now,
        etag=answer.validators.etag,
        last_modified=answer.validators.last_modified,
        body_hash=feedwork.body_hash(answer.response.body),
    )
    return blogs.get_blog(db, blog.id), len(applied.new)


def _address(answer: Fetched, asked: str) -> str:
    """What to ask the next time: the new address after a permanent redirect, else the one asked for.

    RFC 9110, section 15.4.2 and 15.4.9: future references ought to use the new one.
    """
    return answer.moved_to or asked


def _with_scheme(typed: str, fetched: str) -> str:
    """What was typed, with the scheme that answered when none was typed."""
    return typed if "://" in typed else f"{fetched.partition('://')[0]}://{typed}"
