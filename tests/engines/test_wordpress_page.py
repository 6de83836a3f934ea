"""Comments out of pages whose markup is none of the usual three, or is odd."""

import time

import pytest

from tui_reader.domain.comment import CommentKind, CommentState
from tui_reader.engines.wordpress_page import read_page

URL = "https://quill.example/2026/05/on-ink/"


def read(body, url=URL):
    return read_page(f"<!doctype html><html><body>{body}</body></html>", url)


def test_theme_that_numbers_the_item_and_the_box_in_it_gives_each_comment_once():
    page = read("""
        <ol><li class="comment" id="li-comment-5"><div id="comment-5" class="comment">
              <cite class="fn">Ann</cite><div class="comment-meta"><a href="#comment-5">today</a></div>
              <div class="comment-body"><p>One.</p></div></div>
            <ul class="children"><li class="comment" id="li-comment-6"><div id="comment-6" class="comment">
              <cite class="fn">Bo</cite><p>Two.</p></div></li></ul></li></ol>""")
    assert [(c.id, c.parent_id, c.author) for c in page.comments] == [("5", None, "Ann"), ("6", "5", "Bo")]
    assert "One." in page.comments[0].html
    assert "Two." not in page.comments[0].html


def test_theme_that_numbers_only_the_box_keeps_the_nesting():
    page = read("""
        <ol><li class="comment depth-1"><article id="comment-5" class="comment"><b class="fn">Ann</b>
              <div class="comment-content"><p>One.</p></div></article>
            <ol class="children"><li class="comment depth-2"><article id="comment-6" class="comment">
              <b class="fn">Bo</b><div class="comment-content"><p>Two.</p></div></article></li></ol></li>""")
    assert [(c.id, c.parent_id, c.html) for c in page.comments] == [
        ("5", None, "<p>One.</p>"),
        ("6", "5", "<p>Two.</p>"),
    ]


def test_markup_of_the_first_years_has_bare_words_after_a_small_line():
    page = read("""
        <ol class="commentlist"><li class="alt" id="comment-5"><cite><a href="https://ann.example/">Ann</a></cite>
        Says:<br><small class="commentmetadata"><a href="#comment-5">May 1st, 2006</a></small>
        <p>Why <em>ink</em> &lt;here&gt;?</p> And why not.</li></ol>""")
    (comment,) = page.comments
    assert (comment.author, comment.author_url) == ("Ann", "https://ann.example/")
    assert comment.html == "<p>Why <em>ink</em> &lt;here&gt;?</p> And why not."
    assert comment.published is None


def test_reply_does_not_lend_its_author_to_a_comment_that_has_none():
    page = read("""
        <li class="comment" id="comment-5"><div class="comment-content"><p>One.</p></div>
          <ol><li class="comment" id="comment-6"><b class="fn">Bo</b>
            <time datetime="2026-05-01T10:00:00Z"></time></li></ol></li>""")
    assert [(c.author, c.published is None) for c in page.comments] == [("", True), ("Bo", False)]


def test_own_link_is_told_from_links_to_it_in_answers():
    page = read(f"""
        <li class="comment" id="comment-5"><a href="{URL}comment-page-2/#comment-5">now</a>
          <ol><li class="comment" id="comment-6">
            <div class="comment-content">see <a href="https://evil.example/#comment-5">this</a></div></li></ol></li>
        <p><a href="https://evil.example/#comment-6">and this</a></p>""")
    assert [c.url for c in page.comments] == [f"{URL}comment-page-2/#comment-5", f"{URL}#comment-6"]
    assert page.number == 2


def test_names_and_links_are_made_safe():
    page = read("""<li class="comment" id="comment-5"><cite class="fn"><a href="javascript:x()">A&#27;[31m
nn&#8238;</a></cite><p>One.</p></li>""")
    assert page.comments[0].author == "A[31m nn"
    assert page.comments[0].author_url is None


