"""The palette: every act by its words, and every blog and post by its title."""

from collections.abc import Coroutine
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from tui_reader import language
from tui_reader.domain.views import View
from tui_reader.language import _
from tui_reader.ui import text
from tui_reader.ui.keymap import ACTS, Act, Where
from tui_reader.ui.screens.once import ClosesOnce
from tui_reader.ui.viewing import NAMES
from tui_reader.ui.widgets.blog_list import Source

if TYPE_CHECKING:
    from tui_reader.ui.app import ReaderApp


class Palette(ClosesOnce, CommandPalette):
    """Textual's own; enter and escape in one breath close it once."""


class _Ours(Provider):
    @property
    def _reader(self) -> "ReaderApp":
        return cast("ReaderApp", self.app)


class ActCommands(_Ours):
    """What keys can do among the columns, with the key."""

    async def discover(self) -> Hits:
        for act in _acts():
            yield DiscoveryHit(
                text.content_line(act.tooltip), self._doing(act), act.tooltip, help=self._help(act)
            )

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for act in _acts():
            score = matcher.match(f"{act.tooltip} {act.id}")
            if score > 0:
                yield Hit(
                    score, text.content_line(act.tooltip), self._doing(act), act.tooltip, help=self._help(act)
                )

    def _doing(self, act: Act) -> "partial[Coroutine[Any, Any, bool]]":
        reading = self._reader.reading
        return partial(self._reader.run_action, act.action, reading)

    def _help(self, act: Act) -> str:
        return f"{self._reader.keys.shown(act.id, every=True)}  {act.id}"


class GoTo(_Ours):
    """Blogs and posts of the list, by title."""

    async def search(self, query: str) -> Hits:
        # the matcher's own highlighting reads markup: foreign titles never go through it
        matcher = self.matcher(query)
        reading = self._reader.reading
        for blog in reading.shelf.blogs:
            title = text.tame_line(blog.title)
            score = matcher.match(title)
            if score > 0:
                yield Hit(
                    score,
                    text.content_line(title),
                    partial(reading.show_source, Source("blog", blog_id=blog.id)),
                    title,
                    help=_("blog"),
                )
        for post in reading.shelf.posts:
            title = text.tame_line(post.title)
            score = matcher.match(title)
            if score > 0:
                yield Hit(
                    score,
                    text.content_line(title),
                    partial(reading.open_post, post),
                    title,
                    help=text.content_line(post.blog_title).plain,
                )


class Views(_Ours):
    """The ways to look at the conversation; they are searched for, the key has them all."""

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for view, words in self._views():
            score = matcher.match(words)
            if score > 0:
                yield Hit(score, Content(words), partial(self._reader.reading.look, view), words)

    def _views(self) -> list[tuple[View, str]]:
        if self._reader.reading.desk.conversation is None:
            return []
        return [(view, _("Conversation: {view}").format(view=_(NAMES[view]))) for view in View]


class Languages(_Ours):
    """The languages that the program speaks, each by its own name."""

    async def discover(self) -> Hits:
        for code, words in self._languages():
            yield DiscoveryHit(Content(words), partial(self._reader.speak, code), words)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for code, words in self._languages():
            score = matcher.match(words)
            if score > 0:
                yield Hit(score, Content(words), partial(self._reader.speak, code), words)

    def _languages(self) -> list[tuple[str, str]]:
        return [
            (code, _("Language: {name}").format(name=language.name(code)))
            for code in language.available()
            if code != language.current()
        ]


def _acts() -> list[Act]:
    return [act for act in ACTS if act.where is Where.READING and act.action]
