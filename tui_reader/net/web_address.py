"""A web address in its parts, as it is sent.

Nearly every address that is asked for is so plain that one look tells its parts. What is not is read by
httpx, which knows user names, other letters, dots and blanks in paths, and takes as long to load as the rest
of what a refresh needs.
"""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    import httpx

_DEFAULT_PORTS = {"http": 80, "https": 443}
_BYTE = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
# a path without dots that lead up, and nothing that is written in another way when it is sent; a host that
# ends in a number is an IPv4 address in its usual form
_PLAIN = re.compile(
    r"(?P<scheme>https?)://"
    rf"(?P<host>(?:{_BYTE}\.){{3}}{_BYTE}|(?:[a-z0-9-]{{1,63}}\.){{0,20}}[a-z][a-z0-9-]{{0,62}})"
    r"(?::(?P<port>[1-9][0-9]{0,4}))?"
    r"(?P<target>(?=/)(?:/[\w~-][\w.~-]*)*/?(?:\?[\w.~=&/-]*)?)",
    re.ASCII,
)


class AddressError(ValueError):
    """It is no address at all."""


@dataclass(frozen=True, slots=True)
class WebAddress:
    """The parts of an address, normalised: of what is sent, nothing is left to be escaped."""

    text: str
    """All of it, with the name and password that it may carry."""
    scheme: str
    host: str
    """In lower case; letters of other scripts as such."""
    raw_host: str
    """The same as it is asked for: letters of other scripts in ``xn--``."""
    netloc: bytes
    """Host and port, as they are sent."""
    target: bytes
    """Path and query, as they are sent."""
    port: int | None = None
    """None for the one that is usual."""
    userinfo: bytes = b""
    """Name and password, escaped."""
    fragment: str = ""

    @classmethod
    def read(cls, text: str) -> Self:
        """The parts of an address, which need not be one of the web.

        Raises:
            AddressError: it is none.
        """
        plain = _PLAIN.fullmatch(text)
        if plain is not None:
            scheme, host, port, target = plain.group("scheme", "host", "port", "target")
            number = int(port) if port else None
            if "xn--" not in host and number != _DEFAULT_PORTS[scheme]:
                netloc = f"{host}:{port}" if port else host
                return cls(
                    text=text,
                    scheme=scheme,
                    host=host,
                    raw_host=host,
                    netloc=netloc.encode(),
                    target=target.encode(),
                    port=number,
                )
        return cls._by_httpx(text)

    @classmethod
    def _by_httpx(cls, text: str) -> Self:
        import httpx

        try:
            url = httpx.URL(text)
            return cls(
                text=str(url),
                scheme=url.scheme,
                host=url.host,
                raw_host=url.raw_host.decode("ascii"),
                netloc=url.netloc,
                target=url.raw_path,
                port=url.port,
                userinfo=url.userinfo,
                fragment=url.fragment,
            )
        # idna raises its own UnicodeError, a ValueError
        except (httpx.InvalidURL, ValueError, TypeError) as error:
            raise AddressError(str(error)) from error

    def __str__(self) -> str:
        return self.text

    def named(self, name: str | None) -> "WebAddress":
        """The same with this name and no password in it, or with neither."""
        if name is None and not self.userinfo:
            return self
        return self._with(username=name, password=None)

    def with_fragment(self, fragment: str | None) -> "WebAddress":
        """The same with this fragment, or with none."""
        return self if fragment is None and "#" not in self.text else self._with(fragment=fragment)

    def joined(self, reference: str) -> "WebAddress":
        """Where a link on this page leads.

        Raises:
            AddressError: nowhere.
        """
        import httpx

        try:
            return WebAddress.read(str(httpx.URL(self.text).join(reference)))
        except (httpx.InvalidURL, ValueError, TypeError) as error:
            raise AddressError(str(error)) from error

    def _with(self, **parts: str | None) -> "WebAddress":
        import httpx

        return WebAddress.read(str(httpx.URL(self.text).copy_with(**parts)))

    def as_httpx(self) -> "httpx.URL":
        """The same for httpx."""
        import httpx

        return httpx.URL(self.text)
