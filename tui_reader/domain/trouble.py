"""What keeps a blog from answering: a short code that can be stored, and its words in the language in force.

A code is a kind with what belongs to it: ``status 404``, ``slow 20``, ``name``; with ``proxied`` before it
where the request went by way of a proxy. Nothing is imported here that a first frame would wait for.
"""

from tui_reader.language import N_, _

PROXIED = "proxied"

_ITS_TROUBLE = N_("it is the trouble of the blog and not yours: try again later")
_SLOW = N_("the server, or the way to it, is slow: try again later")
_WAYS = {
    "certificate": (
        N_("the certificate is not valid: {detail}"),
        N_(
            "whoever answers cannot prove to be this site, so nothing was read: check the date of this"
            " computer, or tell the owner of the blog"
        ),
    ),
    "name": (
        N_("the server could not be found"),
        N_(
            "check the spelling; where other sites fail too, the network is down: read on, it is asked again"
            " later"
        ),
    ),
    "refused": (
        N_("the connection was refused"),
        N_("nothing listens there now: check the address and its port, or try again later"),
    ),
    "unreachable": (
        N_("the network cannot be reached"),
        N_("this computer is offline: read what is stored, and try again when it is connected"),
    ),
    "slow": (N_("no answer within {detail} s"), _SLOW),
    "slow-connect": (N_("no connection could be made in time"), _SLOW),
    "broken-off": (N_("the server broke the connection off"), ""),
    "tls": (N_("no secure connection could be made"), ""),
    "proxy": (N_("the proxy refused"), ""),
    "no-http": (N_("the server broke off, or does not speak HTTP"), ""),
    "no-address": (N_("this is not a web address"), ""),
    "unsendable": (N_("the request holds characters that cannot be sent"), ""),
    "unconnected": (N_("no connection could be made"), ""),
    "lost": (N_("the connection was lost"), ""),
}
_MOVED = N_("its feed may have moved: look at the blog's page, and add that anew")
_FEEDS = {
    "page": (N_("that is a web page, not a feed"), _MOVED),
    "no-feed": (N_("that is not a feed"), _MOVED),
    "empty": (N_("the answer is empty"), ""),
    "damaged": (N_("the feed is too damaged to be read"), _ITS_TROUBLE),
    "unreadable": (N_("it is too damaged to be read"), _ITS_TROUBLE),
    "breaks-off": (N_("the feed breaks off before its first post"), _ITS_TROUBLE),
    "memory": (N_("it takes too much memory to be read"), ""),
    "too-long": (N_("it takes too long to be read"), ""),
    "given-up": (N_("it was given up"), ""),
    "doubled": (
        N_("it moved for good to a feed that you follow already, “{detail}”: remove one of the two"),
        "",
    ),
}
_KINDS = _WAYS | _FEEDS
_PROXY_ADVICE = N_(
    "it was to be asked by way of the proxy that the environment names: see whether that one works"
)

_STATUS = {
    400: N_("the server did not understand the request"),
    401: N_("a name and password are needed"),
    402: N_("the server wants to be paid"),
    403: N_("the server does not allow it"),
    404: N_("there is no such page"),
    405: N_("the server does not take this kind of request"),
    406: N_("the server has no form of it that suits"),
    408: N_("the server waited too long"),
    409: N_("the server sees a conflict with what is there"),
    410: N_("gone for good"),
    413: N_("too much was sent"),
    414: N_("the address is too long for the server"),
    418: N_("the server takes itself for a teapot"),
    421: N_("another server is meant"),
    425: N_("too early for the server"),
    429: N_("too many requests"),
    451: N_("not shown for legal reasons"),
    500: N_("the server has a fault"),
    501: N_("the server cannot do that"),
    502: N_("the server behind the server gave a bad answer"),
    503: N_("the server is busy or being mended"),
    504: N_("the server behind the server did not answer"),
    507: N_("the server has no room left"),
    511: N_("this network wants a sign-in first"),
}
_STATUS_ADVICE = {
    401: N_("put them in front of the host: https://NAME:PASSWORD@…"),
    403: N_("it may keep programs out: see whether a browser gets in"),
    404: N_("check the address; the front page of the site often leads on"),
    410: N_("it will not come back: look for its new address, or remove it"),
    429: N_("it asks to be left alone for a while: try again later"),
    511: N_("sign in to it with a browser, then try again"),
}


def reason(code: str) -> str:
    """What happened, in plain words; empty for a code that is not known."""
    kind, detail = _parts(code)
    if kind == "status":
        status = int(detail)
        return f"{status_reason(status)} ({status})"
    words, _advice = _KINDS.get(kind, ("", ""))
    return _(words).format(detail=detail)


def advice(code: str) -> str:
    """What can be done about it; empty where nobody knows."""
    if code.startswith(PROXIED):
        return _(_PROXY_ADVICE)
    kind, detail = _parts(code)
    if kind == "status":
        status = int(detail)
        return _(_STATUS_ADVICE.get(status, _ITS_TROUBLE if status >= 500 else ""))
    return _(_KINDS.get(kind, ("", ""))[1])


def status_reason(status: int) -> str:
    """What a status from 400 up means."""
    known = _STATUS.get(status)
    if known:
        return _(known)
    return _("the server refused") if status < 500 else _("the server has a fault")


def _parts(code: str) -> tuple[str, str]:
    kind, _blank, detail = code.removeprefix(f"{PROXIED} ").partition(" ")
    if kind == "status" and not (detail.isascii() and detail.isdecimal() and len(detail) == 3):
        return "", ""  # as a damaged file may hold it: the words that are stored beside it are told
    return kind, detail
