"""Which sentences of a post a comment quotes: in a quotation, behind ``>``, or between quotation marks; pure.

Words are compared, not characters: white space, case, the shape of quotation marks and markup make no
difference, and of the words themselves a few may be others.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from tui_reader.content.blocks import Code, Document, spans_of

_RUN = 3
"""Words that must stand together to be a trace of the post."""
_LEAST_WORDS = 4
_LEAST_CHARACTERS = 18
"""What is shorter is a figure of speech; of scripts without spaces a third of it."""
_LEAST_SHARE = 0.6
"""Of the runs of a quotation that must be the post's: one other word in ten takes three runs of eight."""
_DRIFT = 6
"""Words that a quotation may have left out or put in."""
_MOST_PLACES = 24
"""Places of one run that are looked at: a refrain must not cost more."""
_MOST_WORDS = 400
_MOST_QUOTATIONS = 60

_WIDE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_WIDE}]|[^\W_{_WIDE}]+(?:['’][^\W_{_WIDE}]+)*")
# looked for where a row of stops begins, not at each of them
_SENTENCE_END = re.compile(r"(?<![.!?…])[.!?…]+[\"'”’»)\]]*\s+(?![a-z])|[。！？][」』”]?")
_MARKED = re.compile(
    r"“([^“”]{6,1200})”|«([^«»]{6,1200})»|„([^„“”]{6,1200})[“”]|\"([^\"]{6,1200})\"|「([^「」]{6,1200})」"
    r"|‘([^‘]{6,1200}?)’(?!\w)"
)
_LEFT_OUT = re.compile(r"[\[(]?(?:…|\.\.\.)[\])]?")
_MAY_QUOTE = re.compile(
    r"<blockquote|<q\b|&gt;|&#0?62;|&quot;|&#0?34;|&[lr]dquo;|&laquo;|&#0?171;|&bdquo;|&#82(?:16|20|22);|[“«„「‘]"
    r"|(?:^|>)[^<>\"]*\"[^<\"]*\"",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a post."""

    block: int
    """The number of its block."""
    opening: tuple[str, ...]
    """Its first words, as they stand."""


def may_quote(html: str) -> bool:
    """Whether a comment has anything that could be a quotation; quick, so that few need a closer look."""
    return _MAY_QUOTE.search(html) is not None


class Sentences:
    """The sentences of one post, by what is said in them."""

    def __init__(self, document: Document) -> None:
        self.all: list[Sentence] = []
        self._sentence_of: list[int] = []
        """For each word of the post its sentence."""
        self._places: dict[tuple[str, ...], list[int]] = defaultdict(list)
        """For each run of words where it begins."""
        words: list[str] = []
        for number, block in enumerate(document.blocks):
            if isinstance(block, Code):
                continue
            text = "".join(span.text for span in spans_of(block))
            for sentence in _sentences(text):
                found = _WORD.findall(sentence)
                if found:
                    self._sentence_of += [len(self.all)] * len(found)
                    words += map(_normal, found)
                    self.all.append(Sentence(number, tuple(found[:6])))
        for at in range(len(words) - _RUN + 1):
            places = self._places[tuple(words[at : at + _RUN])]
            if len(places) < _MOST_PLACES:
                places.append(at)

    def quoted_in(self, comment: Document) -> tuple[int, ...]:
        """The numbers of the sentences that a comment quotes, each once, in the comment's order."""
        if not self._places:
            return ()
        found: dict[int, None] = {}
        for quotation in _quotations(comment):
            for part in _LEFT_OUT.split(quotation):
                number = self._where(part)
                if number is not None:
                    found[number] = None
        return tuple(found)

    def _where(self, quotation: str) -> int | None:
        """The sentence in which a quotation begins; None when it is not from here."""
        words = [_normal(word) for word in _WORD.findall(quotation)[:_MOST_WORDS]]
        if not _is_long_enough(words):
            return None
        hits = [
            (place - at, place)
            for at in range(len(words) - _RUN + 1)
            for place in self._places.get(tuple(words[at : at + _RUN]), ())
        ]
        least = _LEAST_SHARE * (len(words) - _RUN + 1)
        if len(hits) < least:
            return None
        # most of its runs stand at about the same distance from where they stand in the post
        hits.sort()
        best, begins, first = 0, -1, 0
        for last, (distance, _) in enumerate(hits):
            while distance - hits[first][0] > _DRIFT:
                first += 1
            if last - first + 1 > best:
                best = last - first + 1
                begins = min(place for _, place in hits[first : last + 1])
        return self._sentence_of[begins] if best >= least else None


def _is_long_enough(words: Sequence[str]) -> bool:
    is_wide = sum(len(word) == 1 and not word.isascii() for word in words) * 2 > len(words)
    length = sum(map(len, words)) + len(words) - 1
    return len(words) >= _LEAST_WORDS and (
        len(words) * 3 >= _LEAST_CHARACTERS if is_wide else length >= _LEAST_CHARACTERS
    )


def _normal(word: str) -> str:
    word = word.casefold()
    return word if word.isascii() else unicodedata.normalize("NFKC", word).replace("’", "'")


def _sentences(text: str) -> Iterator[str]:
    start = 0
    for end in _SENTENCE_END.finditer(text):
        yield text[start : end.end()]
        start = end.end()
    yield text[start:]


def _quotations(comment: Document) -> Iterator[str]:
    count = 0
    for block in comment.blocks:
        text = "".join(span.text for span in spans_of(block))
        for found in (text,) if block.quote else _within(text):
            yield found
            count += 1
            if count == _MOST_QUOTATIONS:
                return


def _within(text: str) -> Iterator[str]:
    """Lines that begin with ``>``, together, and what stands between quotation marks."""
    for is_marked, lines in groupby(text.split("\n"), key=lambda line: line.lstrip().startswith(">")):
        if is_marked:
            yield " ".join(line.lstrip().lstrip("> ") for line in lines)
        else:
            for found in _MARKED.finditer("\n".join(lines)):
                yield next(part for part in found.groups() if part is not None)
