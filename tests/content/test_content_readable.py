import threading

import pytest
from content_outline import outline

from tui_reader.content.blocks import Document, Image, Paragraph, Span, Style
from tui_reader.content.readable import DocumentCache, document, without_reply_notice, words_and_minutes

BASE = "https://blog.example/2026/quay/"


def read(html: str) -> list[str]:
    return outline(document(html, BASE))


CASES = {
    "no markup at all": ("Just words", ["Just words"]),
    "nothing": ("", []),
    "only white space": ("<p> &nbsp; </p>\n<div><br></div>", []),
    "white space folds": ("<p>  a \n\t b<b> c </b> d  </p>", ["a b* c *d"]),
    "spaces stay between styles": ("<p><b>Note:</b> text<i> here</i></p>", ["*Note:* text/ here/"]),
    "cjk emphasis has no spaces": ("<p>これは<strong>「大事」</strong>です</p>", ["これは*「大事」*です"]),
    "text that looks like Markdown": (
        "<p>1. no list</p><p># no heading</p><p>[x](y) *z* `q` &lt;b&gt;</p>",
        ["1. no list", "# no heading", "[x](y) *z* `q` <b>"],
    ),
    "one break ends a line": ("<p>one<br>two <br/> three</p>", ["one⏎two⏎three"]),
    "two breaks end a paragraph": ("one<br><br>two<br>\n<br>\n<br>three", ["one", "two", "three"]),
    "breaks at the ends are nothing": ("<p><br>one<br></p>", ["one"]),
    "headings": ("<h1>A</h1><h6>B <em>c</em></h6><h2></h2>", ["# A", "###### B /c/"]),
    "an unclosed heading ends at the next": ("<h2>A<h3>B</h3>c", ["## A", "### B", "c"]),
    "rules": ("a<hr>b<p>* * *</p>c<p>—</p>", ["a", "----", "b", "----", "c", "—"]),
    "nested lists": (
        "<ul><li>a<ol start=3><li>b</li><li>c<ul><li>d</li></ul></li></ol></li><li>e</li></ul>f",
        [".• a", "..3.= b", "..4.= c", "...•= d", ".•= e", "f"],
    ),
    "a list right inside a list": ("<ul><li>a</li><ul><li>b</li></ul></ul>", [".• a", "..•= b"]),
    "an item with paragraphs loosens its list": (
        "<ol><li><p>a</p><p>more</p></li><li><p>b</p></li></ol>",
        [".1. a", ". more", ".2. b"],
    ),
    "quotation and code in an item": (
        "<ul><li>a<blockquote>q</blockquote><pre>x\n y</pre></li></ul>",
        [".• a", ">. q", ". code[] 'x\\n y'"],
    ),
    "list in a quotation in a quotation": (
        "<blockquote>a<blockquote><ul><li>b</ul></blockquote>c</blockquote>d",
        ["> a", ">>.• b", "> c", "d"],
    ),
    "numbers of items": (
        "<ol type=a><li>x<li value=26>y<li>z</ol><ol type=I start=4><li>p</ol>",
        [".a. x", ".z.= y", ".27.= z", ".IV. p"],
    ),
    "counting down": ("<ol reversed><li>c<li>b<li>a</ol>", [".3. c", ".2.= b", ".1.= a"]),
    "things to do": (
        "<ul><li><input type=checkbox checked disabled> tea</li><li><input type=checkbox> milk</li></ul>",
        [".☑ tea", ".☐= milk"],
    ),
    "an item that is empty": ("<ul><li></li><li>b</li></ul>c", [".• b", "c"]),
    "items without a list": ("<li>a<li>b", [".• a", ".•= b"]),
    "code keeps its lines": (
        "<pre>\n\n  if a:\n\tb  \n\n</pre>",
        ["code[] '  if a:\\n    b'"],
    ),
    "code knows its language": (
        "<pre class='brush: ruby; title: x'>a</pre><div class='highlight-source-rust'><pre>b</pre></div>"
        "<pre><code class='language-c++'>c</code></pre><pre data-lang=go>d</pre><pre class=lang-none>e</pre>",
        ["code[ruby] 'a'", "code[rust] 'b'", "code[c++] 'c'", "code[go] 'd'", "code[] 'e'"],
    ),
    "code of smileys and lines": (
        "<pre><div>a</div><div>b</div>c<img alt=':)' src=x></pre>",
        ["code[] 'a\\nb\\nc:)'"],
    ),
    "highlighted code": (
        "<pre><code><span class=k>def</span> <span class=nf>f</span>():<br>  <b>pass</b></code></pre>",
        ["code[] 'def f():\\n  pass'"],
    ),
    "numbers beside code are no code": (
        "<table><tr><td class='gutter'><pre>1\n2</pre></td><td class=code><pre>a\nb</pre></td></tr></table>",
        ["code[] 'a\\nb'"],
    ),
    "small marks": (
        "<p><kbd>ctrl</kbd> <samp>x</samp> <var>y</var> <del>old</del> <ins>new</ins> <q>said</q> "
        "<abbr title='HyperText'>HTML</abbr> x<sup>2</sup> H<sub>2</sub>O <u>u</u></p>",
        ["`ctrl` `x` /y/ ~old~ new “said” HTML (HyperText) x^2^ H_2_O u"],
    ),
    "ruby": ("<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>字", ["漢(かん)字"]),
    "styles that cross": ("<p><b>a<i>b</b>c</i>d</p>", ["*a*/*b*//c/d"]),
    "a style closed within a paragraph": ("<b><p>a</b> b</p><p>c</p>", ["*a* b", "c"]),
    "a style left open ends with its item": ("<ul><li><b>a<li>b</ul>c", [".• *a*", ".•= b", "c"]),
    "bold that is none": (
        "<b style='font-weight:normal'><p>a <span style='font-weight:700'>b</span></p></b>",
        ["a *b*"],
    ),
    "links": (
        "<p><a href='/x'>a <b>b</b></a> <a name=here>c</a> "
        "<a href='javascript:x()'>d</a> <a href='#top'>e</a></p>",
        ["[a ](https://blog.example/x)[*b*](https://blog.example/x) c d e"],
    ),
    "a link around blocks": (
        "<a href='/x'><h2>a</h2><p>b</p></a>c",
        ["## [a](https://blog.example/x)", "[b](https://blog.example/x)", "c"],
    ),
    "a link to a comment of the page leads there": (
        "<a href='#comment-7'>Ann</a> <a href='https://blog.example/2026/quay/#fn'>x</a>",
        ["[Ann](https://blog.example/2026/quay/#comment-7) x"],
    ),
    "bare addresses": (
        "<p>See https://a.example/x_(y), (http://b.example/?q=1) or «https://c.example/é».</p>",
        [
            "See [https://a.example/x_(y)](https://a.example/x_(y)), "
            "([http://b.example/?q=1](http://b.example/?q=1)) or «[https://c.example/é](https://c.example/é)»."
        ],
    ),
    "no address in code": ("<code>https://a.example</code>", ["`https://a.example`"]),
    "no address within a link": (
        "<a href='https://b.example/'>https://a.example/</a>",
        ["[https://a.example/](https://b.example/)"],
    ),
    "a linked picture": (
        "<p>a <a href='/full.jpg'><img src='s.jpg' alt='Sea'></a> b</p>",
        ["a", "image 'Sea' https://blog.example/2026/quay/s.jpg -> https://blog.example/full.jpg", "b"],
    ),
    "a picture without words": ("<img src='/a/b.jpg'>", ["image '' https://blog.example/a/b.jpg"]),
    "a picture that loads late": (
        "<img src='data:image/gif;base64,R0' data-src='/late.jpg' alt=x>"
        "<noscript><img src='/late.jpg'></noscript>"
        "<img srcset='/one.jpg 1x, /two.jpg 2x'>",
        ["image 'x' https://blog.example/late.jpg", "image '' https://blog.example/one.jpg"],
    ),
    "pictures that count readers": (
        "<p>a<img src='https://t.example/p' width=1 height=1><img src='https://pixel.wp.com/b.gif?x'></p>",
        ["a"],
    ),
    "icons are words": (
        "<p>ok <img src=/e.png class=emoji alt='👍'><img src=/i.png width=16 height=16 alt='(new)'>"
        "<img class=latex alt='x^2' src=/l.png></p>",
        ["ok 👍(new)`$x^2$`"],
    ),
    "the older captions": (
        "<div class='wp-caption'><img src=/a.jpg alt=A><p class='wp-caption-text'>On <i>deck</i></p></div>b",
        ["image 'A' https://blog.example/a.jpg :: On /deck/", "b"],
    ),
    "a caption before its picture": (
        "<figure><figcaption>On deck</figcaption><img src=/a.jpg></figure>",
        ["image '' https://blog.example/a.jpg :: On deck"],
    ),
    "a gallery": (
        "<figure><figure><img src=/a.jpg><figcaption>A</figcaption></figure>"
        "<figure><img src=/b.jpg></figure><figcaption>Both</figcaption></figure>",
        ["image '' https://blog.example/a.jpg :: A", "image '' https://blog.example/b.jpg", "/Both/"],
    ),
    "tables": (
        "<table><caption>Tides</caption><thead><tr><th>Day<th style='text-align:right'>m</thead>"
        "<tr><td>Mon<br>day<td align=right><b>3</b>|1<tr><td colspan=2>none</table>",
        ["/Tides/", "table[lr!] Day | m / Mon day | *3*|1 / none | "],
    ),
    "cells over several rows": (
        "<table><tr><td rowspan=2>a<td>b<tr><td>c<tr><td>d<td>e</table>",
        ["table[ll] a | b /  | c / d | e"],
    ),
    "a table that only lays out": (
        "<table role=presentation><tr><td>a<td><p>b</p></table><table><tr><td>only one</td></tr></table>",
        ["a", "b", "only one"],
    ),
    "tables without a row or a head": (
        "<td>stray</td><table><td>a<td align=center>b</table><table><tr><td><td></table>"
        "<table><tr><th>r<td>1<tr><th>s<td>2</table>",
        ["stray", "table[lc] a | b", "table[ll] r | 1 / s | 2"],
    ),
    "what stands in cells": (
        "<table><tr><td><img src=/no-words.jpg><td><a href=/x><img src=/p.jpg alt=Sea></a>"
        "<tr><td><ul><li>a<li>b</ul><td><h4>c</h4></table>",
        ["table[ll] no-words.jpg | [Sea](https://blog.example/x) / • a • b | c"],
    ),
    "columns of long text": (
        f"<table><tr><td>a<td>b<tr><td>{'long ' * 90}<td>c</table>",
        ["a", "b", ("long " * 90).strip(), "c"],
    ),
    "more than words in a caption": (
        "<figure><img src=/a.jpg><figcaption>How<pre>x = 1</pre></figcaption></figure>",
        ["image '' https://blog.example/a.jpg :: How", "code[] 'x = 1'"],
    ),
    "two classic captions": (
        "<div class=wp-caption><div><img src=/a.jpg></div><p class=wp-caption-text>A</p></div><div>b</div>"
        "<p class=wp-caption-text>c</p><figcaption>d</figcaption>",
        ["image '' https://blog.example/a.jpg :: A", "b", "c", "d"],
    ),
    "a form in a form": ("<form><p>a<form><p>b</form></form>c", ["c"]),
    "a table in a table": (
        "<table><tr><td><table><tr><th>a<th>b<tr><td>1<td>2</table><td>x</table>y",
        ["table[ll!] a | b / 1 | 2", "x", "y"],
    ),
    "films and recordings": (
        "<iframe src='https://player.vimeo.com/video/7?h=1' title='Sea &amp; sky'></iframe>"
        "<video><source src='/a%20b.mp4'>Your browser…</video><audio src=/n.ogg></audio>"
        "<iframe src='https://www.youtube-nocookie.com/embed/videoseries?list=PL1'></iframe>"
        "<iframe src='about:blank'></iframe>"
        "<iframe data-src='https://www.dailymotion.com/embed/video/x7'></iframe>"
        "<embed src='//maps.example/e?q=1'>",
        [
            "[▶ Sea & sky](https://vimeo.com/7)",
            "[▶ a b.mp4](https://blog.example/a%20b.mp4)",
            "[▶ n.ogg](https://blog.example/n.ogg)",
            "[▶ YouTube](https://www.youtube.com/playlist?list=PL1)",
            "[▶ Dailymotion](https://www.dailymotion.com/video/x7)",
            "[▶ maps.example](https://maps.example/e?q=1)",
        ],
    ),
    "a post shown within a post": (
        "<blockquote class='wp-embedded-content'><a href='https://b.example/p/'>Theirs</a></blockquote>"
        "<iframe class='wp-embedded-content' src='https://b.example/p/embed/'></iframe>",
        ["> [Theirs](https://b.example/p/)"],
    ),
    "what opens on demand": (
        "<details><summary>More</summary><p>inside</p></details>",
        ["▸1 More", "inside"],
    ),
    "terms": ("<dl><dt>a<dd>b<dd>c<dt>d<dd>e</dl>f", ["*a*", ".= b", ".= c", "*d*", ".= e", "f"]),
    "what pages do not show": (
        "a<script>x<y</script><style>p{}</style><template>t</template><select><option>o</select>"
        "<span class='screen-reader-text'>(opens)</span><span hidden>h</span>"
        "<div style='display: none'><div>d</div>d</div>"
        "<a class=x aria-hidden=true href=#>#</a>b<!-- c --><svg><text>s</text></svg>",
        ["ab"],
    ),
    "forms": (
        "<form class='post-password-form' method=post><p>To view it, enter your password.</p>"
        "<p><label>Password: <input name=post_password></label></p></form>",
        [],
    ),
    "a page within a form": (f"<form><p>{'word ' * 120}</p></form>", [("word " * 120).strip()]),
    "right to left": ("<p dir=rtl>שלום <b>עולם</b>, مرحبا\u200c</p>", ["שלום *עולם*, مرحبا\u200c"]),
    "emoji": ("<p>👩‍👩‍👧‍👦 👍🏽 &#x1F1EB;&#x1F1F7;</p>", ["👩‍👩‍👧‍👦 👍🏽 🇫🇷"]),
    "entities are cleaned after they are resolved": (
        "<p>a&#27;]0;x&#7;b &amp;#27; &#157;52 &shy;&#x202e;c</p><pre>&#27;[2J</pre>"
        "<img src=/x.jpg alt='&#27;[31m'><code>&#x9b;1m</code>",
        ["a]0;xb &#27; 52 c", "code[] '[2J'", "image '[31m' https://blog.example/x.jpg", "`›1m`"],
    ),
    "a comment as WordPress gives it": (
        "<p>Thank you, <em>Ann</em>!<br />\nSee <a href='https://a.example' rel='nofollow ugc'>https://a.example</a></p>\n"
        "<blockquote><p>and <code>x &lt; y</code></p></blockquote>\n",
        ["Thank you, /Ann/!⏎See [https://a.example](https://a.example/)", "> and `x < y`"],
    ),
}


