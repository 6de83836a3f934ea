"""Following links: by letters, number, mouse or from a list; opened here, in the browser, or copied."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui_reader.content.addresses import lies, shown
from tui_reader.content.blocks import Document, words_of_links
from tui_reader.language import _
from tui_reader.ui.browser import open_in_browser
from tui_reader.ui.columns import Column
from tui_reader.ui.screens.confirm import Confirm
from tui_reader.ui.screens.follow import Follow, Followed, Link
from tui_reader.ui.screens.links import Links
from tui_reader.ui.text import tame_line
from tui_reader.ui.widgets.block_view import BlockView
from tui_reader.ui.widgets.link_spots import labels

if TYPE_CHECKING:
    from tui_reader.ui.screens.reading_acts import ReadingActs

_MAILTO = "mailto:"


async def by_letters(screen: "ReadingActs") -> None:
    """Puts letters beside the links in sight and follows the one that is meant."""
    view: BlockView = screen.thread if screen.column is Column.CONVERSATION else screen.article
    if not view.display or not view.pane_height:
        screen.tell(_("Links stand in the post and in the conversation."))
        return
    in_sight: dict[str, Link] = {}
    for spot in view.links_in_sight():
        in_sight.setdefault(spot.url, Link(words=spot.words, url=spot.url))
    numbered = _links_of(_document(screen))
    if not in_sight and not numbered:
        screen.tell(_("There is no link in sight."))
        return
    lettered = dict(zip(labels(len(in_sight)), in_sight.values(), strict=True))

    def mark(possible: Sequence[str]) -> None:
        view.lettered = {lettered[label].url: label for label in possible}

    try:
        followed = await screen.app.push_screen_wait(Follow(lettered, numbered, mark))
    finally:
        view.lettered = {}
    await _done(screen, followed)


async def from_list(screen: "ReadingActs") -> None:
    """Lists the links of the comment under the cursor, or of the post."""
    comment = screen.thread.focused_comment if screen.column is Column.CONVERSATION else None
    links = _links_of(_document(screen))
    if not links:
        screen.tell(_("This comment has no links.") if comment is not None else _("This post has no links."))
        return
    title = _("Links of this comment") if comment is not None else _("Links of this post")
    await _done(screen, await screen.app.push_screen_wait(Links(title, links)))


async def open_link(
    screen: "ReadingActs", url: str, words: str = "", *, is_for_browser: bool = False
) -> None:
    """Opens a post of a followed blog here and everything else in the browser; says where it leads.

    A place in the post itself, a note or the way back from it, is gone to.
    """
    if not is_for_browser and screen.article.follow(url):
        return
    target = None if is_for_browser else await screen.services.library.linked(url)
    if target is not None:
        post, comment_id = target
        is_here = screen.desk.post is not None and screen.desk.post.id == post.id and screen.desk.is_open
        if comment_id is not None or not is_here:
            screen.tell(_("Opened here: {address}").format(address=shown(url)))
            screen.open_post(post, at_comment=comment_id)
            return
    if url.startswith(_MAILTO):
        copy(screen, url.removeprefix(_MAILTO))
        return
    if lies(words, url):
        question = Confirm(
            _("The words say {words}, and the link leads elsewhere").format(words=tame_line(words)),
            _("It leads to {address}").format(address=tame_line(shown(url))),
            yes=_("open it"),
            no=_("stay here"),
        )
        if not await screen.app.push_screen_wait(question):
            screen.tell(_("Not opened."))
            return
    await in_browser(screen, url)


async def in_browser(screen: "ReadingActs", url: str) -> None:
    """Opens it in the browser; the address is told before and after."""
    screen.tell(_("Opening {address}").format(address=shown(url)))
    screen.tell(await open_in_browser(screen.app, url))


def copy(screen: "ReadingActs", address: str) -> None:
    """Puts an address into the clipboard and says so."""
    screen.app.copy_to_clipboard(tame_line(address))
    screen.tell(_("Copied: {address}").format(address=shown(address)))


async def _done(screen: "ReadingActs", followed: Followed | None) -> None:
    if followed is None:
        return
    link = followed.link
    if followed.is_copy:
        copy(screen, link.url.removeprefix(_MAILTO))
    else:
        await open_link(screen, link.url, link.words, is_for_browser=followed.is_for_browser)


def _document(screen: "ReadingActs") -> Document | None:
    comment = screen.thread.focused_comment if screen.column is Column.CONVERSATION else None
    return screen.desk.document_of(comment) if comment is not None else screen.desk.document


def _links_of(document: Document | None) -> list[Link]:
    found = words_of_links(document) if document is not None else ()
    return [Link(words=words, url=url) for words, url in found]
