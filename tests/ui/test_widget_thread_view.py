"""The conversation as it is seen and walked."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from textual.widget import Widget
from ui_fakes import until
from widget_host import Host, drawn, marked, row_of, thread_of

from tui_reader.content.blocks import Document, Paragraph, Span, Style
from tui_reader.domain.comment import Comment, CommentKind, CommentState
from tui_reader.domain.reply import Reply, ReplyState
from tui_reader.ui.widgets.block_pane import MEASURED_AROUND
from tui_reader.ui.widgets.block_view import BlockView
from tui_reader.ui.widgets.thread_view import ThreadView

NOW = datetime(2026, 8, 3, 12, 0, tzinfo=UTC)


def said(id, text="Some words.", *, to=None, minutes=None, **more):
    moment = NOW - timedelta(hours=40) + timedelta(minutes=minutes if minutes is not None else int(id))
    return Comment(id=str(id), parent_id=to, author=f"Person {id}", published=moment, html=text, **more)


def body(comment):
    return Document(tuple(Paragraph(spans=(Span(part),)) for part in comment.html.split("\n") if part))


def reply(id=1, **more):
    values = {
        "post_id": 1,
        "text": "My own words.",
        "created_at": NOW,
        "updated_at": NOW - timedelta(hours=2),
    }
    return Reply(id=id, **(values | more))


#  1 ─┬ 2 ─ 3
#     └ 4
#  5 ─ 6
#  7
TREE = (said(1), said(2, to="1"), said(3, to="2"), said(4, to="1"), said(5), said(6, to="5"), said(7))


def fill(view, *comments, **more):
    view.show(thread_of(*comments), document_of=body, now=NOW, **more)


def focused(view):
    comment = view.focused_comment
    return comment.id if comment is not None else None


async def test_who_calls_himself_you_or_the_author_is_taken_for_neither():
    mine = said(1, is_mine=True)
    named = replace(said(2, to="1"), author="You")
    badged = replace(said(3, to="2"), author="Ada Lind \u2003 author")
    view = ThreadView()
    async with Host(view).run_test(size=(70, 30)) as pilot:
        fill(view, mine, named, badged, replace(said(4), author="Ada Lind", is_by_post_author=True))
        await pilot.pause()
        heads = "\n".join(drawn(view))
        assert re.findall(r"\byou\b", heads) == ["you"]
        assert "somebody named “You”" in heads
        assert "somebody named “Ada Lind author”" in heads
        assert view.find_in(0, re.compile("you")) == 1


async def test_comments_stand_under_what_they_answer_with_a_rail_a_level():
    view = ThreadView()
    async with Host(view).run_test(size=(60, 30)) as pilot:
        fill(view, *TREE[:3])
        await pilot.pause()
        assert drawn(view)[:9] == [
            "▌Person 1 1 Aug, 20:01",
            "▌Some words.",
            "",
            " │ Person 2 1 Aug, 20:02",
            " │ Some words.",
            " │",
            " │ │ Person 3 1 Aug, 20:03",
            " │ │ Some words.",
            " │ │",
        ]


async def test_heads_say_who_is_new_the_author_me_waiting_or_removed():
    view = ThreadView()
    async with Host(view).run_test(size=(60, 30)) as pilot:
        fill(
            view,
            said(1, is_new=True),
            said(2, is_by_post_author=True),
            said(3, is_mine=True, state=CommentState.HELD),
            said(4, state=CommentState.REMOVED),
        )
        await pilot.pause()
        heads = drawn(view)[0::3][:4]
        assert heads[0] == "▌● Person 1 1 Aug, 20:01"
        assert heads[1] == " Person 2 1 Aug, 20:02  author"
        assert heads[2] == " you 1 Aug, 20:03  awaiting moderation"
        assert heads[3] == " Person 4 1 Aug, 20:04 (removed by the blog)"


async def test_times_within_the_last_hour_are_told_from_now():
    view = ThreadView()
    async with Host(view).run_test(size=(60, 10)) as pilot:
        fill(view, replace(said(1), published=NOW - timedelta(minutes=12)), replace(said(2), published=None))
        await pilot.pause()
        assert drawn(view)[0] == "▌Person 1 12 min ago"
        assert drawn(view)[3] == " Person 2"


async def test_pings_stand_apart_below():
    view = ThreadView()
    ping = Comment(
        id="9",
        author="Ferries in winter",
        author_url="https://www.village.example/f",
        kind=CommentKind.PINGBACK,
        html="",
    )
    async with Host(view).run_test(size=(50, 12)) as pilot:
        fill(view, said(1), ping, replace(ping, id="10", kind=CommentKind.TRACKBACK))
        await pilot.pause()
        assert drawn(view)[3].startswith(" ── 1 pingback, 1 trackback ───")
        assert drawn(view)[4] == " ↗ Ferries in winter · village.example"
        await pilot.press("j")
        assert focused(view) == "9"
        assert marked(view) == ["↗ Ferries in winter · village.example"]


async def test_the_note_stands_at_the_top():
    view = ThreadView()
    async with Host(view).run_test(size=(50, 12)) as pilot:
        fill(view, said(1), note="10 newest of 120")
        await pilot.pause()
        assert drawn(view)[:3] == [" 10 newest of 120", "", "▌Person 1 1 Aug, 20:01"]


async def test_an_empty_conversation_says_why_and_which_key_helps():
    view = ThreadView()
    async with Host(view).run_test(size=(50, 12)) as pilot:
        fill(view)
        await pilot.pause()
        assert "No comments yet" in drawn(view)[1]
        await pilot.press("j", "space", "G", "minus", "J", "p", "pagedown")
        view.show_empty("Comments are closed", "o opens the post in the browser")
        await pilot.pause()
        assert [line.strip() for line in drawn(view)[1:3]] == [
            "Comments are closed",
            "o opens the post in the browser",
        ]
        assert view.focused_comment is None
        assert not view.next_new(1)


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("j j", "3"),
        ("j j k", "2"),
        ("J", "5"),
        ("J J K", "5"),
        ("j J", "4"),
        ("j j }", "5"),
        ("j j {", "1"),
        ("j j p", "2"),
        ("j j full_stop", "4"),
        ("l l", "3"),
        ("l l h", "2"),
        ("G", "7"),
        ("G g", "1"),
        ("h l l", "2"),
    ],
)
async def test_keys_walk_the_tree(keys, expected):
    view = ThreadView()
    async with Host(view).run_test(size=(60, 30)) as pilot:
        fill(view, *TREE)
        await pilot.pause()
        await pilot.press(*keys.split())
        assert focused(view) == expected


async def test_a_fold_says_how_much_it_hides_and_how_much_of_it_is_new():
    view = ThreadView()
    async with Host(view).run_test(size=(60, 30)) as pilot:
        fill(view, said(1), said(2, to="1", is_new=True), said(3, to="2"), said(4))
        await pilot.pause()
        await pilot.press("space")
        assert drawn(view)[:4] == [
            "▌Person 1 1 Aug, 20:01",
            "▌▸ 2 replies, 1 new · Some words.",
            "",
            " Person 4 1 Aug, 20:04",
        ]
        await pilot.press("space")
        assert row_of(view, "Person 2") == 3


async def test_folding_keeps_the_row_of_the_comment_under_the_cursor():
    view = ThreadView()
    comments = [said(n, "word " * 60, to=str(n - 1) if n % 3 else None) for n in range(1, 60)]
    async with Host(view).run_test(size=(60, 20)) as pilot:
        fill(view, *comments)
        await pilot.pause()
        assert view.focus_comment("30")
        view.put(view.place[0], 1)
        await pilot.pause()
        row = row_of(view, "Person 30")
        assert row > 0
        for key in ("space", "space", "=", "+", "-", "+"):
            await pilot.press(key)
            assert row_of(view, "Person 30") == row, key
            assert focused(view) == "30"


async def test_folding_at_the_end_keeps_the_row_even_where_nothing_is_left_below():
    view = ThreadView()
    comments = [said(n, "word " * 30) for n in range(1, 12)] + [
        said(12, "x"),
        said(13, "word " * 200, to="12"),
    ]
    async with Host(view).run_test(size=(60, 20)) as pilot:
        fill(view, *comments)
        await pilot.pause()
        view.focus_comment("12")
        view.put(12, 0, 2)
        await pilot.press("space")
        assert row_of(view, "Person 12") == 2
        await pilot.press("k")
        assert focused(view) == "11"


async def test_fold_all_from_deep_inside_leads_to_what_is_still_seen():
    view = ThreadView()
    async with Host(view).run_test(size=(60, 30)) as pilot:
        fill(view, *TREE)
        await pilot.pause()
        await pilot.press("j", "j", "minus")
        assert focused(view) == "1"
        assert view.fold_state == {"1", "2", "5"}
        await pilot.press("+")
        assert view.fold_state == frozenset()


async def test_next_new_unfolds_and_says_when_there_is_none():
    view = ThreadView()
    async with Host(view).run_test(size=(60, 20)) as pilot:
        fill(view, said(1), said(2, to="1", is_new=True), said(3), said(4, to="3", is_new=True))
        await pilot.pause()
        view.action_fold_all()
        assert view.next_new(1)
        assert focused(view) == "2"
        assert view.next_new(1)
        assert focused(view) == "4"
        assert not view.next_new(1)
        assert focused(view) == "4"
        assert view.next_new(-1)
        assert focused(view) == "2"
        assert view.next_new(-1, from_start=True)
        assert focused(view) == "4"


async def test_a_reload_keeps_cursor_row_and_folds_and_counts_what_came_into_a_fold():
    view = ThreadView()
    comments = [said(n, "word " * 40) for n in range(1, 30)] + [said(40, to="20")]
    async with Host(view).run_test(size=(60, 20)) as pilot:
        fill(view, *comments)
        await pilot.pause()
        view.focus_comment("20")
        await pilot.press("space")
        row = row_of(view, "Person 20")
        earlier = [said(n + 100, "late, but dated early", minutes=-n) for n in range(5)]
        fill(view, *earlier, *comments, said(41, to="20", is_new=True))
        await pilot.pause()
        assert focused(view) == "20"
        assert row_of(view, "Person 20") == row
        assert "▸ 2 replies, 1 new" in drawn(view)[row + 1]


async def test_when_the_comment_under_the_cursor_is_gone_the_one_above_it_has_the_cursor():
    view = ThreadView()
    async with Host(view).run_test(size=(60, 30)) as pilot:
        fill(view, *TREE, replies=[reply(1)])
        await pilot.pause()
        assert view.focus_reply(1)
        fill(view, *TREE)
        assert focused(view) == "7"
        fill(view, *TREE[:4])
        assert focused(view) == "4"
        fill(view)
        assert focused(view) is None
        fill(view, *TREE)
        assert focused(view) == "1"


async def test_a_pane_that_was_hidden_comes_back_as_it_was():
    view = ThreadView()
    async with Host(view).run_test(size=(60, 20)) as pilot:
        fill(view, *(said(n, "word " * 20) for n in range(1, 60)))
        await pilot.pause()
        view.focus_comment("30")
        view.put(30, 0, 4)
        before = drawn(view)
        view.display = False
        await pilot.pause()
        fill(view, *(said(n, "word " * 20) for n in range(1, 60)))
        await pilot.pause()
        view.display = True
        await pilot.pause()
        assert drawn(view) == before


async def test_another_conversation_starts_at_its_top():
    view = ThreadView()
    async with Host(view).run_test(size=(60, 20)) as pilot:
        fill(view, *TREE)
        await pilot.pause()
        await pilot.press("space", "G")
        fill(view, *TREE, keep=False)
        await pilot.pause()
        assert focused(view) == "1"
        assert view.fold_state == frozenset()


async def test_a_comment_taller_than_the_pane_is_read_before_the_next_one_comes():
    view = ThreadView()
    async with Host(view).run_test(size=(40, 10)) as pilot:
        fill(view, said(1, "\n".join(f"line {n}" for n in range(20))), said(2))
        await pilot.pause()
        read = set(drawn(view))
        for _ in range(40):
            await pilot.press("j")
            read |= set(drawn(view))
            if focused(view) == "2":
                break
        assert focused(view) == "2"
        assert all(any(f"line {n}" in line for line in read) for n in range(20))
        await pilot.press("k")
        assert focused(view) == "1"
        assert row_of(view, "line 19") >= 0, "coming from below its end is seen first"


async def test_pages_take_the_cursor_along():
    view = ThreadView()
    async with Host(view).run_test(size=(60, 12)) as pilot:
        fill(view, *(said(n) for n in range(1, 40)))
        await pilot.pause()
        for key in ("ctrl+d", "pagedown", "ctrl+d", "ctrl+u", "pageup"):
            await pilot.press(key)
            assert marked(view), key
        for _ in range(12):
            await pilot.press("pagedown")
        assert focused(view) == "39"


async def test_after_the_wheel_the_cursor_goes_on_from_what_is_in_sight():
    view = ThreadView()
    async with Host(view).run_test(size=(60, 12)) as pilot:
        fill(view, *(said(n) for n in range(1, 60)))
        await pilot.pause()
        view.scroll_to(y=60, animate=False)
        await pilot.press("j")
        assert focused(view) == "21"


async def test_a_resize_keeps_the_comment_under_the_cursor_on_its_row():
    view = ThreadView()
    async with Host(view).run_test(size=(100, 24)) as pilot:
        fill(view, *(said(n, "word " * (n * 7 % 90)) for n in range(1, 80)))
        await pilot.pause()
        view.focus_comment("50")
        view.put(50, 0, 5)
        for width in (60, 44, 130):
            await pilot.resize_terminal(width, 24)
            await pilot.pause()
            assert row_of(view, "Person 50") == 5


async def test_my_replies_in_waiting_stand_at_their_place_with_state_and_reason():
    view = ThreadView()
    replies = [
        reply(1, to="2", state=ReplyState.UNCERTAIN, reason="the blog did not answer"),
        reply(2, state=ReplyState.DRAFT),
    ]
    async with Host(view).run_test(size=(60, 40)) as pilot:
        fill(view, *TREE, replies=replies)
        await pilot.pause()
        lines = drawn(view)
        at = lines.index(" │ │ you 3 Aug, 10:00  perhaps sent")
        assert lines[at + 1 : at + 3] == [" │ │ the blog did not answer", " │ │ My own words."]
        assert lines[at - 3].startswith(" │ │ Person 3"), "last of the answers to 2"
        assert any(line.startswith(" you 3 Aug, 10:00  draft") for line in lines)
        assert view.focus_reply(2)
        assert view.focused_reply == replies[1]
        assert view.focused_comment is None
        view.focus_comment("1")
        await pilot.press("space")
        assert "▸ 4 replies" in drawn(view)[1], "mine is counted"


async def test_a_reply_that_arrived_is_not_shown_twice():
    view = ThreadView()
    async with Host(view).run_test(size=(60, 40)) as pilot:
        fill(view, *TREE, replies=[reply(1, to="2", state=ReplyState.PUBLISHED, comment_id="3")])
        await pilot.pause()
        assert row_of(view, "you ") == -1
        assert view.count == 7


@pytest.mark.parametrize(("width", "depth"), [(60, 150), (40, 30), (40, 12)])
async def test_a_deep_thread_keeps_room_for_words_and_says_how_deep_it_is(width, depth):
    view = ThreadView()
    comments = [said(0, "words")] + [said(n, "word " * 12, to=str(n - 1)) for n in range(1, 200)]
    async with Host(view).run_test(size=(width, 24)) as pilot:
        fill(view, *comments)
        await pilot.pause()
        assert view.focus_comment(str(depth))
        await pilot.pause()
        row = row_of(view, f"Person {depth} ")
        head = drawn(view)[row]
        assert f"{depth}› Person {depth} " in head
        assert len(head.partition("› ")[0]) <= width - 24
        text = drawn(view)[row + 1]
        assert len(text) <= width
        assert text.count("word") >= 4


async def test_hostile_words_are_words():
    view = ThreadView()
    evil = replace(
        said(1, "[bold]b[/bold] [@click=app.quit]q[/] \x1b]52;c;AA==\x07 \x9d0;t\x9c"),
        author="\x1b[31m[/",
        author_url="javascript:x",
    )
    ping = replace(evil, id="2", kind=CommentKind.PINGBACK, author="[link=file:///x]p[/]\x1b[2J")
    host = Host(view)
    async with host.run_test(size=(70, 12)) as pilot:
        fill(view, evil, ping, note="[b]note\x1b[1m")
        view.show(
            thread_of(evil, ping),
            document_of=body,
            now=NOW,
            replies=[reply(1, text="\x1b[5m[x]", reason="\x1b]0;t\x07")],
        )
        await pilot.pause()
        text = "\n".join(drawn(view))
        assert not any((ord(c) < 32 and c != "\n") or 0x7F <= ord(c) < 0xA0 for c in text)
        assert "[bold]b[/bold] [@click=app.quit]q[/]" in text
        await pilot.click(ThreadView, offset=(20, row_of(view, "@click")))
        assert host.is_running


async def test_a_link_is_opened_by_a_click_and_says_its_address():
    view = ThreadView()
    opened = []

    class Opening(Host):
        def on_block_view_link_opened(self, event: BlockView.LinkOpened) -> None:
            opened.append(event.url)

    url = "https://tea.example/pots')quit('"
    document = Document((Paragraph(spans=(Span("the pot", frozenset({Style.LINK}), url),)),), (url,))
    async with Opening(view).run_test(size=(60, 12)) as pilot:
        view.show(thread_of(said(1)), document_of=lambda _: document, now=NOW)
        await pilot.pause()
        await pilot.click(ThreadView, offset=(3, 1))
        await pilot.pause()
        assert opened == [url]


async def test_a_click_moves_the_cursor_and_opens_a_fold():
    view = ThreadView()
    async with Host(view).run_test(size=(60, 30)) as pilot:
        fill(view, *TREE)
        await pilot.pause()
        await pilot.click(ThreadView, offset=(8, row_of(view, "Person 5")))
        assert focused(view) == "5"
        await pilot.press("space")
        await pilot.click(ThreadView, offset=(3, row_of(view, "▸ 1 reply")))
        assert row_of(view, "Person 6") >= 0


async def test_moving_is_told_once_a_move():
    view = ThreadView()
    moves = []

    class Following(Host):
        def on_thread_view_moved(self, event: ThreadView.Moved) -> None:
            moves.append(event.view.focused_id)

    async with Following(view).run_test(size=(60, 30)) as pilot:
        fill(view, *TREE)
        await pilot.pause()
        await pilot.press("j", "k", "k", "J")
        await pilot.pause()
        assert moves == ["1", "2", "1", "5"]


async def test_a_move_within_sight_draws_two_comments_and_not_the_pane(monkeypatch):
    view = ThreadView()
    async with Host(view).run_test(size=(60, 30)) as pilot:
        fill(view, *TREE)
        await pilot.pause()
        regions = []
        refresh = Widget.refresh

        def watched(self, *areas, **more):
            if self is view:
                regions.append(areas)
            return refresh(self, *areas, **more)

        monkeypatch.setattr(Widget, "refresh", watched)
        view.action_comment(1)
        assert regions
        assert all(len(areas) == 1 and areas[0].height <= 3 for areas in regions)


async def test_selected_words_come_without_rails():
    view = ThreadView()
    async with Host(view).run_test(size=(60, 30)) as pilot:
        fill(view, *TREE[:3])
        await pilot.pause()
        await pilot.mouse_down(ThreadView, offset=(3, 3))
        await pilot.hover(ThreadView, offset=(20, 7))
        await pilot.mouse_up(ThreadView, offset=(20, 7))
        await pilot.pause()
        text = view.screen.get_selected_text()
        assert text is not None
        assert text.split("\n") == [
            "Person 2 1 Aug, 20:02",
            "Some words.",
            "",
            "Person 3 1 Aug, 20:03",
            "Some words.",
        ]


async def test_only_what_comes_in_sight_is_asked_for():
    view = ThreadView()
    asked = []

    def asking(comment):
        asked.append(comment.id)
        return body(comment)

    async with Host(view).run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        thread = thread_of(*(said(n, "word " * 20) for n in range(1, 5_000)))
        view.show(thread, document_of=asking, now=NOW)
        assert len(asked) < 2_000
        view.action_end()
        assert focused(view) == "4999"
        assert row_of(view, "Person 4999") >= 0
        assert len(set(asked)) < 2_500


async def test_in_the_end_every_height_near_the_reader_is_counted_and_no_far_one():
    view = ThreadView()
    async with Host(view).run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        fill(view, *(said(n, "word " * (n % 50)) for n in range(1, 3_000)))
        view.focus_comment("1500")
        row = row_of(view, "Person 1500")
        await until(pilot, lambda: view._measuring is None)
        assert view._measuring is None
        top, _ = view.place
        assert all(view._is_exact[top - MEASURED_AROUND : top + MEASURED_AROUND])
        assert not any(view._is_exact[2 * MEASURED_AROUND // 3 : top - MEASURED_AROUND - 100])
        assert not any(view._is_exact[top + MEASURED_AROUND + 100 :])
        assert all(view.heights[n] == len(view.lines_of(n)) for n in range(top - 200, top + 200))
        assert row_of(view, "Person 1500") == row, "what is in sight did not move"


async def test_in_the_end_every_height_of_a_shorter_text_is_counted():
    view = ThreadView()
    async with Host(view).run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        fill(view, *(said(n, "word " * (n % 50)) for n in range(1, MEASURED_AROUND)))
        await until(pilot, lambda: view._measuring is None)
        assert all(view._is_exact)
        assert view.virtual_size.height == sum(len(view.lines_of(n)) for n in range(len(view.heights)))
