"""Loading a WordPress conversation by its API and its Atom feed."""

from dataclasses import replace

import httpx
import pytest
from pretend_wordpress import PretendWordPress, Said, busy

from tui_reader.domain.comment import CommentKind
from tui_reader.domain.thread import in_reading_order
from tui_reader.engines.wordpress import WordPress
from tui_reader.errors import FetchError, HttpStatusError


@pytest.fixture
def load(now):
    async def load(blog, place=None):
        async with blog.http() as http:
            return await WordPress(http, now).load(place or blog.place())

    return load


def parents(loaded):
    return {comment.id: comment.parent_id for comment in loaded.comments}


async def test_a_hundred_and_twenty_comments_come_complete_and_in_order_five_levels_deep(load):
    blog = PretendWordPress(busy())
    loaded = await load(blog)
    thread = in_reading_order(loaded.comments)
    assert (len(loaded.comments), loaded.total, loaded.is_complete, loaded.note) == (120, 120, True, "")
    assert max(row.depth for row in thread.rows) == 4
    assert parents(loaded) == {str(one.id): str(one.parent) if one.parent else None for one in blog.said}
    tops = [int(row.comment.id) for row in thread.rows if row.depth == 0]
    assert tops == list(range(101, 161))


async def test_three_hundred_comments_need_three_pages_of_the_api(load):
    blog = PretendWordPress([Said(number) for number in range(1, 251)])
    loaded = await load(blog)
    assert len(loaded.comments) == 250
    assert loaded.is_complete
    assert sum("/wp/v2/comments?" in url for url in blog.asked) == 3


async def test_a_comment_tells_all_that_the_api_says_of_it(load):
    blog = PretendWordPress(
        [
            Said(5, author="Ann & Bo", site="https://ann.example/", text="<p>Why <em>ink</em>?</p>"),
            Said(6, 5, author="Quill", user=1),
            Said(7, user=9),
        ]
    )
    first, answer, other = (await load(blog)).comments
    assert (first.id, first.author, first.author_url) == ("5", "Ann & Bo", "https://ann.example/")
    assert first.html == "<p>Why <em>ink</em>?</p>"
    assert first.published == blog.said[0].at
    assert first.url == f"{blog.url}#comment-5"
    assert first.kind is CommentKind.COMMENT
    assert (answer.parent_id, answer.is_by_post_author) == ("5", True)
    assert not first.is_by_post_author
    assert not other.is_by_post_author


async def test_whole_post_and_whether_it_takes_comments_come_along(load):
    loaded = await load(PretendWordPress(takes_comments=True))
    assert (loaded.takes_comments, loaded.post_html) == (True, "<p>All of it.</p>")
    closed = await load(PretendWordPress([Said(1)], takes_comments=False))
    assert closed.takes_comments is False
    assert len(closed.comments) == 1


@pytest.mark.parametrize("is_plain", [False, True], ids=["pretty", "plain permalinks"])
@pytest.mark.parametrize("folder", ["", "/my/blog"], ids=["at the root", "in a sub-folder"])
async def test_headers_lead_to_the_api_wherever_it_is(load, is_plain, folder):
    blog = PretendWordPress([Said(1), Said(2, 1)], is_plain=is_plain, folder=folder)
    loaded = await load(blog)
    assert parents(loaded) == {"1": None, "2": "1"}
    assert loaded.facts["rest_root"] == blog.root
    assert loaded.facts["post_id"] == "43"
    assert not any(url == blog.url for url in blog.asked), "the page was not needed"


@pytest.mark.parametrize("is_plain", [False, True], ids=["pretty", "plain permalinks"])
async def test_api_that_nothing_names_is_looked_for_at_its_usual_places(load, is_plain):
    blog = PretendWordPress([Said(1)], is_plain=is_plain, folder="/blog", tells_api=False)
    loaded = await load(blog)
    assert [comment.id for comment in loaded.comments] == ["1"]
    assert loaded.post_html
    assert loaded.facts["rest_root"].startswith(blog.home)


async def test_number_of_the_guid_is_not_believed_when_it_is_another_posts(load):
    blog = PretendWordPress([Said(1)], tells_api=False, has_page=False)
    place = blog.place(url=f"{blog.home}2026/05/moved-here/", guid="https://old.example/?p=43")
    loaded = await load(blog, place)
    assert loaded.post_html is None
    assert "rest_root" not in loaded.facts


