"""Pictures in the post: fetched when they come in sight, shown on a key or always, opened large."""

import os
from itertools import count
from typing import TYPE_CHECKING

from tui_reader.content.blocks import Image
from tui_reader.domain.picture import Form, Frame, Picture
from tui_reader.errors import ExtractionError, FetchError
from tui_reader.language import _
from tui_reader.ui.graphics import cell_size, graphics
from tui_reader.ui.widgets.picture_lines import forgotten_by_kitty, lines_of, sent_to_kitty
from tui_reader.ui.widgets.pieces import Line

if TYPE_CHECKING:
    from tui_reader.ui.screens.reading_acts import ReadingActs

_numbers = count((1 << 20) + os.getpid() % (1 << 20) * 4)
"""Under these Kitty keeps them; another program that counts from 1 is not disturbed."""


class Picturing:
    """The pictures of the post on the desk; made when the first one is wanted."""

    def __init__(self, screen: "ReadingActs") -> None:
        self._screen = screen
        self._post_id: int | None = None
        self._wish: bool | None = None
        """What the reader said of this post; None leaves it to the settings."""
        self._is_looking = False
        self._lines: dict[str, list[Line]] = {}
        self._failed: dict[str, str] = {}
        self._sent: list[int] = []

    @property
    def form(self) -> Form | None:
        """How this terminal shows them; None where it cannot."""
        return graphics(self._screen.services.settings.images.graphics, os.environ)

    @property
    def _is_shown(self) -> bool:
        if self._wish is not None:
            return self._wish
        # a preview asks nothing of anybody
        return self._screen.services.settings.images.show == "always" and self._screen.desk.is_open

    def _begin(self) -> bool:
        """Turns to the post that is on the desk; False while there is none."""
        post = self._screen.desk.post
        if post is None:
            return False
        if post.id != self._post_id:
            self.forget()
            self._post_id = post.id
            self._wish = None
        return True

    def forget(self) -> None:
        """The pictures of the post before are not needed any more."""
        if self._sent:
            self._write(forgotten_by_kitty(self._sent))
        self._post_id = None
        self._lines, self._failed, self._sent = {}, {}, []
        self._screen.article.pictures = {}

    async def toggle(self) -> None:
        """Shows the pictures of this post, or only their words again."""
        why = self._why_not()
        if why or not self._begin():
            self._screen.tell(why or _("There is no post here."))
            return
        # while the text is still on its way nobody knows: what comes is looked at then
        if self._screen.desk.document is not None and not self._images():
            self._screen.tell(_("This post has no pictures."))
            return
        self._wish = not self._is_shown
        self._failed.clear()
        self._screen.article.pictures = dict(self._lines) if self._is_shown else {}
        await self.look()

    async def look(self) -> None:
        """Fetches the pictures in sight that are not there yet, the upper ones first."""
        if self._is_looking or self.form is None or not self._begin() or not self._is_shown:
            return
        self._is_looking = True
        try:
            await self._fetch_in_sight()
        finally:
            self._is_looking = False

    async def _fetch_in_sight(self) -> None:
        post_id, article = self._post_id, self._screen.article
        while True:
            # after each one again: those below it moved on
            image = next((one for one in article.images_in_sight() if self._is_wanted(one)), None)
            if image is None:
                return
            frame = self.frame(article.text_width - 4, self._screen.services.settings.images.rows)
            form = Form.KITTY if self.form is Form.KITTY else Form.BLOCKS
            picture = await self.fetched(image, frame, form)
            if self._post_id != post_id or not self._is_shown:
                return
            if isinstance(picture, str):
                self._failed[image.src] = picture
                self._screen.tell(_("No picture: {why}").format(why=picture))
                continue
            self._lines[image.src] = lines_of(picture, self.sent(picture), image.href or image.src)
            article.pictures = dict(self._lines)

    async def enlarge(self) -> None:
        """Opens the first picture in sight large."""
        why = self._why_not()
        images = self._images()
        if why or not images or not self._begin():
            self._screen.tell(why or _("This post has no pictures."))
            return
        in_sight = self._screen.article.images_in_sight()
        at = images.index(in_sight[0]) if in_sight else 0
        from tui_reader.ui.screens.picture import PictureScreen

        wish = await self._screen.app.push_screen_wait(PictureScreen(self, images, at))
        if wish is not None:
            await self._screen.open_link(wish)

    async def fetched(self, image: Image, frame: Frame, form: Form) -> Picture | str:
        """The picture, or why there is none."""
        post = self._screen.desk.post
        if post is None:
            return ""
        try:
            return await self._screen.services.images.picture(image.src, post.blog_id, frame, form)
        except FetchError as error:
            return error.reason
        except ExtractionError as error:
            return str(error)

    def frame(self, columns: int, rows: int) -> Frame:
        """So much room, in this terminal and on the ground of the pane."""
        ground = self._screen.article.colors[2].rgb
        return Frame(columns=max(1, columns), rows=max(1, rows), cell=cell_size(), background=ground)

    def sent(self, picture: Picture) -> int:
        """The number under which the terminal knows a picture, which it is sent where it keeps them."""
        if picture.form is not Form.KITTY:
            return 0
        number = next(_numbers)
        self._sent.append(number)
        self._write(sent_to_kitty(picture, number))
        return number

    def _write(self, sequences: str) -> None:
        driver = self._screen.app._driver  # noqa: SLF001  (Textual has no other way to write to the terminal)
        if driver is not None:
            driver.write(sequences)

    def _is_wanted(self, image: Image) -> bool:
        return image.src not in self._lines and image.src not in self._failed

    def _images(self) -> list[Image]:
        document = self._screen.desk.document
        return [block for block in document.blocks if isinstance(block, Image)] if document else []

    def _why_not(self) -> str:
        if self._screen.services.settings.images.show == "off":
            return _("Pictures are off: [images] show in the settings turns them on.")
        return (
            ""
            if self.form is not None
            else _("This terminal shows no pictures; their words are in the text.")
        )
