"""When the reader's hands rest: what can wait is done then, since keys must not feel it."""

from time import perf_counter

RESTS_AFTER = 0.3
"""Seconds without a key; one that is held down repeats ten times as fast."""


class Hands:
    """What the person at the keyboard did last."""

    def __init__(self) -> None:
        self._last = 0.0

    def stir(self) -> None:
        """A key was pressed, or the wheel turned."""
        self._last = perf_counter()

    @property
    def are_at_rest(self) -> bool:
        """Whether nothing was pressed for a while."""
        return perf_counter() - self._last >= RESTS_AFTER


HANDS = Hands()
"""There is one keyboard."""
