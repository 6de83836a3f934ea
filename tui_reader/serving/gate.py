"""Who is let in: what comes from this computer, knows the token and is not sent by another site's page."""

import hmac
import re
import secrets

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

_OURS = re.compile(r"(?:127\.0\.0\.1|\[::1\]|localhost)(?::[0-9]{1,5})?")
"""The names of this computer for itself, as a Host header has them."""


class Gate:
    """Lets in requests below ``/TOKEN/``; all others get 403 and nothing else, whatever they ask for."""

    def __init__(self) -> None:
        self._token = secrets.token_urlsafe(32)
        self._once = secrets.token_urlsafe(32)

    @property
    def path(self) -> str:
        """What every address that is let in begins with."""
        return f"/{self._token}"

    @property
    def path_once(self) -> str:
        """Leads there one single time: what a program is called with, every user of the computer can read."""
        return f"/once/{self._once}"

    def takes(self, request: web.Request) -> bool:
        """Whether the request comes by ``path_once``, and is the first that does."""
        asked = request.path.removeprefix("/once/")
        if request.method != "GET" or not hmac.compare_digest(asked.encode(), self._once.encode()):
            return False
        if not is_loopback(request.host) or "Origin" in request.headers:
            return False
        self._once = secrets.token_urlsafe(32)
        return True

    def lets_in(self, request: web.Request) -> bool:
        """Whether the request knows the token and was addressed to this computer, by our own page."""
        first = request.path.removeprefix("/").partition("/")[0]
        if not hmac.compare_digest(first.encode(), self._token.encode()):
            return False
        # a name that a stranger's DNS leads here is no name of this computer
        if not is_loopback(request.host):
            return False
        origin = request.headers.get("Origin")
        if request.headers.get("Upgrade", "").lower() == "websocket":
            return origin == f"http://{request.host}"
        return origin in {None, f"http://{request.host}"}

    def middleware(self) -> Middleware:
        """Asks before anything else is done, also for what is not there."""

        @web.middleware
        async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
            if self.takes(request):
                return web.Response(status=303, headers={"Location": f"{self.path}/"})
            if not self.lets_in(request):
                return web.Response(status=403, text="403: Forbidden\n")
            return await handler(request)

        return guarded


def is_loopback(host: str) -> bool:
    """Whether a Host header names this computer; the port may be that of a tunnel."""
    return _OURS.fullmatch(host) is not None
