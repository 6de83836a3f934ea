"""Keys that people bring along from other programs, over our own defaults."""

from collections.abc import Mapping

PRESETS: Mapping[str, Mapping[str, str]] = {
    # the defaults are vim's already where vim has such a thing
    "vim": {
        "move.page_down": "pagedown,ctrl+f,space",
        "column.next": "tab,ctrl+w",
        "thread.fold": "space,z",
    },
    "newsboat": {
        "refresh.this": "r",
        "refresh.all": "R",
        "reply.write": "c",
        "posts.all_read": "A",
        "post.read": "N",
        "new.previous": "p",
        "thread.parent": "^",
        "post.links": "u",
        "state.undo": "z",
        "post.save": "s",
        "post.star": "*",
    },
    "mutt": {
        "new.next": "tab,n",
        "new.previous": "shift+tab,P",
        "column.next": "f6",
        "column.previous": "f7",
        "post.read": "N",
        "post.star": "F",
        "post.full_text": "ctrl+f",
        "thread.next_top": "ctrl+n,}",
        "thread.previous_top": "ctrl+p,{",
        "find.palette": "f9",
        "post.save": "s",
        "posts.all_read": "ctrl+t",
        "app.themes": "f8",
    },
    "tuir": {
        "reply.write": "c",
        "refresh.this": "r",
        "post.star": "w",
        "post.later": "W",
        "thread.parent": "K,p",
        "thread.previous_sibling": "H",
    },
    "arrows": {
        "move.down": "down",
        "move.up": "up",
        "move.page_down": "pagedown,space",
        "column.next": "tab,shift+right",
        "column.previous": "shift+tab,shift+left",
        "post.next": "],ctrl+right",
        "post.previous": "[,ctrl+left",
        "thread.parent": "p,shift+up",
        "thread.leave_branch": ".,shift+down",
        "thread.fold_or_parent": "left",
        "thread.unfold_or_reply": "right",
        "app.help": "?,f1",
        "refresh.all": "ctrl+r,f9",
    },
}
"""Act by act, the keys that take the place of the default; chosen by ``preset`` under ``[keys]``."""
