"""Whether the environment names proxies, and what is wrong with them."""

from urllib.request import getproxies

OWN_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
"""Asked without a proxy, as browsers do: it would look for them on its own computer."""


class ProxySettingError(OSError):
    """The environment names a proxy that cannot be used; the text is for the user."""


def are_named() -> bool:
    """Whether there are any."""
    return bool(getproxies())
