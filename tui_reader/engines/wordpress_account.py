"""Answers on a WordPress by its API, with a username and an application password."""

import ipaddress
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from tui_reader.content.links import absolute_web
from tui_reader.domain.conversation import Letter, Place, ReplyForm
from tui_reader.domain.reply import Outcome, Refusal, ReplyState
from tui_reader.domain.trouble import status_reason
from tui_reader.engines.site import is_of_blog_itself, same_site
from tui_reader.engines.wordpress_address import Address, guessed, known, rest_url, said_by
from tui_reader.engines.wordpress_answer import FLOOD_WAIT, object_in, said_in_json
from tui_reader.engines.wordpress_letter import MAX_TEXT_BYTES
from tui_reader.engines.wordpress_sighting import FRESH
from tui_reader.errors import FetchError, NotSentError, ReplyError
from tui_reader.language import _
from tui_reader.net.client import Http
from tui_reader.net.failures import retry_after
from tui_reader.net.response import Response

_REFUSALS = {
    "comment_duplicate": Refusal.DUPLICATE,
    "comment_flood": Refusal.TOO_FAST,
    "rest_comment_content_invalid": Refusal.FIELD,
    "rest_comment_author_data_required": Refusal.FIELD,
    "comment_content_column_length": Refusal.TOO_LONG,
    "comment_author_column_length": Refusal.TOO_LONG,
    "comment_author_email_column_length": Refusal.TOO_LONG,
    "comment_author_url_column_length": Refusal.TOO_LONG,
    "rest_comment_closed": Refusal.CLOSED,
    "rest_comment_invalid_post_id": Refusal.UNKNOWN_POST,
    "rest_comment_draft_post": Refusal.UNKNOWN_POST,
    "rest_comment_trash_post": Refusal.UNKNOWN_POST,
    "rest_cannot_read_post": Refusal.PASSWORD,
    "rest_comment_login_required": Refusal.LOGIN,
}


async def prepare(http: Http, place: Place, parent: str) -> ReplyForm | None:
    """What the API needs; None when the blog has none that can be found, so that only the form is left.

    Args:
        http: Asks.
        place: The post.
        parent: The number of the comment that is answered, ``0`` for the post.

    Raises:
        ReplyError: comments are closed, or the password would not be safe on the way.
        FetchError: the blog could not be asked.
    """
    address = known(place)
    if address.root is None or address.post_id is None:
        page = await http.get(place.post.url, headers=FRESH)
        address = said_by(page.links, page.url).completed_by(address).completed_by(guessed(place))
    if address.root is None or address.post_id is None:
        return None
    if not is_of_blog_itself(place, place.post.url):
        raise ReplyError(
            _(
                "this post is at {netloc}, another site than the blog: the account's password does not go"
                " there"
            ).format(netloc=urlsplit(place.post.url).netloc),
            browser_url=place.post.url,
        )
    _check_is_safe(address.root, place.post.url)
    route = address.route or f"/wp/v2/posts/{address.post_id}"
    status = comment_status(await http.get(rest_url(address.root, route), headers=FRESH, ok=range(400, 500)))
    if status == "closed":
        raise ReplyError(_("comments are closed"), browser_url=place.post.url)
    return ReplyForm(
        action=rest_url(address.root, "/wp/v2/comments"),
        page_url=place.post.url,
        to=None if parent == "0" else parent,
        way="rest",
        fields={"post": address.post_id, "parent": parent},
        text_field="content",
        name_field=None,
        email_field=None,
        site_field=None,
        max_bytes=MAX_TEXT_BYTES,
        facts=address.facts(),
    )


def comment_status(response: Response) -> str | None:
    """``open`` or ``closed``, as the API's entry of a post says; None when it says neither."""
    data = object_in(response) if response.status == 200 else None
    status = data.get("comment_status") if data is not None else None
    return status if isinstance(status, str) and status in {"open", "closed"} else None


