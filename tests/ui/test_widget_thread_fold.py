"""Folding and the cursor's steps, on the bare tree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_reader.ui.widgets.thread_fold import FoldedThread, Node, Tree


def tree(*rows: tuple[str, int], new: str = "") -> FoldedThread:
    """Nodes from names and depths; what hangs below is counted here."""
    made = Tree()
    for number, (key, depth) in enumerate(rows):
        below = []
        for later, later_depth in rows[number + 1 :]:
            if later_depth <= depth:
                break
            below.append(later)
        made.insert(number, Node(key, depth, len(below), sum(k in new for k in below), key in new))
    return FoldedThread(made)


@pytest.fixture
def thread() -> FoldedThread:
    #  a ─┬ b ─ c
    #     └ d
    #  e ─ f
    #  g
    return tree(("a", 0), ("b", 1), ("c", 2), ("d", 1), ("e", 0), ("f", 1), ("g", 0), new="cf")


def seen(thread: FoldedThread) -> str:
    return "".join(thread.tree.keys[number] for number in thread.visible)


def named(thread: FoldedThread, number: int | None) -> str | None:
    return None if number is None else thread.tree.keys[number]


def at(thread: FoldedThread, key: str) -> int:
    return thread.number_of[key]


def test_a_folded_node_is_seen_and_what_hangs_below_is_not(thread):
    assert thread.fold(at(thread, "b"))
    assert seen(thread) == "abdefg"
    assert thread.fold(at(thread, "a"))
    assert seen(thread) == "aefg"
    assert thread.unfold(at(thread, "a"))
    assert seen(thread) == "abdefg", "what was folded inside stays folded"


def test_a_node_without_answers_does_not_fold(thread):
    assert not thread.fold(at(thread, "g"))
    assert not thread.unfold(at(thread, "g"))
    thread.folded = frozenset({"g", "nobody"})
    assert thread.folded == frozenset()


def test_fold_all_seen_and_unfold_all(thread):
    thread.fold_all()
    assert seen(thread) == "aeg"
    thread.unfold_all()
    assert seen(thread) == "abcdefg"
    thread.fold_seen()
    assert seen(thread) == "abcdefg", "each branch leads to something new"
    quiet = tree(("a", 0), ("b", 1), ("c", 0), ("d", 1), new="d")
    quiet.fold_seen()
    assert seen(quiet) == "acd"


def test_a_new_comment_is_not_folded_away_with_its_own_words():
    thread = tree(("a", 0), ("b", 1), new="a")
    thread.fold_seen()
    assert seen(thread) == "ab"


def test_reveal_unfolds_all_that_hides_a_node(thread):
    thread.fold_all()
    assert named(thread, thread.seen_for(at(thread, "c"))) == "a"
    assert thread.reveal(at(thread, "c"))
    assert seen(thread) == "abcdeg"
    assert not thread.reveal(at(thread, "c"))


@pytest.mark.parametrize(
    ("key", "after", "before", "parent", "first", "leave", "next_top", "previous_top"),
    [
        ("a", "e", None, None, "b", "e", "e", None),
        ("b", "d", None, "a", "c", "d", "e", "a"),
        ("c", None, None, "b", None, "d", "e", "a"),
        ("d", None, "b", "a", None, "e", "e", "a"),
        ("e", "g", "a", None, "f", "g", "g", "a"),
        ("f", None, None, "e", None, "g", "g", "e"),
        ("g", None, "e", None, None, None, None, "e"),
    ],
)
def test_steps(thread, key, after, before, parent, first, leave, next_top, previous_top):
    number = at(thread, key)
    assert named(thread, thread.sibling(number, 1)) == after
    assert named(thread, thread.sibling(number, -1)) == before
    assert named(thread, thread.parent(number)) == parent
    assert named(thread, thread.first_reply(number)) == first
    assert named(thread, thread.leave_branch(number)) == leave
    assert named(thread, thread.top_level(number, 1)) == next_top
    assert named(thread, thread.top_level(number, -1)) == previous_top


def test_next_new_looks_into_folds_and_ends(thread):
    thread.fold_all()
    assert named(thread, thread.next_new(-1, 1)) == "c"
    assert named(thread, thread.next_new(at(thread, "c"), 1)) == "f"
    assert thread.next_new(at(thread, "f"), 1) is None
    assert named(thread, thread.next_new(len(thread.tree), -1)) == "f"
    assert thread.next_new(at(thread, "c"), -1) is None


@given(st.lists(st.integers(0, 5), max_size=40), st.data())
def test_any_folding_hides_whole_branches_only(steps, data):
    depths: list[int] = []
    for step in steps:
        depths.append(min(step, depths[-1] + 1 if depths else 0))
    thread = tree(*((str(number), depth) for number, depth in enumerate(depths)))
    thread.folded = frozenset(data.draw(st.sets(st.sampled_from(thread.tree.keys or [""]))))
    hidden = set(range(len(depths))) - set(thread.visible)
    for number in range(len(depths)):
        parent = thread.parent(number)
        is_hidden = parent is not None and (parent in hidden or thread.is_folded(parent))
        assert (number in hidden) == is_hidden


def test_ten_thousand_levels_do_no_harm():
    deep = Tree()
    for depth in range(10_000):
        deep.insert(depth, Node(str(depth), depth, 9_999 - depth))
    thread = FoldedThread(deep, {"5"})
    assert len(thread.visible) == 6
    assert thread.top_level(9_999, -1) == 0
    assert thread.reveal(9_999)
    assert len(thread.visible) == 10_000
