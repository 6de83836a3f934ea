"""Finding one's way in a long post and a long conversation: outline, jumps and the way back."""

import re
from typing import TYPE_CHECKING

from textual import on
from textual.content import Content

from tui_reader.language import _
from tui_reader.ui.columns import Column
from tui_reader.ui.screens.moving import Moving
from tui_reader.ui.text import tame_line
from tui_reader.ui.trail import Spot
from tui_reader.ui.widgets.article_view import ArticleView
from tui_reader.ui.widgets.block_view import BlockView

if TYPE_CHECKING:
    from tui_reader.domain.views import View
    from tui_reader.ui.widgets.outline_list import Entry

_QUOTED_FIRST = re.compile(r"\s*<blockquote\b[^<>]*>.*?</blockquote>", re.DOTALL | re.IGNORECASE)
_LOOKED_AT = 3000
"""Characters of a comment's HTML that its line in the outline is made of."""
_WORDS = 400


class Wayfinding(Moving):
    """One method an act."""

    # Jumps

    def action_jump(self, step: int) -> None:
        self.jumping.go(step)

    @on(BlockView.Left)
    def _left(self, event: BlockView.Left) -> None:
        post = self.desk.post
        if post is None or event.view not in (self.article, self.thread):
            return
        is_post = event.view is self.article
        block, line = event.place if is_post else self.article.position
        column = Column.POST if is_post else Column.CONVERSATION
        key = event.key if not is_post else self.thread.cursor_key
        self.jumping.leave(Spot(post_id=post.id, column=column, block=block, line=line, key=key))

    # Reading along

    def action_along(self) -> None:
        if self.desk.post is None:
            self.tell(_("There is no post here."))
        else:
            self.along.jump()

    @on(ArticleView.CitedClicked)
    def _cited_clicked(self, event: ArticleView.CitedClicked) -> None:
        self.along.show_comments_of(event.sentence)

    # Views

    def action_view(self) -> None:
        if self.desk.conversation is None:
            self.tell(_("There is no conversation here."))
        else:
            self.run(self._choose_view, group="view")

    async def _choose_view(self) -> None:
        from tui_reader.domain.views import View
        from tui_reader.ui.screens.choose import Choose
        from tui_reader.ui.viewing import NAMES

        views = list(View)
        rows = [(Content(_(NAMES[view])), view) for view in views]
        hint = _("enter shows it · esc leaves")
        chosen = await self.app.push_screen_wait(
            Choose(_("Conversation"), rows, hint=hint, at=views.index(self.desk.viewing.view))
        )
        if chosen is not None:
            self.look(chosen)

    def look(self, view: "View") -> None:
        """Shows the conversation in a view, the cursor in it."""
        why_not = self.desk.look(view)
        if why_not:
            self.tell(why_not)
        else:
            self.go(Column.CONVERSATION)

    # Outline

    def action_outline(self) -> None:
        self.run(
            self._thread_outline if self.column is Column.CONVERSATION else self._contents, group="outline"
        )

    async def _contents(self) -> None:
        from tui_reader.content.outline import headings
        from tui_reader.ui.screens.outline import Outline
        from tui_reader.ui.widgets.outline_list import Entry

        post, document = self.desk.post, self.desk.document
        if post is None or document is None:
            self.tell(_("There is no post here."))
            return
        found = headings(document)
        if not found:
            self.tell(_("This post has no headings."))
            return
        # block 0 of the column is the title
        words = {"0": tame_line(post.title) or _("Without a title")}
        words |= {str(one.block + 1): tame_line(one.words) for one in found}
        entries = [Entry("0", 0), *(Entry(str(one.block + 1), one.depth + 1) for one in found)]
        at = self.article.block_read()
        current = max((entry.key for entry in entries if int(entry.key) <= at), key=int, default="0")
        chosen = await self.app.push_screen_wait(
            Outline(_("Contents"), entries, lambda entry: words[entry.key], current=current)
        )
        if chosen is not None:
            self.jumping.leave()
            self.enter(Column.POST)
            self.article.position = (int(chosen), 0)

    async def _thread_outline(self) -> None:
        from tui_reader.content.names import who
        from tui_reader.domain.comment import Comment
        from tui_reader.ui.screens.outline import Outline
        from tui_reader.ui.widgets.outline_list import Entry

        await self.desk.read_all()
        shown = {key: entry for key, _depth, entry in self.thread.entries()}
        if not shown:
            self.tell(_("Nobody has said anything here yet."))
            return
        entries = [
            Entry(
                key,
                depth,
                author=who(tame_line(entry.author), is_mine=entry.is_mine)
                if isinstance(entry, Comment)
                else _("you"),
                is_new=isinstance(entry, Comment) and entry.is_new,
                is_mine=not isinstance(entry, Comment) or entry.is_mine,
            )
            for key, depth, entry in self.thread.entries()
        ]
        muted = self.desk.conversation.muted if self.desk.conversation is not None else {}

        def words_of(line: "Entry") -> str:
            entry = shown[line.key]
            if not isinstance(entry, Comment):
                return tame_line(entry.text[:_WORDS])
            return _("(muted)") if entry.id in muted else first_words(entry.html)

        chosen = await self.app.push_screen_wait(
            Outline(_("Conversation"), entries, words_of, current=self.thread.cursor_key)
        )
        if chosen is not None:
            self.jumping.leave()
            self.go(Column.CONVERSATION)
            self.thread.focus_key(chosen)


def first_words(html: str) -> str:
    """What a comment begins with, on one line; not what it quotes first."""
    # brings the parser along, which a start need not wait for
    from tui_reader.content.one_line import text_of

    part = html[:_LOOKED_AT]
    own = text_of(_QUOTED_FIRST.sub("", part, count=1) if _QUOTED_FIRST.match(part) else part)
    return tame_line(own or text_of(part))[:_WORDS]
