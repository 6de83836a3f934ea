"""What an entry carries beside its text, recordings, films, pictures and files, as HTML to stand below it."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import urlsplit

from tui_reader.content.clean import clean_line
from tui_reader.content.links import file_name
from tui_reader.feeds.address import web_address
from tui_reader.feeds.fields import links_of
from tui_reader.feeds.reading import Fields

_MOST = 12
_MAX_WORDS = 200
_TOO_LONG = 1_000_000
"""Seconds."""
_KINDS = ("audio", "video", "image")
# WordPress.com gives its author's face so
_NO_PICTURES = ("gravatar.com",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosed:
    """One file."""

    url: str
    kind: str
    """``audio``, ``video``, ``image``, or anything else for a file to download."""
    words: str = ""


def of_entry(entry: Fields, base: str) -> list[Enclosed]:
    """The enclosures of an entry of RSS or Atom, and the pictures, films and recordings of Media RSS."""
    length = _line(entry.get("itunes_duration"))
    found = [
        Enclosed(url=url, kind=_kind(part.get("type"), url), words=length)
        for part in links_of(entry)[: _MOST * 4]
        if part.get("rel") == "enclosure" and (url := web_address(part.get("href"), base))
    ]
    for part in _parts(entry.get("media_content")):
        url = web_address(part.get("url"), base)
        kind = str(part.get("medium") or _kind(part.get("type"), ""))
        # a page with a player, as of YouTube, is linked by the entry itself
        if url and kind in _KINDS:
            found.append(Enclosed(url=url, kind=kind))
    return found


def of_item(item: dict[str, Any], base: str) -> list[Enclosed]:
    """The attachments of an item of a JSON Feed."""
    found = []
    for part in _parts(item.get("attachments")):
        url = web_address(part.get("url"), base)
        if url:
            told = (_line(part.get("title")), _clock(part.get("duration_in_seconds")))
            words = " · ".join(word for word in told if word)
            found.append(Enclosed(url=url, kind=_kind(part.get("mime_type"), url), words=words))
    return found


def is_played(files: list[Enclosed]) -> bool:
    """Whether there is something to hear or to see: the words beside it are no beginning of a longer text."""
    return any(file.kind in {"audio", "video"} for file in files)


def below(html: str, files: list[Enclosed]) -> str:
    """The body with those of the files below it that it does not show itself."""
    shown: list[str] = []
    seen: set[str] = set()
    has_pictures = "<img" in html
    for file in files:
        is_known = file.url in seen or file.url in html or escape(file.url) in html
        if is_known or len(shown) == _MOST or (file.kind == "image" and (has_pictures or _is_face(file.url))):
            continue
        seen.add(file.url)
        shown.append(_tag(file))
    return html + "".join(shown)


def _tag(file: Enclosed) -> str:
    url, words = escape(file.url), escape(file.words)
    if file.kind == "image":
        return f'<p><img src="{url}" alt="{words}"></p>'
    name = escape(file_name(file.url) or urlsplit(file.url).netloc)
    told = f"{name} ({words})" if words else name
    if file.kind in _KINDS:
        return f'<{file.kind} src="{url}" title="{told}"></{file.kind}>'
    return f'<p><a href="{url}">{told}</a></p>'


def _parts(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        yield from (part for part in value[: _MOST * 4] if isinstance(part, dict))


def _kind(media_type: object, url: str) -> str:
    kind = str(media_type or "").lower().partition("/")[0].strip()
    if kind in _KINDS:
        return kind
    # many call all of them application/octet-stream, or nothing
    ending = file_name(url).lower().rpartition(".")[2]
    return _ENDINGS.get(ending, "")


_ENDINGS = {
    **dict.fromkeys(("mp3", "m4a", "ogg", "oga", "opus", "wav", "flac", "aac"), "audio"),
    **dict.fromkeys(("mp4", "m4v", "webm", "mov", "ogv"), "video"),
    **dict.fromkeys(("jpg", "jpeg", "png", "gif", "webp", "avif"), "image"),
}


def _is_face(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    return any(host == name or host.endswith(f".{name}") for name in _NO_PICTURES)


def _line(value: object) -> str:
    return clean_line(value[: _MAX_WORDS * 4])[:_MAX_WORDS] if isinstance(value, str) else ""


def _clock(length: object) -> str:
    # a feed may hold infinity
    if isinstance(length, bool) or not isinstance(length, int | float) or not 0 < length < _TOO_LONG:
        return ""
    minutes, seconds = divmod(int(length), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
