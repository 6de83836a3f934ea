"""The colours of our own themes, as plain data: the first frame is drawn in them before Textual is there."""

INK: dict[str, str] = {
    "background": "#16181d",
    "panel": "#23272f",
    "foreground": "#d8d4cc",
    "primary": "#8fb8de",
    "accent": "#e6b673",
    "warning": "#e6b673",
    "error": "#e07a6e",
    "text": "#d8d4cc",
    "text-muted": "#989892",
    "border": "#8fb8de",
    "border-blurred": "#3a404b",
    "scrollbar": "#3a404b",
    "scrollbar-background": "#16181d",
}
"""Dark."""

PAPER: dict[str, str] = {
    "background": "#f7f3ea",
    "panel": "#e8e0cf",
    "foreground": "#2b2a27",
    "primary": "#2f5d8a",
    "accent": "#9f4615",
    "warning": "#9f4615",
    "error": "#b03a2e",
    "text": "#2b2a27",
    "text-muted": "#5f5c55",
    "border": "#2f5d8a",
    "border-blurred": "#cdbfa5",
    "scrollbar": "#cdbfa5",
    "scrollbar-background": "#f7f3ea",
}
"""Light."""

DRAWN: dict[str, dict[str, str]] = {
    # Textual takes its colours through another space and back, and a few come home a shade darker
    "ink": {**INK, "accent": "#e5b673", "warning": "#e5b673", "error": "#df7a6e"},
    "paper": {**PAPER, "accent": "#9e4615", "warning": "#9e4615", "error": "#af3a2e"},
}
"""Theme by theme, as they are seen in the end."""
