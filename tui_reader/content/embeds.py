"""Names what is shown within a post from elsewhere, films and recordings first, and finds its page."""

import json
import re
from urllib.parse import parse_qs, urlsplit

from tui_reader.content.clean import clean_line
from tui_reader.content.links import absolute, file_name, host_of

_NAMES = {
    "youtube.com": "YouTube",
    "youtube-nocookie.com": "YouTube",
    "youtu.be": "YouTube",
    "vimeo.com": "Vimeo",
    "dailymotion.com": "Dailymotion",
    "twitch.tv": "Twitch",
    "ted.com": "TED",
    "videopress.com": "VideoPress",
    "open.spotify.com": "Spotify",
    "soundcloud.com": "SoundCloud",
    "w.soundcloud.com": "SoundCloud",
    "bandcamp.com": "Bandcamp",
    "podcasts.apple.com": "Apple Podcasts",
    "embed.podcasts.apple.com": "Apple Podcasts",
    "mixcloud.com": "Mixcloud",
    "codepen.io": "CodePen",
    "gist.github.com": "Gist",
    "openstreetmap.org": "OpenStreetMap",
    "google.com": "Google",
    "instagram.com": "Instagram",
    "tiktok.com": "TikTok",
    "slideshare.net": "SlideShare",
    "speakerdeck.com": "Speaker Deck",
}
# What a player calls itself says nothing of what it plays.
_EMPTY_TITLES = re.compile(
    r"(?:youtube|vimeo|spotify|soundcloud|dailymotion)?[\s-]*"
    r"(?:embed(?:ded)?|video|audio|iframe|media|content|player|playlist|post|track|widget|episode)?"
    r"[\s-]*(?:embed|player|iframe|content)?",
    re.IGNORECASE,
)
_PEERTUBE = re.compile(r"/videos/embed/([\w-]{10,40})")
_MASTODON = re.compile(r"(/@[^/]{1,100}/\d{6,30})/embed")
_GIST = re.compile(r"/[\w-]{1,60}/[0-9a-f]{8,40}\.js")
_MEDIA = re.compile(r"\.(?:mp[34]|m4[av]|og[agv]|opus|wav|webm|mov|avi|mid|pdf|swf)$", re.IGNORECASE)
_LONGEST = 50_000


def embedded(source: str, title: str, base: str) -> tuple[str, str] | None:
    """The words and the address of a film, a recording or a page shown within the post."""
    url = absolute(source, base)
    if url is None or not url.startswith("http"):
        return None
    url = page_of(url)
    words = clean_line(title)
    if not words and _MEDIA.search(urlsplit(url).path):
        words = file_name(url)
    if not words or _EMPTY_TITLES.fullmatch(words):
        words = _name_of(url)
    return words, url


def played(source: str, title: str) -> str:
    """What to call a film or a recording that lies at an address of its own."""
    return clean_line(title) or file_name(source)


def gist_of(source: str, base: str) -> str | None:
    """The page of a listing that a script would have shown here."""
    url = absolute(source, base)
    if url is None or host_of(url) != "gist.github.com" or not _GIST.match(urlsplit(url).path):
        return None
    return url.partition("?")[0].removesuffix(".js")


def told_in(attribute: str) -> dict[str, str]:
    """What a newsletter's ``data-attrs`` says of what a script would draw; nothing if it is broken."""
    if not attribute or len(attribute) > _LONGEST:
        return {}
    try:
        told = json.loads(attribute)
    except (ValueError, RecursionError):
        return {}
    return (
        {key: value for key, value in told.items() if isinstance(value, str)}
        if isinstance(told, dict)
        else {}
    )


def page_of(url: str) -> str:
    """The page for people instead of the player's own address, where it is known."""
    parts = urlsplit(url)
    host, path = host_of(url), parts.path
    last = path.rstrip("/").rpartition("/")[2]
    asked = parse_qs(parts.query, max_num_fields=50) if parts.query.count("&") < 50 else {}
    match host:
        case "youtube.com" | "youtube-nocookie.com" if path.startswith(("/embed/", "/v/")):
            lists = asked.get("list")
            if last == "videoseries" and lists:
                return f"https://www.youtube.com/playlist?list={lists[0]}"
            return f"https://www.youtube.com/watch?v={last}"
        case "player.vimeo.com" if path.startswith("/video/"):
            return f"https://vimeo.com/{path.removeprefix('/video/').rstrip('/')}"
        case "dailymotion.com" | "geo.dailymotion.com" if path.startswith("/embed/video/"):
            return f"https://www.dailymotion.com/video/{last}"
        case "open.spotify.com" if path.startswith("/embed"):
            return f"https://open.spotify.com/{path.removeprefix('/embed-podcast').removeprefix('/embed').lstrip('/')}"
        case "embed.podcasts.apple.com":
            return f"https://podcasts.apple.com{path}"
        case "embed.ted.com":
            return f"https://www.ted.com{path}"
        case "w.soundcloud.com" | "cdn.embedly.com":
            # Medium shows all that is not its own through Embedly
            return _asked_for(asked.get("url"), url)
        case "codepen.io":
            return url.replace("/embed/preview/", "/pen/").replace("/embed/", "/pen/").partition("?")[0]
    if match := _PEERTUBE.fullmatch(path):
        return f"{parts.scheme}://{parts.netloc}/w/{match[1]}"
    if match := _MASTODON.fullmatch(path):
        return f"{parts.scheme}://{parts.netloc}{match[1]}"
    return url


def _asked_for(addresses: list[str] | None, otherwise: str) -> str:
    url = absolute(addresses[0], "") if addresses else None
    if url is None or not url.startswith("http") or host_of(url) == "api.soundcloud.com":
        return otherwise
    return url


def _name_of(url: str) -> str:
    host = host_of(url)
    if host in _NAMES:
        return _NAMES[host]
    _, _, above = host.partition(".")
    return f"{host.partition('.')[0]} – {_NAMES[above]}" if above == "bandcamp.com" else host
