"""Gathers what a form sends as it stands, and what it asks of a person."""

import re
from collections.abc import Iterable

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tui_reader.content.clean import clean_line
from tui_reader.content.one_line import text_of
from tui_reader.domain.conversation import AskedField
from tui_reader.engines.visible_fields import Eye

# Names that forms of several systems and languages give to the three fields about the person.
_EMAIL = frozenset(
    [
        "email",
        "mail",
        "e-mail",
        "courriel",
        "mel",
        "correo",
        "c_mail",
        "your-email",
        "author_email",
        "comment_email",
        "comment_author_email",
    ]
)
_SITE = frozenset(
    [
        "url",
        "website",
        "site",
        "siteweb",
        "homepage",
        "web",
        "c_site",
        "your-url",
        "url_site",
        "author_url",
        "comment_author_url",
    ]
)
_NAME = frozenset(
    [
        "author",
        "name",
        "nom",
        "prenom",
        "pseudo",
        "nick",
        "nickname",
        "autor",
        "nombre",
        "nome",
        "naam",
        "c_name",
        "your-name",
        "comment_author",
    ]
)
# Boxes that are never ticked: with the first one a held reply's answer looks like a published one's.
_NEVER = re.compile(r"cookies-consent|subscribe|notify|newsletter|follow|mailpoet|abonn", re.IGNORECASE)


class Filled:
    """The form as it would be sent, gathered control by control."""

    def __init__(self, tree: LexborHTMLParser, form: LexborNode, eye: Eye) -> None:
        self._form, self._eye = form, eye
        self._labels = {
            label.attributes["for"]: label for label in tree.css("label[for]") if label.attributes.get("for")
        }
        self.fields: dict[str, str] = {}
        self.person: dict[str, str] = {}
        self.needed: set[str] = set()
        self.lengths: dict[str, int] = {}
        self.asked: dict[str, AskedField] = {}
        self.needs_browser = False

    def take(self, control: LexborNode, *, is_the_button: bool) -> None:
        """Adds one control, as a person would leave it."""
        kind, name = kind_of(control), name_of(control)
        if kind == "hidden" or is_the_button:
            self.fields[name] = control.attributes.get("value") or ""
        elif kind in {"submit", "image", "reset", "button"}:
            return
        elif not self._eye.sees(control, self._form):
            # a trap, or nothing to a person: a box stays off, anything else is sent as empty as it was
            if kind not in {"checkbox", "radio"}:
                self.fields.setdefault(name, "")
        elif kind == "checkbox":
            if is_required(control) and not _NEVER.search(f"{name} {control.id or ''}"):
                self._ask(control, is_choice=True)
        elif kind == "radio":
            self._radio(control)
        elif kind == "select":
            self._select(control)
        elif kind == "file":
            self.needs_browser |= is_required(control)
        elif role := self._role(control, kind):
            self.person[role] = name
            if (longest := max_length_of(control)) is not None:
                self.lengths[role] = longest
            if is_required(control):
                self.needed.add(role)
        elif is_required(control):
            self._ask(control)
        else:
            self.fields.setdefault(name, "")

    def _role(self, control: LexborNode, kind: str) -> str | None:
        """``name``, ``email`` or ``site`` when the field asks for that of the person, and none did before."""
        fill = (control.attributes.get("autocomplete") or "").lower().split()
        called = {name_of(control).lower(), (control.id or "").lower()}
        for role, is_it in (
            ("email", kind == "email" or "email" in fill or bool(called & _EMAIL)),
            ("site", kind == "url" or "url" in fill or bool(called & _SITE)),
            ("name", "name" in fill or "nickname" in fill or bool(called & _NAME)),
        ):
            if (
                is_it
                and role not in self.person
                and kind not in {"password", "number"}
                and control.tag == "input"
            ):
                return role
        return None

    def _radio(self, control: LexborNode) -> None:
        name = name_of(control)
        if "checked" in control.attributes:
            self.fields[name] = control.attributes.get("value") or "on"
            self.asked.pop(name, None)
        elif is_required(control) and name not in self.fields:
            self._ask(control, one_of=(control.attributes.get("value") or "on",))

    def _select(self, control: LexborNode) -> None:
        options = control.css("option")
        chosen = next((o for o in options if "selected" in o.attributes), options[0] if options else None)
        value = _option_value(chosen) if chosen is not None else ""
        if not value and is_required(control):
            self._ask(control, one_of=tuple(v for v in map(_option_value, options) if v))
        else:
            self.fields[name_of(control)] = value

    def _ask(self, control: LexborNode, *, is_choice: bool = False, one_of: Iterable[str] = ()) -> None:
        name = name_of(control)
        label = self.asked[name].label if name in self.asked else self._label(control)
        choices = " / ".join(map(clean_line, one_of))
        self.asked[name] = AskedField(
            name=name,
            label=f"{label} / {choices}"
            if choices and name in self.asked
            else f"{label}: {choices}"
            if choices
            else label,
            is_required=True,
            max_length=max_length_of(control),
            is_choice=is_choice,
            value=control.attributes.get("value") or "on" if is_choice else "on",
        )

    def _label(self, control: LexborNode) -> str:
        """The page's own words beside the field, without the star that marks it as required."""
        label = self._labels.get(control.id) if control.id else None
        node = control.parent
        while label is None and node is not None and node.mem_id != self._form.mem_id:
            label = node if node.tag == "label" else None
            node = node.parent
        words = text_of(label.html or "") if label is not None else ""
        attributes = control.attributes
        words = (
            words.strip(" *:")
            or attributes.get("aria-label")
            or attributes.get("placeholder")
            or name_of(control)
        )
        return clean_line(words)[:300]


def kind_of(control: LexborNode) -> str:
    """The control's type as browsers see it: ``text``, ``hidden``, ``submit``, ``textarea``."""
    if control.tag == "input":
        return (control.attributes.get("type") or "text").strip().lower()
    if control.tag == "button":
        return (control.attributes.get("type") or "submit").strip().lower()
    return control.tag or ""


def name_of(control: LexborNode) -> str:
    """The name under which it is sent."""
    return control.attributes.get("name") or ""


def _option_value(option: LexborNode) -> str:
    value = option.attributes.get("value")
    return value if value is not None else clean_line(option.text())


def is_required(control: LexborNode) -> bool:
    """Whether the page says that it must be filled in."""
    attributes = control.attributes
    return "required" in attributes or (attributes.get("aria-required") or "").strip().lower() == "true"


def max_length_of(control: LexborNode) -> int | None:
    """How many characters it takes; None when it does not say."""
    digits = (control.attributes.get("maxlength") or "").strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 and int(digits) else None
