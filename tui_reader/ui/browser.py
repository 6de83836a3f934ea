"""The way out to a browser: web addresses only, never on the event loop, never over the screen."""

import asyncio
import webbrowser
from typing import Any
from urllib.parse import urlsplit

from textual.app import App, SuspendNotSupported

from tui_reader.content.addresses import shown
from tui_reader.language import _


async def open_in_browser(app: App[Any], url: str) -> str:
    """Opens a web address; returns what to tell the reader, with the address."""
    if not is_web_address(url):
        return (
            _("Not opened: this is no web address: {url}").format(url=shown(url))
            if url
            else _("There is no address to open.")
        )
    told = shown(url)
    if app.is_web:
        app.open_url(url)
        return _("Opened in another tab: {url}").format(url=told)
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        app.copy_to_clipboard(url)
        return _("No browser here; the address is copied: {url}").format(url=told)
    if type(browser) is webbrowser.GenericBrowser:
        # lynx or w3m: it needs the terminal for itself
        try:
            with app.suspend():
                browser.open(url)
        except SuspendNotSupported:
            app.copy_to_clipboard(url)
            return _("Only a terminal browser here; the address is copied: {url}").format(url=told)
        return _("Shown: {url}").format(url=told)
    if await asyncio.to_thread(browser.open, url):
        return _("Opened in the browser: {url}").format(url=told)
    app.copy_to_clipboard(url)
    return _("The browser did not start; the address is copied: {url}").format(url=told)


def is_web_address(url: str) -> bool:
    """Whether a browser may have it: http or https with a host, and no way to be taken for an option."""
    try:
        parts = urlsplit(url)
        return (
            parts.scheme in {"http", "https"}
            and bool(parts.hostname)
            and url.isprintable()
            and " " not in url
        )
    except ValueError:
        return False