async def send(
    http: Http, now: Callable[[], datetime], form: ReplyForm, letter: Letter, text: str
) -> Outcome:
    """Posts the reply as the account, which is checked first: a wrong password counts as none at all.

    Raises:
        ReplyError: the password would not be safe on the way.
    """
    _check_is_safe(form.action, form.page_url)
    if not letter.username or not letter.secret:
        return _refused(Refusal.LOGIN, _("no application password is kept for this identity"))
    auth = (letter.username, letter.secret)
    root = Address(root=form.facts.get("rest_root")).root or form.action.removesuffix("wp/v2/comments")
    try:
        me = await http.get(rest_url(root, "/wp/v2/users/me"), headers=FRESH, auth=auth, ok=range(400, 500))
    except FetchError as error:
        return Outcome(state=ReplyState.QUEUED, reason=error.reason)
    if me.status in {401, 403}:
        _code, words = said_in_json(me)
        told = (
            _("the application password is not accepted ({words})")
            if words
            else _("the application password is not accepted")
        )
        return _refused(Refusal.LOGIN, told.format(words=words))
    body = {"post": int(form.fields["post"]), "parent": int(form.fields["parent"]), "content": text}
    try:
        # no author_name: the blog would take it for somebody else's
        response = await http.post(form.action, json=body, headers={"Accept": "application/json"}, auth=auth)
    except NotSentError as error:
        return Outcome(state=ReplyState.QUEUED, reason=error.reason)
    except FetchError as error:
        return Outcome(state=ReplyState.UNCERTAIN, reason=error.reason)
    return _outcome(response, now())


def _outcome(response: Response, now: datetime) -> Outcome:
    if response.status == 201:
        return _stored(response)
    code, words = said_in_json(response)
    wait = retry_after(response.headers.get("retry-after"), now)
    if response.status == 408 or response.status >= 500 or response.status < 300:
        reason = words or f"{status_reason(response.status)} ({response.status})"
        return Outcome(state=ReplyState.UNCERTAIN, reason=reason, retry_after=wait)
    refusal = _REFUSALS.get(code)
    if refusal is None:
        refusal = {401: Refusal.LOGIN, 429: Refusal.TOO_FAST}.get(response.status, Refusal.OTHER)
    if refusal is Refusal.TOO_FAST:
        wait = wait or FLOOD_WAIT
    return _refused(refusal, words or f"{status_reason(response.status)} ({response.status})", wait)


def _stored(response: Response) -> Outcome:
    data = object_in(response)
    if data is None or not isinstance(data.get("id"), int):
        return Outcome(
            state=ReplyState.UNCERTAIN, reason=_("the blog says that it is stored, and not as what")
        )
    number, link, status = str(data["id"]), data.get("link"), data.get("status")
    url = absolute_web(link, response.url) if isinstance(link, str) else None
    if status == "approved":
        return Outcome(state=ReplyState.PUBLISHED, comment_id=number, url=url)
    if status == "hold":
        return Outcome(state=ReplyState.HELD, comment_id=number, url=url)
    reason = _("the blog accepted it but does not show it: a spam filter may have taken it")
    return Outcome(state=ReplyState.UNCERTAIN, reason=reason, comment_id=number, url=url)


def _refused(refusal: Refusal, reason: str, wait: timedelta | None = None) -> Outcome:
    return Outcome(state=ReplyState.REJECTED, refusal=refusal, reason=reason, retry_after=wait)


def _check_is_safe(api: str, post_url: str) -> None:
    """The password goes encrypted and to the blog itself, or nowhere."""
    if not same_site(api, post_url):
        raise ReplyError(
            _("the blog names an API at {netloc}, another site: the password does not go there").format(
                netloc=urlsplit(api).netloc
            ),
            browser_url=post_url,
        )
    parts = urlsplit(api)
    if parts.scheme != "https" and not _is_this_machine(parts.hostname or ""):
        raise ReplyError(
            _("the blog has no https: the application password would go over the net in the open"),
            browser_url=post_url,
        )


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
