"""Every act that a key can ask for, as one table; bindings, help, hints and palette are made of it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from textual.binding import Binding, BindingType
from textual.keys import _character_to_key, format_key

from tui_reader.errors import ConfigError
from tui_reader.language import N_, _
from tui_reader.ui.presets import PRESETS


class Where(StrEnum):
    """Which part of the screen hears the key."""

    EVERYWHERE = "everywhere"
    READING = "reading"
    """The four columns."""
    COLUMN = "column"
    """Whichever column has the focus: moving about in it."""
    THREAD = "thread"
    """The conversation."""
    COMPOSER = "composer"
    OUTBOX = "outbox"


class Act(NamedTuple):
    """Something that the reader can do."""

    id: str
    """Its name, by which it is rebound."""
    keys: str
    """The default keys, with commas between alternatives."""
    says: str
    """What it does, in plain English."""
    belongs: str
    """The group of acts in which help shows it, in English."""
    action: str = ""
    """What Textual is told to do; empty when the widget itself binds it."""
    in_short: str = ""
    """The English words for the status line; empty when it never stands there."""
    where: Where = Where.READING

    @property
    def tooltip(self) -> str:
        """What it does, in the language in force."""
        return _(self.says)

    @property
    def group(self) -> str:
        """The group of acts in which help shows it."""
        return _(self.belongs)

    @property
    def hint(self) -> str:
        """The short words for the status line."""
        return _(self.in_short)


def _acts(group: str, where: Where, *rows: tuple[str, str, str, str, str]) -> tuple[Act, ...]:
    return tuple(
        Act(id=id, keys=keys, action=action, in_short=hint, says=tooltip, belongs=group, where=where)
        for id, keys, action, hint, tooltip in rows
    )


ACTS: tuple[Act, ...] = (
    *_acts(
        "Move",
        Where.COLUMN,
        ("move.down", "j,down", "", "", "Next line or row"),
        ("move.up", "k,up", "", "", "Previous line or row"),
        ("move.half_down", "ctrl+d", "", "", "Half a page down"),
        ("move.half_up", "ctrl+u", "", "", "Half a page up"),
        ("move.page_down", "pagedown,space", "", "", "A page down"),
        ("move.page_up", "pageup", "", "", "A page up"),
        ("move.top", "g,home", "", "", "To the top"),
        ("move.end", "G,end", "", "", "To the end"),
        ("move.open", "enter", "", "open", "Open, go right"),
    ),
    *_acts(
        "Move",
        Where.READING,
        ("column.next", "tab", "next_column", "next column", "Next column"),
        ("column.previous", "shift+tab", "previous_column", "", "Previous column"),
        ("column.blogs", "1", "column(1)", "", "Go to Blogs"),
        ("column.posts", "2", "column(2)", "", "Go to Posts"),
        ("column.post", "3", "column(3)", "", "Go to the post"),
        ("column.conversation", "4", "column(4)", "", "Go to the conversation"),
        ("column.left", "escape", "left", "back", "Go left; never quits"),
        ("column.back", "q", "back", "", "Go back; on the left-most column, quit"),
        ("column.zoom", "Z", "zoom", "", "Give this column the whole window"),
        ("column.wider", ")", "resize_column(1)", "", "Make this column wider"),
        ("column.narrower", "(", "resize_column(-1)", "", "Make this column narrower"),
        ("column.reset", "0", "reset_columns", "", "All columns as wide as they were at first"),
        ("post.next", "]", "step_post(1)", "", "Next post"),
        ("post.previous", "[", "step_post(-1)", "", "Previous post"),
    ),
    *_acts(
        "New",
        Where.READING,
        ("new.next", "n", "next_new(1)", "next new", "Next new post; in a conversation the next new comment"),
        ("new.previous", "N", "next_new(-1)", "", "Previous new post or comment"),
    ),
    *_acts(
        "Thread",
        Where.THREAD,
        ("thread.next_sibling", "J", "", "", "Next comment beside this one"),
        ("thread.previous_sibling", "K", "", "", "Previous comment beside this one"),
        ("thread.next_top", "}", "", "", "Next comment at top level"),
        ("thread.previous_top", "{", "", "", "Previous comment at top level"),
        ("thread.parent", "p", "", "", "The comment that this one answers"),
        ("thread.leave_branch", ".", "", "", "Leave this branch"),
    ),
    *_acts(
        "Thread",
        Where.READING,
        (
            "along.jump",
            '",;',
            "along",
            "",
            "Between a comment and the sentence that it quotes",
        ),
        ("thread.view", "v", "view", "view", "What of the conversation is shown, and in which order"),
    ),
    *_acts(
        "Fold",
        Where.THREAD,
        ("thread.fold", "space", "", "fold", "Fold or unfold the answers"),
        ("thread.fold_or_parent", "h,left", "", "", "Fold, or go to the parent"),
        ("thread.unfold_or_reply", "l,right", "", "", "Unfold, or go to the first reply"),
        ("thread.fold_all", "-", "", "", "Fold all"),
        ("thread.unfold_all", "+", "", "", "Unfold all"),
        ("thread.fold_seen", "=", "", "", "Fold all that holds nothing new"),
    ),
    *_acts(
        "Answer",
        Where.READING,
        (
            "reply.write",
            "r",
            "reply(False)",
            "reply",
            "Reply to the comment under the cursor, or to the post",
        ),
        ("reply.quote", ">", "reply(True)", "", "Reply and quote it, or what is selected"),
        ("reply.edit", "e", "edit_draft", "", "Go on with the draft for this post"),
        ("reply.outbox", "O", "outbox", "", "Drafts and outbox"),
        ("answers.mine", "i", "answers", "", "What was answered to me, and my conversations"),
    ),
    *_acts(
        "State",
        Where.READING,
        ("post.read", "m", "toggle_read", "read/unread", "Mark read or unread"),
        ("posts.all_read", "M", "all_read", "", "Mark all here read, or those older than a day"),
        ("post.star", "s", "toggle_star", "star", "Star, or take the star away"),
        ("post.later", "w", "toggle_later", "read later", "Read later, or no longer"),
        ("thread.mute", "x", "mute", "", "Mute an author or a branch, or hear them again"),
        ("state.undo", "u", "undo", "", "Undo the last change: marks, removals, mutes"),
    ),
    *_acts(
        "Open",
        Where.READING,
        ("post.browser", "o", "browser", "browser", "Open in the browser"),
        ("post.copy_link", "y", "copy_link", "", "Copy the link"),
        ("post.copy_text", "Y", "copy_whole", "", "Copy the text"),
        ("post.save", "S", "save", "", "Save the post with its conversation in a file"),
        ("post.pictures", "I", "pictures", "", "Show the pictures of this post, or their words alone"),
        ("post.picture", "V", "picture", "", "Open the picture in sight large"),
        (
            "post.full_text",
            "F",
            "full_text",
            "",
            "The whole text of a post, or the feed's again",
        ),
        (
            "link.follow",
            "f",
            "follow",
            "follow a link",
            "Follow a link: by the letters beside it, or by number",
        ),
        ("post.links", "L", "links", "", "The links of this post or comment: open, copy, by number"),
    ),
    *_acts(
        "Blogs",
        Where.READING,
        ("blog.add", "a", "add_blog", "add blog", "Add a blog"),
        ("blog.edit", "E", "edit_blog", "", "What is known of this blog; remove it"),
        ("blog.older", "B", "older", "", "Older posts of this blog than its feed holds; once more stops it"),
        ("refresh.this", "R", "refresh_this", "refresh", "Refresh this blog or this conversation"),
        ("refresh.all", "ctrl+r", "refresh_all", "", "Refresh every blog; once more stops it"),
        ("posts.unread_only", "U", "unread_only", "", "Show unread posts only, or all"),
    ),
    *_acts(
        "Find",
        Where.READING,
        ("find.here", "slash", "find_here", "find here", "Find in this column; n and N step through it"),
        ("find.everything", "backslash", "find", "find", "Find in all posts and comments"),
        (
            "find.outline",
            "t",
            "outline",
            "contents",
            "Headings of the post, or who says what in the conversation",
        ),
        ("jump.back", "backspace,alt+left", "jump(-1)", "", "Back to where the last jump began"),
        ("jump.forward", "',alt+right", "jump(1)", "", "Forward again"),
        (
            "posts.filter",
            "&",
            "filter_posts",
            "filter",
            "Narrow this list by a query; an empty one shows all",
        ),
        ("app.command", ":", "command_line", "", "Type a command, or the name of any act"),
        ("find.palette", "ctrl+p", "app.command_palette", "", "Find a command, a blog or a post"),
    ),
    *_acts(
        "Program",
        Where.READING,
        ("app.theme", "T", "app.next_theme", "", "Dark or light"),
        ("app.themes", "ctrl+t", "app.choose_theme", "", "Choose a theme; each shows while you choose"),
        ("app.settings", "comma", "app.settings", "", "Every setting and key; type / to search"),
        ("app.help", "?", "app.keys", "keys", "All keys; type to search"),
        ("app.suspend", "ctrl+z", "app.suspend_process", "", "Back to the shell for a while; fg comes back"),
        ("app.quit", "Q", "quit", "", "Quit"),
    ),
    *_acts(
        "Compose",
        Where.COMPOSER,
        ("compose.send", "ctrl+s,f5", "compose('send')", "send", "Send the reply"),
        ("compose.editor", "ctrl+e", "compose('editor')", "in $EDITOR", "Write on in $EDITOR"),
        ("compose.preview", "f2", "compose('preview')", "preview", "See it as the blog would show it"),
        ("compose.quote", "f3", "compose('quote')", "quote", "Quote what is selected, or what is answered"),
        ("compose.identity", "f4", "compose('identity')", "identity", "Write as someone else"),
        ("compose.emphasis", "f6", "compose('emphasis')", "", "Emphasise the selected words"),
        ("compose.code", "f7", "compose('code')", "", "Mark the selected words as code"),
        ("compose.link", "f8", "compose('link')", "", "Make a link of the selected words"),
        ("compose.close", "escape", "compose('close')", "keep as draft", "Close; the draft is kept"),
        ("compose.discard", "ctrl+x", "compose('discard')", "discard", "Discard the draft; asks first"),
    ),
    *_acts(
        "Outbox",
        Where.OUTBOX,
        ("outbox.open", "enter", "open", "open its conversation", "Open the conversation there"),
        ("outbox.send", "s", "send", "send", "Send it, or look for what became of it"),
        ("outbox.edit", "e", "edit", "edit", "Edit it"),
        ("outbox.browser", "o", "browser", "browser", "Open its post in the browser"),
        ("outbox.drop", "x", "drop", "drop", "Drop it; asks first"),
        ("outbox.close", "escape,q", "dismiss(None)", "back", "Back to reading"),
    ),
)


def bindings(where: Where) -> list[BindingType]:
    """The bindings of one part, for its ``BINDINGS``."""
    return [
        Binding(
            act.keys, act.action, act.hint or act.tooltip, id=act.id, tooltip=act.tooltip, show=bool(act.hint)
        )
        for act in ACTS
        if act.where is where and act.action
    ]


class Keymap:
    """The keys as they are in force: the defaults with the user's own over them.

    Args:
        overrides: Act by act, the keys that the user wants instead; ``preset`` names a set of them that
            stands below his own. ``none`` takes every key from an act.

    Raises:
        ConfigError: naming every unknown act, every key that is none and every clash.
    """

    def __init__(self, overrides: Mapping[str, str] | None = None) -> None:
        wanted = dict(overrides or {})
        preset = wanted.pop("preset", "")
        self.overrides = {**PRESETS.get(preset, {}), **wanted}
        chosen = {act.id: self.overrides.get(act.id, act.keys) for act in ACTS}
        self._keys = {id: () if is_none(keys) else tuple(split(keys)) for id, keys in chosen.items()}
        if overrides:
            # the keys that are there by themselves are known to be right: the start looks for no faults
            from tui_reader.ui.key_faults import faults_of

            if faults := faults_of(preset, wanted, self):
                raise ConfigError("\n".join(faults))

    def keys(self, act_id: str) -> tuple[str, ...]:
        """The keys of one act, as Textual writes them."""
        return self._keys[act_id]

    def shown(self, act_id: str, *, every: bool = False) -> str:
        """The first key of an act (or all of them) as people write it: ``^r``, ``?``, ``esc``."""
        shown = [shown_key(key) for key in self._keys[act_id]] or ["no key"]
        return " ".join(shown if every else shown[:1])

    def is_bound(self, act_id: str) -> bool:
        """False where the user took every key from it."""
        return bool(self._keys[act_id])


def is_none(keys: str) -> bool:
    """Whether the user takes every key from an act."""
    # Textual takes "" for "the default", and "none" for the name of a key that nobody has
    return keys.strip() == "none"


def split(keys: str) -> list[str]:
    """The keys of a line with commas, as Textual names them."""
    return [_normal(key) for part in keys.split(",") if (key := part.strip())]


def _normal(key: str) -> str:
    """As Textual names it: ``?`` is ``question_mark``."""
    *modifiers, bare = key.rsplit("+", 1) if len(key) > 1 else [key]
    return "+".join([*modifiers, _character_to_key(bare) if len(bare) == 1 else bare])


_SHOWN = {
    "enter": N_("enter"),
    "escape": N_("esc"),
    "space": N_("space"),
    "pagedown": N_("pgdn"),
    "pageup": N_("pgup"),
    "home": N_("home"),
    "end": N_("end"),
}


def shown_key(key: str) -> str:
    """A key as people write it."""
    if key in _SHOWN:
        return _(_SHOWN[key])
    *modifiers, bare = key.rsplit("+", 1)
    return "+".join([*modifiers, format_key(bare)])
