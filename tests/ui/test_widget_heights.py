"""Rows of many heights: the tree answers as plain sums would."""

from hypothesis import given
from hypothesis import strategies as st

from tui_reader.ui.widgets.heights import Heights


@given(st.lists(st.integers(0, 9), min_size=1, max_size=60), st.data())
def test_answers_as_plain_sums_do_after_any_changes(heights, data):
    tree = Heights(heights)
    for _ in range(data.draw(st.integers(0, 5))):
        number = data.draw(st.integers(0, len(heights) - 1))
        heights[number] = tree[number] = data.draw(st.integers(0, 9))
    assert tree.total == sum(heights)
    line = 0
    for number, height in enumerate(heights):
        assert tree.before(number) == line
        for offset in range(height):
            assert tree.at(line + offset) == (number, offset)
        line += height


def test_past_the_end_is_the_last_line():
    assert Heights([2, 3]).at(99) == (1, 2)
    assert Heights([2, 3]).at(-4) == (0, 0)
