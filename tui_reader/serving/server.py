"""Serves the page, and a reader to whoever opens it, until the process is told to end."""

import asyncio
import signal
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from html import escape
from pathlib import Path
from string import Template
from urllib.parse import quote

from aiohttp import WSCloseCode, web
from textual_serve.server import Server, to_int

from tui_reader.errors import UsageError
from tui_reader.language import _, current, ngettext
from tui_reader.serving.gate import Gate
from tui_reader.serving.session import Session

_PLACE_WITHIN = 3.0
"""Seconds after which there is no place: a page that is loaded anew waits for its own reader to end."""

_HERE = Path(__file__).parent
_HEADERS = {
    # the page loads nothing from elsewhere, and nobody else may show it or learn its address
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self';"
        " img-src 'self' data:; connect-src 'self' ws://{host}; base-uri 'none'; form-action 'none';"
        " frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class ReaderServer(Server):
    """textual-serve's server behind a gate, with a page of our own that works without a network.

    Args:
        arguments: What the program is called with for each page that is opened.
        host: A name or address of this computer for itself.
        port: 0 for any free one.
        readers: So many at once, and no more.
    """

    def __init__(self, arguments: Sequence[str], *, host: str, port: int, readers: int) -> None:
        super().__init__("", host=host, port=port, title="tui reader")
        self._arguments = arguments
        self._gate = Gate()
        self._visits: set[web.WebSocketResponse] = set()
        self._readers = readers
        self._places = asyncio.Semaphore(readers)

    async def run(self, opened: Callable[[str, str], None]) -> None:
        """Serves until SIGINT or SIGTERM; then ends every reader, and returns when they have ended.

        Args:
            opened: Called, when there is something to open, with the address, and with another that leads
                there once.

        Raises:
            UsageError: there is nothing to be had at this port.
        """
        runner = web.AppRunner(await self._make_app(), access_log=None, shutdown_timeout=15.0)
        await runner.setup()
        ended = asyncio.Event()
        loop = asyncio.get_running_loop()
        try:
            site = web.TCPSite(runner, "127.0.0.1" if self.host == "localhost" else self.host, self.port)
            try:
                await site.start()
            except OSError as error:
                why = _("Port {port} cannot be had ({reason}): choose another, or none for any free one.")
                raise UsageError(why.format(port=self.port, reason=error.strerror or error)) from error
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                loop.add_signal_handler(number, ended.set)
            host = f"[{self.host}]" if ":" in self.host else self.host
            origin = f"http://{host}:{runner.addresses[0][1]}"
            opened(f"{origin}{self._gate.path}/", f"{origin}{self._gate.path_once}")
            await ended.wait()
        finally:
            await runner.cleanup()

    async def _make_app(self) -> web.Application:
        inner = web.Application()
        inner.add_routes(
            [
                web.get("/", self.handle_index),
                web.get("/ws", self.handle_websocket),
                web.get("/download/{key}", self.handle_download),
                web.static("/static", self.statics_path),
                web.static("/page", _HERE / "page"),
            ]
        )
        app = web.Application(middlewares=[self._gate.middleware()])
        app.add_subapp(self._gate.path, inner)
        app.on_response_prepare.append(_with_headers)
        app.on_shutdown.append(self.on_shutdown)
        return app

    async def on_shutdown(self, app: web.Application) -> None:
        """Ends the visits; each ends its reader, and is waited for."""
        for visit in tuple(self._visits):
            await visit.close(code=WSCloseCode.GOING_AWAY)

    async def handle_index(self, request: web.Request) -> web.Response:
        """The page; where no place is left for a reader, one that says so."""
        async with self._place() as has_place:
            if not has_place:
                told = ngettext(
                    "{count} reader is open here, and no more may be (--readers): close its page, then try"
                    " again.",
                    "{count} readers are open here, and no more may be (--readers): close one of their pages,"
                    " then try again.",
                    self._readers,
                ).format(count=self._readers)
                return self._page("full.html", {"full": told, "again": _("Try again")}, status=503)
        parts = {
            "websocket": f"ws://{request.host}{self._gate.path}/ws",
            "font_size": max(6, min(60, to_int(request.query.get("fontsize", ""), 16))),
            "wait": _("The reader opens …"),
            "ended": _("The reader has ended. What you wrote is kept."),
            "again": _("Open it again"),
        }
        return self._page("index.html", parts)

    def _page(self, name: str, parts: Mapping[str, object], *, status: int = 200) -> web.Response:
        page = Template((_HERE / "page" / name).read_text(encoding="utf-8"))
        all_parts = {"language": current(), "title": self.title, **parts}
        told = {part: escape(str(words)) for part, words in all_parts.items()}
        return web.Response(text=page.substitute(told), content_type="text/html", status=status)

    @asynccontextmanager
    async def _place(self) -> AsyncIterator[bool]:
        """Holds a place for one reader, if there is one in a moment."""
        try:
            await asyncio.wait_for(self._places.acquire(), _PLACE_WITHIN)
        except TimeoutError:
            yield False
            return
        try:
            yield True
        finally:
            self._places.release()

    async def handle_download(self, request: web.Request) -> web.StreamResponse:
        """A file that the reader saves; never shown in place of the page."""
        key = request.match_info["key"]
        try:
            told = await self.download_manager.get_download_metadata(key)
        except KeyError as error:
            raise web.HTTPNotFound from error
        response = web.StreamResponse()
        response.headers["Content-Type"] = f"{told.mime_type or 'text/plain'}; charset=utf-8"
        response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(told.file_name)}"
        await response.prepare(request)
        async for chunk in self.download_manager.download(key):
            await response.write(chunk)
        await response.write_eof()
        return response

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """A visit: as long as it lasts, a reader runs."""
        async with self._place() as has_place:
            if not has_place:
                # the page was there before the place was gone: loaded again it says so
                raise web.HTTPServiceUnavailable
            return await self._visit(request)

    async def _visit(self, request: web.Request) -> web.WebSocketResponse:
        visit = web.WebSocketResponse(heartbeat=15)
        await visit.prepare(request)
        session = Session(
            self._arguments,
            write_bytes=visit.send_bytes,
            write_str=visit.send_str,
            close=visit.close,
            download_manager=self.download_manager,
        )
        self._visits.add(visit)
        try:
            await session.start(*(to_int(request.query.get(name, ""), 80) for name in ("width", "height")))
            await self._process_messages(visit, session)
        finally:
            self._visits.discard(visit)
            await session.stop()
        return visit


async def _with_headers(request: web.Request, response: web.StreamResponse) -> None:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value.replace("{host}", request.host))
