"""Which addresses a request may reach: a public site sends nobody into a private network."""

import asyncio
import re
import socket
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from tui_reader.language import _

Address = IPv4Address | IPv6Address
Resolve = Callable[[str, int], Awaitable[list[str]]]
"""Host and port in, addresses out, the preferred first; raises OSError when there are none."""

# written out, since what `ipaddress` calls private and global changed between versions of Python
_NOT_PUBLIC_4 = tuple(
    IPv4Network(text)
    for text in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/3",
    )
)
# everything else is loopback, link-local, site-local, unique local, multicast or not given out
_PUBLIC_6 = IPv6Network("2000::/3")
_NOT_PUBLIC_6 = tuple(IPv6Network(text) for text in ("2001::/23", "2001:db8::/32", "3fff::/20"))
# addresses that carry an IPv4 address, which is where the packets go in the end
_NAT64 = IPv6Network("64:ff9b::/96")

_NUMBERS = re.compile(r"[0-9a-fx.]+")

_named: ContextVar[frozenset[str] | None] = ContextVar("_named", default=None)


class PrivateTargetError(OSError):
    """A request would have gone to a private address that the user never named."""


@contextmanager
def on_behalf_of(*urls: str) -> Iterator[None]:
    """Within, private addresses are reached only at the hosts of these addresses, which the user named."""
    token = _named.set(frozenset(filter(None, map(_host, urls))))
    try:
        yield
    finally:
        _named.reset(token)


@contextmanager
def unless_said(host: str) -> Iterator[None]:
    """Within, this host counts as named by the user, unless it was said on whose behalf we ask."""
    token = _named.set(frozenset({host.lower()})) if _named.get() is None else None
    try:
        yield
    finally:
        if token is not None:
            _named.reset(token)


def is_public(address: Address) -> bool:
    """Whether the address is one of the open internet."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _NOT_PUBLIC_4)
    within = address.ipv4_mapped or address.sixtofour
    if address in _NAT64:
        within = IPv4Address(int(address) & 0xFFFF_FFFF)
    if within is not None:
        return is_public(within)
    return address in _PUBLIC_6 and not any(address in network for network in _NOT_PUBLIC_6)


async def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, by this system's resolver."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


class Reach:
    """Decides where a connection may go, by the addresses themselves and not by names.

    Args:
        resolve: Gives a host's addresses.
    """

    def __init__(self, resolve: Resolve = resolve) -> None:
        self._resolve = resolve
        self._seen_public: set[str] = set()
        self._seen_private: set[str] = set()

    async def check(self, host: str, port: int) -> None:
        """Refuses what is known to be private: a literal address, or one that a kept connection leads to.

        Raises:
            PrivateTargetError: the host is private, and nobody named it.
        """
        host = host.lower()
        literal = _literal(host)
        is_private = host in self._seen_private if literal is None else not _is_public(literal)
        if is_private and not self._is_named(host):
            await self.addresses(host, port)

    async def addresses(self, host: str, port: int) -> list[str]:
        """The addresses that a connection to this host may be made to, the preferred first.

        Raises:
            PrivateTargetError: there are only private ones, and the user never named them.
            OSError: the host has no address.
        """
        host = host.lower()
        found = await self._all(host, port)
        public = [text for text in found if _is_public(text)]
        if public:
            # a name with both kinds is no LAN's: the private ones are bait
            self._seen_public.add(host)
            return public
        self._seen_private.add(host)
        if self._is_named(host):
            return found
        also_named = await self._named_addresses(port)
        allowed = [text for text in found if text in also_named]
        if allowed:
            return allowed
        raise PrivateTargetError(
            _("a public site pointed at a private address ({value}): not asked").format(value=found[0])
        )

    def _is_named(self, host: str) -> bool:
        # a name that was public a moment ago and is private now was turned upon us (DNS rebinding)
        return host in (_named.get() or ()) and host not in self._seen_public

    async def _named_addresses(self, port: int) -> set[str]:
        """What the named hosts are called besides: "localhost" and 127.0.0.1 are one and the same."""
        addresses: set[str] = set()
        for host in filter(self._is_named, _named.get() or ()):
            try:
                found = await self._all(host, port)
            except OSError:
                continue  # a named host that cannot be found names nothing more
            if not any(map(_is_public, found)):
                addresses.update(found)
        return addresses

    async def _all(self, host: str, port: int) -> list[str]:
        literal = _literal(host)
        found = [literal] if literal is not None else await self._resolve(host, port)
        if not found:
            raise socket.gaierror(socket.EAI_NONAME, _("no address"))
        return found


@lru_cache(maxsize=4_096)  # asked several times for each request, and always the same
def _is_public(text: str) -> bool:
    return is_public(ip_address(text))


@lru_cache(maxsize=4_096)
def _literal(host: str) -> str | None:
    """The address that a host is itself, in the usual form."""
    try:
        return str(ip_address(host.strip("[]")))
    except ValueError:
        pass
    try:
        # 2130706433, 0x7f.1 and 0177.1 are addresses as well, to every resolver
        return str(IPv4Address(socket.inet_aton(host))) if _NUMBERS.fullmatch(host) else None
    except OSError:
        return None


@lru_cache(maxsize=4_096)
def _host(url: str) -> str | None:
    try:
        host = urlsplit(url).hostname
        # as httpx writes it: a name in other letters is compared in the form that is asked for
        return host.encode("idna").decode("ascii").lower() if host and not host.isascii() else host
    except ValueError:  # UnicodeError is one
        return None