async def test_number_that_only_the_page_tells_is_found_there(load):
    blog = PretendWordPress([Said(1)], tells_api=False)
    loaded = await load(blog, blog.place(guid="urn:uuid:1"))
    assert loaded.post_html
    assert loaded.facts["post_id"] == "43"


async def test_front_page_that_a_lost_post_leads_to_is_not_taken_for_it(load):
    blog = PretendWordPress([Said(1)], has_feeds=False)
    post_page = blog.answer

    def answer(request):
        if request.url.path == "/2026/05/gone/":
            return httpx.Response(302, headers={"Location": blog.home})
        if request.url.path == "/":
            return post_page(httpx.Request("GET", blog.url))
        return post_page(request)

    blog.answer = answer
    place = blog.place(url=f"{blog.home}2026/05/gone/", guid="urn:uuid:1", comments_feed_url=None)
    with pytest.raises(FetchError, match="front page"):
        await load(blog, place)


async def test_api_that_is_nowhere_is_looked_for_only_once(load):
    blog = PretendWordPress([Said(1)], tells_api=False, rest="off")
    first = await load(blog)
    assert sum("wp-json" in url or "rest_route" in url for url in blog.asked) == 4
    blog.asked.clear()
    again = await load(blog, blog.place(engine_facts=first.facts))
    assert not any("wp-json" in url or "rest_route" in url for url in blog.asked)
    assert again.comments == first.comments


async def test_facts_save_the_search_the_next_time(load):
    blog = PretendWordPress([Said(1), Said(2, kind="pingback")], tells_api=False)
    first = await load(blog)
    asked_first = len(blog.asked)
    blog.asked.clear()
    again = await load(blog, blog.place(engine_facts=first.facts))
    assert again == first
    assert len(blog.asked) == 3 < asked_first


async def test_facts_that_are_out_of_date_are_found_anew(load):
    blog = PretendWordPress([Said(1)])
    old = {"rest_root": f"{blog.home}api/", "post_id": "43"}
    loaded = await load(blog, blog.place(engine_facts=old))
    assert len(loaded.comments) == 1
    assert loaded.facts["rest_root"] == blog.root


async def test_pings_come_from_the_feed_with_their_kind_and_stand_apart(load):
    blog = PretendWordPress(
        [
            Said(1),
            Said(2, kind="pingback", author="A journal", text="<p>[&#8230;] ink [&#8230;]</p>"),
            Said(3, kind="trackback", text="<p>Seen.</p>"),
        ]
    )
    loaded = await load(blog)
    thread = in_reading_order(loaded.comments)
    assert [ping.kind for ping in thread.pings] == [CommentKind.PINGBACK, CommentKind.TRACKBACK]
    assert [row.comment.id for row in thread.rows] == ["1"]
    assert (loaded.total, loaded.is_complete) == (3, True)


async def test_pings_older_than_the_feed_are_read_off_the_page(load):
    pings = [
        Said(number, kind="pingback", author=f"Journal {number}", site="https://j.example/")
        for number in range(1, 8)
    ]
    blog = PretendWordPress(pings + [Said(number) for number in range(20, 35)])
    loaded = await load(blog)
    thread = in_reading_order(loaded.comments)
    assert [ping.author for ping in thread.pings] == [f"Journal {number}" for number in range(1, 8)]
    assert (len(thread.rows), loaded.is_complete, loaded.total) == (15, True, 22)


async def test_count_that_is_out_of_date_costs_no_page_when_the_feed_shows_everything(load):
    blog = PretendWordPress([Said(1), Said(2)])
    loaded = await load(blog, blog.place(comment_count=5))
    assert loaded.is_complete
    assert loaded.total == 2
    assert blog.url not in blog.asked


