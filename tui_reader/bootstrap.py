"""Builds the object graph, settings to services; alone in knowing everyone."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cached_property
from threading import RLock
from typing import TYPE_CHECKING, Any, TypeVar, overload

from tui_reader import config, language, log, paths
from tui_reader.language import _
from tui_reader.storage.database import Database

if TYPE_CHECKING:
    from pathlib import Path

    import httpx

    from tui_reader.config import Settings
    from tui_reader.engines.base import Engine
    from tui_reader.net.client import Http
    from tui_reader.paths import Paths
    from tui_reader.services.conversation import Conversations
    from tui_reader.services.full_text import FullTexts
    from tui_reader.services.images import Images
    from tui_reader.services.library import Library
    from tui_reader.services.older import Older
    from tui_reader.services.refresh import Refresh
    from tui_reader.services.replying import Replying
    from tui_reader.services.search import Search
    from tui_reader.services.secrets import Secrets
    from tui_reader.services.subscriptions import Subscriptions

T = TypeVar("T")

_HOUR = 60
"""Minutes after which a blog is due where nothing refreshes by itself: what is kept must mean something."""


def utc_now() -> datetime:
    """The time by this machine's clock."""
    return datetime.now(UTC)


class Services:
    """Everything that a screen or a command may ask for, each made when it is first asked for.

    What fetches brings HTTP along and what reads answers the parsers: a start that only shows what is
    stored waits for neither.
    """

    def __init__(
        self,
        *,
        paths: "Paths",
        settings: "Settings",
        database: Database,
        transport: "httpx.AsyncBaseTransport | None",
        now: Callable[[], datetime],
        throw_away: bool,
    ) -> None:
        self.paths = paths
        self.settings = settings
        self.database = database
        self.now = now
        self._transport = transport
        self._throw_away = throw_away
        # asked for by the event loop and by threads that load ahead of it
        self._making = RLock()
        self._made: dict[str, Any] = {}

    @property
    def news(self) -> tuple[str, ...]:
        """What the user is to be told before anything else."""
        news = [] if self.database.mended is None else [str(self.database.mended)]
        if self.database.has_no_room:
            news.append(
                _(
                    "The disk is full: what is stored can be read, and nothing is kept before there is room;"
                    " meanwhile no second tui-reader can be opened."
                )
            )
        return tuple(news)

    @property
    def data_folder(self) -> str:
        """Where what is remembered is kept."""
        return str(self.paths.data_dir)

    @property
    def config_file(self) -> "Path":
        """Where the settings are kept."""
        return self.paths.config_file

    def _one(self, name: str, make: Callable[[], T]) -> T:
        with self._making:
            if name not in self._made:
                self._made[name] = make()
            found: T = self._made[name]
            return found

    @property
    def http(self) -> "Http":
        """What fetches."""

        def make() -> "Http":
            from tui_reader.net.client import Http

            network = self.settings.network
            return Http(
                transport=self._transport,
                timeout=network.timeout,
                connections=network.connections,
                per_host=network.per_host,
                passwords=lambda account: self.secrets.password(account),
            )

        return self._one("http", make)

    @property
    def secrets(self) -> "Secrets":
        """Application passwords."""

        def make() -> "Secrets":
            from tui_reader.services.secrets import Secrets

            return Secrets(self.paths.config_dir / "secrets.json", disabled=self._throw_away)

        return self._one("secrets", make)

    @property
    def subscriptions(self) -> "Subscriptions":
        """Following blogs."""

        def make() -> "Subscriptions":
            from tui_reader.services.subscriptions import Subscriptions

            return Subscriptions(self.database, self.http, self.secrets, self.now)

        return self._one("subscriptions", make)

    @property
    def refresh(self) -> "Refresh":
        """Asking every blog."""

        def make() -> "Refresh":
            from tui_reader.services.refresh import Refresh

            network = self.settings.network
            return Refresh(
                self.database,
                self.http,
                lambda: self.conversations,
                self.now,
                at_once=network.connections,
                per_host=network.per_host,
                interval=timedelta(minutes=self.settings.refresh.minutes or _HOUR),
            )

        return self._one("refresh", make)

    @property
    def older(self) -> "Older":
        """Going back in blogs, beyond what their feeds hold."""

        def make() -> "Older":
            from tui_reader.services.older import Older

            return Older(self.database, self.http, self.now)

        return self._one("older", make)

    @property
    def library(self) -> "Library":
        """What is stored."""

        def make() -> "Library":
            from tui_reader.services.library import Library

            return Library(self.database, lambda: self.http, self.now)

        return self._one("library", make)

    @property
    def conversations(self) -> "Conversations":
        """What is said under posts."""

        def make() -> "Conversations":
            from tui_reader.services.conversation import Conversations

            return Conversations(self.database, Engines(lambda: self.http, self.now), self.now)

        return self._one("conversations", make)

    @property
    def replying(self) -> "Replying":
        """The outbox and the identities."""

        def make() -> "Replying":
            from tui_reader.services.replying import Replying

            return Replying(self.database, self.conversations, self.secrets, self.now)

        return self._one("replying", make)

    @property
    def full_texts(self) -> "FullTexts":
        """The whole text of posts that a feed cuts short."""

        def make() -> "FullTexts":
            from tui_reader.services.full_text import FullTexts

            return FullTexts(self.database, lambda: self.http)

        return self._one("full_texts", make)

    @property
    def images(self) -> "Images":
        """Pictures in posts."""

        def make() -> "Images":
            from tui_reader.services.images import Images

            folder = self.paths.cache_dir / "images"
            return Images(self.database, lambda: self.http, folder, lambda: self.settings.images)

        return self._one("images", make)

    @property
    def search(self) -> "Search":
        """Words in posts and comments."""

        def make() -> "Search":
            from tui_reader.services.search import Search

            return Search(self.database)

        return self._one("search", make)

    async def close(self) -> None:
        """Ends connections and closes the database."""
        http: Http | None = self._made.get("http")
        if http is None:
            self._stop_processes()
            await self.database.close()
            return
        import asyncio

        # on its own thread it waits for the disk: meanwhile the others go
        closing = asyncio.create_task(self.database.close())
        try:
            await http.aclose()
            self._stop_processes()
        finally:
            await closing

    def _stop_processes(self) -> None:
        if "refresh" in self._made or "older" in self._made:
            from tui_reader.services.parsing import PARSERS

            PARSERS.stop()
        if "images" in self._made:
            from tui_reader.services.images import PIXELS

            PIXELS.stop()
        if "full_texts" in self._made:
            from tui_reader.services.full_text import PAGES

            PAGES.stop()


