"""What pages put around a text goes; what its writer said stays, however alike it looks."""

import pytest
from content_outline import outline

from tui_reader.content.readable import document

# ruff: noqa: E501 (a line a case)
POST = "https://shed.example/2026/roof/"
STAYS = "<p>The roof is up.</p>"

GOES = {
    "where a post came from": f"<p>The post <a href='{POST}'>Roof</a> appeared first on <a href='https://shed.example'>Shed</a>.</p>",
    "in german": f"<p>Der Beitrag <a href='{POST}'>Dach</a> erschien zuerst auf <a href='https://shed.example/'>Shed</a>.</p>",
    "over http and with a counter": "<p>L’article <a href='http://www.shed.example/2026/roof?utm_source=rss'>Toit</a> est "
    "apparu en premier sur <a href='https://shed.example/'>Shed</a>.</p>",
    "a stub": f"<p><a href='{POST}#more-7'>Continue reading →</a></p>",
    "a stub by its class": "<p><a class='more-link' href='/elsewhere/'>Weiterlesen</a></p>",
    "a heading over nothing": f"<h3>More</h3><p><a href='{POST}'>Read on …</a></p>",
    "buttons to share": "<div class='sharedaddy sd-sharing-enabled'><h3>Share this:</h3><ul><li><a href='/x'>X</a></ul></div>",
    "a call to subscribe": "<div class='subscription-widget-wrap'><p>Thanks for reading!</p></div>",
    "a button to subscribe": "<p class='button-wrapper'><a class='button primary' href='https://shed.example/subscribe?'>Go</a></p>",
    "a pixel": "<img src='https://pixel.wp.com/b.gif?x' width=1 height=1>",
    "empty paragraphs": "<p>&nbsp;</p><p></p><p><br></p><div><span> </span></div>",
}


@pytest.mark.parametrize("html", GOES.values(), ids=GOES.keys())
def test_furniture_goes(html: str) -> None:
    assert outline(document(STAYS + html, POST)) == ["The roof is up."]


KEPT = {
    "a link to another blog": "<p>The roofer <a href='https://roofs.example/a'>wrote</a> of it on <a href='https://roofs.example'>Roofs</a>.</p>",
    "another post of the blog": "<p>As in <a href='https://shed.example/2025/door/'>Doors</a> on <a href='https://shed.example'>this page</a>.</p>",
    "a link to itself in a sentence": f"<p>A <a href='{POST}'>permanent address</a>, for those who ask.</p>",
    "a button that leads elsewhere": "<p class='button-wrapper'><a class='button primary' href='https://roofs.example/book'>The book</a></p>",
    "a heading over something": "<h3>More</h3><p>to come</p>",
}


@pytest.mark.parametrize("html", KEPT.values(), ids=KEPT.keys())
def test_words_of_the_writer_stay(html: str) -> None:
    assert len(outline(document(STAYS + html, POST))) == html.count("<p") + html.count("<h") + 1


def test_a_post_that_is_nothing_but_a_link_to_itself_is_not_emptied() -> None:
    assert outline(document(f"<p><a href='{POST}'>Roof</a></p>", POST)) == [f"[Roof]({POST})"]
