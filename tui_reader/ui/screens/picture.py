"""One picture as large as the window allows, with its words, and the way to the others of the post."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui_reader.content.addresses import shown
from tui_reader.content.blocks import Image
from tui_reader.domain.picture import Form, Picture
from tui_reader.language import _
from tui_reader.ui import text
from tui_reader.ui.screens.once import ClosesOnce
from tui_reader.ui.widgets.line_view import LineView
from tui_reader.ui.widgets.picture_lines import drawn_as_sixel, lines_of
from tui_reader.ui.widgets.pieces import BLANK, Line, Piece

if TYPE_CHECKING:
    from textual.strip import Strip

    from tui_reader.ui.picturing import Picturing


class PictureView(LineView):
    """The lines of a picture in the middle of a pane."""

    lines: Sequence[Line] = ()

    def pane_line(self, y: int) -> "Strip":
        row = y - max(0, (self.pane_height - len(self.lines)) // 2)
        return self.strip_of(self.lines[row] if 0 <= row < len(self.lines) else BLANK, self.pane_width)


class PictureScreen(ClosesOnce, ModalScreen[str | None]):
    """Answers with the address that is to be opened in the browser.

    Args:
        picturing: Fetches and sends pictures.
        images: Those of the post.
        at: Which one is shown first.
    """

    CSS = """
    PictureScreen { background: $background; layout: vertical; }
    PictureScreen PictureView { height: 1fr; scrollbar-size-vertical: 0; scrollbar-gutter: auto; }
    PictureScreen #words { dock: bottom; height: auto; max-height: 5; background: $panel; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,V,enter", "dismiss(None)", show=False),
        Binding("o", "browser", show=False),
        Binding("n,j,right,l,space", "step(1)", show=False),
        Binding("N,p,k,left,h", "step(-1)", show=False),
    ]

    def __init__(self, picturing: "Picturing", images: Sequence[Image], at: int) -> None:
        super().__init__()
        self._picturing = picturing
        self._images = images
        self._at = at
        self._picture: Picture | None = None

    def compose(self) -> ComposeResult:
        yield PictureView()
        yield Static(id="words")

    def on_mount(self) -> None:
        self.query_one(PictureView).focus()

    def on_resize(self) -> None:
        self._show()

    def _show(self) -> None:
        self.run_worker(self._draw(), group="picture", exclusive=True)

    async def _draw(self) -> None:
        image = self._images[self._at]
        self._tell(image, _("Fetching…"))
        view = self.query_one(PictureView)
        form = self._picturing.form or Form.BLOCKS
        frame = self._picturing.frame(self.app.size.width, self.app.size.height - 3)
        found = await self._picturing.fetched(image, frame, form)
        if isinstance(found, str):
            view.lines, self._picture = (), None
            self._tell(image, found)
        else:
            margin = max(0, (view.pane_width - found.columns) // 2)
            lines = lines_of(found, self._picturing.sent(found))
            view.lines = [(Piece(" " * margin), *line) for line in lines]
            self._picture = found
            self._tell(image, "")
        view.refresh()
        if self._picture is not None and self._picture.form is Form.SIXEL:
            # over what is drawn, when it is
            self.call_after_refresh(self._draw_over)

    def _draw_over(self) -> None:
        picture, driver = self._picture, self.app._driver  # noqa: SLF001  (there is no other way to write)
        view = self.query_one(PictureView)
        if picture is not None and driver is not None and self.is_current:
            column = view.region.x + max(0, (view.pane_width - picture.columns) // 2)
            row = view.region.y + max(0, (view.pane_height - picture.rows) // 2)
            driver.write(drawn_as_sixel(picture, column, row))

    def _tell(self, image: Image, why: str) -> None:
        said = "".join(span.text for span in image.caption)
        words = text.tame_line(image.alt)
        caption = text.tame_line(said)
        lines = [line for line in dict.fromkeys((words, caption, why)) if line]
        place = f"{self._at + 1}/{len(self._images)} · {text.tame_line(shown(image.src))}"
        keys = _("n next · p previous · o in the browser · esc leaves")
        self.query_one("#words", Static).update(
            Content("\n").join(
                [
                    *(text.content_line(line) for line in lines),
                    Content.styled(f"{place} · {keys}", "$text-muted"),
                ]
            )
        )

    def action_step(self, step: int) -> None:
        self._at = (self._at + step) % len(self._images)
        self._show()

    def action_browser(self) -> None:
        self.dismiss(self._images[self._at].src)