class Engines(Sequence["Engine"]):
    """The comment systems, the most particular first; loaded when a post is first looked at."""

    def __init__(self, http: "Callable[[], Http]", now: Callable[[], datetime]) -> None:
        self._http = http
        self._now = now

    @cached_property
    def _all(self) -> "tuple[Engine, ...]":
        from tui_reader.engines.atom_thread import AtomThread
        from tui_reader.engines.wordpress import WordPress

        http = self._http()
        return (WordPress(http, self._now), AtomThread(http, self._now))

    @overload
    def __getitem__(self, index: int) -> "Engine": ...

    @overload
    def __getitem__(self, index: slice) -> "Sequence[Engine]": ...

    def __getitem__(self, index: int | slice) -> "Engine | Sequence[Engine]":
        return self._all[index]

    def __len__(self) -> int:
        return len(self._all)


def open_services(
    home: "Path | None" = None,
    *,
    transport: "httpx.AsyncBaseTransport | None" = None,
    now: Callable[[], datetime] = utc_now,
    throw_away: bool = False,
    is_direct: bool = False,
) -> Services:
    """Opens the database and builds the services; nothing is fetched.

    Args:
        home: One folder for configuration, data and cache; None for the user's own places.
        transport: What carries HTTP; None for the network.
        now: The clock.
        throw_away: The home will not last: keep nothing of it in the system's keyring.
        is_direct: What is stored is read on the caller's own thread, without an event loop.

    Raises:
        ConfigError: the settings are wrong.
        StorageError: the database cannot be opened.
    """
    places = paths.find(home=home)
    places.make()
    settings = config.load(places.config_file)
    language.use(settings.look.language)
    log.start(places.data_dir, settings.log.level)
    return Services(
        paths=places,
        settings=settings,
        database=Database.open(places.database_file, is_direct=is_direct),
        transport=transport,
        now=now,
        throw_away=throw_away,
    )
