"""What strangers write to take hold of a terminal or a program; each with a marker to be found by."""

import base64

STRINGS = {
    "title": "\x1b]0;{m}\x07",
    "title to ST": "\x1b]2;{m}\x1b\\",
    "icon": "\x1b]1;{m}\x07",
    "clipboard": "\x1b]52;c;{b64}\x07{m}",
    "clipboard, endless": "\x1b]52;c;{m}",
    "link": "\x1b]8;;https://evil.example/{m}\x1b\\here\x1b]8;;\x1b\\",
    "file on the screen": "\x1b]1337;File=inline=1:{m}\x07",
    "notification": "\x1b]777;notify;{m};{m}\x07",
    "palette": "\x1b]4;1;rgb:00/00/00\x07{m}",
    "colour": "\x1b[31m{m}",
    "erase": "\x1b[2J\x1b[H{m}",
    "out of the screen": "\x1b[?1049l{m}",
    "mouse": "\x1b[?1003h{m}",
    "report": "\x1b[6n\x1b[21t\x1b[c{m}",
    "reset": "\x1bc{m}",
    "DCS": "\x1bP$q{m}\x1b\\",
    "tmux passthrough": "\x1bPtmux;\x1b\x1b]52;c;{b64}\x07\x1b\\{m}",
    "sixel": "\x1bPq#0;2;0;0;0{m}\x1b\\",
    "APC": "\x1b_G{m}\x1b\\",
    "PM": "\x1b^{m}\x1b\\",
    "SOS": "\x1bX{m}\x1b\\",
    "8-bit CSI": "\x9b31m\x9b2J{m}",
    "8-bit OSC": "\x9d0;{m}\x9c",
    "8-bit DCS": "\x90q{m}\x9c",
    "8-bit APC": "\x9fG{m}\x9c",
    "bells and shifts": "\x07\x08\x08\x08\x0e\x0f\x05\x7f\x18\x1a{m}",
    "lines": "{m}\r\r\n\v\f\x85\u2028\u2029{m}",
    "half a sequence": "{m}\x1b",
    "letters turned": "\u202e{m}\u202c \u2066{m}\u2069 \u202d{m}",
    "hidden letters": "\u200b\ufeff\u00ad\u2060\u180e{m}\U000e0041\U000e0042",
    "a pile of marks": "a" + "\u0301\u0489\u20dd" * 60 + "{m}",
    "wide and joined": "\U0001f468\u200d\U0001f469\u200d\U0001f467 \uff21\u4e2d{m}",
    "click": "[@click=app.quit]{m}[/]",
    "click, quoted": "[@click='app.exit()']{m}[/@click]",
    "style": "[bold red on blue]{m}[/]",
    "unmatched": "[/]{m}[/bold]",
    "crossed": "[red]{m}[/blue][",
    "link markup": "[link=file:///etc/passwd]{m}[/link]",
    "variables": "[$error]{m} $author ${m} {{m}} %s %(x)s {0}",
    "backslash": "\\[bold]{m}\\",
    "brackets": "[[[[{m}]]] [",
    "emoji": ":bomb: {m} :smile:",
}
"""By name: what is written, with ``{m}`` where the marker goes."""


def payload(name: str, marker: str) -> str:
    """One of the strings, with its marker, plain and in base64."""
    encoded = base64.b64encode(f"pwned {marker}".encode()).decode()
    return STRINGS[name].replace("{m}", marker).replace("{b64}", encoded)


def all_in_one(marker: str) -> str:
    """Every string, one after the other, for places that are shown once."""
    return " ".join(payload(name, marker) for name in STRINGS)


def in_xml(text: str) -> str:
    """As a feed can carry it: what XML does not allow as a reference that the HTML inside resolves."""
    out = []
    for letter in text:
        if letter in "&<>":
            out.append(f"&amp;{ {'&': 'amp', '<': 'lt', '>': 'gt'}[letter] };")
        elif letter < " " and letter not in "\t\n":
            out.append(f"&amp;#{ord(letter)};")
        else:
            out.append(letter)
    return "".join(out)


def in_html(text: str) -> str:
    """As a page can carry it: controls as references."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "".join(f"&#{ord(c)};" if c < " " and c not in "\t\n" else c for c in escaped)
