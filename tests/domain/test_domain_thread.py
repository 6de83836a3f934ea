"""The order of reading: nothing is lost, nothing comes before what it answers."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tui_reader.domain.comment import Comment, CommentKind
from tui_reader.domain.thread import Thread, in_reading_order

NOON = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)

NUMBERS = st.sampled_from([*map(str, range(12)), "01"])
IDS = NUMBERS | st.sampled_from(["a-9", "a-10", "", "٣", "9" * 200])


@st.composite
def comments(draw: st.DrawFn, ids: st.SearchStrategy[str] = IDS) -> Comment:
    minute = draw(st.none() | st.integers(0, 5))
    return Comment(
        id=draw(ids),
        parent_id=draw(st.none() | ids | st.just("never sent")),
        published=None if minute is None else NOON + timedelta(minutes=minute),
        kind=draw(st.sampled_from([CommentKind.COMMENT] * 4 + [CommentKind.PINGBACK])),
        is_new=draw(st.booleans()),
    )


CONVERSATIONS = st.lists(comments(), max_size=20) | st.lists(comments(NUMBERS), max_size=10)


def parent_by_depth(thread: Thread) -> dict[str, str | None]:
    """What each row hangs under, read from the depths alone, as a reader would."""
    parents: dict[str, str | None] = {}
    above: list[str] = []
    for row in thread.rows:
        assert row.depth <= len(above)
        del above[row.depth :]
        parents[row.comment.id] = above[-1] if above else None
        above.append(row.comment.id)
    return parents


@settings(deadline=None, max_examples=50)
@given(CONVERSATIONS)
def test_every_comment_appears_exactly_once(conversation: list[Comment]) -> None:
    thread = in_reading_order(conversation)
    shown = [row.comment for row in thread.rows] + list(thread.pings)
    assert sorted(comment.id for comment in shown) == sorted({comment.id for comment in conversation})
    latest = {comment.id: comment for comment in conversation}
    assert all(latest[comment.id] is comment for comment in shown)


@settings(deadline=None, max_examples=50)
@given(CONVERSATIONS)
def test_a_comment_hangs_under_its_parent_or_at_top_level(conversation: list[Comment]) -> None:
    thread = in_reading_order(conversation)
    hangs_under = parent_by_depth(thread)
    named = {row.comment.id: row.comment.parent_id for row in thread.rows}
    for id, parent in hangs_under.items():
        assert parent in {None, named[id]}
    cut = {id for id, parent in hangs_under.items() if parent is None and named[id] in named}
    # only a loop lets go of a parent that is there, and each loop lets go of one
    for id in cut:
        walked = [id]
        while (above := named[walked[-1]]) in named and above not in walked:
            walked.append(above)
        assert above == id
        assert len(cut.intersection(walked)) == 1


@settings(deadline=None, max_examples=50)
@given(CONVERSATIONS)
def test_the_counts_are_those_of_what_hangs_below(conversation: list[Comment]) -> None:
    thread = in_reading_order(conversation)
    for place, row in enumerate(thread.rows):
        below = []
        for later in thread.rows[place + 1 :]:
            if later.depth <= row.depth:
                break
            below.append(later.comment)
        assert row.replies == len(below)
        assert row.new_replies == sum(comment.is_new for comment in below)
    assert thread.new_count == sum(c.is_new for c in {c.id: c for c in conversation}.values())


@settings(deadline=None, max_examples=50)
@given(CONVERSATIONS, st.randoms(use_true_random=False))
def test_the_order_in_which_comments_came_does_not_matter(conversation: list[Comment], random) -> None:
    distinct = list({comment.id: comment for comment in conversation}.values())
    shuffled = list(distinct)
    random.shuffle(shuffled)
    assert in_reading_order(shuffled) == in_reading_order(distinct)


@settings(deadline=None, max_examples=50)
@given(st.lists(comments(), max_size=20))
def test_siblings_are_oldest_first_and_undated_ones_last(conversation: list[Comment]) -> None:
    # an id that is no number: dates are all there is to go by
    thread = in_reading_order([*conversation, Comment(id="a-0")])
    parents = parent_by_depth(thread)
    last: dict[str | None, datetime] = {}
    for row in thread.rows:
        moment = row.comment.published or datetime.max.replace(tzinfo=UTC)
        parent = parents[row.comment.id]
        assert last.get(parent, moment) <= moment
        last[parent] = moment


@settings(deadline=None, max_examples=50)
@given(st.lists(comments(NUMBERS), max_size=20))
def test_numbered_siblings_are_in_the_order_of_their_numbers_where_a_date_is_missing(
    conversation: list[Comment],
) -> None:
    thread = in_reading_order([*conversation, Comment(id="99")])
    parents = parent_by_depth(thread)
    last: dict[str | None, int] = {}
    for row in thread.rows:
        parent = parents[row.comment.id]
        assert last.get(parent, 0) <= int(row.comment.id)
        last[parent] = int(row.comment.id)


def test_of_the_same_minute_comment_9_comes_before_comment_10() -> None:
    thread = in_reading_order([Comment(id=f"comment-{n}", published=NOON) for n in (10, 9, 100)])
    assert [row.comment.id for row in thread.rows] == ["comment-9", "comment-10", "comment-100"]


def test_pings_stand_apart_and_what_answers_one_stands_at_top_level() -> None:
    ping = Comment(id="1", kind=CommentKind.PINGBACK, published=NOON)
    answer = Comment(id="2", parent_id="1", published=NOON)
    thread = in_reading_order([answer, ping])
    assert thread.pings == (ping,)
    assert [(row.comment.id, row.depth) for row in thread.rows] == [("2", 0)]


def test_a_loop_is_opened_at_its_oldest_comment() -> None:
    loop = [
        Comment(id="a", parent_id="c", published=NOON + timedelta(minutes=2)),
        Comment(id="b", parent_id="a", published=NOON),
        Comment(id="c", parent_id="b", published=NOON + timedelta(minutes=1)),
        Comment(id="d", parent_id="c", published=NOON + timedelta(minutes=3)),
        # older than all of it, and none of it: where one comes upon the loop does not matter
        Comment(id="e", parent_id="c", published=NOON - timedelta(minutes=1)),
    ]
    thread = in_reading_order(loop)
    found = [(row.comment.id, row.depth) for row in thread.rows]
    assert found == [("b", 0), ("c", 1), ("e", 2), ("a", 2), ("d", 2)]


def test_ids_that_are_one_number_have_an_order_of_their_own() -> None:
    written = [Comment(id="1"), Comment(id="01"), Comment(id="001")]
    shown = [[row.comment.id for row in in_reading_order(some).rows] for some in (written, written[::-1])]
    assert shown == [["001", "01", "1"]] * 2


def test_ten_thousand_levels_do_no_harm() -> None:
    deep = [Comment(id=str(n), parent_id=str(n - 1) if n else None) for n in range(10_000)]
    thread = in_reading_order(reversed(deep))
    assert thread.rows[-1].depth == 9_999
    assert thread.rows[0].replies == 9_999


def test_an_empty_conversation_is_an_empty_thread() -> None:
    assert in_reading_order([]) == Thread()
