"""Many rows of different heights: where each one begins and which one is at a line, both in log n steps."""

from collections.abc import Iterable


class Heights:
    """The heights of rows in order; each may change, as a guess becomes a measure.

    A Fenwick tree: prefix sums that take a change without being made anew.
    """

    def __init__(self, heights: Iterable[int]) -> None:
        self._heights = list(heights)
        size = len(self._heights)
        self._tree = [0, *self._heights]
        for at in range(1, size + 1):
            above = at + (at & -at)
            if above <= size:
                self._tree[above] += self._tree[at]
        self.total = sum(self._heights)
        self._top = 1 << size.bit_length() >> 1

    def __len__(self) -> int:
        return len(self._heights)

    def __getitem__(self, number: int) -> int:
        return self._heights[number]

    def __setitem__(self, number: int, height: int) -> None:
        change = height - self._heights[number]
        if not change:
            return
        self._heights[number] = height
        self.total += change
        at = number + 1
        while at < len(self._tree):
            self._tree[at] += change
            at += at & -at

    def before(self, number: int) -> int:
        """The line at which a row begins."""
        total = 0
        while number:
            total += self._tree[number]
            number &= number - 1
        return total

    def at(self, line: int) -> tuple[int, int]:
        """The row that a line belongs to, and how far into it the line is; the last row past the end."""
        if line >= self.total:
            last = len(self._heights) - 1
            return last, max(0, self._heights[last] - 1)
        line = max(0, line)
        number, step = 0, self._top
        while step:
            after = number + step
            if after < len(self._tree) and self._tree[after] <= line:
                number = after
                line -= self._tree[after]
            step >>= 1
        return number, line
