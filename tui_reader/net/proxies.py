"""Whether the environment names proxies, and what is wrong with them."""

import os
import sys

OWN_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
"""Asked without a proxy, as browsers do: it would look for them on its own computer."""


class ProxySettingError(OSError):
    """The environment names a proxy that cannot be used; the text is for the user."""


def are_named() -> bool:
    """Whether there are any."""
    # what reads them takes as long to load as ten blogs to ask; only some systems name proxies elsewhere
    if sys.platform == "linux" and not any(name.lower().endswith("_proxy") for name in os.environ):
        return False
    from urllib.request import getproxies

    return bool(getproxies())
