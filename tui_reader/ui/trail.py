"""Where the reader jumped from, so that he can go back and forth; pure."""

from typing import NamedTuple

from tui_reader.ui.columns import Column

_MOST = 200
"""Jumps that are remembered."""


class Spot(NamedTuple):
    """A place in a post or in what is said of it."""

    post_id: int
    column: Column
    block: int = 0
    line: int = 0
    key: str | None = None
    """The comment, or the reply of mine, under the cursor."""


class Trail:
    """Two piles of places, as browsers keep them: behind and ahead."""

    def __init__(self) -> None:
        self._behind: list[Spot] = []
        self._ahead: list[Spot] = []

    def leave(self, spot: Spot) -> None:
        """Remembers a place that is jumped from; what was ahead is no more."""
        self._ahead.clear()
        if not self._behind or self._behind[-1] != spot:
            self._behind.append(spot)
            del self._behind[:-_MOST]

    def back(self, here: Spot | None) -> Spot | None:
        """The place before the last jump, None when there is none; ``here`` is kept for the way forward."""
        return _step(self._behind, self._ahead, here)

    def forward(self, here: Spot | None) -> Spot | None:
        """The place that was gone back from."""
        return _step(self._ahead, self._behind, here)


def _step(source: list[Spot], target: list[Spot], here: Spot | None) -> Spot | None:
    while source:
        spot = source.pop()
        # a jump that led nowhere else is no step
        if spot != here:
            if here is not None:
                target.append(here)
            return spot
    return None
