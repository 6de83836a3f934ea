"""Every hostile input at its door: it is read or refused in bounded time, and what comes out is clean."""

import dataclasses
import json
import os
import random
import time
from collections.abc import Iterator
from enum import Enum

import make
import pytest
from terminal_audit import audit

from tui_reader.content import citing, cut, one_line, readable
from tui_reader.content.blocks import Document
from tui_reader.content.plain import as_html
from tui_reader.engines import comment_form
from tui_reader.errors import TuiReaderError
from tui_reader.feeds import discover, opml_reader, parse, single_post

PAGE = "https://evil.example/p/1/"
SECONDS = 8.0
"""Of the processor, for one input; what parses for the program is ended sooner. Generous: CI is slow."""
FUZZ_SECONDS = float(os.environ.get("FUZZ_SECONDS", "0"))
"""How long to look with inputs that nobody tried yet; without it the same ``FUZZ_TRIES`` are made."""
FUZZ_TRIES = 6_000


def words_of(value: object) -> Iterator[str]:
    """Every text in a result, wherever it is; bodies are HTML still, and are cleaned when shown."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Enum | bytes):
        return
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            if field.name not in {"html", "fields", "cookies"}:
                yield from words_of(getattr(value, field.name))
    elif isinstance(value, dict):
        yield from words_of([*value, *value.values()])
    elif isinstance(value, list | tuple):
        for part in value:
            yield from words_of(part)


def quotations(html: str) -> None:
    """What reading along looks for, in a post and in a comment that quotes it."""
    citing.may_quote(html)
    body = readable.document(html, PAGE)
    citing.Sentences(body).quoted_in(body)


def beginnings(html: str) -> None:
    """Whether a feed breaks off; asked of each post that is stored."""
    cut.is_cut(html, is_description=True)
    cut.is_cut(html, is_description=False)


def check(door, *given) -> None:
    """Survives in time, or refuses with an expected error; all words that come out are clean."""
    began = time.process_time()
    try:
        result = door(*given)
    except TuiReaderError as error:
        result = str(error)
    assert time.process_time() - began < SECONDS
    text = "\n".join(word.replace("\t", " ") for word in words_of(result))
    assert audit(text.encode("utf-8"), is_terminal=False).findings == []


@pytest.mark.parametrize(("name", "body"), make.feeds(), ids=lambda v: v if isinstance(v, str) else "")
@pytest.mark.parametrize("door", [parse.parse_feed, parse.parse_comments], ids=["posts", "comments"])
def test_feed(door, name, body):
    check(door, body, "https://evil.example/feed/", "application/rss+xml")


@pytest.mark.parametrize(("name", "html"), make.bodies(), ids=lambda v: v if len(v) < 40 else "")
def test_body(name, html):
    check(readable.document, html, PAGE)
    check(readable.to_markdown, html[:50_000], PAGE)
    check(single_post.read, html, PAGE)
    check(one_line.text_of, html)
    check(quotations, html)
    check(beginnings, html)


@pytest.mark.parametrize(
    ("name", "html"), [*make.pages(), *make.bodies()], ids=lambda v: v if len(v) < 40 else ""
)
def test_page(name, html):
    check(comment_form.read, html, PAGE)
    check(discover.feeds_in_page, html, PAGE)


@pytest.mark.parametrize(("name", "data"), make.lists(), ids=lambda v: v if isinstance(v, str) else "")
def test_list(name, data):
    check(opml_reader.read, data)
    try:
        outlines = opml_reader.read(data).outlines
    except TuiReaderError:
        return
    assert all(outline.url.startswith(("http://", "https://")) for outline in outlines)


def test_the_folder_of_inputs_can_be_written(tmp_path):
    count = make.write(tmp_path)
    assert len(list(tmp_path.iterdir())) == count > 100


DOORS = (
    ("feed", lambda data: parse.parse_feed(data, "https://evil.example/feed/")),
    ("comments", lambda data: parse.parse_comments(data, "https://evil.example/feed/", "text/xml")),
    ("body", lambda data: readable.document(data.decode("utf-8", "replace"), PAGE)),
    ("form", lambda data: comment_form.read(data.decode("utf-8", "replace"), PAGE)),
    ("page", lambda data: discover.feeds_in_page(data.decode("utf-8", "replace"), PAGE)),
    ("single", lambda data: single_post.read(data.decode("utf-8", "replace"), PAGE)),
    ("opml", opml_reader.read),
    ("words", lambda data: one_line.text_of(data.decode("utf-8", "replace"))),
    ("quotations", lambda data: quotations(data.decode("utf-8", "replace"))),
    ("beginnings", lambda data: beginnings(data.decode("utf-8", "replace"))),
)


LIMITED = {"feed", "comments"}
"""Doors that stand in processes which are ended when they take too long."""


def seeds() -> list[bytes]:
    """Small inputs of every kind, to be bent."""
    made = [*make.feeds(), *make.bodies(), *make.pages(), *make.lists()]
    small = [what if isinstance(what, bytes) else what.encode("utf-8", "surrogatepass") for _, what in made]
    return [what for what in small if 0 < len(what) < 20_000] + [
        json.dumps(
            {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "title": "x"}]}
        ).encode(),
        as_html("plain words\n\nand more").encode(),
    ]


def bent(data: bytes, rng: random.Random, others: list[bytes]) -> bytes:
    """The input with a few faults: bytes changed, pieces lost, doubled, or taken from another."""
    out = bytearray(data)
    for _ in range(rng.randint(1, 6)):
        place = rng.randrange(len(out) + 1)
        match rng.randrange(6):
            case 0:
                out[place : place + 1] = bytes([rng.randrange(256)])
            case 1:
                del out[place : place + rng.randint(1, 60)]
            case 2:
                out[place:place] = out[place : place + rng.randint(1, 200)] * rng.randint(1, 12)
            case 3:
                other = rng.choice(others)
                start = rng.randrange(len(other))
                out[place:place] = other[start : start + rng.randint(1, 200)]
            case 4:
                out[place:place] = rng.choice(
                    [
                        b"<",
                        b"]]>",
                        b"<![CDATA[",
                        b"&#x110000;",
                        b"&#27;",
                        b"\0",
                        b"\xff\xfe",
                        b"<!ENTITY",
                        b'"',
                        b"-->",
                    ]
                )
            case _:
                out = out[:place] or bytearray(b"<")
    return bytes(out[:60_000])


def pumped(rng: random.Random, others: list[bytes]) -> bytes:
    """A short piece ten thousand times, as what takes the square of the time, or worse, is made of."""
    pieces = []
    for most in (8, 20, 8):
        other = rng.choice(others)
        start = rng.randrange(len(other))
        pieces.append(other[start : start + rng.randint(1, most)])
    return (pieces[0] + pieces[1] * (60_000 // len(pieces[1])) + pieces[2])[:60_000]


@pytest.mark.timeout(FUZZ_SECONDS * 3 + 600)
# Python's own, of files that call themselves "unicode_escape"
@pytest.mark.filterwarnings(
    "ignore:decoding with:DeprecationWarning", "ignore:invalid escape:DeprecationWarning"
)
def test_nothing_unexpected_comes_out_of_a_parse_door():
    """The same inputs each time, or new ones for ``FUZZ_SECONDS``; a failure tells its seed."""
    chosen = random.SystemRandom().randrange(2**32) if FUZZ_SECONDS else 20_260_803
    seed = int(os.environ.get("FUZZ_SEED", str(chosen)))
    rng, start = random.Random(seed), seeds()
    end, tried = time.monotonic() + FUZZ_SECONDS, 0
    while time.monotonic() < end or (not FUZZ_SECONDS and tried < FUZZ_TRIES):
        name, door = DOORS[tried % len(DOORS)]
        data = bent(rng.choice(start), rng, start) if rng.randrange(3) else pumped(rng, start)
        began = time.process_time()
        try:
            result = door(data)
        except TuiReaderError:
            result = None
        except Exception as error:
            raise AssertionError(f"seed {seed}, {name}: {error!r} of {data!r}") from error
        if name not in LIMITED:
            took = time.process_time() - began
            assert took < SECONDS, f"seed {seed}, {name}: {took:.1f} s for {data[:60]!r}…{data[-30:]!r}"
        if isinstance(result, Document):
            found = audit("\n".join(words_of(result)).replace("\t", " ").encode(), is_terminal=False).findings
            assert found == [], (seed, data)
        tried += 1
    assert tried > 100
