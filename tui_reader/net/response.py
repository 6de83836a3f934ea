"""An answer that came whole: its bytes, its headers, and its text in the right letters."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from tui_reader.errors import FetchError
from tui_reader.language import _
from tui_reader.net.charset import decoded
from tui_reader.net.link_header import Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What the server answered in the end."""

    url: str
    """Where it came from, after all redirects; without a password."""
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    """Names in lower case, repeated ones joined by ``, ``; ``Set-Cookie`` left out."""
    links: tuple[Link, ...] = ()
    """The ``Link`` headers, absolute."""
    body: bytes = field(default=b"", repr=False)
    cookies: Mapping[str, str] = field(default_factory=dict, repr=False)
    """What the site set on the way; nothing of it is kept for the next call."""
    moved_to: str | None = None
    """The new address, when every redirect on the way was a permanent one."""

    @property
    def content_type(self) -> str:
        """The media type alone, in lower case: ``text/html``."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def text(self) -> str:
        """The body as text: by its byte order mark, the header, the page's own word, else UTF-8."""
        return decoded(self.body, self.headers.get("content-type", ""))

    def json(self) -> object:
        """The body as JSON data.

        Raises:
            FetchError: it is not JSON.
        """
        try:
            data: object = json.loads(self.text())
        # too deep for the parser, or a number of thousands of digits: both come from servers only
        except (ValueError, RecursionError) as error:
            raise FetchError(self.url, _("the answer is not JSON")) from error
        return data
