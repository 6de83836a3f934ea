"""Puts off what asyncio, Textual and Rich import at their start and this program needs later, or never.

OpenSSL alone is a tenth of the memory of a reader at rest, and asyncio imports it for connections that nobody
has asked for yet. While a ``with putting_off()`` lasts, what imports one of ``PUT_OFF`` gets a stand-in;
afterwards nobody does, and ``import ssl`` is what it always was. A stand-in that is asked for anything, on
whichever thread, imports the module as everybody does, under Python's own locks, and passes on what was asked
for. So it is also where another version of Python or of Textual touches a module at once: it is loaded then
and there, and nothing but the time is lost.

Not ``importlib.util.LazyLoader``: its modules load when they are imported a second time, as asyncio does with
``ssl``, and in Python 3.11 two threads that touch one first may see half of it.
"""

import importlib
import sys
from abc import ABC
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import ModuleType
from typing import Any

__all__ = ["PUT_OFF", "putting_off"]

PUT_OFF: Mapping[str, tuple[str, ...]] = {
    # of asyncio: TLS, which the first request to a blog loads; and how subprocess reads a codeset
    "ssl": ("SSLSocket",),
    "asyncio.sslproto": (),
    "locale": (),
    # of the library: reports of bugs, addresses with numbers in brackets, fractions of decimals
    "textwrap": (),
    "tokenize": (),
    "ipaddress": (),
    "decimal": ("Decimal",),
    # of the size of the terminal, to which the library adds what packs archives
    "bz2": (),
    "lzma": (),
    "zlib": (),
    # of Textual and Rich: what tells of wrong style sheets and actions, saves files, shows tables of colours
    "difflib": ("get_close_matches",),
    "mimetypes": (),
    "platformdirs": ("user_downloads_path",),
    "rich.table": ("Table",),
    # what draws lines between widgets
    "textual.canvas": ("Canvas", "Rectangle"),
    # its palette of commands, which brings fields and lists along: ours is made when it is asked for
    "textual.command": (
        *("CommandListItem", "CommandPalette", "DiscoveryHit", "Hit", "Hits", "Provider"),
        "SimpleProvider",
    ),
    "textual.types": ("IgnoreReturnCallbackType",),
    "uuid": ("uuid4",),
}
"""Modules, each with the names that are taken out of it when it is imported."""

_LATE_BASES = {("textual.command", "Provider")}
"""Classes of these modules that others derive from meanwhile; their heirs are real as soon as they are.

Only what derives from ABC and wants to know nothing of its heirs when they are made, as a test holds. Textual
derives the list of its themes, which it shows in its own palette only.
"""

_BUILT = {"ssl": "_ssl", "asyncio.sslproto": "_ssl", "bz2": "_bz2", "lzma": "_lzma", "zlib": "zlib"}
"""What a Python may be built without; who imports them finds that out by importing them."""


@contextmanager
def putting_off(modules: Mapping[str, tuple[str, ...]] = PUT_OFF) -> Iterator[None]:
    """What is imported meanwhile gets stand-ins for these modules, but for those that are loaded already."""
    stand_ins = {
        name: _StandIn(name, names)
        for name, names in modules.items()
        if name not in sys.modules and _is_there(_BUILT.get(name))
    }
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name, stand_in in stand_ins.items():
            if sys.modules.get(name) is stand_in:
                del sys.modules[name]


def _is_there(name: str | None) -> bool:
    return name is None or any(finder.find_spec(name, None) is not None for finder in sys.meta_path)


def _load(name: str) -> ModuleType:
    if isinstance(sys.modules.get(name), _StandIn):  # while putting off, when there is one thread only
        del sys.modules[name]
    module = importlib.import_module(name)
    for (of, promised), base in _bases.items():
        if of == name:
            _hand_over(base, getattr(module, promised))
    return module


_bases: dict[tuple[str, str], type] = {}
"""What stands in for ``_LATE_BASES`` among the bases of their heirs, until they are loaded."""


def _hand_over(stand_in: type, real: type) -> None:
    # a second time, or on the second of two threads, there are no heirs any more
    heir: Any
    for heir in stand_in.__subclasses__():
        heir.__bases__ = tuple(real if base is stand_in else base for base in heir.__bases__)


class _StandIn(ModuleType):
    """A module for whoever imported it; loads the real one when it is asked for anything."""

    def __init__(self, name: str, names: tuple[str, ...]) -> None:
        super().__init__(name)
        for promised in names:
            setattr(self, promised, _Promise(name, promised))

    def __getattr__(self, name: str) -> Any:
        if name == "__path__":  # every import asks for it, to tell packages
            raise AttributeError(name)
        return getattr(_load(self.__name__), name)


class _Promise:
    """A function or a class of a module that is not loaded; loads it when it is used."""

    def __init__(self, module: str, name: str) -> None:
        self._module = module
        self._name = name

    def _kept(self) -> Any:
        return getattr(_load(self._module), self._name)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._kept()(*args, **kwargs)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._kept(), name)

    def __mro_entries__(self, bases: tuple[Any, ...]) -> tuple[Any, ...]:
        key = self._module, self._name
        if key in _LATE_BASES and isinstance(sys.modules.get(self._module), _StandIn):
            return (_bases.setdefault(key, type(self._name, (ABC,), {"__module__": self._module})),)
        return (self._kept(),)

    def __instancecheck__(self, instance: object) -> bool:
        module = sys.modules.get(self._module)
        # nothing is of a class that was never loaded
        return module is not None and type(module) is not _StandIn and isinstance(instance, self._kept())
