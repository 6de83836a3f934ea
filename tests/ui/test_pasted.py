"""A paste is text: nothing in it presses a key, however the terminal hands it on."""

import pytest
from textual import events
from textual._xterm_parser import XTermParser
from textual.drivers import linux_driver, web_driver

from tui_reader.ui import pasted, served, takeover
from tui_reader.ui.pasted import PasteParser

# F5 sends a reply, escape closes it, letters behind one act on the columns
WORDS = "hello \x1b[15~ \x1b \x1b[A\x1b]2;x\x1b\\ wörld\x1b[200~"
SENT = f"k\x1b[A\x1b[200~{WORDS}\x1b[201~\x1b[Bj"
HEARD = ["k", "up", "paste: hello [15~  [A]2;x\\ wörld[200~", "down", "j"]


def heard(chunks, parser=None):
    parser = parser or PasteParser()
    return [
        f"paste: {event.text}" if isinstance(event, events.Paste) else event.key
        for chunk in chunks
        for event in parser.feed(chunk)
    ]


def test_the_library_still_takes_a_paste_for_keys():
    # when it does not any more, pasted.py has done its work and can go
    assert "circumflex_accent" in heard([SENT], XTermParser())


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7, len(SENT)])
def test_no_key_is_pressed_by_what_is_pasted_in_whatever_pieces_it_comes(size):
    assert heard(SENT[at : at + size] for at in range(0, len(SENT), size)) == HEARD


def test_keys_act_again_where_the_end_of_a_paste_was_lost(monkeypatch):
    parser, now = PasteParser(), [0.0]
    monkeypatch.setattr(pasted, "monotonic", lambda: now[0])
    assert heard(["\x1b[200~words\x1b[A"], parser) == []
    now[0] += 5.1
    assert heard(["\x1b[A"], parser) == ["paste: words[A", "up"]


def test_every_driver_of_ours_reads_so():
    assert takeover.linux_driver.XTermParser is linux_driver.XTermParser is PasteParser
    assert served.web_driver.XTermParser is web_driver.XTermParser is PasteParser
