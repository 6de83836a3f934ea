"""What is wrong with the keys that a user chose: unknown acts, keys that are none, two acts with one key."""

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from textual.keys import KEY_NAME_REPLACEMENTS, Keys, _character_to_key, format_key

from tui_reader.language import _
from tui_reader.ui.keymap import ACTS, Act, Keymap, Where, is_none, shown_key, split
from tui_reader.ui.presets import PRESETS

_OUTER: Mapping[Where, frozenset[Where]] = {
    # what stands around a part: a key that the part does not take is heard there
    Where.EVERYWHERE: frozenset(),
    Where.READING: frozenset({Where.EVERYWHERE}),
    Where.COLUMN: frozenset({Where.READING, Where.EVERYWHERE}),
    Where.THREAD: frozenset({Where.COLUMN, Where.READING, Where.EVERYWHERE}),
    Where.COMPOSER: frozenset({Where.EVERYWHERE}),
    Where.OUTBOX: frozenset({Where.EVERYWHERE}),
}

_BY_ID: Mapping[str, Act] = {act.id: act for act in ACTS}

_SHARED = frozenset({frozenset({"move.page_down", "thread.fold"})})
"""Two acts that may have one key: in the conversation it folds, elsewhere it turns the page."""


def faults_of(preset: str, wanted: Mapping[str, str], keymap: Keymap) -> list[str]:
    """All faults at once, a line each.

    Args:
        preset: The set of keys that stands below his own.
        wanted: His own, act by act.
        keymap: What came of both.
    """
    return [
        *_unknown_preset(preset),
        *_unknown_acts(wanted),
        *_impossible_keys(wanted),
        *clashes(keymap),
    ]


def clashes(keymap: Keymap) -> Iterable[str]:
    """Two acts that hear the same key."""
    takers: dict[str, list[Act]] = defaultdict(list)
    for act in ACTS:
        for key in keymap.keys(act.id):
            takers[key].append(act)
    for key, acts in takers.items():
        for number, one in enumerate(acts):
            for other in acts[number + 1 :]:
                if _hear_each_other(one, other) and frozenset({one.id, other.id}) not in _SHARED:
                    asked, kept = (one, other) if one.id in keymap.overrides else (other, one)
                    taken = _('keys.{act}: "{key}" is already the key of {other} ({tooltip})')
                    yield taken.format(act=asked.id, key=shown_key(key), other=kept.id, tooltip=kept.tooltip)


def _hear_each_other(one: Act, other: Act) -> bool:
    return one.where is other.where or one.where in _OUTER[other.where] or other.where in _OUTER[one.where]


def _unknown_preset(preset: str) -> Iterable[str]:
    if preset and preset not in PRESETS:
        yield _('keys.preset: there is no preset "{preset}"; there are {known}').format(
            preset=preset, known=", ".join(PRESETS)
        )


def _unknown_acts(overrides: Mapping[str, str]) -> Iterable[str]:
    for act_id in overrides:
        if act_id not in _BY_ID:
            close = difflib.get_close_matches(act_id, _BY_ID, n=1)
            told = _("keys.{act}: no such act; is {close} meant?") if close else _("keys.{act}: no such act")
            yield told.format(act=act_id, close=close[0] if close else "")


_NAMED = {key.value for key in Keys if not key.value.startswith("<")} | set(KEY_NAME_REPLACEMENTS.values())
_MODIFIED = re.compile(r"(?:(?:ctrl|shift|alt)\+)*")
_SAME_AS = {"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+left_square_bracket": "escape", "ctrl+enter": "enter"}
"""Keys that terminals cannot tell from others."""


def _impossible_keys(overrides: Mapping[str, str]) -> Iterable[str]:
    for act_id, wanted in overrides.items():
        keys = split(wanted)
        if not keys:
            told = _('keys.{act}: names no key; leave the line out to keep the default, or write "none"')
            yield told.format(act=act_id)
        if is_none(wanted):
            continue
        for key in keys:
            bare = _MODIFIED.sub("", key)
            if key in _SAME_AS:
                yield _('keys.{act}: terminals cannot tell "{key}" from "{other}"').format(
                    act=act_id, key=key, other=_SAME_AS[key]
                )
            elif not (len(bare) == 1 or key in _NAMED or bare in _NAMED or _is_character_name(bare)):
                yield _(
                    'keys.{act}: "{key}" is no key; write such as "x", "X", "ctrl+x", "f6", "space"'
                ).format(act=act_id, key=key)


def _is_character_name(key: str) -> bool:
    # "question_mark": what Textual makes of "?"
    shown = format_key(key)
    return len(shown) == 1 and _character_to_key(shown) == key
