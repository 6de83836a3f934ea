"""Addresses as they are shown and as they are written to a terminal: the words of a link may lie."""

import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote, urlsplit, urlunsplit

from tui_reader.content.clean import clean
from tui_reader.content.links import absolute

MAX_WRITTEN = 2_000
"""Characters: terminals drop hyperlinks that are longer (VTE takes 2083)."""

# what may be written together in one word of a host's name, by the first word of each letter's name
_TOGETHER = (
    frozenset({"LATIN"}),
    frozenset({"LATIN", "CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "FULLWIDTH", "HALFWIDTH"}),
    frozenset({"LATIN", "CJK", "HANGUL"}),
    frozenset({"LATIN", "CJK", "BOPOMOFO"}),
)
_LIKE_LATIN = frozenset("аеорсухіјѕԁһӏԛԝьѵґгпмтвкн" + "αονρτυικχηωγ" + "օսոհցզ")
_PRINTED = "".join(map(chr, range(0x21, 0x7F)))
# words that are an address, whole or to their first slash
_NAMED = re.compile(r"(?:(https?)://)?(www\.)?((?:[^\s/?#@:.,;]+\.)+([^\W\d_]{2,}))(?::\d+)?(?:([/?#])\S*)?")
# "node.js" and "README.md" are no addresses, though there is such a country
_USUAL = frozenset(
    (
        *("com", "org", "net", "edu", "gov", "info", "biz", "io", "dev", "app", "blog", "example"),
        *("de", "fr", "uk", "nl", "be", "ch", "at", "it", "es", "se", "no", "dk", "fi", "pl", "cz", "eu"),
        *("us", "ca", "au", "jp", "br", "in"),
    )
)


@lru_cache(maxsize=1024)
def shown(url: str) -> str:
    """The address for people: clean, and a host in letters that look like others in the form that cannot."""
    if url.isascii() and url.isprintable():
        return url
    url = clean(url).replace("\n", " ")
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        if host.isascii() or not any(map(_misleads, host.split("."))):
            return url
        return urlunsplit(parts._replace(netloc=parts.netloc.lower().replace(host, _in_ascii(host))))
    except ValueError:  # no address at all, or one that no host can have: UnicodeError is one
        return url.encode("ascii", "backslashreplace").decode()


@lru_cache(maxsize=1024)
def written(url: str) -> str | None:
    """The address in the letters that a terminal's hyperlink may have (0x21 to 0x7E), or None.

    http, https and mailto alone, whoever gave the address.
    """
    safe = absolute(url, "")
    if safe is None:
        return None
    try:
        if not safe.isascii() and not safe.startswith("mailto:"):
            parts = urlsplit(safe)
            host = parts.hostname or ""
            safe = urlunsplit(parts._replace(netloc=parts.netloc.replace(host, _in_ascii(host))))
    except ValueError:
        return None
    found = quote(safe, safe=_PRINTED)
    return found if len(found) <= MAX_WRITTEN else None


def lies(words: str, url: str) -> bool:
    """Whether the words of a link are an address, and of another site than the one that it leads to."""
    named = _NAMED.fullmatch(words.strip().lower())
    if named is None or not (named[1] or named[2] or named[5] or named[4] in _USUAL):
        return False
    try:
        host = _in_ascii((urlsplit(url).hostname or "").removeprefix("www."))
        said = _in_ascii(named[3])
    except ValueError:
        return True
    return not (host == said or host.endswith(f".{said}") or said.endswith(f".{host}"))


def _misleads(label: str) -> bool:
    letters = [letter for letter in label if letter.isalpha()]
    scripts = {unicodedata.name(letter, "?").partition(" ")[0] for letter in letters}
    if all(letter in _LIKE_LATIN for letter in letters if not letter.isascii()):
        return not label.isascii()
    return len(scripts) > 1 and not any(scripts <= together for together in _TOGETHER)


def _in_ascii(host: str) -> str:
    return host.encode("idna").decode("ascii")
