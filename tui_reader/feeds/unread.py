"""What came and is no feed that can be read: the error that says so."""

from tui_reader.domain import trouble
from tui_reader.errors import FeedError


def unread(url: str, code: str) -> FeedError:
    """The error of what came from this address, by the code of what is wrong with it."""
    return FeedError(f"{url}: {trouble.reason(code)}", trouble=code)
