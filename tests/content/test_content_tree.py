"""Pages become trees in time that does not run away with their size."""

import base64
import random
import time

import pytest

from tui_reader.content.tree import tree_of


def test_honest_page_is_parsed_whole():
    cells = "".join(f"<tr><td><b>{n}</b><td><p>one<p>two</tr>" for n in range(3_000))
    lists = "<ul>" + "<li>a<li>b" * 3_000 + "</ul>"
    page = f"<!doctype html><body><div>{cells}<table>{cells}</table>{lists}</div><i id=end>end</i></body>"
    assert tree_of(page).css_first("#end") is not None


def test_picture_in_an_attribute_is_no_reason_to_stop():
    picture = "data:image/png;base64," + base64.b64encode(random.Random(7).randbytes(1_000_000)).decode()
    assert tree_of(f"<img src='{picture}'><p id=end>").css_first("#end") is not None


def test_sloppy_page_that_never_closes_bold_is_parsed_whole():
    page = "<p><b>word" * 500 + "<p id=end>"
    assert tree_of(page).css_first("#end") is not None


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 400_000,
        "<div>" * 200_000 + "<li>x</li>" * 100_000,
        "<div><table><tr><td></div></td></tr></table>" * 60_000,
        "".join(f"<p><b a={n}>" for n in range(20_000)),
        "".join(f"<b a={n}>" for n in range(900)) + "<p>x" * 300_000,
        "<div " + " ".join(f"a{n}=1" for n in range(400_000)) + ">",
        "<div " + "/".join(f"a{n}" for n in range(400_000)),
        "<svg><title>" + "<g>" * 400_000,
        "<ul><li>" * 200_000,
        "<x>" * 400_000 + "</y>" * 400_000,
    ],
    ids=[
        "deep",
        "deep then wide",
        "walls",
        "formats",
        "formats then wide",
        "attributes",
        "slashes",
        "svg",
        "lists",
        "unclosed",
    ],
)
def test_page_made_to_choke_the_parser_is_cut(page):
    started = time.process_time()
    tree_of(f"<h1>Start</h1>{page}")
    assert time.process_time() - started < 6
