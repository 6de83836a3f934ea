"""Answers on a WordPress: by the post's own comment form, and checks what became of it."""

import asyncio
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from tui_reader.domain.conversation import Letter, Place, ReplyForm
from tui_reader.domain.reply import Identity, Outcome, Refusal, ReplyState
from tui_reader.engines import comment_form, wordpress_account
from tui_reader.engines.comment_form import CommentForm, NoForm, WhyNot
from tui_reader.engines.site import is_of_blog
from tui_reader.engines.wordpress_address import Address, guessed, known, rest_url, said_by
from tui_reader.engines.wordpress_answer import Accepted, Refused, Unclear, read
from tui_reader.engines.wordpress_letter import MAX_TEXT_BYTES, fault_of, filled_in
from tui_reader.engines.wordpress_page import read_page
from tui_reader.engines.wordpress_sighting import FRESH, Sight, Sighting, Wanted, by_number, by_words
from tui_reader.engines.wordpress_words import gist, written
from tui_reader.errors import FetchError, HttpStatusError, NotSentError, ReplyError
from tui_reader.language import _
from tui_reader.net.client import Http
from tui_reader.net.response import Response

_CLOCKS_DIFFER = timedelta(minutes=5)
_REFUSALS = {
    WhyNot.CLOSED: Refusal.CLOSED,
    WhyNot.LOGIN: Refusal.LOGIN,
    WhyNot.PASSWORD: Refusal.PASSWORD,
}
# With the first one a held reply is answered like a published one, with the second without its number.
_NEVER_SENT = ("wp-comment-cookies-consent", "redirect_to")


async def prepare(http: Http, place: Place, to: str | None, identity: Identity | None) -> ReplyForm:
    """Reads the post's form, or takes the way with an account when the identity has one here.

    Raises:
        ReplyError: the blog takes no answer here, or only a browser can give it.
        FetchError: the blog could not be asked.
    """
    parent = comment_number(to)
    if identity is not None and identity.username:
        by_account = await wordpress_account.prepare(http, place, parent)
        if by_account is not None:
            return by_account
    page = await http.get(place.post.url, headers=FRESH)
    form = await _read_form(page)
    if isinstance(form, NoForm):
        raise ReplyError(_sentence(form), browser_url=page.url)
    if "comment_post_ID" not in form.fields:
        # some other form of the page: a search, a letter to the author
        raise ReplyError(_("the page has no comment form: comments are closed here"), browser_url=page.url)
    fields = {name: value for name, value in form.fields.items() if name not in _NEVER_SENT}
    if place.post.url.startswith("https:") and not form.action.startswith("https:"):
        raise ReplyError(
            _("the blog leads from its encrypted page to one that is not: your reply would go in the open"),
            browser_url=place.post.url,
        )
    # a redirect may have led to somebody else's page, whose form is at home there
    leaves_site = form.leaves_site or not is_of_blog(place, page.url)
    address = await address_of(place, page)
    return ReplyForm(
        action=form.action,
        page_url=page.url,
        to=to,
        fields={**fields, "comment_parent": parent},
        text_field=form.text_field,
        name_field=form.name_field,
        email_field=form.email_field,
        site_field=form.site_field,
        needs_name=form.needs_name,
        needs_email=form.needs_email,
        max_length=form.max_length if (form.max_length or 0) < MAX_TEXT_BYTES else None,
        max_bytes=MAX_TEXT_BYTES,
        person_lengths=form.person_lengths,
        asked=form.asked,
        cookies={} if leaves_site else page.cookies,
        leaves_site=leaves_site,
        facts=replace(address, post_id=fields["comment_post_ID"] or address.post_id).facts(),
    )