@pytest.mark.parametrize(("html", "expected"), CASES.values(), ids=CASES.keys())
def test_html_reads_as_it_is_meant(html: str, expected: list[str]) -> None:
    assert read(html) == expected


def test_links_are_numbered_in_the_order_of_their_first_use() -> None:
    html = (
        "<p><a href='/b'>b</a> <a href='/a'>a</a> <a href='/b'>again</a> <a href='#x'>here</a></p>"
        "<a href='/c'><img src='/pic.jpg'></a><form><a href='/gone'>x</a></form>"
        "<table><tr><td><a href='/d'>d</a><td>e</table>"
    )
    doc = document(html, BASE)
    assert doc.links == tuple(f"https://blog.example/{name}" for name in "bacd")


def test_a_body_of_nothing_is_an_empty_document() -> None:
    assert document("<p></p>", BASE) == Document()


def test_relative_addresses_without_a_base_are_no_links() -> None:
    doc = document("<a href='/x'>a</a><img src='/y.jpg' alt='y'>", "")
    assert outline(doc) == ["ay"]
    assert doc.links == ()


def test_a_caption_of_two_paragraphs_is_one_line() -> None:
    [image] = document(
        "<figure><img src=/a.jpg><figcaption><p>a<br>b</p><p>c</p></figcaption></figure>", BASE
    ).blocks
    assert isinstance(image, Image)
    assert "".join(span.text for span in image.caption) == "a b c"


