"""Asks under which name the post is saved."""

from io import StringIO
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from tui_reader.errors import UsageError
from tui_reader.language import N_, _
from tui_reader.ui import text
from tui_reader.ui.saving import fault_of, write_new
from tui_reader.ui.screens.dialog import Dialog
from tui_reader.ui.widgets.field import Field


class Save(Dialog[str]):
    """Writes the file, to the browser where that shows the reader; answers with what to tell.

    Args:
        name: What it would be called.
        folder: Where it goes.
        markdown: What is written.
        plain: What is written when the name ends in ``.txt``.
    """

    TITLE_WORDS = N_("Save the post and its conversation")

    def __init__(self, name: str, folder: Path, *, markdown: str, plain: str) -> None:
        super().__init__()
        self._name = name
        self._folder = folder
        self._markdown = markdown
        self._plain = plain

    def compose_box(self) -> ComposeResult:
        where = _("The name of the file, in {folder}").format(folder=self._folder)
        if self.app.is_web:
            where = _("The name of the file; your browser keeps it where it keeps downloads")
        yield Static(text.content_line(where), classes="words label")
        yield Field(self._name, id="name", select_on_focus=False)

    def on_mount(self) -> None:
        self.say(Content(_("enter writes it: Markdown, or plain text for a name in .txt · esc leaves")))
        self.query_one(Input).focus()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        name = event.value.strip()
        fault = fault_of(name)
        if not fault:
            try:
                words = self._plain if name.lower().endswith(".txt") else self._markdown
                self.dismiss(self._written(name, words))
            except UsageError as error:
                fault = str(error)
        if fault:
            self.say(text.content(fault), is_problem=True)

    def _written(self, name: str, words: str) -> str:
        if self.app.is_web:
            self.app.deliver_text(StringIO(words), save_filename=name)
            return _("Given to the browser: {name}").format(name=name)
        return _("Saved: {path}").format(path=write_new(self._folder, name, words))
