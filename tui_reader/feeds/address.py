"""Addresses as feeds and pages write them, made whole and safe to ask for."""

from urllib.parse import urldefrag, urljoin, urlsplit

_MAX_LENGTH = 4_096


def web_address(href: object, base: str) -> str | None:
    """The absolute http or https address, or None: feeds name ``javascript:`` and local files too."""
    if not isinstance(href, str):
        return None
    # browsers drop line breaks inside an address as well
    text = href.strip()
    if not text.isprintable():
        text = "".join(letter for letter in text if letter.isprintable())
    if not text or len(text) > _MAX_LENGTH:
        return None
    try:
        whole = urljoin(base, text)
        parts = urlsplit(whole)
        is_web = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    if not is_web:
        return None
    return (parts.scheme + whole[len(parts.scheme) :]).replace(" ", "%20")  # the scheme in lower case


def feed_address(text: str) -> str:
    """The address as browsers and other readers write one of a feed: ``feed://host``, ``feed:https://host``."""
    head, colon, rest = text.strip().partition(":")
    if not colon or head.lower() != "feed":
        return text
    return f"http:{rest}" if rest.startswith("//") else rest


def without_fragment(url: str) -> str:
    """The address of the whole page."""
    return urldefrag(url).url