@pytest.mark.parametrize(
    "notice",
    [
        '<p>In reply to <a href="https://blog.example/2026/quay/#comment-128">Alice</a>.</p>\n',
        '<p>En réponse à <a href="https://blog.example/?p=1#comment-3">Zoé</a>.</p>',
        "<p><a href='https://blog.example/quay/comment-page-2/#comment-9'>太郎</a> への返信。</p>\n",
        '\n<p>In reply to <a rel="nofollow" href="#comment-1">A &amp; B</a>.</p>',
    ],
    ids=["english", "french", "japanese", "other attributes"],
)
def test_the_notice_of_a_reply_is_no_part_of_the_comment(notice: str) -> None:
    assert without_reply_notice(f"{notice}<p>Yes.</p>") == "<p>Yes.</p>"


@pytest.mark.parametrize(
    "html",
    [
        "<p>Yes.</p>",
        "",
        '<p>As <a href="#comment-2">Bob</a> said, it is late.</p>',
        '<p>See <a href="https://other.example/page">this</a>.</p>',
        '<p>See <a href="#comment-2">Bob</a> and <a href="#comment-3">Ann</a>.</p>',
        '<p>Yes.</p><p>In reply to <a href="#comment-2">Bob</a>.</p>',
        f'<p>{"a long way of saying it, " * 6}<a href="#comment-2">Bob</a>.</p>',
    ],
)
def test_a_commenters_own_words_are_kept(html: str) -> None:
    assert without_reply_notice(html) == html


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("", (0, 0)),
        ("<p>one</p>", (1, 1)),
        ("<p>it’s well-known, e.g. 3.14</p>", (4, 1)),
        ("<p>" + "word " * 690 + "</p>", (690, 3)),
        ("<p>" + "漢字" * 500 + "</p>", (500, 2)),
        ("<table><tr><th>a<th>b<tr><td>c<td>d</table><pre>e f</pre><hr>", (6, 1)),
    ],
)
def test_words_and_minutes(html: str, expected: tuple[int, int]) -> None:
    assert words_and_minutes(document(html, BASE)) == expected


def test_documents_are_made_once_while_they_are_kept() -> None:
    cache = DocumentCache(maxsize=2)
    first = cache.document("<p>a</p>", BASE)
    assert first == Document((Paragraph(spans=(Span("a"),)),))
    second = cache.document("<p>b</p>", BASE)
    assert cache.document("<p>a</p>", BASE) is first
    cache.document("<p>c</p>", BASE)
    assert cache.document("<p>a</p>", BASE) is first
    assert cache.document("<p>b</p>", BASE) is not second
    assert cache.document("<a href=x>a</a>", BASE) != cache.document(
        "<a href=x>a</a>", "https://other.example/"
    )


def test_threads_may_ask_for_documents_together() -> None:
    cache = DocumentCache(maxsize=3)
    wrong: list[int] = []

    def ask(number: int) -> None:
        for turn in range(200):
            word = f"w{(number + turn) % 5}"
            doc = cache.document(f"<b>{word}</b>", BASE)
            if doc.blocks != (Paragraph(spans=(Span(word, frozenset({Style.STRONG})),)),):
                wrong.append(number)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
