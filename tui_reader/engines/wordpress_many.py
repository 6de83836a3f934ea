"""Loads the conversations of several posts of one WordPress at once, for a refresh of few requests."""

from collections.abc import Sequence

from tui_reader.domain.comment import Comment
from tui_reader.domain.conversation import LoadedConversation, Place
from tui_reader.engines import wordpress_merge as merge
from tui_reader.engines.wordpress_address import Address, guessed, is_same_post, known
from tui_reader.engines.wordpress_rest import RestPost, comments_of, is_refusal, posts_of
from tui_reader.errors import FetchError
from tui_reader.net.client import Http

_MAX_POSTS = 100


async def load_many(http: Http, places: Sequence[Place]) -> dict[int, LoadedConversation]:
    """The conversations that came whole, by the stored id of their post; the others want a load of their own.

    Two requests serve up to a hundred posts that have a hundred comments together. Posts with pings
    or a password, and blogs whose API is closed or not known yet, are left out.

    Raises:
        FetchError: the blog asks to be left alone for now.
    """
    root = next((address.root for place in places if (address := known(place)).root), None)
    by_number: dict[str, Place] = {}
    for place in places:
        number = known(place).post_id or guessed(place).post_id
        if number and len(by_number) < _MAX_POSTS:
            by_number.setdefault(number, place)
    if root is None or not by_number:
        return {}
    try:
        posts = [
            post
            for post in await posts_of(http, root, list(by_number))
            if post.id in by_number and not post.needs_password and _is_of(post, by_number[post.id])
        ]
        if not posts:
            return {}
        listed = await comments_of(http, root, [post.id for post in posts])
    except FetchError as error:
        if not is_refusal(error):
            raise
        return {}
    if not listed.is_whole:
        return {}
    comments: dict[str, list[Comment]] = {post.id: [] for post in posts}
    authors = {post.id: post.author for post in posts}
    for one in listed.comments:
        if one.post_id in comments:
            comments[one.post_id].append(one.under(authors[one.post_id]))
    return {
        place.post.id: _loaded(place, root, post, comments[post.id])
        for post in posts
        # where the count says otherwise there are pings, or it is out of date
        if (place := by_number[post.id]).post.comment_count == len(comments[post.id])
    }


def _is_of(post: RestPost, place: Place) -> bool:
    return is_same_post(post.link, place.post.url) or post.guid == place.post.guid


def _loaded(place: Place, root: str, post: RestPost, comments: Sequence[Comment]) -> LoadedConversation:
    address = known(place).completed_by(Address(root=root, post_id=post.id)).completed_by(guessed(place))
    return LoadedConversation(
        engine=merge.ENGINE,
        comments=tuple(comments),
        total=len(comments),
        is_complete=True,
        takes_comments=post.takes_comments,
        facts=dict(place.post.engine_facts) | address.facts(),
    )
