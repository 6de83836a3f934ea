"""Bodies in the manner of each system, beside the text that a person read and found right."""

from itertools import pairwise
from pathlib import Path

import pytest

from tui_reader.content.blocks import Code, Fold, spans_of
from tui_reader.content.clean import clean
from tui_reader.content.readable import document, plain_text, to_markdown
from tui_reader.content.widths import cells

CORPUS = Path(__file__).parent / "corpus"
NAMES = sorted(path.stem for path in CORPUS.glob("*.html"))
ELSEWHERE = "https://ferry.example/2026/08/night/"
ADDRESSES = {
    "french": "https://quai.example/2026/hiver/",
    "medium-export": "https://slow.example/on-walking-9a",
    "substack-more": "https://barns.example/p/two",
    "wordpress-blocks": "https://phare.example/every-block/",
    "wordpress-classic": "https://shed.example/2019/05/roof/",
}


def read(name: str):
    html = (CORPUS / f"{name}.html").read_text(encoding="utf-8")
    return document(html, ADDRESSES.get(name, ELSEWHERE))


@pytest.mark.parametrize("name", NAMES)
def test_a_body_is_the_text_that_stands_beside_it(name: str) -> None:
    expected = (CORPUS / f"{name}.txt").read_text(encoding="utf-8").rstrip("\n")
    assert plain_text(read(name), 72, with_links=True) == expected


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", [40, 72, 100])
def test_lines_keep_the_width_unless_a_word_is_wider(name: str, width: int) -> None:
    for line in plain_text(read(name), width).split("\n"):
        is_code = line.startswith("    ")
        assert is_code or cells(line) <= width or " " not in line.strip()


@pytest.mark.parametrize("name", NAMES)
def test_nothing_unclean_empty_or_doubled_is_left(name: str) -> None:
    doc = read(name)
    for block in doc.blocks:
        text = block.text if isinstance(block, Code) else "".join(span.text for span in spans_of(block))
        assert clean(text) == text
        assert text == text.strip() or isinstance(block, Code)
    texts = ["".join(span.text for span in spans_of(block)) for block in doc.blocks]
    assert not any(text and text == after for text, after in pairwise(texts))
    assert to_markdown((CORPUS / f"{name}.html").read_text(encoding="utf-8"), ELSEWHERE)


@pytest.mark.parametrize("name", ["ghost-cards", "jekyll", "substack", "substack-more", "wordpress-classic"])
def test_each_way_into_a_note_has_its_way_back(name: str) -> None:
    doc = read(name)
    assert doc.places
    for url, at in doc.places.items():
        assert url not in doc.links
        block = doc.blocks[at]
        assert any(span.href in doc.places for span in spans_of(block)) or "#tools" in url or "#step" in url


def test_listings_of_all_highlighters_name_their_language() -> None:
    languages = [block.language for block in read("jekyll").blocks if isinstance(block, Code)]
    assert languages == ["ruby", "go", "", "haskell", "typescript", "sql", ""]
    languages = [block.language for block in read("wordpress-classic").blocks if isinstance(block, Code)]
    assert languages == ["bash", "php"]


def test_folds_hold_what_is_under_them() -> None:
    folds = [(block.size, block.is_open) for block in read("jekyll").blocks if isinstance(block, Fold)]
    assert folds == [(3, True), (1, False)]
