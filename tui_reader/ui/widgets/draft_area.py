"""The text of a reply as it is typed."""

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.geometry import Offset
from textual.message import Message
from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult

from tui_reader.content.clean import clean
from tui_reader.ui.keymap import Where, bindings
from tui_reader.ui.widgets.in_order import in_order


@dataclass
class ComposeAct(Message):
    """A key of the composer was pressed: ``send``, ``editor``, ``quote`` and so on."""

    act: str


class DraftArea(TextArea):
    """The text; it hears the composer's keys before its own."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Where.COMPOSER)

    def __init__(self, *, id: str) -> None:
        super().__init__("", id=id, soft_wrap=True, tab_behavior="focus", theme="css", compact=True)
        self.cursor_blink = False
        self.highlight_cursor_line = False

    async def _on_key(self, event: events.Key) -> None:
        if self.read_only and (event.is_printable or event.key == "enter"):
            # typed while the reply is on its way: it must not act on the columns either
            event.stop()
            event.prevent_default()
        elif event.key != "enter":
            await in_order(self, event)

    # Textual draws whatever a text holds: a page's words that are pasted, what an editor or another program
    # wrote, would act on the terminal as they stand; and what leaves for the blog is what was seen

    def load_text(self, text: str) -> None:
        super().load_text(clean(text))

    def edit(self, edit: Edit) -> EditResult:
        edit.text = clean(edit.text)
        return super().edit(edit)

    def scroll_cursor_visible(self, center: bool = False, animate: bool = False) -> Offset:
        """Brings the cursor into view.

        Textual 8.2 calls this in the middle of an undo, when the scroll bar goes: the text is the shorter
        one already, the cursor still where it was. It comes again when the cursor has been moved.
        """
        if self.cursor_location[0] >= self.document.line_count:
            return Offset(0, 0)
        return super().scroll_cursor_visible(center, animate)

    def action_compose(self, act: str) -> None:
        self.post_message(ComposeAct(act))
