"""An answer that came whole: its bytes, its headers, and its text in the right letters."""

import codecs
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from tui_reader.errors import FetchError
from tui_reader.net.link_header import Link

# codecs that Python counts as text and no web page is written in; unicode_escape would even let
# plain letters become control characters
_NOT_FOR_PAGES = {
    "idna",
    "punycode",
    "unicode-escape",
    "raw-unicode-escape",
    "undefined",
    "utf-7",
    "mbcs",
    "oem",
}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HEADER_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([^\s"';,]+)""", re.IGNORECASE)
_PAGE_CHARSET = re.compile(
    rb"""<meta\s[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{1,40})|^\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']""",
    re.IGNORECASE,
)
_HEAD = 4_096


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
        for mark, name in _BOMS:
            if self.body.startswith(mark):
                return self.body[len(mark) :].decode(name, "replace")
        declared = _HEADER_CHARSET.search(self.headers.get("content-type", ""))
        written = _PAGE_CHARSET.search(self.body[:_HEAD])
        names = [declared[1]] if declared else []
        if written:
            own = (written[1] or written[2]).decode("ascii", "replace")
            # a page that can be read as ASCII this far is not UTF-16, whatever it says (HTML, 13.2.3.3)
            names.append("utf-8" if own.lower().startswith(("utf-16", "utf-32")) else own)
        for name in names:
            text = _decoded(self.body, name)
            if text is not None:
                return text
        return self.body.decode("utf-8", "replace")

    def json(self) -> object:
        """The body as JSON data.

        Raises:
            FetchError: it is not JSON.
        """
        try:
            data: object = json.loads(self.text())
        # too deep for the parser, or a number of thousands of digits: both come from servers only
        except (ValueError, RecursionError) as error:
            raise FetchError(self.url, "the answer is not JSON") from error
        return data


def _decoded(body: bytes, charset: str) -> str | None:
    try:
        name = codecs.lookup(charset).name
        if name in _NOT_FOR_PAGES or name.replace("_", "-") in _NOT_FOR_PAGES:
            return None
        # browsers read "latin-1" as Windows' superset of it, and so do those who write it
        return body.decode("cp1252" if name in {"iso8859-1", "ascii"} else name, "replace")
    except (LookupError, ValueError):  # no such charset, or a codec that does not make text
        return None
