"""The themes of our own: ink and paper, high contrast, and the terminal's own colours."""

from collections.abc import Mapping
from typing import NamedTuple

from textual.theme import Theme

from tui_reader.ui import palettes


def _calm(
    name: str,
    palette: Mapping[str, str],
    *,
    dark: bool,
    surface: str,
    secondary: str,
    success: str,
    disabled: str,
    resting: str,
    hovered: str,
    selected: str,
) -> Theme:
    """A theme of soft colours, most of which the first frame has as well.

    Args:
        name: Its name.
        palette: The colours of the first frame.
        dark: Whether the ground is the darker one.
        surface: What stands a little above the ground.
        secondary: Beside the first colour.
        success: What went well.
        disabled: Words that mean nothing now.
        resting: Under a cursor that has not the focus.
        hovered: The scroll bar under the mouse.
        selected: How strongly a selection is coloured.
    """
    ground, ink, primary = palette["background"], palette["foreground"], palette["primary"]
    return Theme(
        name=name,
        dark=dark,
        background=ground,
        surface=surface,
        panel=palette["panel"],
        foreground=ink,
        primary=primary,
        secondary=secondary,
        accent=palette["accent"],
        success=success,
        warning=palette["warning"],
        error=palette["error"],
        # colours are mixed as drawn, not spread to lighter and darker ones
        luminosity_spread=0.15,
        variables={
            "text": palette["text"],
            "text-muted": palette["text-muted"],
            "text-disabled": disabled,
            "border": palette["border"],
            "border-blurred": palette["border-blurred"],
            "block-cursor-background": ink,
            "block-cursor-foreground": ground,
            "block-cursor-text-style": "none",
            "block-cursor-blurred-background": resting,
            "block-cursor-blurred-foreground": ink,
            "input-selection-background": f"{primary} {selected}",
            "screen-selection-background": f"{primary} {selected}",
            "footer-background": palette["panel"],
            "footer-key-foreground": ink,
            "footer-description-foreground": palette["text-muted"],
            "scrollbar": palette["scrollbar"],
            "scrollbar-hover": hovered,
            "scrollbar-active": primary,
            "scrollbar-background": palette["scrollbar-background"],
            "scrollbar-background-hover": ground,
            "scrollbar-background-active": ground,
            "scrollbar-corner-color": ground,
            "button-color-foreground": ground,
        },
    )


INK = _calm(
    "ink",
    palettes.INK,
    dark=True,
    surface="#1b1e24",
    secondary="#c7a27c",
    success="#9bbf85",
    disabled="#6b6d70",
    resting="#2c323c",
    hovered="#4a515e",
    selected="35%",
)

PAPER = _calm(
    "paper",
    palettes.PAPER,
    dark=False,
    surface="#f2ecdf",
    secondary="#865728",
    success="#426b2c",
    disabled="#8e8a80",
    resting="#ded4be",
    hovered="#b5a686",
    selected="25%",
)


class _Hues(NamedTuple):
    primary: str
    secondary: str
    accent: str
    success: str
    warning: str
    error: str
    panel: str


def _high_contrast(name: str, hues: _Hues, *, dark: bool, ground: str, ink: str) -> Theme:
    """A theme in which every word stands out from what lies under it by seven to one at least."""
    return Theme(
        name=name,
        dark=dark,
        background=ground,
        surface=ground,
        panel=hues.panel,
        foreground=ink,
        primary=hues.primary,
        secondary=hues.secondary,
        accent=hues.accent,
        success=hues.success,
        warning=hues.warning,
        error=hues.error,
        luminosity_spread=0.15,
        variables={
            "text": ink,
            "text-muted": ink,
            "text-disabled": ink,
            "border": hues.primary,
            "border-blurred": ink,
            "block-cursor-background": ink,
            "block-cursor-foreground": ground,
            "block-cursor-text-style": "bold",
            "block-cursor-blurred-background": hues.panel,
            "block-cursor-blurred-foreground": ink,
            "input-selection-background": hues.primary,
            "input-selection-foreground": ground,
            "screen-selection-background": f"{hues.primary} 40%",
            "footer-background": hues.panel,
            "footer-key-foreground": ink,
            "footer-description-foreground": ink,
            "scrollbar": ink,
            "scrollbar-hover": hues.primary,
            "scrollbar-active": hues.primary,
            "scrollbar-background": ground,
            "scrollbar-background-hover": ground,
            "scrollbar-background-active": ground,
            "scrollbar-corner-color": ground,
            "button-color-foreground": ground,
        },
    )


