"""Asks what else a blog's own form asks for, in the blog's own words."""

from collections.abc import Mapping
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Checkbox, Input, Static

from tui_reader.domain.conversation import AskedField
from tui_reader.language import N_, _
from tui_reader.ui import text
from tui_reader.ui.screens.dialog import Dialog
from tui_reader.ui.widgets.field import Field


class Asked(Dialog[Mapping[str, str]]):
    """Answers with what was filled in; boxes start unticked, since consent is the reader's to give."""

    TITLE_WORDS = N_("The blog also asks")
    BINDINGS: ClassVar[list[BindingType]] = [("ctrl+s,f5", "done", "Go on")]

    def __init__(self, asked: tuple[AskedField, ...]) -> None:
        super().__init__()
        self._asked = asked

    def compose_box(self) -> ComposeResult:
        for number, field in enumerate(self._asked):
            need = " (needed)" if field.is_required else ""
            if field.is_choice:
                yield Checkbox(text.content_line(field.label + need), id=f"field-{number}")
            else:
                yield Static(text.content_line(field.label + need), classes="label")
                yield Field(id=f"field-{number}", max_length=field.max_length or 0, select_on_focus=False)

    def on_mount(self) -> None:
        self.say(Content(_("space ticks · tab next · ctrl+s goes on · esc leaves, the draft is kept")))
        self.query_one("#field-0").focus()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_done()

    def action_done(self) -> None:
        answers: dict[str, str] = {}
        for number, field in enumerate(self._asked):
            value = self._value(number)
            if field.is_required and not value:
                self.query_one(f"#field-{number}").focus()
                self.say(text.content_line(_("Needed: {label}").format(label=field.label)), is_problem=True)
                return
            if value:
                answers[field.name] = value
        self.dismiss(answers)

    def _value(self, number: int) -> str:
        widget = self.query_one(f"#field-{number}")
        if isinstance(widget, Checkbox):
            return self._asked[number].value if widget.value else ""
        return widget.value.strip() if isinstance(widget, Input) else ""
