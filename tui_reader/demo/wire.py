"""HTTP/1.1 as far as a small server needs it: bytes to requests, answers to bytes."""

import asyncio
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, unquote

from tui_reader.errors import TuiReaderError

MAX_HEAD_BYTES = 32_768
MAX_BODY_BYTES = 1_000_000
_MAX_FIELDS = 500
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")


class BadRequest(TuiReaderError):
    """What came is no request that can be served.

    Args:
        status: The HTTP status to answer with.
    """

    def __init__(self, status: int) -> None:
        super().__init__(HTTPStatus(status).phrase)
        self.status = status


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request, read whole."""

    method: str
    target: str
    """As it stood in the request line."""
    path: str
    """Without the query, with percent-escapes resolved."""
    query: tuple[tuple[str, str], ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    """Names in lower case."""
    body: bytes = b""
    wants_close: bool = False

    @classmethod
    def of(
        cls, method: str, target: str, *, headers: Mapping[str, str] | None = None, body: bytes = b""
    ) -> "Request":
        """A request made by hand, for asking the blog without a socket."""
        path, _, query = target.partition("#")[0].partition("?")
        return cls(
            method=method,
            target=target,
            path=unquote(path, errors="replace"),
            query=_pairs(query),
            headers={name.lower(): value for name, value in (headers or {}).items()},
            body=body,
        )

    def with_body(self, body: bytes) -> "Request":
        """The same request, now read to its end."""
        return replace(self, body=body)

    def get(self, name: str) -> str | None:
        """A query parameter; the last one counts, as in PHP."""
        return next((value for key, value in reversed(self.query) if key == name), None)

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of a list parameter in PHP's spellings: ``post=1,2``, ``post[]=1``, ``post[0]=1``."""
        in_brackets = re.compile(re.escape(name) + r"\[[^\]]*\]")
        several = [value for key, value in self.query if in_brackets.fullmatch(key)]
        if not several:
            single = self.get(name)
            several = [] if single is None else single.split(",")
        return tuple(value.strip() for value in several if value.strip())

    @property
    def form(self) -> dict[str, str]:
        """The fields of a form that was posted."""
        if (
            self.headers.get("content-type", "").partition(";")[0].strip().lower()
            != "application/x-www-form-urlencoded"
        ):
            return {}
        return dict(_pairs(self.body.decode("utf-8", "replace")))

    @property
    def json(self) -> dict[str, object]:
        """The object in the body; empty when there is none."""
        try:
            value = json.loads(self.body)
        except (ValueError, RecursionError):
            return {}
        return value if isinstance(value, dict) else {}

    @property
    def cookies(self) -> dict[str, str]:
        """What the client was given before."""
        try:
            return {
                name: morsel.value for name, morsel in SimpleCookie(self.headers.get("cookie", "")).items()
            }
        except CookieError:
            return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """One answer."""

    status: int = 200
    headers: Sequence[tuple[str, str]] = ()
    body: bytes = b""

    def header(self, name: str) -> str | None:
        """The first header of this name."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


def _pairs(source: str) -> tuple[tuple[str, str], ...]:
    try:
        return tuple(
            parse_qsl(
                source, keep_blank_values=True, max_num_fields=_MAX_FIELDS, encoding="utf-8", errors="replace"
            )
        )
    except ValueError as error:
        raise BadRequest(400) from error


async def read_head(reader: asyncio.StreamReader) -> bytes | None:
    """The request line and the headers; None when the client has gone.

    Raises:
        BadRequest: they are too long.
    """
    try:
        head = await reader.readuntil(b"\r\n\r\n")
        while (
            head == b"\r\n\r\n"
        ):  # an empty line before the request is to be forgiven (RFC 9112, section 2.2)
            head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return None
    except asyncio.LimitOverrunError as error:
        raise BadRequest(431) from error
    return head.lstrip(b"\r\n")


def parse_head(head: bytes) -> tuple[Request, int]:
    """A request without its body, and how many bytes of body follow.

    Raises:
        BadRequest: it is malformed, or asks for what is not served here.
    """
    first, *lines = head.decode("latin-1").removesuffix("\r\n\r\n").split("\r\n")
    parts = first.split(" ")
    if len(parts) != 3 or not _TOKEN.fullmatch(parts[0]) or not re.fullmatch(r"HTTP/\d\.\d", parts[2]):
        raise BadRequest(400)
    method, target, version = parts
    if version not in {"HTTP/1.0", "HTTP/1.1"}:
        raise BadRequest(505)
    if not target.startswith("/"):
        raise BadRequest(400)
    headers: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if not colon or not _TOKEN.fullmatch(name):
            raise BadRequest(400)
        name = name.lower()
        if name in headers and name in {"content-length", "host", "transfer-encoding"}:
            raise BadRequest(400)
        value = value.strip(" \t")
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    if version == "HTTP/1.1" and "host" not in headers:
        raise BadRequest(400)
    if "transfer-encoding" in headers:
        raise BadRequest(411)
    length = headers.get("content-length", "0")
    if not re.fullmatch(r"[0-9]{1,18}", length):
        raise BadRequest(400)
    if int(length) > MAX_BODY_BYTES:
        raise BadRequest(413)
    connection = headers.get("connection", "").lower()
    made = Request.of(method, target)
    request = Request(
        method=method,
        target=target,
        path=made.path,
        query=made.query,
        headers=headers,
        wants_close="close" in connection or (version == "HTTP/1.0" and "keep-alive" not in connection),
    )
    return request, int(length)


def to_bytes(response: Response, *, is_head: bool, closes: bool, date: str) -> bytes:
    """An answer as it goes over the wire."""
    lines = [f"HTTP/1.1 {response.status} {HTTPStatus(response.status).phrase}", f"Date: {date}"]
    lines.extend(f"{name}: {value}" for name, value in response.headers)
    if response.status != HTTPStatus.NOT_MODIFIED:
        lines.append(f"Content-Length: {len(response.body)}")
    lines.append("Connection: close" if closes else "Connection: keep-alive")
    head = ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")
    return head if is_head or response.status == HTTPStatus.NOT_MODIFIED else head + response.body
