"""Loading a WordPress conversation where the API is closed: pages, then the feed's newest ten."""

import pytest
from pretend_wordpress import PretendWordPress, Said, busy

from tui_reader.domain.comment import CommentKind
from tui_reader.domain.thread import in_reading_order
from tui_reader.engines.wordpress import WordPress


@pytest.fixture
def load(now):
    async def load(blog, place=None):
        async with blog.http() as http:
            return await WordPress(http, now).load(place or blog.place())

    return load


@pytest.mark.parametrize("rest", ["off", "html", "junk"])
@pytest.mark.parametrize("theme", ["html5", "classic", "block"])
async def test_every_markup_gives_every_comment_of_every_page(load, theme, rest):
    blog = PretendWordPress(busy(), theme=theme, rest=rest, page_size=20)
    loaded = await load(blog)
    thread = in_reading_order(loaded.comments)
    assert (len(loaded.comments), loaded.is_complete, loaded.note) == (120, True, "")
    by_id = {comment.id: comment for comment in loaded.comments}
    for one in blog.said:
        comment = by_id[str(one.id)]
        assert comment.parent_id == (str(one.parent) if one.parent else None)
        assert comment.html == one.text
        assert comment.author == "Nora"
    assert max(row.depth for row in thread.rows) == 4
    assert [int(row.comment.id) for row in thread.rows if row.depth == 0] == list(range(101, 161))


@pytest.mark.parametrize("theme", ["html5", "block"])
async def test_dates_of_a_page_are_turned_to_utc(load, theme):
    blog = PretendWordPress([Said(7)], theme=theme, rest="off", has_feeds=False)
    assert (await load(blog)).comments[0].published == blog.said[0].at


async def test_dates_written_for_people_are_taken_from_the_feed_where_it_has_them(load):
    blog = PretendWordPress([Said(number) for number in range(1, 13)], theme="classic", rest="off")
    loaded = await load(blog)
    assert [comment.id for comment in loaded.comments if comment.published is None] == ["1", "2"]
    rows = in_reading_order(loaded.comments).rows
    assert [int(row.comment.id) for row in rows] == list(range(1, 13))


@pytest.mark.parametrize("is_plain", [False, True], ids=["comment-page-N", "cpage=N"])
@pytest.mark.parametrize("default_page", ["newest", "oldest"])
@pytest.mark.parametrize("links_pages", [True, False], ids=["linked", "not linked"])
async def test_pages_are_found_whichever_the_bare_address_shows(load, is_plain, default_page, links_pages):
    blog = PretendWordPress(
        [Said(number) for number in range(1, 41)],
        rest="off",
        is_plain=is_plain,
        folder="/blog",
        page_size=10,
        default_page=default_page,
        links_pages=links_pages,
    )
    loaded = await load(blog)
    assert len(loaded.comments) == 40
    assert loaded.is_complete
    assert len(blog.asked) == len(set(blog.asked)), "nothing is asked for twice"


async def test_single_page_is_read_once_although_others_are_named_beside_it(load):
    blog = PretendWordPress([Said(1)], rest="off")
    await load(blog)
    assert not any("comment-page" in url for url in blog.asked)


async def test_exact_parents_of_the_feed_win_over_flattened_nesting(load):
    chain = [Said(number, number - 1) for number in range(1, 8)]
    blog = PretendWordPress(chain, rest="off", max_depth=3)
    loaded = await load(blog)
    assert max(row.depth for row in in_reading_order(loaded.comments).rows) == 6


async def test_line_of_wordpress_above_an_answer_is_taken_off(load):
    blog = PretendWordPress([Said(1), Said(2, 1, text="<p>Quite so.</p>")], rest="off", has_page=False)
    loaded = await load(blog)
    assert {comment.html for comment in loaded.comments} == {"<p>Words.</p>", "<p>Quite so.</p>"}


