"""The readable text of foreign HTML: blocks for the screens, Markdown and plain text for files.

A body becomes a document in three steps:

1. A pass over its tags, in their order and without a tree (`markup`, `assembly`, `page`), decides the blocks:
   what is a paragraph, an item, a cell, a caption; what is hidden, a picture or code. It collects the running
   text of each as clean, balanced inline HTML (`spans`).
2. html2text converts that text (`converter`), all of it, in a subclass that sets marks instead of Markdown's.
3. The marks are read into spans (`marks`), and the spans go into the blocks.

Code alone goes by html2text: its lines are to stay as they are, and there is nothing in them to convert.
html2text never sees a stranger's tags, which can make it raise, or take the square of the time.
"""

import re
from collections import OrderedDict
from collections.abc import Iterable
from threading import Lock

from tui_reader.content.assembly import Assembler
from tui_reader.content.blocks import Block, Code, Document, Table, spans_of
from tui_reader.content.markdown import markdown
from tui_reader.content.typeset import plain_text

__all__ = [
    "DocumentCache",
    "document",
    "minutes_by_block",
    "plain_text",
    "to_markdown",
    "whole_minutes",
    "without_reply_notice",
    "words_and_minutes",
]

# What people read in a minute: words, and characters of scripts that put no space between words.
_WORDS_A_MINUTE = 230
_CHARACTERS_A_MINUTE = 500
_CHARACTERS_A_WORD = 2

_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_WORD = re.compile(r"[^\W_]+(?:[’'.\-][^\W_]+)*")
# By its shape, since the words are in the blog's language: a first paragraph of a few words around one link
# to a comment, and no more than a word or two and a full stop behind it.
_REPLY_NOTICE = re.compile(
    r"\s*<p[^<>]{0,80}>[^<>]{0,80}<a\s[^<>]{0,2000}?href\s*=\s*[\"'][^\"'<>]*#comment-\d+[\"'][^<>]{0,200}>[^<>]{0,200}</a>"
    r"[^<>,;:!?]{0,24}</p>\s*",
    re.IGNORECASE,
)


def document(html: str, base_url: str) -> Document:
    """The body of a post or a comment as clean blocks, in time that grows with its length only.

    Args:
        html: The body, from strangers.
        base_url: The address of the post; relative links start there.
    """
    # Imported here: the start of the program need not wait for html2text.
    from tui_reader.content.converter import Converter

    return Assembler(base_url, Converter().handle).read(html)


def to_markdown(html: str, base_url: str) -> str:
    """The same as Markdown whose links are absolute and safe."""
    return markdown(document(html, base_url))


def words_and_minutes(doc: Document) -> tuple[int, int]:
    """How many words it has, and how many minutes they take: at least one, unless there are none."""
    words = characters = 0
    for block in doc.blocks:
        here, wide = _counted(block)
        words += here
        characters += wide
    pace = words / _WORDS_A_MINUTE + characters / _CHARACTERS_A_MINUTE
    return words + characters // _CHARACTERS_A_WORD, whole_minutes([pace])


def whole_minutes(pace: Iterable[float]) -> int:
    """How long is said that something takes whose parts take so many minutes: at least one, if any."""
    minutes = sum(pace)
    return max(1, round(minutes)) if minutes else 0


def minutes_by_block(doc: Document) -> tuple[float, ...]:
    """How long each block takes to read."""
    counts = map(_counted, doc.blocks)
    return tuple(words / _WORDS_A_MINUTE + wide / _CHARACTERS_A_MINUTE for words, wide in counts)


def _counted(block: Block) -> tuple[int, int]:
    """Words, and characters of scripts without spaces."""
    text = _text_of(block)
    wide = 0
    if not text.isascii():
        wide = len(_WIDE.findall(text))
        if wide:
            text = _WIDE.sub(" ", text)
    return len(_WORD.findall(text)), wide


def without_reply_notice(html: str) -> str:
    """The body of a comment without the "In reply to Alice." that WordPress puts before it in feeds."""
    match = _REPLY_NOTICE.match(html)
    return html[match.end() :] if match else html


def _text_of(block: Block) -> str:
    match block:
        case Code(text=text):
            return text
        case Table(rows=rows):
            return " ".join("".join(span.text for span in cell) for row in rows for cell in row)
    return "".join(span.text for span in spans_of(block))


class DocumentCache:
    """Keeps the documents made last; may be asked from several threads.

    Args:
        maxsize: How many documents it keeps.
    """

    def __init__(self, maxsize: int = 64) -> None:
        self._maxsize = maxsize
        self._documents: OrderedDict[tuple[str, str], Document] = OrderedDict()
        self._lock = Lock()

    def document(self, html: str, base_url: str) -> Document:
        """The same as `document`, made once for as long as it is kept."""
        key = (html, base_url)
        with self._lock:
            if key in self._documents:
                self._documents.move_to_end(key)
                return self._documents[key]
        made = document(html, base_url)
        with self._lock:
            self._documents[key] = made
            self._documents.move_to_end(key)
            while len(self._documents) > self._maxsize:
                self._documents.popitem(last=False)
        return made
