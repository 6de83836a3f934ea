"""Whole bodies in the manner of the systems that people write with."""

from pathlib import Path

import pytest
from content_outline import outline

from tui_reader.content.readable import document

BODIES = Path(__file__).parent / "corpus"

EXPECTED = {
    "wordpress": [
        "The *night ferry* left at ten,\xa0and the quay was already dark. "
        "[Last month’s post](https://ferry.example/2026/07/timetables/) has the times ⛴.",
        "## What to bring",
        ".• a coat, even in August;",
        ".•= bread, and then",
        "..•= cheese,",
        "..•= two apples;",
        ".•= `ferry.ics` for the calendar.",
        "image 'The upper deck' https://ferry.example/wp-content/uploads/deck-1024x768.jpg "
        "-> https://ferry.example/wp-content/uploads/deck.jpg :: The upper deck, /before/ the rain",
        "> Nobody sleeps on the first crossing.",
        "> — /The purser/",
        "code[python] 'def crossing(knots: float) -> float:\\n    return 42 / knots  # miles & hours'",
        "table[lr!] Port | Miles / Quay & mole | 0 / The island | 42",
        "/As the crow flies/",
        "[▶ Crossing at dawn](https://www.youtube.com/watch?v=dQx12)",
        "----",
        "The light goes round,⏎    the light comes back.",
        "Distances after Hooke.^1^ Water is H_2_O. ~Never~ mind.⏎See you /aboard/.",
    ],
    "blogger": [
        "image '' https://pics.example/s400/IMG_2041.jpg -> https://pics.example/s4000/IMG_2041.jpg",
        "Three days of rain, and then this.",
        "I walked up to *the mill* and /back/.",
        "image 'A mill' https://pics.example/s320/mill.jpg -> https://pics.example/s4000/mill.jpg "
        ":: The mill, from the road",
        "*What I saw:*",
        ".1. a heron",
        ".2.= another heron,⏎or the same",
        "> It is always the same heron.",
    ],
    "ghost": [
        "We moved the print shop last week.",
        "> 💡 Orders placed before the *12th* are not late.",
        "image '' https://press.example/content/images/2026/07/press.webp :: Two tonnes of iron",
        "image 'Type cases' https://ferry.example/content/images/a.jpg",
        "image 'Ink' https://ferry.example/content/images/b.jpg",
        "/Both rooms/",
        "> [*A letter in five sizes*](https://type.example/garamond)⏎Notes on a typeface⏎type.example",
        "▸1 Why iron?",
        "It stays where it is put.",
        "code[css] 'h1 { color: red }'",
        "----",
        "[▶ The noise it makes](https://ferry.example/content/media/noise.mp3)",
    ],
    "substack": [
        "Hello again.",
        "image 'A barn' https://cdn.letters.example/w_1456/barn.png "
        "-> https://cdn.letters.example/f_auto/barn.png :: Before the roof",
        ".• First, the beams.",
        ".•= Then, the slates.",
        "> Measure twice/,/ cut once",
        "As said before[^1^](https://ferry.example/2026/08/night/#footnote-1), it held.",
        "----",
        ".1. In [part one](https://barns.example/p/one). [↩](https://ferry.example/2026/08/night/#footnote-anchor-1)",
    ],
    "medium": [
        "### On walking slowly",
        "#### Notes from a canal",
        "image '' https://cdn.slow.example/max/1024/1*canal.jpeg :: Photo by [Ann](https://photos.example/@ann)",
        "*There is no hurry*, and /there never was/.",
        "> A canal is a road that has sat down.",
        "code[] '$ walk --slowly\\nok'",
        "----",
        "1. Go out.⏎2. Come back.",
    ],
    "handwritten": [
        "# Rules for the allotment",
        "Written by hand since *1998*, tags in capitals, few of them closed",
        "Second paragraph, with a bare address: "
        "[https://plots.example/map_(2026)](https://plots.example/map_(2026)). "
        "And mail: [the hut](mailto:hut@plots.example).",
        ".• No `fires`",
        ".•= Dogs on leads",
        "*Hut*",
        ".= Where the key hangs",
        "*Key*",
        ".= See hut",
        "Open daily",
        "table[ll!] Plot | Holder / 1 | Ibrahim / 2 | 3 | Zoé",
        "Left column of an old layout.",
        ".• with a list",
        "Right column.",
        "Do not press [Minutes of May](https://ferry.example/2026/08/minutes/may.txt)",
    ],
}


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_bodies_read_as_their_writers_meant(name: str) -> None:
    html = (BODIES / f"{name}.html").read_text(encoding="utf-8")
    assert outline(document(html, "https://ferry.example/2026/08/night/")) == EXPECTED[name]
