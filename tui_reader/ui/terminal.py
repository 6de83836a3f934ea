"""What the terminal in front of the reader takes, by what it says of itself."""

from collections.abc import Mapping

PLAIN = frozenset({"", "dumb", "unknown", "linux", "vt100", "vt102", "vt220", "ansi", "cons25"})
"""Those that only write."""


def takes_hyperlinks(environment: Mapping[str, str]) -> bool:
    """Whether OSC 8 is known or at least passed over in silence, as every terminal of a desktop does."""
    return environment.get("TERM", "") not in PLAIN