HIGH_CONTRAST = _high_contrast(
    "high-contrast",
    _Hues(
        primary="#80d4ff",
        secondary="#ffb3ff",
        accent="#ffd700",
        success="#7dff7d",
        warning="#ffd700",
        error="#ff9d94",
        panel="#262626",
    ),
    dark=True,
    ground="#000000",
    ink="#ffffff",
)

HIGH_CONTRAST_LIGHT = _high_contrast(
    "high-contrast-light",
    _Hues(
        primary="#003f87",
        secondary="#6b0070",
        accent="#7a2e00",
        success="#0b4a0b",
        warning="#7a2e00",
        error="#8b0000",
        panel="#e6e6e6",
    ),
    dark=False,
    ground="#ffffff",
    ink="#000000",
)


def _of_terminal(name: str, hues: _Hues) -> Theme:
    """A theme that names none but the terminal's own colours, whatever they are there."""
    return Theme(
        name=name,
        ansi=True,
        foreground="ansi_default",
        background="ansi_default",
        surface="ansi_default",
        panel=hues.panel,
        primary=hues.primary,
        secondary=hues.secondary,
        accent=hues.accent,
        success=hues.success,
        warning=hues.warning,
        error=hues.error,
        boost="ansi_default",
        variables={
            "ansi-background": "ansi_default",
            "ansi-foreground": "ansi_default",
            "border": hues.primary,
            "border-blurred": "ansi_default",
            "block-cursor-foreground": "ansi_default",
            "block-cursor-background": "ansi_default",
            "block-cursor-text-style": "reverse",
            "block-cursor-blurred-text-style": "bold",
            "input-selection-background": "ansi_default",
            "input-selection-foreground": "ansi_default",
            "screen-selection-background": "ansi_default",
            "screen-selection-foreground": "ansi_default",
            "scrollbar": hues.primary,
            "scrollbar-hover": hues.primary,
            "scrollbar-active": hues.primary,
            "scrollbar-background": "ansi_default",
            "scrollbar-background-hover": "ansi_default",
            "scrollbar-background-active": "ansi_default",
            "scrollbar-corner-color": "ansi_default",
            "link-color": "ansi_default",
            "footer-key-foreground": "ansi_default",
        },
    )


# neither blue nor bright colours: on some grounds nobody can read them
TERMINAL = _of_terminal(
    "terminal",
    _Hues(
        primary="ansi_cyan",
        secondary="ansi_magenta",
        accent="ansi_yellow",
        success="ansi_green",
        warning="ansi_yellow",
        error="ansi_red",
        panel="ansi_default",
    ),
)

PLAIN = _of_terminal("no-color", _Hues(*("ansi_default" for _ in _Hues._fields)))
"""What ``NO_COLOR`` asks for: bold, underlined and reversed, and no colour."""

THEMES = (INK, PAPER, TERMINAL, HIGH_CONTRAST, HIGH_CONTRAST_LIGHT)
"""What the app registers; the first is the one a fresh start shows."""

_OPPOSITES = {
    "ink": "paper",
    "paper": "ink",
    "high-contrast": "high-contrast-light",
    "high-contrast-light": "high-contrast",
}


def opposite(name: str, *, is_dark: bool) -> str:
    """The theme for the other light: of a pair its other half, else ours."""
    return _OPPOSITES.get(name, "paper" if is_dark else "ink")


def has_colours(environ: Mapping[str, str]) -> bool:
    """Whether the terminal says that it has more than sixteen colours, as Rich finds out."""
    if environ.get("TEXTUAL_COLOR_SYSTEM", "auto") not in {"", "auto"}:
        return environ["TEXTUAL_COLOR_SYSTEM"] != "standard"
    if environ.get("COLORTERM", "").strip().lower() in {"truecolor", "24bit"}:
        return True
    name, _, colours = environ.get("TERM", "").lower().rpartition("-")
    return colours in {"256color", "direct", "kitty"} or "kitty" in name
