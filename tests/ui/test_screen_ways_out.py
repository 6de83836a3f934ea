"""The browser, and the words that go out or come back."""

import os
import signal
import webbrowser

import pytest
from textual.app import SuspendNotSupported
from ui_fakes import NOW, reading, until

from tui_reader.content.blocks import Code, Document, Paragraph, Span
from tui_reader.domain.markup import Format
from tui_reader.domain.reply import Refusal, Reply, ReplyState
from tui_reader.services.refresh import BlogRefreshed
from tui_reader.ui.browser import is_web_address, open_in_browser
from tui_reader.ui.outcomes import STATES, said
from tui_reader.ui.quoting import quote
from tui_reader.ui.refreshing import summary


class FakeApp:
    is_web = False

    def __init__(self, can_suspend=True):
        self.copied = None
        self.lent = 0
        self.can_suspend = can_suspend

    def copy_to_clipboard(self, text):
        self.copied = text

    def suspend(self):
        if not self.can_suspend:
            raise SuspendNotSupported("no")
        return self

    def __enter__(self):
        self.lent += 1

    def __exit__(self, *_):
        return None


class Desktop:
    def __init__(self, starts=True):
        self.opened = []
        self.starts = starts

    def open(self, url):
        self.opened.append(url)
        return self.starts


@pytest.mark.parametrize(
    "url",
    [
        "",
        "--new-window",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "file://a.example/etc/passwd",
        "javascript://a.example/%0aalert(1)",
        "https://",
        "http:// a.example/",
        "https://a.example/\n",
        "http://[::1",
    ],
)
async def test_what_is_no_web_address_never_reaches_a_browser(url, monkeypatch):
    monkeypatch.setattr(webbrowser, "get", lambda: pytest.fail("asked for a browser"))
    assert not is_web_address(url)
    assert "pened in" not in await open_in_browser(FakeApp(), url)


async def test_desktop_browser_is_started_and_the_address_shown(monkeypatch):
    browser = Desktop()
    monkeypatch.setattr(webbrowser, "get", lambda: browser)
    assert (
        await open_in_browser(FakeApp(), "https://a.example/1")
        == "Opened in the browser: https://a.example/1"
    )
    assert browser.opened == ["https://a.example/1"]


async def test_browser_that_does_not_start_leaves_the_address_on_the_clipboard(monkeypatch):
    monkeypatch.setattr(webbrowser, "get", lambda: Desktop(starts=False))
    app = FakeApp()
    assert "did not start" in await open_in_browser(app, "https://a.example/1")
    assert app.copied == "https://a.example/1"


async def test_terminal_browser_gets_the_terminal(monkeypatch):
    browser = webbrowser.GenericBrowser("w3m")
    opened = []
    monkeypatch.setattr(browser, "open", opened.append, raising=False)
    monkeypatch.setattr(webbrowser, "get", lambda: browser)
    app = FakeApp()
    assert await open_in_browser(app, "https://a.example/1") == "Shown: https://a.example/1"
    assert (app.lent, opened) == (1, ["https://a.example/1"])


async def test_terminal_browser_where_the_terminal_cannot_be_lent_copies(monkeypatch):
    monkeypatch.setattr(webbrowser, "get", lambda: webbrowser.GenericBrowser("w3m"))
    app = FakeApp(can_suspend=False)
    assert "the address is copied" in await open_in_browser(app, "https://a.example/1")
    assert app.copied == "https://a.example/1"


async def test_machine_without_a_browser_copies(monkeypatch):
    def none():
        raise webbrowser.Error("none")

    monkeypatch.setattr(webbrowser, "get", none)
    app = FakeApp()
    assert "No browser here" in await open_in_browser(app, "https://a.example/1")
    assert app.copied == "https://a.example/1"


def test_quote_is_html_where_the_blog_knows_it_and_marks_of_mail_elsewhere():
    said_there = Document(blocks=(Paragraph(spans=(Span("a < b"),)), Code(text="x = 1")))
    # as it was said: what a blog would take for a tag is escaped when it is sent
    assert quote(said_there, Format.HTML).startswith("<blockquote>a < b\n")
    assert quote(said_there, Format.HTML).endswith("</blockquote>\n\n")
    assert all(line.startswith(">") for line in quote(said_there, Format.PLAIN).strip().split("\n"))


@pytest.mark.parametrize("state", ReplyState)
def test_every_state_has_words(state):
    reply = Reply(
        id=1,
        post_id=1,
        text="",
        state=state,
        reason="why.",
        refusal=Refusal.TOO_FAST,
        created_at=NOW,
        updated_at=NOW,
    )
    words, tone = said(reply)
    assert words.endswith(".")
    assert tone in {"plain", "good", "bad"}
    assert STATES[state]


def test_summary_counts_what_came_and_names_what_failed():
    changed = BlogRefreshed(blog_id=1, title="A", outcome="changed", new_posts=2, new_comments=1)
    failed = BlogRefreshed(blog_id=2, title="B", outcome="failed", error="gone (410)")
    assert summary([]) == "There is no blog to refresh."
    assert summary([changed]) == "1 blog refreshed: 2 new posts, 1 new comment"
    assert summary([changed, failed]) == (
        "1 of 2 blogs refreshed: 2 new posts, 1 new comment · failed: B (gone (410))"
    )
    assert summary([failed, failed]) == "No blog could be refreshed · failed: B (gone (410)) and 1 more"
    assert summary([failed]) == "B could not be refreshed: gone (410)"


async def test_terminate_ends_as_quit_does():
    async with reading() as (app, pilot):
        os.kill(os.getpid(), signal.SIGTERM)
        await until(pilot, lambda: app._exit)
        assert app.return_code == 128 + signal.SIGTERM
