"""What the blog makes of what is typed: the preview, how much more it takes, its marks by key."""

from typing import TYPE_CHECKING

from tui_reader.domain.conversation import ReplyForm
from tui_reader.domain.markup import Format, Markup, PlainMarkup, ShownAsTyped, Why, room_left
from tui_reader.language import N_, _, ngettext
from tui_reader.ui.ports import Services
from tui_reader.ui.quoting import quote_words
from tui_reader.ui.widgets.composer import Enclosing

if TYPE_CHECKING:
    from tui_reader.ui.screens.reading import ReadingScreen

_LONGEST_MADE_OF_ONE = 5
"""Characters, or bytes, that one typed character becomes at most when it is sent: ``&amp;``."""

_MARKS = {
    Format.HTML: {
        "emphasis": Enclosing("<em>", "</em>"),
        "code": Enclosing("<code>", "</code>"),
        # the cursor goes where the address is to stand
        "link": Enclosing('<a href="https://">', "</a>", caret_before=2),
    },
    Format.MARKDOWN: {
        "emphasis": Enclosing("*", "*"),
        "code": Enclosing("`", "`"),
        "link": Enclosing("[", "](https://)", caret_after=1),
    },
}

_WHY = {
    Why.UNKNOWN: N_("the blog takes no such tag"),
    Why.ALONE: N_("its partner is missing"),
    Why.ATTRIBUTE: N_("something in it is not taken"),
}


class Writing:
    """Beside the composer, for the reply that is open in it."""

    def __init__(self, screen: "ReadingScreen", services: Services) -> None:
        self._screen = screen
        self._services = services
        self._form: ReplyForm | None = None
        self.markup: Markup = PlainMarkup()

    async def begin(self, post_id: int) -> None:
        """A reply under this post is being written from here on."""
        self._form = None
        self.markup = await self._services.replying.markup(post_id)
        self._screen.composer.show_room("")

    def heed(self, form: ReplyForm) -> None:
        """The blog said how much it takes."""
        self._form = form
        self.count(self._screen.composer.text)

    def count(self, text: str) -> None:
        """Tells how much more the blog takes, when it is not much any more."""
        words, is_over = self._room(text)
        self._screen.composer.show_room(words, is_over=is_over)

    def _room(self, text: str) -> tuple[str, bool]:
        form = self._form
        limit = min(form.max_length or 1 << 62, form.max_bytes or 1 << 62) if form is not None else 0
        # most texts are far from it, and need not be made ready for sending to know that
        if form is None or len(text) * _LONGEST_MADE_OF_ONE < limit * 9 // 10:
            return "", False
        left = room_left(form, self.markup.sent(text))
        if left is None or left > limit // 10:
            return "", False
        if left < 0:
            words = ngettext("{count} character too many", "{count} characters too many", -left)
            return words.format(count=-left), True
        return ngettext("{count} character left", "{count} characters left", left).format(count=left), False

    def preview(self) -> None:
        """Shows the text as the blog would, and what of it will be no markup; or the text again."""
        composer = self._screen.composer
        if composer.is_previewing:
            composer.show_draft()
            return
        shown = self.markup.shown(composer.text)
        composer.show_preview(shown.html, _remarks(shown.as_typed))

    def mark(self, kind: str) -> None:
        """Puts emphasis, code or a link around what is selected, as the blog writes it."""
        composer = self._screen.composer
        marks = _MARKS.get(self.markup.format)
        if marks is None:
            composer.show_note(_("This blog takes plain text only."))
        else:
            composer.enclose(marks[kind])

    def quote(self, words: str) -> None:
        """Puts words in as the blog shows quotations."""
        self._screen.composer.write(quote_words(words, self.markup.format))


def _remarks(as_typed: tuple[ShownAsTyped, ...]) -> str:
    if not as_typed:
        return ""
    told = ", ".join(f"{one.tag} ({_(_WHY[one.why])})" for one in as_typed)
    return _("Shown as you typed it: {tags}").format(tags=told)
