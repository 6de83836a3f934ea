"""The two left columns."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from widget_host import Host, drawn, marked, row_of

from tui_reader.domain.blog import Blog
from tui_reader.domain.post import Post
from tui_reader.services.library import Counts, PostFilter
from tui_reader.ui.widgets.blog_list import BlogList, Source
from tui_reader.ui.widgets.post_list import PostList

NOW = datetime(2026, 8, 3, 12, 0, tzinfo=UTC)


def post(id, **more):
    values = {
        "blog_id": 1,
        "blog_title": "The Slow Ferry",
        "url": f"https://ferry.example/{id}",
        "guid": str(id),
        "title": f"Post {id}",
        "author": "Ada Lind",
        "published": NOW - timedelta(days=2),
        "first_seen": NOW,
    }
    return Post(id=id, **(values | more))


def blog(id, title, folder=None, **more):
    url = f"https://blog{id}.example/"
    return Blog(id=id, url=url, feed_url=f"{url}feed", title=title, added_at=NOW, folder=folder, **more)


COUNTS = Counts(posts=120, unread=26, starred=14, new_comments=5, answers=2, held=0, outbox=0)
BLOGS = (
    blog(1, "The Slow Ferry", "Work", unread=4),
    blog(2, "Letters", "Work", unread=7),
    blog(3, "Lambda Notes", "Code", error="https://blog3.example/feed: there is no such page (404)"),
    blog(4, "By itself"),
)


class Listening(Host):
    """Keeps what the lists say."""

    def __init__(self, widget):
        super().__init__(widget)
        self.highlighted = []
        self.opened = []

    def on_post_list_highlighted(self, event: PostList.Highlighted) -> None:
        self.highlighted.append(event.post.id)

    def on_post_list_opened(self, event: PostList.Opened) -> None:
        self.opened.append(event.post.id)

    def on_blog_list_highlighted(self, event: BlogList.Highlighted) -> None:
        self.highlighted.append(event.source)

    def on_blog_list_opened(self, event: BlogList.Opened) -> None:
        self.opened.append(event.source)


async def test_a_row_says_title_author_date_and_comments():
    view = PostList()
    async with Host(view).run_test(size=(36, 20)) as pilot:
        view.show(
            [
                post(1, comment_count=12, new_comment_count=3),
                post(2, is_read=True, is_starred=True, published=NOW - timedelta(hours=3)),
                post(
                    3, is_read=True, title="A very long title that never fits", author=None, comment_count=0
                ),
            ],
            now=NOW,
        )
        await pilot.pause()
        assert drawn(view)[:8] == [
            "▌● Post 1",
            "▌  Ada Lind · 1 Aug        ▪ 12 +3",
            "",
            "   ★ Post 2",
            "   Ada Lind · 3 h ago",
            "",
            "   A very long title that never f…",
            "   The Slow Ferry · 1 Aug",
        ]


async def test_keys_move_and_open_and_are_told():
    view = PostList()
    host = Listening(view)
    async with host.run_test(size=(36, 12)) as pilot:
        view.show([post(n) for n in range(1, 30)], now=NOW)
        await pilot.pause()
        await pilot.press("j", "j", "k", "enter", "G", "g", "g", "ctrl+d", "pagedown", "space", "ctrl+u", "k")
        await pilot.pause()
        assert host.opened == [2]
        assert host.highlighted == [1, 2, 3, 2, 29, 1, 3, 6, 9, 7, 6]
        assert marked(view)[0].startswith("● Post 6")


async def test_the_end_of_the_list_is_no_end_of_the_program():
    view = PostList()
    async with Host(view).run_test(size=(36, 12)) as pilot:
        view.show([], now=NOW)
        await pilot.press("j", "k", "G", "enter", "pagedown")
        view.show([post(1)], now=NOW)
        await pilot.press("k", "j", "j")
        assert view.post.id == 1


async def test_a_post_that_was_read_stays_and_looks_read():
    view = PostList()
    async with Host(view).run_test(size=(36, 12)) as pilot:
        view.show([post(1), post(2)], now=NOW)
        await pilot.pause()
        view.update_post(post(1, is_read=True, comment_count=5))
        view.update_post(post(99))
        assert drawn(view)[:2] == ["▌  Post 1", "▌  Ada Lind · 1 Aug            ▪ 5"]
        assert [p.id for p in view.posts] == [1, 2]


async def test_new_posts_above_leave_the_cursor_on_its_post_and_row():
    view = PostList()
    host = Listening(view)
    async with host.run_test(size=(36, 12)) as pilot:
        posts = [post(n) for n in range(1, 40)]
        view.show(posts, now=NOW)
        await pilot.pause()
        for _ in range(10):
            view.action_row(1)
        row = row_of(view, "Post 11")
        view.show([post(n) for n in range(100, 105)] + posts, keep_id=11, now=NOW)
        await pilot.pause()
        assert view.post.id == 11
        assert row_of(view, "Post 11") == row
        assert host.highlighted[-1] == 11
        assert host.highlighted.count(11) == 1, "the same post is not told again"


async def test_a_list_without_posts_says_why():
    view = PostList()
    async with Host(view).run_test(size=(36, 12)) as pilot:
        view.show_empty("Nothing unread", "U shows all posts")
        await pilot.pause()
        assert [line.strip() for line in drawn(view)[1:3]] == ["Nothing unread", "U shows all posts"]


async def test_ten_thousand_posts_draw_no_more_than_what_is_in_sight(monkeypatch):
    view = PostList()
    drawn_rows = []
    lines = PostList.row_lines

    def counted(self, number, width):
        drawn_rows.append(number)
        return lines(self, number, width)

    monkeypatch.setattr(PostList, "row_lines", counted)
    async with Host(view).run_test(size=(36, 12)) as pilot:
        view.show([post(n) for n in range(10_000)], now=NOW)
        await pilot.pause()
        await pilot.press("j", "G", "k")
        assert len(set(drawn_rows)) < 20
        assert view.post.id == 9_998


async def test_a_click_stands_on_a_post_and_two_open_it():
    view = PostList()
    host = Listening(view)
    # however slow the machine is, they come in a row
    host.CLICK_CHAIN_TIME_THRESHOLD = 3600
    async with host.run_test(size=(36, 12)) as pilot:
        view.show([post(1), post(2)], now=NOW)
        await pilot.pause()
        await pilot.click(PostList, offset=(6, 4))
        assert view.post.id == 2
        await pilot.click(PostList, offset=(6, 4), times=2)
        await pilot.pause()
        assert host.opened == [2]


async def test_the_column_of_blogs():
    view = BlogList()
    async with Host(view).run_test(size=(32, 20)) as pilot:
        view.show(BLOGS, COUNTS)
        await pilot.pause()
        assert drawn(view)[:13] == [
            "▌All                        26",
            " Unread                     26",
            " Conversations               2",
            " Starred                    14",
            " Later",
            "",
            " By itself",
            " ▾ Code",
            "   ! Lambda Notes  404",
            " ▾ Work",
            "   Letters                   7",
            "   The Slow Ferry            4",
            "",
        ]


async def test_the_cursor_passes_over_the_gap():
    view = BlogList()
    host = Listening(view)
    async with host.run_test(size=(32, 20)) as pilot:
        view.show(BLOGS, COUNTS)
        await pilot.pause()
        await pilot.press("j", "j", "j", "j", "j", "enter", "k")
        await pilot.pause()
        assert host.highlighted == [
            Source("unread"),
            Source("conversations"),
            Source("starred"),
            Source("later"),
            Source("blog", blog_id=4),
            Source("later"),
        ]
        assert host.opened == [Source("blog", blog_id=4)]


async def test_folders_fold_and_show_what_waits_inside():
    view = BlogList()
    async with Host(view).run_test(size=(32, 20)) as pilot:
        view.show(BLOGS, COUNTS, Source("blog", blog_id=2))
        await pilot.pause()
        assert marked(view) == ["Letters                   7"]
        await pilot.press("h")
        assert view.source == Source("folder", folder="Work")
        await pilot.press("h")
        assert drawn(view)[9] == "▌▸ Work                     11"
        assert row_of(view, "Letters") == -1
        view.show(BLOGS, COUNTS, Source("blog", blog_id=1))
        assert view.source == Source("folder", folder="Work"), "the folder stands for what it hides"
        await pilot.press("l", "l")
        assert view.source == Source("blog", blog_id=2)


async def test_a_folder_folds_with_the_folders_in_it():
    view = BlogList()
    blogs = (
        blog(1, "Ant", "A", unread=1), blog(2, "Bee", "A / B", unread=2),
        blog(3, "Cat", "A / B / C", unread=4), blog(4, "Dog", "AB", unread=8),
    )  # fmt: skip
    async with Host(view).run_test(size=(32, 20)) as pilot:
        view.show(blogs, COUNTS, Source("folder", folder="A / B"))
        await pilot.pause()
        await pilot.press("h")
        rows = [" ".join(line.split()) for line in drawn(view)[6:11]]
        assert rows == ["▾ A", "Ant 1", "▌▸ A / B 6", "▾ AB", "Dog 8"]
        view.show(blogs, COUNTS, Source("blog", blog_id=3))
        assert view.source == Source("folder", folder="A / B"), "the innermost of those that stand there"
        view.show(blogs, COUNTS, Source("folder", folder="A"))
        await pilot.press("h")
        assert [" ".join(line.split()) for line in drawn(view)[6:8]] == ["▌▸ A 7", "▾ AB"]
        view.marked = re.compile("Cat")
        assert row_of(view, "Cat") > row_of(view, "A / B / C") > 0


async def test_new_counts_leave_the_cursor_where_it_is():
    view = BlogList()
    host = Listening(view)
    async with host.run_test(size=(32, 20)) as pilot:
        view.show(BLOGS, COUNTS)
        await pilot.pause()
        view.action_last()
        view.show((*BLOGS, blog(5, "Aardvark", "Code")), COUNTS._replace(unread=27))
        await pilot.pause()
        assert view.source == Source("blog", blog_id=1)
        assert host.highlighted == [Source("blog", blog_id=1)]


async def test_hostile_titles_are_words():
    evil = "[bold]x[/] \x1b]0;t\x07 \x9b2J"
    blogs, posts = BlogList(), PostList()
    for view in (blogs, posts):
        host = Host(view)
        async with host.run_test(size=(60, 20)) as pilot:
            if view is blogs:
                view.show([blog(1, evil, evil, error=evil)], COUNTS)
            else:
                view.show([post(1, title=evil, author=evil)], now=NOW)
            await pilot.pause()
            text = "\n".join(drawn(view))
            assert not any((ord(c) < 32 and c != "\n") or 0x7F <= ord(c) < 0xA0 for c in text)
            assert "[bold]x[/]" in text


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (Source("all"), PostFilter()),
        (Source("unread"), PostFilter(is_unread=True)),
        (Source("conversations"), PostFilter()),
        (Source("starred"), PostFilter(is_starred=True)),
        (Source("later"), PostFilter(is_later=True)),
        (Source("folder", folder="Work"), PostFilter(folder="Work")),
        (Source("blog", blog_id=3), PostFilter(blog_id=3)),
    ],
)
def test_each_source_has_its_filter(source, expected):
    assert source.filter() == expected
