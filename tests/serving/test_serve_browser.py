"""The reader in a real browser: read, reply, save, copy, follow a link, leave."""

import shutil
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from serving_process import serve

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="there is no chromium here (Debian: apt install chromium)"
)


class Page:
    """A page with a reader, read cell by cell from the terminal that the browser draws."""

    def __init__(self, page):
        self.page = page
        self.asked: list[str] = []
        self.faults: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda said: self.faults.append(said.text) if said.type == "error" else None)
        # the terminal is hidden in a closure: the test lays it open, and changes nothing else
        page.route("**/textual.js", self._laid_open)

    @staticmethod
    def _laid_open(route):
        hidden, open_ = "this.terminal=new v.Terminal(", "this.terminal=window.term=new v.Terminal("
        body = route.fetch().text()
        assert hidden in body
        route.fulfill(body=body.replace(hidden, open_), content_type="text/javascript")

    def text(self) -> str:
        return self.page.evaluate(
            "() => window.term ? Array.from({length: term.rows}, (_, row) =>"
            " term.buffer.active.getLine(row)?.translateToString(true, 0, term.cols) ?? '').join('\\n') : ''"
        )

    def until(self, *words: str, seconds: float = 60) -> str:
        end = time.monotonic() + seconds
        while not all(word in (seen := self.text()) for word in words):
            assert time.monotonic() < end, f"{words} did not come:\n{seen}"
            time.sleep(0.03)
        return seen

    def until_gone(self, words: str, seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while words in self.text():
            assert time.monotonic() < end, f"{words} did not go"
            time.sleep(0.03)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)


@pytest.fixture(scope="module")
def monkeypatch_module():
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@pytest.fixture(scope="module")
def context(monkeypatch_module):
    from playwright.sync_api import sync_playwright

    # the browser's socket lies in its profile, and a socket's path has room for 107 bytes
    if len(tempfile.gettempdir()) > 60:
        monkeypatch_module.setenv("TMPDIR", "/tmp")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = browser.new_context(viewport={"width": 1300, "height": 800}, accept_downloads=True)
        yield context
        browser.close()


def test_a_post_is_read_and_answered_in_the_browser(context, demo):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = Page(context.new_page())
    page.page.goto(demo.url)
    page.until("demo", "First frost on the slip", "The slip was white this morning")
    page.press("Enter")
    page.until("No comments yet")

    # answered, and the answer is in the thread
    page.press("r")
    page.until("as You")
    page.page.keyboard.type("White on the roofs, too, at six.")
    page.until("draft saved")
    page.press("Control+e")
    page.until("this is a page in a browser")
    page.press("Control+s")
    page.until("Published.", "1 response")
    assert "White on the roofs, too, at six." in page.text()

    # saved by the browser, under a name of the visitor's
    page.press("S")
    page.until("your browser keeps it")
    with page.page.expect_download() as download:
        page.press("Enter")
    assert download.value.suggested_filename == "first-frost-on-the-slip.md"
    saved = Path(download.value.path()).read_text()
    assert saved.startswith("# First frost on the slip")
    assert "White on the roofs, too, at six." in saved
    page.until("Given to the browser")

    # copied to where the visitor can paste it
    page.press("y")
    page.until("Copied: ")
    copied = page.page.evaluate("() => navigator.clipboard.readText()")
    assert copied.startswith("http://127.0.0.1:")

    # opened in another tab, which cannot reach back to this one
    with context.expect_page() as opened:
        page.press("o")
    opened.value.wait_for_load_state()
    assert opened.value.url == copied
    assert opened.value.evaluate("() => [window.opener, document.referrer]") == [None, ""]
    opened.value.close()

    # nothing was asked of anyone else, and the page found nothing wrong
    own = f"http://{urlsplit(demo.url).netloc}/"
    assert [url for url in page.asked if not url.startswith((own, "data:", "blob:"))] == []
    assert page.faults == []

    # left: the page says so and offers to open it again
    page.press("Q")
    page.page.get_by_text("The reader has ended.").wait_for()
    assert demo.readers() == set()
    page.page.get_by_text("Open it again").click()
    page.until("First frost on the slip")
    page.page.close()


def test_the_welcome_leads_to_the_demo_and_the_size_follows_the_window(context, tmp_path):
    with serve(tmp_path) as served:
        page = Page(context.new_page())
        page.page.goto(served.url)
        page.until("You follow no blog yet.")
        page.page.set_viewport_size({"width": 800, "height": 500})
        page.press("d")
        seen = page.until("demo", "First frost on the slip")
        assert "Preview" not in seen
        # the tour is shown once
        page.until("Tour, 1 of 5")
        page.press("Escape")
        page.until_gone("Tour, 1 of 5")
        page.page.reload()
        page.until("You follow no blog yet.")
        page.press("d")
        page.until("First frost on the slip", "enter read")
        assert "Tour, 1 of 5" not in page.text()
        assert page.faults == []
        page.page.close()


def test_without_the_token_the_browser_shows_nothing(context, demo):
    page = context.new_page()
    answer = page.goto(demo.url.replace(urlsplit(demo.url).path, "/"))
    assert answer.status == 403
    assert page.evaluate("() => document.body.innerText") == "403: Forbidden\n"
    page.close()
