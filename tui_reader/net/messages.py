"""Requests and answers as they are on the wire, and the same for httpx, which speaks for us at times."""

from collections.abc import AsyncIterable, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from tui_reader.net.web_address import WebAddress

if TYPE_CHECKING:
    import httpx

Header = tuple[bytes, bytes]
Watch = Callable[[str, dict[str, Any]], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked of a server."""

    method: str
    url: WebAddress
    headers: Sequence[Header]
    """All that are sent, ``Host`` among them."""
    content: bytes = b""
    connect_seconds: float | None = None
    """What a connection may take."""
    watch: Watch | None = None
    """Is told how far it is, in the words of httpcore."""

    def as_httpx(self) -> "httpx.Request":
        """The same for httpx."""
        import httpx

        extensions: dict[str, Any] = {"timeout": {"connect": self.connect_seconds}}
        if self.watch is not None:
            extensions["trace"] = self.watch
        return httpx.Request(
            self.method,
            self.url.as_httpx(),
            headers=list(self.headers),
            content=self.content or None,
            extensions=extensions,
        )


@dataclass(slots=True, kw_only=True)
class Answer:
    """What a server answers, as soon as its headers are there."""

    status: int
    raw_headers: Sequence[Header]
    pieces: AsyncIterable[bytes]
    """Of the body, as they come."""
    ended: Callable[[], Awaitable[None]]
    """To be called once nothing more is wanted of it."""
    headers: dict[str, str] = field(init=False)
    """Names in lower case, repeated ones joined."""

    def __post_init__(self) -> None:
        """Reads the headers, which a server may write in any letters."""
        encoding = _encoding(self.raw_headers)
        self.headers = {}
        for raw_name, raw_value in self.raw_headers:
            name, value = raw_name.decode(encoding).lower(), raw_value.decode(encoding)
            self.headers[name] = f"{self.headers[name]}, {value}" if name in self.headers else value

    @classmethod
    def of_httpx(cls, answer: "httpx.Response") -> "Answer":
        """One that came by httpx."""
        import httpx

        return cls(
            status=answer.status_code,
            raw_headers=answer.headers.raw,
            # not aiter_bytes: httpx unpacks a whole piece at once, 1 MB on the wire may be 1 GB
            pieces=cast(httpx.AsyncByteStream, answer.stream),
            ended=answer.aclose,
        )

    def cookies(self, url: WebAddress) -> dict[str, str]:
        """What the server wants to be told again, by those at this address."""
        # asked first: the parser of cookies takes as long as a short answer does, and longer to load
        if "set-cookie" not in self.headers:
            return {}
        import httpx

        asked = httpx.Request("GET", url.as_httpx())
        return dict(httpx.Response(self.status, headers=list(self.raw_headers), request=asked).cookies)


def _encoding(headers: Sequence[Header]) -> str:
    together = b"".join(name + value for name, value in headers)
    if together.isascii():
        return "ascii"
    try:
        together.decode()
    except UnicodeDecodeError:
        return "iso-8859-1"
    return "utf-8"