def test_held_comment_and_other_sites_answers_are_told_apart():
    page = read("""
        <li class="comment" id="comment-5"><em class="comment-awaiting-moderation">Wait.</em><p>One.</p></li>
        <li class="trackback" id="comment-6"><div class="comment-body">Ping: <a href="/x">T</a></div></li>
        <li class="webmention" id="comment-7"><b class="fn">W</b><p>Seen.</p></li>""")
    assert [c.state for c in page.comments] == [
        CommentState.HELD,
        CommentState.PUBLISHED,
        CommentState.PUBLISHED,
    ]
    assert [c.kind for c in page.comments] == [
        CommentKind.COMMENT,
        CommentKind.TRACKBACK,
        CommentKind.WEBMENTION,
    ]
    assert "Wait" not in page.comments[0].html
    assert page.comments[1].author_url == "https://quill.example/x"


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<h2 id='comment-5'>Comments</h2><input id='comment-6'><div id='comment-7'>no class</div>",
        "<div id='comment-reply-link'></div><li id='comment-'></li><li id='comment-٣'></li>",
        "\0<li",
    ],
    ids=["empty", "other things of that name", "no numbers", "rubbish"],
)
def test_page_without_comments_gives_none(body):
    assert read(body).comments == ()


@pytest.mark.parametrize(
    ("written", "is_known"),
    [
        ("2026-05-01T11:00:00+02:00", True),
        ("2026-05-01T11:00:00", False),
        ("yesterday", False),
        ("0001-01-01T00:00:00+14:00", False),
        ("0001-01-01T00:00:00+00:00", False),
        ("9999-12-31T23:59:59+00:00", False),
    ],
    ids=["with a zone", "without", "words", "before all time", "the first second", "the last second"],
)
def test_only_a_time_with_its_zone_is_a_date(written, is_known):
    page = read(f'<li class="comment" id="comment-5"><time datetime="{written}"></time></li>')
    assert (page.comments[0].published is not None) is is_known


def test_a_name_has_room_on_the_screen():
    page = read(f'<li class="comment" id="comment-5"><cite class="fn">{"Ann " * 100_000}</cite></li>')
    assert page.comments[0].author == "Ann " * 75


def test_page_numbers_are_those_of_this_post_alone():
    page = read(f"""<li class="comment" id="comment-5"></li>
        <a href="{URL}comment-page-3/#comments">3</a> <a href="/2026/05/on-ink/comment-page-2">2</a>
        <a href="/2026/04/other/comment-page-9/">9</a> <a href="http://www.quill.example/2026/05/on-ink/?cpage=4">4</a>
        <a href="comment-page-99999999999999/">!</a>""")
    assert page.numbers == {2, 3, 4}


def test_head_of_the_page_tells_where_the_api_is():
    page = read_page(
        """<html><head><link rel="https://api.w.org/" href="/wp-json/">
        <link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/12">
        <meta name="generator" content="WordPress 6.7"></head><body class="page page-id-12"></body></html>""",
        URL,
    )
    assert page.address.root == "https://quill.example/wp-json/"
    assert (page.address.route, page.address.post_id) == ("/wp/v2/pages/12", "12")
    assert page.is_wordpress


def test_number_of_the_post_is_in_its_form_or_its_class():
    assert read("<input name='comment_post_ID' value='12'>").address.post_id == "12"
    assert read_page("<body class='single postid-13'>", URL).address.post_id == "13"


@pytest.mark.parametrize(
    "hostile",
    [
        "<li class=comment id=comment-1>" * 20_000,
        "<div>" * 50_000
        + "".join(f"<li class=comment id=comment-{n}><b class=fn>x</b></li>" for n in range(2_000)),
        "".join(f"<div class=comment id=comment-{n}>" for n in range(20_000)),
        "<li class=comment id=comment-1>" + "<div class=comment-meta>x</div>" * 50_000,
    ],
    ids=["one number nested", "deep page", "nested comments", "heads"],
)
def test_page_made_to_be_slow_is_read_in_little_time(hostile):
    started = time.process_time()
    read(hostile)
    assert time.process_time() - started < 5
