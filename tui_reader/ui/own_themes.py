"""Themes of the user's own, made of the colours in ``[themes.NAME]`` over those of another theme."""

import difflib
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.theme import BUILTIN_THEMES, Theme

from tui_reader.language import _
from tui_reader.ui.themes import INK, PAPER, THEMES

if TYPE_CHECKING:
    from tui_reader.config import Settings

_OURS: Mapping[str, Theme] = {theme.name: theme for theme in THEMES}
_BASES: Mapping[str, Theme] = {**BUILTIN_THEMES, **_OURS}


def own_themes(settings: "Settings") -> tuple[Theme, ...]:
    """The user's themes; those with faults are left out, and told by ``theme_faults``."""
    faulty = {fault.split(":")[0].removesuffix(".base") for fault in theme_faults(settings)}
    return tuple(
        _made(name, colours) for name, colours in settings.themes.items() if f"themes.{name}" not in faulty
    )


def named(name: str, settings: "Settings") -> Theme | None:
    """The theme of this name: the user's, ours or Textual's; None when there is none that is right."""
    found = next((theme for theme in own_themes(settings) if theme.name == name), None)
    return found or _BASES.get(name)


def theme_faults(settings: "Settings") -> list[str]:
    """What is wrong with the themes and with the choice among them, all at once."""
    faults = []
    for name, colours in settings.themes.items():
        if name in _OURS:
            faults.append(
                _("themes.{name}: is the name of a theme of the program; choose another").format(name=name)
            )
        base = colours.get("base")
        if isinstance(base, str) and base not in _BASES:
            faults.append(
                _("themes.{name}.base: there is no theme {base!r}{meant}").format(
                    name=name, base=base, meant=_meant(base, [*_BASES])
                )
            )
    known = [*_OURS, *settings.themes, *BUILTIN_THEMES]
    if settings.look.theme not in known:
        faults.append(
            _("look.theme: there is no theme {theme!r}{meant}").format(
                theme=settings.look.theme, meant=_meant(settings.look.theme, known)
            )
        )
    return faults


def _meant(name: str, known: list[str]) -> str:
    close = difflib.get_close_matches(name, known, n=1)
    return (
        _("; is {close} meant?").format(close=close[0])
        if close
        else _("; there are {known}").format(known=", ".join(known))
    )


def _made(name: str, colours: Mapping[str, str | bool]) -> Theme:
    given = {key: colour for key, colour in colours.items() if isinstance(colour, str)}
    dark = colours.get("dark")
    if not isinstance(dark, bool):
        dark = _is_dark(given["background"]) if "background" in given else True
    base = _BASES[given["base"]] if "base" in given else INK if dark else PAPER
    background, foreground = given.get("background"), given.get("foreground")
    variables = dict(base.variables)
    if background is not None:
        for part in ("scrollbar-background", "scrollbar-background-hover", "scrollbar-background-active"):
            variables[part] = background
        variables["scrollbar-corner-color"] = variables["button-color-foreground"] = background
        variables["block-cursor-foreground"] = background
    if foreground is not None:
        for part in ("text", "block-cursor-background", "block-cursor-blurred-foreground"):
            variables[part] = foreground
        variables["footer-key-foreground"] = foreground
    if (muted := given.get("muted")) is not None:
        variables["text-muted"] = variables["footer-description-foreground"] = muted
        variables["text-disabled"] = muted
    if (panel := given.get("panel")) is not None:
        variables["block-cursor-blurred-background"] = variables["footer-background"] = panel
    if (primary := given.get("primary")) is not None:
        variables["border"] = variables["scrollbar-active"] = primary
        variables["input-selection-background"] = variables["screen-selection-background"] = f"{primary} 35%"
    if (border := given.get("border")) is not None:
        variables["border"] = border
    if (blurred := given.get("border-blurred")) is not None:
        variables["border-blurred"] = variables["scrollbar"] = blurred
    return replace(
        base,
        name=name,
        dark=dark,
        ansi=False,
        background=background or base.background,
        # one's own ground lies under everything that has no other
        surface=given.get("surface") or background or base.surface,
        foreground=foreground or base.foreground,
        variables=variables,
        panel=given.get("panel", base.panel),
        primary=given.get("primary", base.primary),
        secondary=given.get("secondary", base.secondary),
        accent=given.get("accent", base.accent),
        success=given.get("success", base.success),
        warning=given.get("warning", base.warning),
        error=given.get("error", base.error),
    )


def _is_dark(colour: str) -> bool:
    digits = colour.removeprefix("#")
    parts = [digits[at] * 2 for at in range(3)] if len(digits) == 3 else [digits[:2], digits[2:4], digits[4:]]
    red, green, blue = (int(part, 16) for part in parts)
    return 0.299 * red + 0.587 * green + 0.114 * blue < 128
