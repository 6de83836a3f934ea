import subprocess
import sys
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_reader.content.markdown import in_line
from tui_reader.content.readable import document, plain_text, to_markdown
from tui_reader.content.typeset import wrapped
from tui_reader.content.widths import cells

BASE = "https://blog.example/p/"

BODY = """
<h2>Getting there</h2>
<p>The <b>night ferry</b> leaves at ten; the <a href="/times">times</a> are on the door, and on
<a href="https://ferry.example/">https://ferry.example/</a>.</p>
<blockquote><p>Nobody sleeps on the first crossing.</p><blockquote>Nobody.</blockquote>
<ul><li>ever</li></ul></blockquote>
<ul><li>a coat that keeps out the wind of the open sea</li><li>bread<ol start="9"><li>white</li><li>brown, for
the second day at sea</li></ol></li></ul>
<pre><code class="language-sh">ferry --now
  # or never</code></pre>
<table><tr><th>Port<th align=right>Miles</tr><tr><td>Île d’été<td align=right>0</tr>
<tr><td>港<td align=right>42</table>
<figure><a href="/full.jpg"><img src="/deck.jpg" alt="The deck"></a>
<figcaption>Before the rain</figcaption></figure>
<img src="/IMG_1.jpg"><hr><p>x<sup>2</sup> H<sub>2</sub>O 2<sup>nd</sup><br>end</p>
"""

PLAIN = """\
## Getting there

The night ferry leaves at ten; the times are on the door, and on https://ferry.example/.

> Nobody sleeps on the first crossing.
>
> > Nobody.
>
> • ever

• a coat that keeps out the wind of the open sea
• bread
  9. white
  10. brown, for the second day at sea

    ferry --now
      # or never

Port       Miles
---------  -----
Île d’été      0
港            42

[image: The deck] Before the rain

[image: IMG_1.jpg]

* * *

x² H₂O 2ⁿᵈ
end"""


def test_a_document_as_plain_text() -> None:
    assert plain_text(document(BODY, BASE)) == PLAIN


def test_lines_end_at_the_width_and_hang_under_their_marks() -> None:
    html = """<p>The ferry leaves at ten o’clock</p><blockquote>Nobody sleeps on the first one</blockquote>
    <ol start=10><li>a coat against the wind<p>and bread, white or brown</p></li></ol>"""
    assert plain_text(document(html, BASE), 20) == dedent("""\
        The ferry leaves at
        ten o’clock

        > Nobody sleeps on
        > the first one

        10. a coat against
            the wind

            and bread, white
            or brown""")


def test_links_are_listed_when_asked_for() -> None:
    told = plain_text(document(BODY, BASE), with_links=True)
    assert "the times[1] are on the door, and on https://ferry.example/." in told
    assert "[image: The deck][3] Before the rain" in told
    assert told.endswith(
        "\n\n[1] https://blog.example/times\n[2] https://ferry.example/\n[3] https://blog.example/full.jpg"
    )


def test_nothing_is_an_empty_text() -> None:
    assert plain_text(document("", BASE), with_links=True) == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("漢字とかなの長い文章です", ["漢字とかな", "の長い文章", "です"]),
        ("word 漢字 and words", ["word 漢字", "and words"]),
        ("uninterrupted-and-long", ["uninterrupted-and-long"]),
        ("10\xa0000 gulls\xa0! x", ["10\xa0000", "gulls\xa0! x"]),
        ("  two  spaces", ["two spaces"]),
        ("a\n\nb", ["a", "", "b"]),
    ],
)
def test_text_is_wrapped_where_its_script_allows(text: str, expected: list[str]) -> None:
    assert list(wrapped(text, 10)) == expected


@given(st.text(), st.integers(min_value=1, max_value=30))
def test_wrapping_loses_no_character_but_spaces(text: str, room: int) -> None:
    lines = list(wrapped(text, room))
    assert "".join("".join(lines).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [("abc", 3), ("é", 1), ("e\u0301", 1), ("漢字", 4), ("👩‍👩‍👧", 2), ("\u200f", 0), ("", 0)],
)
def test_columns_are_counted_as_terminals_draw(text: str, expected: int) -> None:
    assert cells(text) == expected


def test_a_name_in_a_line_of_markdown_is_no_mark() -> None:
    assert in_line("**Nadia** [x](https://evil.example)\n<b> C#") == (
        r"\*\*Nadia\*\* \[x\](https://evil.example) \<b> C#"
    )


def test_a_body_as_markdown() -> None:
    told = to_markdown(BODY, BASE)
    for part in (
        "## Getting there",
        "The **night ferry** leaves at ten; the [times](https://blog.example/times) are on the door, "
        "and on <https://ferry.example/>.",
        "> Nobody sleeps on the first crossing.",
        ">> Nobody.",
        "- a coat that keeps out the wind of the open sea\n",
        "9. white\n",
        "```sh\nferry --now\n  # or never\n```\n",
        "Port| Miles  \n---|---  \nÎle d’été| 0  \n港| 42  \n",
        "[![The deck](https://blog.example/deck.jpg)](https://blog.example/full.jpg)",
        "![IMG_1.jpg](https://blog.example/IMG_1.jpg)",
        "* * *",
        "x<sup>2</sup> H<sub>2</sub>O",
    ):
        assert part in told


def test_words_that_look_like_markdown_stay_words() -> None:
    told = to_markdown("<p>[click](ftp://evil.example) *x* # y</p><p>1. z</p>", BASE)
    assert told == "\\[click\\]\\(ftp://evil.example\\) \\*x\\* \\# y\n\n1\\. z"


def test_a_bar_in_a_cell_does_not_end_it() -> None:
    assert "1 \\| 2| 3" in to_markdown("<table><tr><th>a<th>b<tr><td>1 | 2<td>3</table>", BASE)


def test_lists_keep_their_depth_in_markdown() -> None:
    told = to_markdown("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul><ol><li>d</li></ol>", BASE)
    lines = [line for line in told.split("\n") if line.strip()]
    assert [line.strip() for line in lines] == ["- a", "- b", "- c", "1. d"]
    depth = [len(line) - len(line.lstrip()) for line in lines]
    assert depth[1] > depth[0] == depth[2]


def test_html2text_waits_until_there_is_text_to_convert() -> None:
    code = "import sys, tui_reader.content.readable; sys.exit('html2text' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_what_markdown_has_and_html2text_has_not() -> None:
    html = """<p>As said.<sup><a href="#fn1" id="r1">1</a></sup></p>
    <ul><li><input type=checkbox checked>done</li><li><input type=checkbox>to do</li></ul>
    <blockquote><ul><li>a<pre><code class="language-py">x = 1
```</code></pre></li></ul></blockquote>
    <details><summary>More <b>of it</b></summary>inside</details>
    <ol><li id="fn1">Not quite. <a href="#r1">↩</a></li></ol>"""
    assert to_markdown(html, BASE) == dedent("""\
        As said.[^1]

          - [x] done
          - [ ] to do

        >   - a
        >
        > ````py
        > x = 1
        > ```
        > ````

        **▾ More of it**

        inside

        [^1]: Not quite.""")
