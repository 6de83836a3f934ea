"""Which web addresses are of one site: what may be sent to the one may be sent to the other."""

from urllib.parse import urlsplit

from tui_reader.domain.conversation import Place

_DEFAULT_PORTS = {"http": 80, "https": 443}


def same_site(one: str, other: str) -> bool:
    """Whether two web addresses are of one host, with ``www.`` or without, encrypted or not."""
    site = _site(one)
    return site is not None and site == _site(other)


def is_of_blog(place: Place, url: str) -> bool:
    """Whether the address is on the site of the post or of its blog."""
    return same_site(url, place.post.url) or is_of_blog_itself(place, url)


def is_of_blog_itself(place: Place, url: str) -> bool:
    """Whether the address is on the site of the blog; its posts may be on others (a planet's are)."""
    return same_site(url, place.blog.url) or same_site(url, place.blog.feed_url)


def _site(url: str) -> tuple[str, int | None] | None:
    try:
        parts = urlsplit(url)
        port = parts.port if parts.port != _DEFAULT_PORTS.get(parts.scheme) else None
    except ValueError:  # "http://[" and ":99999": no site at all
        return None
    host = (parts.hostname or "").lower().removeprefix("www.").rstrip(".")
    return (host, port) if host else None
