"""The whole text of a post that its feed cuts short: fetched, shown, and shown as the feed has it again."""

from typing import TYPE_CHECKING

from tui_reader.errors import TuiReaderError
from tui_reader.language import _

if TYPE_CHECKING:
    from tui_reader.domain.post_line import AnyPost
    from tui_reader.domain.text_state import TextState
    from tui_reader.ui.screens.reading_acts import ReadingActs


def note(state: "TextState", *, of_feed: bool, key: str) -> str:
    """What stands over a text that is not simply the feed's whole one."""
    if not state.is_cut:
        return ""
    if not state.has_full:
        return _("This may be only the beginning; {key} fetches the whole text from the page.").format(
            key=key
        )
    if of_feed:
        return _("The beginning, as the feed gives it; {key} shows the whole text.").format(key=key)
    if state.is_from_page:
        return _("Full text from the page; {key} shows what the feed gives.").format(key=key)
    return ""


async def toggle(screen: "ReadingActs") -> None:
    """From the feed's text to the whole one, which is fetched when it was not yet, and back."""
    post = screen.desk.post
    if post is None:
        screen.tell(_("There is no post here."))
        return
    state = await screen.services.library.text_state(post.id)
    if not state.is_cut:
        screen.tell(_("The feed gives this post whole."))
    elif state.wants_fetch and not screen.desk.of_feed:
        await fetch(screen, post)
    else:
        screen.desk.of_feed = not screen.desk.of_feed
        await screen.desk.show_text()


async def bring(screen: "ReadingActs", post: "AnyPost") -> None:
    """Fetches the whole text of a post that was opened, where the user wants that of the blog."""
    state = await screen.services.library.text_state(post.id)
    if state.is_wanted and state.wants_fetch:
        await fetch(screen, post)


async def fetch(screen: "ReadingActs", post: "AnyPost") -> None:
    """Fetches the whole text and shows it; what the feed gives stays where that fails."""
    screen.tell(_("Fetching the whole text…"), stays=True)
    try:
        await screen.services.full_texts.fetch(post.id)
    except TuiReaderError as error:
        screen.tell(_("No whole text, the feed's stays: {why}").format(why=error.reason), "bad")
        return
    if screen.desk.post is not None and screen.desk.post.id == post.id:
        screen.desk.of_feed = False
        await screen.desk.show_text()
        screen.tell(_("The whole text is here."), "good")
