"""Which feeds give but the beginning of a post."""

import pytest

from tui_reader.content.cut import is_cut

LONG = "<p>" + "Words enough for an evening. " * 80 + "</p>"


@pytest.mark.parametrize(
    "html",
    [
        "<p>The ferry was cancelled at six, so the whole quay [&#8230;]</p>",
        "<p>The ferry was cancelled […]</p><p>The post <a href='x'>Ferry</a> appeared first on <a>B</a>.</p>",
        "The ferry was cancelled at six...",
        "<p>The ferry was cancelled at six, so the &hellip; "
        "<a href='/1#more-1'>Continue reading<span>Ferry</span> <span>&rarr;</span></a></p>",
        "<p>Le bac n’a pas passé… <a href='/1'>Lire la suite</a></p>",
        "<p>Die Fähre fiel aus. <a href='/1'><strong>Weiterlesen »</strong></a></p>",
        "",
    ],
)
@pytest.mark.parametrize("is_description", [True, False])
def test_what_says_that_there_is_more_is_cut(html, is_description):
    assert is_cut(html, is_description=is_description)


@pytest.mark.parametrize(
    ("html", "is_description"),
    [
        (LONG, False),
        (LONG, True),
        ("<p>A short note, and that is all of it.</p>", False),
        ("<p>I went out. Read more books, they said.</p>", False),
        ("<img src='/boat.jpg'>", False),
        (LONG * 4 + "<p>And so it went on…</p>", False),
    ],
    ids=["long", "long description", "note", "the words within", "picture", "long with dots"],
)
def test_what_the_feed_gives_whole_is_not(html, is_description):
    assert not is_cut(html, is_description=is_description)


def test_a_short_description_is_taken_for_a_beginning():
    assert is_cut("<p>What the post is about.</p>", is_description=True)


def test_it_takes_no_time_on_what_is_made_to_take_some():
    for nasty in ("<a " * 50_000, "…" + " " * 200_000 + "x", "<p>The post " * 20_000, "[ " * 100_000):
        is_cut(nasty, is_description=True)


def test_a_script_without_blanks_has_words_as_well():
    long = "<p>" + "吾輩は猫である。名前はまだ無い。" * 40 + "</p>"
    assert not is_cut(long, is_description=True)
    assert is_cut("<p>吾輩は猫である。</p>", is_description=True)


def test_a_recording_without_words_is_all_there_is():
    assert not is_cut('<audio src="/a.mp3" title="a.mp3"></audio>', is_description=True)
