"""What the screens ask of the rest of the program, so that they need not know who builds it."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from tui_reader.config import Settings
    from tui_reader.services.conversation import Conversations
    from tui_reader.services.full_text import FullTexts
    from tui_reader.services.images import Images
    from tui_reader.services.library import Library
    from tui_reader.services.older import Older
    from tui_reader.services.refresh import Refresh
    from tui_reader.services.replying import Replying
    from tui_reader.services.search import Search
    from tui_reader.services.subscriptions import Subscriptions


class Services(Protocol):
    """The services as the screens use them."""

    settings: "Settings"
    """Those in force; the settings screen puts others in their place."""

    @property
    def news(self) -> tuple[str, ...]:
        """What the user is to be told before anything else."""
        ...

    @property
    def subscriptions(self) -> "Subscriptions": ...

    @property
    def refresh(self) -> "Refresh": ...

    @property
    def older(self) -> "Older": ...

    @property
    def library(self) -> "Library": ...

    @property
    def conversations(self) -> "Conversations": ...

    @property
    def replying(self) -> "Replying": ...

    @property
    def full_texts(self) -> "FullTexts": ...

    @property
    def images(self) -> "Images": ...

    @property
    def search(self) -> "Search": ...

    @property
    def data_folder(self) -> str:
        """Where what is remembered is kept."""
        ...

    @property
    def config_file(self) -> "Path":
        """Where the settings are kept."""
        ...

    @property
    def now(self) -> Callable[[], datetime]:
        """The clock: aware, UTC."""
        ...