async def send(
    http: Http, now: Callable[[], datetime], place: Place, form: ReplyForm, letter: Letter
) -> Outcome:
    """Posts the reply once and checks by reading what became of it.

    Raises:
        ReplyError: an application password would go over the net in the open.
    """
    text = written(letter.text)
    fault = fault_of(form, letter, text)
    if fault is not None:
        return fault
    if form.way == "rest":
        return await wordpress_account.send(http, now, form, letter, text)
    try:
        response = await http.post(
            form.action,
            data=filled_in(form, letter, text, now()),
            headers=_headers(form),
            cookies=form.cookies,
        )
    except NotSentError as error:
        return Outcome(state=ReplyState.QUEUED, reason=error.reason)
    except FetchError as error:
        return Outcome(state=ReplyState.UNCERTAIN, reason=error.reason)
    address = _address_now(place, form.facts)
    match read(response, form.action, now()):
        case Accepted() as accepted:
            return await _confirmed(http, place, address, accepted, _wanted(letter, form.to, now()))
        case Refused() as refused:
            return await _explained(http, form, address, refused)
        case Unclear() as unclear:
            return Outcome(state=ReplyState.UNCERTAIN, reason=unclear.reason, retry_after=unclear.retry_after)


async def look_for(
    http: Http, now: Callable[[], datetime], place: Place, letter: Letter, to: str | None, since: datetime
) -> Outcome | None:
    """Asks the blog whether this letter is there.

    Raises:
        FetchError: the blog could not be asked.
    """
    wanted = _wanted(letter, to, min(since, now()))
    seen = await by_words(http, place, _address_now(place), wanted)
    if seen is None:
        return None
    state = ReplyState.HELD if seen.sight is Sight.HELD else ReplyState.PUBLISHED
    return Outcome(state=state, comment_id=seen.comment_id, url=seen.url)


async def check(http: Http, place: Place, comment_id: str) -> Outcome:
    """Asks what became of a comment of ours.

    Raises:
        FetchError: the blog could not be asked.
    """
    number = comment_number(comment_id)
    seen = await by_number(http, place, _address_now(place), number)
    match seen.sight:
        case Sight.SHOWN:
            return Outcome(state=ReplyState.PUBLISHED, comment_id=number, url=seen.url)
        case Sight.GONE:
            reason = _("the blog no longer has it: a moderator or a spam filter has deleted it")
            return Outcome(state=ReplyState.UNCERTAIN, reason=reason, comment_id=number)
        case Sight.HELD:
            reason = ""
        case Sight.HIDDEN:
            reason = _(
                "the blog has it and does not show it: it waits for a moderator, or was taken for spam"
            )
        case Sight.UNSEEN:
            reason = _("the blog does not show it yet")
    return Outcome(state=ReplyState.HELD, reason=reason, comment_id=number, url=seen.url)


def comment_number(comment_id: str | None) -> str:
    """WordPress's number of the comment that is answered, ``0`` for the post itself."""
    if comment_id is None:
        return "0"
    match = re.search(r"(?:^|comment-)(\d{1,18})$", comment_id, re.ASCII)
    if match is None:
        raise ReplyError(
            _("the comment {comment_id} has no number that WordPress would know").format(
                comment_id=comment_id
            )
        )
    return match[1]


async def address_of(place: Place, page: Response) -> Address:
    """All that the post's page, what was known and what the feed suggests tell of where the post is."""
    in_page = (await asyncio.to_thread(read_page, page.text(), page.url)).address
    return said_by(page.links, page.url).completed_by(in_page).completed_by(_address_now(place))


def _address_now(place: Place, facts: Mapping[str, str] | None = None) -> Address:
    """Where the post is, by what was learned just now, at earlier times, and what the feed suggests."""
    learned = replace(place.post, engine_facts={**place.post.engine_facts, **(facts or {})})
    return known(replace(place, post=learned)).completed_by(guessed(place))


async def _read_form(page: Response) -> CommentForm | NoForm:
    return await asyncio.to_thread(comment_form.read, page.text(), page.url)


def _sentence(missing: NoForm) -> str:
    if missing.why is WhyNot.LOGIN:
        return _(
            "the blog wants a login to comment ({message}); an identity with a username and an"
            " application password can answer"
        ).format(message=missing.message)
    return missing.message


def _headers(form: ReplyForm) -> dict[str, str]:
    """What a browser would say; some firewalls refuse a comment without."""
    page = urlsplit(form.page_url)
    origin = f"{page.scheme}://{page.netloc}"
    return {
        # WordPress then tells its errors as JSON, with their status
        "Accept": "application/json",
        "Origin": origin,
        "Referer": f"{origin}/" if form.leaves_site else form.page_url.partition("#")[0],
    }


