"""Takes secrets out of what is written down: passwords and tokens in addresses, e-mails, credentials."""

import re

_URL = re.compile(
    r"\b([a-z][a-z0-9+.-]{0,30}://)([^\s/?#\"'<>]*@)?([^\s?#\"'<>]*)(\?[^\s#\"'<>]*)?(#[^\s\"'<>]*)?",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@([\w-]+\.)+[\w-]+")
_HEADER = re.compile(
    r"\b(authorization|proxy-authorization|cookie|set-cookie|x-wp-nonce)\b([\"']?\s*[:=]\s*)[^\n]*",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?<![^\W_])(password|passwd|secret|token|api[_-]?key|nonce)\b([\"']?\s*[:=]\s*)([\"'][^\"'\n]*[\"']|[^\s,;)}\]]+)",
    re.IGNORECASE,
)
# as WordPress gives them out: six groups of four
_APPLICATION_PASSWORD = re.compile(r"\b(?:[A-Za-z0-9]{4} ){5}[A-Za-z0-9]{4}\b")


def redacted(text: str) -> str:
    """The text with all that looks like a secret replaced; an address keeps its host and path."""
    text = _HEADER.sub(r"\1\2…", text)
    text = _URL.sub(_address, text)
    text = _APPLICATION_PASSWORD.sub("…", text)
    text = _NAMED.sub(r"\1\2…", text)
    return _EMAIL.sub("…@…", text)


def _address(found: re.Match[str]) -> str:
    scheme, user, place, query, fragment = found.groups()
    return f"{scheme}{'…@' if user else ''}{place}{'?…' if query else ''}{fragment or ''}"