async def test_comment_written_while_the_api_was_read_is_taken_from_the_feed(load):
    blog = PretendWordPress([Said(1), Said(2, 1)])
    listed = blog._api_list

    def late(query):
        answer = listed(query)
        if len(blog.said) == 2:
            blog.said.append(Said(3, 2, text="<p>Late.</p>"))
        return answer

    blog._api_list = late
    known = {"rest_root": blog.root, "post_id": "43", "atom_comments": ""}
    place = blog.place(engine_facts=known, comments_feed_url=None, comment_count=3)
    loaded = await load(blog, place)
    assert parents(loaded) == {"1": None, "2": "1", "3": "2"}


async def test_what_the_feed_still_shows_and_the_blog_took_back_is_left_out(load):
    blog = PretendWordPress([Said(1), Said(2)])
    feed = blog._feed("atom")
    blog._feed = lambda kind: feed
    blog.said.pop()
    assert [comment.id for comment in (await load(blog)).comments] == ["1"]


async def test_orphans_and_replies_to_other_posts_stand_at_top_level(load):
    blog = PretendWordPress([Said(1, is_held=True), Said(2, 1), Said(3, 9999), Said(4)])
    loaded = await load(blog)
    thread = in_reading_order(loaded.comments)
    assert [(row.comment.id, row.depth) for row in thread.rows] == [("2", 0), ("3", 0), ("4", 0)]


async def test_post_with_a_password_says_so(load):
    for rest in ("on", "off"):
        loaded = await load(PretendWordPress([Said(1)], password=True, rest=rest))
        assert loaded.note == "the blog wants a password to read this post and its comments"
        assert (loaded.comments, loaded.is_complete, loaded.total) == ((), False, 1)
        assert loaded.post_html is None


async def test_one_page_of_the_api_that_fails_leaves_the_rest_and_says_so(load):
    blog = PretendWordPress([Said(number) for number in range(1, 251)])
    blog.broken.add(f"{blog.root}wp/v2/comments?post=43&per_page=100&orderby=id&order=asc&page=3")
    blog.has_page = False
    loaded = await load(blog)
    assert not loaded.is_complete
    # the newest ten are in the feed
    assert loaded.note == "210 of 250"


async def test_api_without_counts_in_its_headers_is_read_to_the_end(load):
    blog = PretendWordPress([Said(number) for number in range(1, 251)], says_counts=False)
    loaded = await load(blog)
    assert (len(loaded.comments), loaded.is_complete) == (250, True)


async def test_page_of_another_type_than_post_is_read_by_its_own_route(load):
    blog = PretendWordPress([Said(1)], post_type="pages")
    loaded = await load(blog)
    assert loaded.post_html == "<p>All of it.</p>"
    assert loaded.facts["post_route"] == "/wp/v2/pages/43"


async def test_blog_without_feeds_is_read_by_its_page_and_its_api(load):
    blog = PretendWordPress([Said(1), Said(2, 1)], has_feeds=False)
    loaded = await load(blog)
    assert parents(loaded) == {"1": None, "2": "1"}
    assert loaded.is_complete


async def test_post_of_which_only_the_address_is_known_is_read_like_any_other(load):
    blog = PretendWordPress([Said(1), Said(2, 1), Said(3, kind="pingback")])
    place = blog.place(
        guid=blog.url, comments_url=None, comments_feed_url=None, comment_count=None, generator=None
    )
    loaded = await load(blog, place)
    assert parents(loaded) == {"1": None, "2": "1", "3": None}
    assert loaded.is_complete


async def test_blog_that_asks_to_be_left_alone_is_left_alone(load):
    blog = PretendWordPress([Said(1)], rest="slow down")
    with pytest.raises(HttpStatusError) as raised:
        await load(blog)
    assert raised.value.retry_after is not None
    assert len(blog.asked) <= 3


async def test_blog_that_answers_nothing_is_an_error(load):
    blog = PretendWordPress(rest="off", has_feeds=False, has_page=False)
    with pytest.raises(FetchError):
        await load(blog)


async def test_page_that_is_no_wordpress_shows_no_comments(load):
    blog = PretendWordPress(tells_api=False, rest="off", has_feeds=False, takes_comments=False)
    place = blog.place(
        guid="tag:quill.example,2026:1", comments_url=None, comments_feed_url=None, generator=None
    )
    loaded = await load(blog, replace(place, post=replace(place.post, comment_count=None)))
    assert loaded.engine == "none"
    assert loaded.note == "this blog shows no comments to readers of its feed"
