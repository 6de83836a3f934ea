"""A single post of a blog that is not followed: fetched from its page and kept."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from tui_reader.domain.feed import ParsedPost
from tui_reader.domain.post import Post
from tui_reader.domain.update import decide
from tui_reader.errors import NotFoundError
from tui_reader.feeds import discover, single_post
from tui_reader.language import _
from tui_reader.net.client import Http
from tui_reader.storage import blogs, intake, posts
from tui_reader.storage.database import Database
from tui_reader.storage.values import url_key


async def fetch_single(url: str, database: Database, http: Http, now: Callable[[], datetime]) -> Post:
    """Reads the page of a post and stores it, without following its blog.

    Raises:
        NotFoundError: the page is no post, or no web page.
        FetchError: the address does not answer.
    """
    response = await http.get(url.partition("#")[0])
    if discover.kind_of(response.body, response.headers.get("content-type", "")) != "page":
        raise NotFoundError(_("{url}: this is no web page; the address of a post is wanted").format(url=url))
    page = await asyncio.to_thread(single_post.read, response.text(), response.url)
    if url_key(page.url) == url_key(page.blog_url):
        told = _("{url}: this is the front page of a blog and no post; `tui-reader add {url}` follows it")
        raise NotFoundError(told.format(url=url))
    moment = now()
    blog = await database.read(blogs.find_blog, page.blog_url)
    if blog is None:
        blog = await database.run(
            blogs.add_blog,
            url=page.blog_url,
            feed_url=page.feed_url or page.blog_url,
            title=page.blog_title,
            generator=page.generator,
            is_subscribed=False,
            now=moment,
        )
    entry = ParsedPost(
        guid=page.guid or page.url,
        url=page.url,
        title=page.title,
        author=page.author,
        published=page.published,
        html=page.html,
        comments_feed_url=page.comments_feed_url,
    )
    known = await database.read(intake.known_posts, blog.id)
    update = decide(known, (entry,))
    await database.run(intake.apply_update, blog.id, update, now=moment, is_backlog=True)
    post = await database.read(posts.find_post, page.url)
    if post is None:
        raise NotFoundError(_("{url}: the page could not be read as a post").format(url=url))
    return post
