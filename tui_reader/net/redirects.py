"""Where a redirect leads, and what may go along to another site."""

from collections.abc import Mapping

from tui_reader.errors import FetchError, NotSentError
from tui_reader.language import _
from tui_reader.net.address import checked, origin, shown
from tui_reader.net.messages import Answer
from tui_reader.net.web_address import AddressError, WebAddress

MAX_REDIRECTS = 10
_REDIRECTS = {301, 302, 303, 307, 308}
_PERMANENT = {301, 308}
# all that another site needs to know; an allow-list, since who knows what the next header will carry
_GOES_ALONG = {
    "accept",
    "accept-encoding",
    "accept-language",
    "cache-control",
    "if-modified-since",
    "if-none-match",
    "user-agent",
}


class Way:
    """The way of one request from address to address.

    Args:
        start: What was asked for.
        headers: What is sent there.
    """

    def __init__(self, start: WebAddress, headers: Mapping[str, str]) -> None:
        self.url = start
        self.headers = dict(headers)
        self.cookies: dict[str, str] = {}
        self._start = start
        self._hops = 0
        self._is_permanent = True
        self._seen: set[tuple[str, str]] = set()

    @property
    def moved_to(self) -> str | None:
        """The new address, when each step was permanent and none gave up encryption."""
        if not self._hops or not self._is_permanent:
            return None
        return str(self.url.with_fragment(None))

    def goes_on(self, answer: Answer) -> bool:
        """Notes the cookies of an answer and follows its redirect; False when it is none.

        Raises:
            FetchError: the redirect leads in a circle, nowhere or out of the web.
        """
        here = shown(self.url)
        self._seen.add((here, repr(sorted(self.cookies.items()))))
        self.cookies.update(answer.cookies(self.url))
        if answer.status not in _REDIRECTS:
            return False
        location = answer.headers.get("location", "").strip()
        if not location:
            raise FetchError(here, _("the server sends us on, but does not say where"))
        try:
            target = checked(str(self.url.joined(location)))
        except (AddressError, NotSentError) as error:
            raise FetchError(here, _("the server sends us to something that is not a web address")) from error
        self._step(target, answer.status)
        # the same address once more is a circle, but not when a cookie was set: some sites look for it so
        if (shown(self.url), repr(sorted(self.cookies.items()))) in self._seen:
            raise FetchError(shown(self._start), _("the server sends us in a circle"))
        return True

    def _step(self, target: WebAddress, status: int) -> None:
        self._hops += 1
        if self._hops > MAX_REDIRECTS:
            raise FetchError(
                shown(self._start),
                _("the server sent us on more than {most} times").format(most=MAX_REDIRECTS),
            )
        target = target.named(None)  # a name and password that the other side made up
        is_downgrade = self.url.scheme == "https" and target.scheme == "http"
        self._is_permanent &= status in _PERMANENT and not is_downgrade
        if origin(target) != origin(self.url):
            self.headers = {name: text for name, text in self.headers.items() if name in _GOES_ALONG}
            self.cookies.clear()
        if self.url.fragment and not target.fragment:
            target = target.with_fragment(self.url.fragment)
        self.url = target
