"""What is put off at the start: it is not loaded, and whoever touches it finds all of it."""

import importlib
import subprocess
import sys
from abc import ABC, ABCMeta
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from tests.bench import homes
from tests.bench.terminal import READER, Terminal, environ
from tui_reader.put_off import _LATE_BASES, PUT_OFF, putting_off

SLOW = """
from builtins import slow_loads as LOADS
import time
time.sleep(0.05)
LOADS.append(1)
class Thing:
    pass
def made():
    return Thing()
finished = made
"""
"""A module that takes a while: who comes meanwhile must not see half of it."""
USER = "import slow_one\nfrom slow_one import Thing, made\n"


@pytest.fixture
def slow(tmp_path, monkeypatch):
    """How often the module ``slow_one`` was loaded."""
    loads: list[int] = []
    (tmp_path / "slow_one.py").write_text(SLOW)
    (tmp_path / "user.py").write_text(USER)
    monkeypatch.setattr("builtins.slow_loads", loads, raising=False)
    monkeypatch.syspath_prepend(tmp_path)
    yield loads
    for name in ("slow_one", "user"):
        sys.modules.pop(name, None)


def user_of_slow():
    """A module that imported ``slow_one`` while it was put off."""
    with putting_off({"slow_one": ("Thing", "made")}):
        return importlib.import_module("user")


def run(code: str) -> str:
    """What a fresh Python says."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert not done.returncode, done.stderr
    return done.stdout.strip()


def test_every_module_has_what_is_promised_of_it():
    for name, promised in PUT_OFF.items():
        module = importlib.import_module(name)
        assert all(hasattr(module, name) for name in promised), name


def test_bases_that_come_late_wish_to_know_nothing_of_their_heirs():
    for name, promised in _LATE_BASES:
        base = getattr(importlib.import_module(name), promised)
        assert base.__bases__ == (ABC,)
        assert type(base) is ABCMeta
        assert not {"__init_subclass__", "__slots__", "__set_name__"} & set(vars(base))


def test_what_imports_it_meanwhile_loads_it_when_it_touches_it(slow):
    user = user_of_slow()
    assert "slow_one" not in sys.modules
    assert not isinstance(3, user.Thing)
    assert not slow
    thing = user.made()
    assert slow == [1]
    assert isinstance(thing, user.Thing)
    assert type(thing) is sys.modules["slow_one"].Thing
    assert user.slow_one.LOADS is slow
    with pytest.raises(AttributeError, match="no_such_thing"):
        user.slow_one.no_such_thing  # noqa: B018 (asked for)


def test_who_imports_it_afterwards_gets_the_module_itself(slow):
    user = user_of_slow()
    module = importlib.import_module("slow_one")
    assert slow == [1]
    assert module is not user.slow_one
    assert user.slow_one.LOADS is module.LOADS


def test_many_threads_that_touch_it_first_load_it_once_and_see_all_of_it(slow):
    user = user_of_slow()
    together = Barrier(8)

    def touch(number):
        together.wait()
        return user.slow_one.finished() if number % 2 else user.made()

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(touch, range(8)))
    assert slow == [1]
    assert {type(one) for one in found} == {sys.modules["slow_one"].Thing}


def test_what_is_touched_at_once_is_loaded_at_once(slow, tmp_path):
    (tmp_path / "user.py").write_text(f"{USER}class More(Thing):\n    pass\n")
    with putting_off({"slow_one": ("Thing", "made")}):
        user = importlib.import_module("user")
        assert slow == [1]
        assert user.More.__mro__[1] is sys.modules["slow_one"].Thing
    assert sys.modules["slow_one"].Thing in user.More.__mro__


def test_what_is_loaded_already_or_not_built_in_is_left_alone(monkeypatch):
    real = importlib.import_module("ssl")
    with putting_off({"ssl": ()}):
        assert sys.modules["ssl"] is real
    monkeypatch.delitem(sys.modules, "ssl")
    monkeypatch.setattr(sys, "meta_path", [])
    with putting_off({"ssl": ()}):
        assert "ssl" not in sys.modules


def test_the_screens_load_none_of_it():
    code = """
import sys
from tui_reader.put_off import PUT_OFF, putting_off
with putting_off():
    import asyncio, shutil
    import tui_reader.cli.reader, tui_reader.ui.app, tui_reader.ui.takeover
print(*[name for name in (*PUT_OFF, "textual.widgets._input") if name in sys.modules])
"""
    assert run(code) == ""


def test_heirs_of_a_base_that_comes_late_are_its_heirs_when_it_has_come():
    code = """
import sys
from tui_reader.put_off import putting_off
with putting_off():
    import asyncio, shutil
    import textual.app
assert "textual.command" not in sys.modules

class Plain(textual.app.App):
    pass

async def shown():
    async with Plain().run_test() as pilot:
        pilot.app.search_themes()
        await pilot.pause()
        found = pilot.app.screen.query_one("CommandList")
        while not found.option_count:
            await pilot.pause(0.01)
        return str(found.get_option_at_index(0).hit.prompt)

first = asyncio.run(shown())
import textual.command, textual.theme
assert first in textual.theme.BUILTIN_THEMES
assert issubclass(textual.theme.ThemeProvider, textual.command.Provider)
assert textual.theme.ThemeProvider.__mro__[1] is textual.command.Provider
"""
    assert run(code) == ""


def test_what_was_handed_out_works_where_it_was_handed_to():
    code = """
import sys
from tui_reader.put_off import PUT_OFF, putting_off
with putting_off():
    import asyncio, shutil
    import tui_reader.cli.reader, tui_reader.ui.app, tui_reader.ui.takeover
import fractions, linecache, subprocess, traceback, urllib.parse
import textual.app, textual.design, textual.layout, textual.notifications, textual.suggestions
from textual.theme import BUILTIN_THEMES

assert len({textual.notifications.Notification("one").identity for _ in range(2)}) == 2
assert textual.suggestions.get_suggestion("hight", ["height", "width"]) == "height"
assert fractions.Fraction("0.25") == fractions.Fraction(1, 4) == 0.25
assert not isinstance(fractions.Fraction(1, 4), fractions.Decimal)
assert "decimal" not in sys.modules
import decimal
assert fractions.Fraction(decimal.Decimal("0.25")) == 0.25
assert isinstance(decimal.Decimal(1), fractions.Decimal)
assert urllib.parse.urlsplit("https://[::1]:80/").port == 80
assert linecache.getline(fractions.__file__, 1)
assert textual.app.user_downloads_path().name
assert textual.app.mimetypes.guess_type("a.html")[0] == "text/html"
assert textual.layout.Canvas(2, 2).width == 2
from rich.console import Console
colours = BUILTIN_THEMES["nord"].to_color_system()
textual.design.show_design(colours, colours)
assert "rich.table" in sys.modules
assert subprocess.run(["true"], text=True, capture_output=True).stdout == ""
print(shutil.get_unpack_formats()[0][0])
"""
    assert run(code)


@pytest.mark.skipif(sys.platform != "linux", reason="what a process has loaded is told by Linux alone")
def test_a_reader_at_rest_with_a_post_in_sight_has_not_loaded_openssl(tmp_path):
    home = homes.own_home(tmp_path / "own", blogs=2, posts=3)
    with Terminal(READER, environ(home)) as terminal:
        terminal.until("move")
        terminal.until("signal")
        terminal.still(0.5)
        loaded = Path(f"/proc/{terminal.pid}/maps").read_text()
    assert "sqlite" in loaded
    assert not [name for name in ("libssl", "libcrypto", "_decimal", "_lzma") if name in loaded]