async def test_line_that_a_commenter_wrote_to_look_like_it_stays(load):
    forged = '<p>In reply to <a href="https://quill.example/x/#comment-1">Nora</a>.</p><p>Ha.</p>'
    blog = PretendWordPress([Said(1), Said(2, text=forged)], rest="off", has_page=False)
    loaded = await load(blog)
    newest = next(comment for comment in loaded.comments if comment.id == "2")
    assert newest.html == forged
    assert newest.parent_id is None


async def test_orphan_that_the_page_drops_is_taken_from_the_feed(load):
    blog = PretendWordPress([Said(1, is_held=True), Said(2, 1), Said(3)], rest="off")
    loaded = await load(blog)
    assert {comment.id for comment in loaded.comments} == {"2", "3"}
    assert loaded.is_complete


@pytest.mark.parametrize("theme", ["html5", "classic", "block"])
async def test_pings_of_a_page_have_their_kind_and_the_author_of_the_post_is_marked(load, theme):
    blog = PretendWordPress(
        [
            Said(1, user=1),
            Said(
                2, kind="pingback", author="A journal", site="https://j.example/x", text="<p>[…] ink […]</p>"
            ),
        ],
        theme=theme,
        rest="off",
    )
    author, ping = (await load(blog)).comments
    assert author.is_by_post_author
    assert (ping.kind, ping.author, ping.author_url) == (
        CommentKind.PINGBACK,
        "A journal",
        "https://j.example/x",
    )
    assert ping.published == blog.said[1].at
    assert "ink" in ping.html


@pytest.mark.parametrize("takes", [True, False])
async def test_form_of_the_page_tells_whether_comments_are_taken(load, takes):
    blog = PretendWordPress([Said(1)], rest="off", takes_comments=takes)
    assert (await load(blog)).takes_comments is takes


async def test_broken_page_in_the_middle_is_told_as_missing(load):
    blog = PretendWordPress([Said(number) for number in range(1, 41)], rest="off", page_size=10)
    blog.broken.add(f"{blog.url}comment-page-2/")
    loaded = await load(blog)
    assert not loaded.is_complete
    assert loaded.note == "30 of 40"


async def test_newest_ten_of_the_feed_are_labelled_when_nothing_else_is_open(load):
    blog = PretendWordPress(busy(), rest="off", has_page=False)
    loaded = await load(blog)
    assert (len(loaded.comments), loaded.is_complete) == (10, False)
    assert (loaded.note, loaded.total) == ("10 newest of 120", 120)
    unknown = await load(blog, blog.place(comment_count=None))
    assert unknown.note == "the newest 10"


async def test_count_of_ten_is_not_believed_of_a_feed_that_never_holds_more(load):
    blog = PretendWordPress([Said(number) for number in range(1, 13)], rest="off", has_page=False)
    loaded = await load(blog, blog.place(comment_count=10))
    assert (loaded.is_complete, loaded.note) == (False, "the newest 10")


async def test_feed_that_holds_fewer_than_ten_has_them_all(load):
    blog = PretendWordPress([Said(1), Said(2, 1)], rest="off", has_page=False)
    assert (await load(blog)).is_complete


async def test_rss_gives_parents_by_the_line_above_each_answer(load):
    blog = PretendWordPress(
        [Said(1), Said(2, 1, text="<p>Quite so.</p>"), Said(3)], rest="off", has_page=False
    )
    blog.broken.add(blog.feed("atom"))
    loaded = await load(blog)
    assert {c.id: c.parent_id for c in loaded.comments} == {"1": None, "2": "1", "3": None}
    assert "In reply" not in "".join(comment.html for comment in loaded.comments)


async def test_post_whose_comments_live_elsewhere_has_none_here(load):
    blog = PretendWordPress(rest="off")
    loaded = await load(blog)
    assert (loaded.comments, loaded.note, loaded.is_complete) == ((), "", True)
    counted = await load(blog, blog.place(comment_count=8))
    assert (counted.note, counted.is_complete) == ("none of 8 could be read", False)
