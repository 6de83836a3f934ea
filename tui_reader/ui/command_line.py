"""The command line of the screens: acts by their names, and a few commands that take words."""

import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui_reader.errors import UsageError
from tui_reader.language import N_, _, ngettext
from tui_reader.ui.keymap import ACTS, Act, Where
from tui_reader.ui.widgets.blog_list import Source

if TYPE_CHECKING:
    from tui_reader.domain.blog import Blog
    from tui_reader.ui.screens.prompt_acts import PromptActs


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command that takes words."""

    usage: str
    """What stands behind its name."""
    words: str
    """What it does."""
    run: "Callable[[PromptActs, str], None]"


def _add(screen: "PromptActs", words: str) -> None:
    if not words:
        screen.action_add_blog()
        return
    screen.run(screen.follow_blogs, words.split(), group="blogs")


def _go(screen: "PromptActs", words: str) -> None:
    blog = the_blog(words, screen.shelf.blogs)
    screen.run(screen.show_source, Source("blog", blog_id=blog.id), group="list")


def _refresh(screen: "PromptActs", words: str) -> None:
    screen.refreshing.start([the_blog(words, screen.shelf.blogs).id] if words else None)


def _theme(screen: "PromptActs", words: str) -> None:
    themes = screen.app.available_themes
    if words not in themes:
        close = difflib.get_close_matches(words, themes, n=1)
        told = (
            _("there is no theme “{name}”; is {close} meant?") if close else _("there is no theme “{name}”")
        )
        raise UsageError(told.format(name=words, close=close[0] if close else ""))
    screen.app.theme = words


COMMANDS: Mapping[str, Command] = {
    "add": Command(usage="URL…", words=N_("Follow blogs"), run=_add),
    "blog": Command(usage="TITLE", words=N_("List the posts of a blog"), run=_go),
    "filter": Command(
        usage="QUERY",
        words=N_("Show only what it lets through; empty shows all"),
        run=lambda s, w: s.narrow_by(w),
    ),
    "refresh": Command(usage="[BLOG]", words=N_("Refresh a blog, or all"), run=_refresh),
    "theme": Command(usage="NAME", words=N_("Other colours"), run=_theme),
}


def suggestions(screen: "PromptActs") -> list[str]:
    """Lines that can be completed to, the shortest way first."""
    lines = [*COMMANDS, *(act.id for act in _acts())]
    lines += [f"theme {name}" for name in sorted(screen.app.available_themes)]
    lines += [f"{name} {blog.title}" for name in ("blog", "refresh") for blog in screen.shelf.blogs]
    return lines


def perform(screen: "PromptActs", line: str) -> None:
    """Does what the line says.

    Raises:
        UsageError: there is no such command or act, or its words are off.
    """
    name, _space, words = line.strip().lstrip(":").partition(" ")
    if not name:
        return
    command = COMMANDS.get(name)
    if command is not None:
        command.run(screen, words.strip())
        return
    act = _act(name)
    screen.app.call_later(screen.app.run_action, act.action, screen)


def the_blog(words: str, blogs: "Sequence[Blog]") -> "Blog":
    """The blog whose title is or holds these words.

    Raises:
        UsageError: none, or more than one.
    """
    found = [blog for blog in blogs if blog.title.lower() == words.lower()] or [
        blog for blog in blogs if words.lower() in blog.title.lower()
    ]
    if len(found) != 1:
        many = (
            ngettext(
                "{count} blog has “{words}” in its title",
                "{count} blogs have “{words}” in their title",
                len(found),
            )
            if found
            else _("no blog is called “{words}”")
        )
        raise UsageError(many.format(count=len(found), words=words))
    return found[0]


def _acts() -> list[Act]:
    return [act for act in ACTS if act.where is Where.READING and act.action]


def _act(name: str) -> Act:
    acts = {act.id: act for act in _acts()}
    # by its whole name, or by what stands behind the dot where that says enough
    found = [act for id, act in acts.items() if name in {id, id.partition(".")[2]}]
    if len(found) == 1:
        return found[0]
    names = [*COMMANDS, *acts]
    close = [act.id for act in found] or difflib.get_close_matches(name, names, n=2)
    told = (
        _("there is no command “{name}”; is {close} meant?") if close else _("there is no command “{name}”")
    )
    raise UsageError(told.format(name=name, close=_(" or ").join(close)))
