"""Several posts of one blog, loaded by few requests."""

from dataclasses import replace

import pytest
from pretend_wordpress import PretendWordPress, Said

from tui_reader.engines.wordpress import WordPress
from tui_reader.errors import HttpStatusError


@pytest.fixture
def load_many(now):
    async def load_many(blog, *places):
        async with blog.http() as http:
            return await WordPress(http, now).load_many(places)

    return load_many


def known(blog, **more):
    return blog.place(engine_facts={"rest_root": blog.root, "post_id": "43"} | more)


def other(place, number):
    post = replace(
        place.post,
        id=number,
        guid=f"https://quill.example/?p={number}",
        engine_facts={},
        url="https://quill.example/x/",
    )
    return replace(place, post=post)


async def test_posts_without_pings_come_whole_by_two_requests(load_many):
    blog = PretendWordPress([Said(1), Said(2, 1, user=1)])
    place = known(blog)
    loaded = await load_many(blog, place, other(place, 44))
    assert list(loaded) == [7]
    assert [(c.id, c.parent_id, c.is_by_post_author) for c in loaded[7].comments] == [
        ("1", None, False),
        ("2", "1", True),
    ]
    assert (loaded[7].is_complete, loaded[7].total, loaded[7].takes_comments) == (True, 2, True)
    assert len(blog.asked) == 2


async def test_post_with_pings_is_left_to_a_load_of_its_own(load_many):
    blog = PretendWordPress([Said(1), Said(2, kind="pingback")])
    assert await load_many(blog, known(blog)) == {}


async def test_post_with_a_password_does_not_spoil_the_others(load_many):
    blog = PretendWordPress([Said(1)], password=True)
    assert await load_many(blog, known(blog)) == {}
    assert len(blog.asked) == 1


async def test_number_that_belongs_to_another_post_is_not_believed(load_many):
    blog = PretendWordPress([Said(1)])
    place = known(blog)
    stranger = replace(place, post=replace(place.post, url="https://quill.example/other/", guid="urn:x"))
    assert await load_many(blog, stranger) == {}


async def test_blog_whose_api_is_closed_or_unknown_is_left_to_single_loads(load_many):
    closed = PretendWordPress([Said(1)], rest="off")
    assert await load_many(closed, known(closed)) == {}
    unknown = PretendWordPress([Said(1)])
    assert await load_many(unknown, unknown.place()) == {}
    assert unknown.asked == []


async def test_facts_of_earlier_loads_are_kept(load_many):
    blog = PretendWordPress([Said(1)])
    loaded = await load_many(blog, known(blog, pings="9=pingback"))
    assert loaded[7].facts["pings"] == "9=pingback"
    assert loaded[7].facts["rest_root"] == blog.root


async def test_blog_that_asks_to_be_left_alone_is_left_alone(load_many):
    blog = PretendWordPress([Said(1)], rest="slow down")
    with pytest.raises(HttpStatusError):
        await load_many(blog, known(blog))
