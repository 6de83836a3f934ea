"""Keys taken in the order in which they were typed, in fields that are written in.

Textual writes a letter at once, but lets a key that is bound (backspace, ctrl+u) climb to the app before it
acts: letters of the same breath overtake it, and what was corrected in haste comes out wrong.
"""

from textual import events
from textual.widget import Widget


async def in_order(field: Widget, event: events.Key) -> None:
    """Does what a bound key does before the next key is looked at; call it first of all on a key."""
    if event.is_printable or not field.has_focus:
        return
    bound = field.screen.active_bindings.get(event.key)
    if bound is None or not bound.enabled or bound.binding.priority:
        return
    if await field.app.run_action(bound.binding.action, bound.node):
        event.stop()
        event.prevent_default()
