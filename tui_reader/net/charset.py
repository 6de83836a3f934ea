"""Turns bytes into text in the letters that they were written in, whatever was declared."""

import codecs
import re

# codecs that Python counts as text and no web page is written in; unicode_escape would even let
# plain letters become control characters
_NOT_FOR_PAGES = {
    "idna",
    "mbcs",
    "oem",
    "punycode",
    "raw-unicode-escape",
    "undefined",
    "unicode-escape",
    "utf-7",
}
# the longer marks first: UTF-32's begins with UTF-16's
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# without a mark, the first "<" tells (XML 1.0, appendix F)
_FIRST_LETTERS = (
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_HEADER = re.compile(r"""charset\s*=\s*["']?\s*([^\s"';,]+)""", re.IGNORECASE)
_META = re.compile(rb"""<meta\s[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_XML = re.compile(rb"""\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']""", re.IGNORECASE)
_HEAD = 4_096


def decoded(body: bytes, content_type: str = "") -> str:
    """The text of a page or a feed: by its byte order mark, the header, its own word, else UTF-8."""
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    for start, name in _FIRST_LETTERS:
        if body.startswith(start):
            return body.decode(name, "replace")
    for name in _declared(body, content_type):
        text = _read_as(body, name)
        if text is not None:
            return text
    text = _read_as(body, "utf-8")
    return body.decode("cp1252", "replace") if text is None else text


def _declared(body: bytes, content_type: str) -> list[str]:
    header = _HEADER.search(content_type)
    names = [header[1]] if header else []
    head = body[:_HEAD]
    written = _XML.match(head) or _META.search(head)
    if written:
        own = written[1].decode("ascii", "replace").lower()
        # what could be read as ASCII this far is not UTF-16, whatever it says (HTML, 13.2.3.3)
        names.append("utf-8" if own.startswith(("utf-16", "utf-32", "utf16", "ucs")) else own)
    return names


def _read_as(body: bytes, charset: str) -> str | None:
    """The text when it can be in that charset; a stray byte in UTF-8 does not count against it."""
    try:
        name = codecs.lookup(charset).name.replace("_", "-")
        if name in _NOT_FOR_PAGES:
            return None
        if name in {"iso8859-1", "ascii"}:
            # "latin-1" means Windows' superset of it, to browsers and to those who write it
            return None if name == "ascii" and not body.isascii() else body.decode("cp1252", "replace")
        if name in {"gb2312", "gbk"}:
            name = "gb18030"
        return body.decode(name)
    except UnicodeDecodeError:
        text = body.decode(name, "replace")
        return text if _is_mostly_right(text) else None
    except (LookupError, ValueError):  # no such charset, or a codec that does not make text
        return None


def _is_mostly_right(text: str) -> bool:
    wrong = text.count("\N{REPLACEMENT CHARACTER}")
    foreign = len(text) - len(text.encode("ascii", "ignore"))
    return foreign - wrong > wrong
