"""Pairs measured in turn, and the table of their ratios."""

import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path

NOT_INSTALLED = "not installed"


def scratch(name: str) -> Path:
    """A folder for the homes of one benchmark."""
    return Path(tempfile.mkdtemp(prefix=f"tui-reader-bench-{name}-"))


def in_turn(runs: int, *sides: Callable[[], float]) -> list[list[float]]:
    """The results of each side; they run A B A B, so that a machine whose speed drifts harms no ratio."""
    for side in sides:
        side()
    found: list[list[float]] = [[] for _ in sides]
    for _ in range(runs):
        for side, results in zip(sides, found, strict=True):
            results.append(side())
    return found


def ratio(ours: list[float], theirs: list[float]) -> float:
    """The median of the ratios of each pair."""
    return statistics.median(a / b for a, b in zip(ours, theirs, strict=True))


def row(what: str, ours: str, theirs: str, measured: float | None, goal: float, unit: str = "x") -> None:
    """One line: what, ours, theirs, the figure, the goal, and whether it is met."""
    if measured is None:
        print(f"{what:<52} {ours:>10} {theirs:>14} {'':>8} {goal:>7g}{unit}", flush=True)
        return
    met = "met" if measured <= goal else "MISSED"
    print(f"{what:<52} {ours:>10} {theirs:>14} {measured:>7.2f}{unit} {goal:>6g}{unit}  {met}", flush=True)


def middle(values: list[float]) -> float:
    """The median."""
    return statistics.median(values)


def high(values: list[float]) -> float:
    """The 95th percentile."""
    return sorted(values)[min(len(values) - 1, round(0.95 * (len(values) - 1)))]
