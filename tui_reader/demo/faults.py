"""Trouble on demand: what the demo server shall do wrong, and when."""

from collections.abc import Iterable
from enum import StrEnum


class Fault(StrEnum):
    """What can go wrong; all but the last two befall one handed-in comment each."""

    HANG_BEFORE = "hang-before"
    """The comment is read and not stored; no answer comes."""
    HANG_AFTER_STORE = "hang-after-store"
    RESET_BEFORE = "reset-before"
    RESET_AFTER_STORE = "reset-after-store"
    ERROR_BEFORE = "500-before"
    ERROR_AFTER_STORE = "500-after-store"
    REST_OFF = "rest-off"
    """The REST API refuses everybody, until the fault is taken back."""
    SLOW = "slow"
    """Every answer takes a while, until the fault is taken back."""


LASTING = frozenset({Fault.REST_OFF, Fault.SLOW})
BEFORE = frozenset({Fault.HANG_BEFORE, Fault.RESET_BEFORE, Fault.ERROR_BEFORE})
OK = "ok"
"""In a plan: this comment is taken and answered as it should be."""


class Faults:
    """Which fault befalls which comment."""

    def __init__(self) -> None:
        self._plan: list[Fault | None] = []
        self._is_repeated = False
        self._at = 0
        self.lasting: Fault | None = None

    def plan(self, names: Iterable[str], *, repeat: bool = False) -> None:
        """Sets what befalls the next comments, one after the other.

        Args:
            names: Faults, and ``ok`` for none.
            repeat: Begin again after the last one, for ever.

        Raises:
            ValueError: a name is no fault.
        """
        faults = [None if name == OK else Fault(name) for name in names]
        self.lasting = next((fault for fault in faults if fault in LASTING), None)
        self._plan = [fault for fault in faults if fault not in LASTING]
        self._is_repeated = repeat
        self._at = 0

    @property
    def waiting(self) -> Fault | None:
        """What befalls the next comment, or lasts."""
        return self._plan[self._at] if self._at < len(self._plan) else self.lasting

    def take(self) -> Fault | None:
        """What befalls this comment; the next one has the next in the plan."""
        if self._at >= len(self._plan):
            return None
        fault = self._plan[self._at]
        self._at += 1
        if self._is_repeated and self._at == len(self._plan):
            self._at = 0
        return fault