def _wanted(letter: Letter, to: str | None, since: datetime) -> Wanted:
    parent = comment_number(to)
    return Wanted(
        gist=gist(written(letter.text)),
        # an account's comment carries the account's name, not the identity's
        author=None if letter.username else gist(letter.name) or None,
        parent_id=None if parent == "0" else parent,
        since=since - _CLOCKS_DIFFER,
    )


async def _confirmed(
    http: Http, place: Place, address: Address, accepted: Accepted, wanted: Wanted
) -> Outcome:
    """What an accepted reply really became: the blog's good answer is asked after, not believed."""
    page_url = accepted.location.partition("#")[0]
    try:
        if accepted.comment_id is not None:
            seen = await by_number(http, place, address, accepted.comment_id, page_url)
        else:
            seen = await by_words(http, place, address, wanted) or Sighting(sight=Sight.UNSEEN)
    except FetchError as error:
        seen = Sighting(sight=Sight.UNSEEN, comment_id=accepted.comment_id)
        doubt = _("the blog accepted it, and could not be asked whether it shows it: {reason}").format(
            reason=error.reason
        )
    else:
        doubt = _doubt(seen.sight)
    outcome = Outcome(
        state=ReplyState.UNCERTAIN,
        reason=doubt,
        comment_id=seen.comment_id,
        url=seen.url or _public(accepted),
    )
    if seen.sight is Sight.SHOWN:
        return replace(outcome, state=ReplyState.PUBLISHED, reason="")
    if seen.sight is Sight.HELD or (accepted.is_held and seen.sight is not Sight.GONE):
        return replace(outcome, state=ReplyState.HELD, reason="")
    return outcome


def _doubt(sight: Sight) -> str:
    if sight is Sight.GONE:
        return _("the blog accepted it and has it no more: a spam filter may have deleted it")
    return _(
        "the blog accepted it but does not show it: a spam filter may have taken it, or a"
        " moderator will look at it"
    )


def _public(accepted: Accepted) -> str | None:
    """Where the comment is or would be, without the key that shows a held one to its author."""
    if accepted.comment_id is None:
        return None
    parts = urlsplit(accepted.location)
    pairs = [p for p in parts.query.split("&") if not p.startswith(("unapproved=", "moderation-hash="))]
    return parts._replace(query="&".join(pairs)).geturl()


async def _explained(http: Http, form: ReplyForm, address: Address, refused: Refused) -> Outcome:
    """The refusal with its kind; where the answer does not tell it, the post's API entry and page do."""
    refusal, reason = refused.refusal, refused.reason
    if refusal is None:
        try:
            refusal, why = await _why_refused(http, form, address)
        except FetchError:
            refusal, why = None, ""
        if refusal is None and not reason:
            return Outcome(state=ReplyState.UNCERTAIN, reason=_("the blog gave an empty answer"))
        reason = reason or why
    return Outcome(
        state=ReplyState.REJECTED,
        reason=reason or _("the blog refused it without a word"),
        refusal=refusal or Refusal.OTHER,
        retry_after=refused.retry_after,
    )


async def _why_refused(http: Http, form: ReplyForm, address: Address) -> tuple[Refusal | None, str]:
    if address.root and address.post_id:
        route = address.route or f"/wp/v2/posts/{address.post_id}"
        response = await http.get(rest_url(address.root, route), headers=FRESH, ok=range(400, 500))
        status = wordpress_account.comment_status(response)
        if status == "closed":
            return Refusal.CLOSED, _("comments are closed")
    try:
        page = await http.get(form.page_url, headers=FRESH)
    except HttpStatusError as error:
        if error.status in {404, 410}:
            return Refusal.UNKNOWN_POST, _("the post is gone")
        raise
    found = await _read_form(page)
    if isinstance(found, NoForm) and found.why in _REFUSALS:
        return _REFUSALS[found.why], found.message
    return None, ""
