"""Which sentence of a post a comment quotes."""

import time

import pytest

from tui_reader.content.citing import Sentences, may_quote
from tui_reader.content.readable import document

POST = """
<h2>Breakfast for a cancelled ferry</h2>
<p>The ferry was cancelled at six, so the whole quay sat down to breakfast together. Nobody had planned it;
somebody had a stove, somebody had <em>eggs</em>, and the rain kept to the other side of the bay.</p>
<p>“We don’t need a timetable,” said the harbour master. She was right about that, as about most things!</p>
<ul><li>Bring your own cup next time, please</li></ul>
<p>船が欠航したので、みんなで朝食を食べた。雨は湾の向こう側にとどまった。</p>
<pre>print("the ferry was cancelled at six")</pre>
"""
BASE = "https://harbour.example/1/"
SENTENCES = Sentences(document(POST, BASE))


def quoted(html):
    return [SENTENCES.all[number].opening[:3] for number in SENTENCES.quoted_in(document(html, BASE))]


def test_sentences_know_their_block_and_first_words():
    openings = [(one.block, one.opening[:2]) for one in SENTENCES.all]
    assert openings[:4] == [
        (0, ("Breakfast", "for")),
        (1, ("The", "ferry")),
        (1, ("Nobody", "had")),
        (2, ("We", "don’t")),
    ]


@pytest.mark.parametrize(
    "html",
    [
        "<blockquote><p>Nobody had planned it; somebody had a stove</p></blockquote><p>Me, in fact.</p>",
        "<p>&gt; nobody had planned it; SOMEBODY had\n<br>&gt; a stove, somebody had eggs<br>I had.</p>",
        "<p>You say “Nobody   had planned it; somebody had a stove” – I did.</p>",
        '<p>"somebody had a stove, somebody had eggs" made my day</p>',
        "<p>« somebody had a stove, somebody had eggs » m’a plu</p>",
        "<p>„Somebody had a stove, somebody had eggs“ gefällt mir</p>",
        "<p>‘somebody had a stove, somebody’s eggs, and the rain kept to the other side’ – nice</p>",
        "<blockquote>Nobody planned it; somebody had a stove, somebody had some eggs, and the rain kept away"
        " to the other side</blockquote>",
        "<blockquote>Nobody had planned it […] the rain kept to the other side of the bay</blockquote>",
    ],
    ids=[
        "blockquote",
        "behind >",
        "curly",
        "straight",
        "guillemets",
        "low",
        "single",
        "other words",
        "left out",
    ],
)
def test_quotation_is_found_whatever_its_marks_its_case_and_a_few_other_words(html):
    assert quoted(html) == [("Nobody", "had", "planned")]


def test_one_comment_may_quote_several_sentences():
    html = (
        "<blockquote><p>The ferry was cancelled at six</p><p>bring your own cup next time</p></blockquote>"
        '<p>And "we don\'t need a timetable" again, "We don’t need a timetable".</p>'
    )
    assert quoted(html) == [("The", "ferry", "was"), ("Bring", "your", "own"), ("We", "don’t", "need")]


def test_scripts_without_spaces_are_quoted_too():
    assert quoted("<p>「雨は湾の向こう側にとどまった」よかった</p>")[0][:2] == ("雨", "は")


@pytest.mark.parametrize(
    "html",
    [
        "<p>The ferry was cancelled at six, so the whole quay sat down.</p>",
        "<p>a “stove”, and “the rain”</p>",
        "<blockquote>Something quite different that another reader wrote about ropes</blockquote>",
        "<blockquote>the whole quay planned eggs, and the stove kept the harbour to a timetable</blockquote>",
        '<p>"</p>',
        "",
    ],
    ids=["no marks", "too short", "of someone else", "words in another order", "a mark alone", "nothing"],
)
def test_what_is_no_quotation_of_the_post_is_none(html):
    assert quoted(html) == []


@pytest.mark.parametrize(
    ("html", "may"),
    [
        ("<blockquote>x</blockquote>", True),
        ("<p>&gt; x</p>", True),
        ("<p>He said “x”</p>", True),
        ('<p>He said "x y"</p>', True),
        ("<p>He said &quot;x&quot; &#8220;y&#8221;</p>", True),
        ('<p class="a">Nothing <a href="https://x.example/">quoted</a> here</p>', False),
    ],
)
def test_most_comments_need_no_closer_look(html, may):
    assert may_quote(html) is may


def test_a_thousand_comments_on_a_long_post_take_little_time():
    words = [f"word{number * 7919 % 1000}" for number in range(20_000)]
    post = document("".join(f"<p>{' '.join(words[at : at + 20])}.</p>" for at in range(0, 20_000, 20)), BASE)
    comments = [
        document(f"<blockquote>{' '.join(words[at : at + 40])}</blockquote><p>Yes</p>", BASE)
        for at in range(0, 19_000, 19)
    ]
    began = time.process_time()
    sentences = Sentences(post)
    found = [sentences.quoted_in(comment) for comment in comments]
    # about 0.1 s here; a matcher that compared everything with everything would take minutes
    assert time.process_time() - began < 3
    assert all(found)


def test_refrain_of_one_word_costs_no_more():
    post = document("<p>" + "na " * 20_000 + "</p>", BASE)
    song = document("<blockquote>" + "na " * 20_000 + "</blockquote>", BASE)
    began = time.process_time()
    assert len(Sentences(post).quoted_in(song)) <= 1
    assert time.process_time() - began < 2
