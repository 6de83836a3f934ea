"""What a list says of itself: its title, whose it is, when it was made."""

from tui_reader.feeds.opml_kept import fit

_MOST = 50
_LONGEST = 4_000


class Head:
    """Told of each element that begins and ends, and of the text between."""

    def __init__(self) -> None:
        self.said: list[tuple[str, str]] = []
        self._open: list[str] = []
        self._name: str | None = None
        self._pieces: list[str] = []

    def start(self, name: str, whole: str | None) -> None:
        """An element begins.

        Args:
            name: As it stands there.
            whole: With its namespace; None where that is not known.
        """
        self._open.append(name.lower())
        if self._open == ["opml", "head", self._open[-1]]:
            self._name, self._pieces = whole, []

    def text(self, data: str) -> None:
        """Text comes, in pieces."""
        if self._name is not None:
            self._pieces.append(data)

    def end(self) -> None:
        """The element ends."""
        if len(self._open) == 3 and self._name is not None:
            value = fit("".join(self._pieces)).strip()
            if value and len(value) <= _LONGEST and len(self.said) < _MOST:
                self.said.append((self._name, value))
            self._name = None
        if self._open:
            self._open.pop()
