"""Builds the object graph, settings to services; alone in knowing everyone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tui_reader import config, paths
from tui_reader.storage.database import Database

if TYPE_CHECKING:
    import httpx

    from tui_reader.net.client import Http
    from tui_reader.services.conversation import Conversations
    from tui_reader.services.library import Library
    from tui_reader.services.refresh import Refresh
    from tui_reader.services.replying import Replying
    from tui_reader.services.search import Search
    from tui_reader.services.secrets import Secrets
    from tui_reader.services.subscriptions import Subscriptions


def utc_now() -> datetime:
    """The time by this machine's clock."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Everything that a screen or a command may ask for."""

    paths: paths.Paths
    settings: config.Settings
    database: Database
    http: "Http"
    secrets: "Secrets"
    subscriptions: "Subscriptions"
    refresh: "Refresh"
    library: "Library"
    conversations: "Conversations"
    replying: "Replying"
    search: "Search"
    now: Callable[[], datetime]

    async def close(self) -> None:
        """Ends connections and closes the database."""
        await self.http.aclose()
        await self.database.close()


def open_services(
    home: Path | None = None,
    *,
    transport: "httpx.AsyncBaseTransport | None" = None,
    now: Callable[[], datetime] = utc_now,
    throw_away: bool = False,
) -> Services:
    """Opens the database and builds all services; nothing is fetched.

    Args:
        home: One folder for configuration, data and cache; None for the user's own places.
        transport: What carries HTTP; None for the network.
        now: The clock.
        throw_away: The home will not last: keep nothing of it in the system's keyring.

    Raises:
        ConfigError: the settings are wrong.
        StorageError: the database cannot be opened.
    """
    # httpx and the parsers load only for the commands that need them: `--version` and lists stay quick
    from tui_reader.engines.atom_thread import AtomThread
    from tui_reader.engines.wordpress import WordPress
    from tui_reader.net.client import Http
    from tui_reader.services.conversation import Conversations
    from tui_reader.services.library import Library
    from tui_reader.services.refresh import Refresh
    from tui_reader.services.replying import Replying
    from tui_reader.services.search import Search
    from tui_reader.services.secrets import Secrets
    from tui_reader.services.subscriptions import Subscriptions

    places = paths.find(home=home)
    places.make()
    settings = config.load(places.config_file)
    database = Database.open(places.database_file)
    network = settings.network
    http = Http(
        transport=transport,
        timeout=network.timeout,
        connections=network.connections,
        per_host=network.per_host,
    )
    secrets = Secrets(places.config_dir / "secrets.json", disabled=throw_away)
    conversations = Conversations(database, (WordPress(http, now), AtomThread(http, now)), now)
    return Services(
        paths=places,
        settings=settings,
        database=database,
        http=http,
        secrets=secrets,
        subscriptions=Subscriptions(database, http, secrets, now),
        refresh=Refresh(database, http, conversations, now, at_once=network.connections),
        library=Library(database, http, now),
        conversations=conversations,
        replying=Replying(database, conversations, secrets, now),
        search=Search(database),
        now=now,
    )
