"""Conditional requests: a feed that did not change is not sent again (RFC 9110, section 13)."""

import re
from dataclasses import dataclass
from datetime import timedelta

from tui_reader.errors import FetchError
from tui_reader.language import _
from tui_reader.net.client import Http
from tui_reader.net.response import Response

FEEDS = (
    "application/atom+xml, application/rss+xml, application/rdf+xml;q=0.9, application/feed+json;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, */*;q=0.5"
)
"""What is accepted when a feed is wanted."""

_PLAIN_ETAG = re.compile(r'"[\x21\x23-\x7e]{0,500}"')
_SUFFIXED = re.compile(r'[-;+](?:gzip|br|deflate|zstd|df)"$')
_MAX_LENGTH = 1_000
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s{0,5}=\s{0,5}\"?(\d{1,8})(?!\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What the server gave to recognise this version by, word for word."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """The answer came with a body."""

    response: Response
    validators: Validators
    url: str
    """Where it came from, after all redirects."""
    moved_to: str | None = None
    """The address to ask from now on, when the server says that the old one is gone for good."""
    max_age: timedelta | None = None
    """How long the answer is as good as a new one (``Cache-Control: max-age``)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotModified:
    """Nothing changed since the validators were given."""

    validators: Validators
    """The newer ones, where the server gave any."""
    moved_to: str | None = None
    max_age: timedelta | None = None


async def fetch(
    http: Http,
    url: str,
    validators: Validators | None = None,
    *,
    fresh: bool = False,
    accept: str = FEEDS,
    max_bytes: int = 10_000_000,
) -> Fetched | NotModified:
    """Fetches what is at the address, unless it is still what the validators stand for.

    Args:
        http: The way out.
        url: The address.
        validators: Those of the last answer.
        fresh: Ask for the whole, also past caches on the way: WordPress says "not modified" of a
            comment feed when an older comment was approved.
        accept: The media types wanted.
        max_bytes: The most that may come.

    Raises:
        FetchError: as ``Http.get``.
    """
    asked = {} if fresh or validators is None else conditions(validators)
    headers = {"accept": accept, **asked}
    if fresh:
        headers["cache-control"] = "no-cache"
    response = await http.get(url, headers=headers, max_bytes=max_bytes)
    given = Validators(
        etag=_sendable(response.headers.get("etag")),
        last_modified=_sendable(response.headers.get("last-modified")),
    )
    if response.status == 304:
        if not asked or validators is None:
            raise FetchError(response.url, _("the server says that nothing changed, but was not asked that"))
        return NotModified(
            validators=Validators(
                etag=given.etag or validators.etag,
                last_modified=given.last_modified or validators.last_modified,
            ),
            moved_to=response.moved_to,
            max_age=_max_age(response),
        )
    if not 200 <= response.status < 300:
        raise FetchError(response.url, _("the server gave no page ({status})").format(status=response.status))
    return Fetched(
        response=response,
        validators=given,
        url=response.url,
        moved_to=response.moved_to,
        max_age=_max_age(response),
    )


def conditions(validators: Validators) -> dict[str, str]:
    """The headers that ask whether something changed, with the server's own strings.

    A tag that a proxy weakened or marked makes WordPress send everything again, even beside a date that
    is right; the date goes alone then.
    """
    etag, last_modified = _sendable(validators.etag), _sendable(validators.last_modified)
    is_plain = etag is not None and _PLAIN_ETAG.fullmatch(etag) and not _SUFFIXED.search(etag)
    headers = {}
    if last_modified:
        headers["if-modified-since"] = last_modified
    if etag and (is_plain or not last_modified):
        headers["if-none-match"] = etag
    return headers


def _max_age(response: Response) -> timedelta | None:
    directives = response.headers.get("cache-control", "")
    if "no-cache" in directives.lower():
        return None
    match = _MAX_AGE.search(directives)
    return timedelta(seconds=int(match[1])) if match else None


def _sendable(value: str | None) -> str | None:
    """The value when it can be sent back as it is: one stray byte would fail each request to come."""
    if value and value.isascii() and value.isprintable() and len(value) <= _MAX_LENGTH:
        return value
    return None
