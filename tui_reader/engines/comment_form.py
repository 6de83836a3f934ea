"""Finds the comment form in a post's page and describes it: what is sent, where to, what a person adds.

Pure: a page in, a description out. The recipe was tried on WordPress with anti-spam plugins; nothing in
it is WordPress's alone, so that other systems with a form can use it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tui_reader.content.one_line import text_of
from tui_reader.content.tree import tree_of
from tui_reader.domain.conversation import AskedField
from tui_reader.engines.form_fields import Filled, is_required, kind_of, max_length_of, name_of
from tui_reader.engines.site import same_site
from tui_reader.engines.visible_fields import Eye
from tui_reader.language import _


class WhyNot(StrEnum):
    """Why a page has no form that could be filled in from here."""

    CLOSED = "closed"
    LOGIN = "login"
    PASSWORD = "password"  # noqa: S105  (a word, not a secret)
    BROWSER = "browser"
    """The form works in a browser only: a captcha, a widget of another service."""
    ODD = "odd"
    """There is a form that must not be used: no POST, or an address that is not safe."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoForm:
    """The page cannot be answered from here, and why."""

    why: WhyNot
    message: str
    """One plain sentence for the user."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentForm:
    """A comment form as the page has it."""

    action: str
    fields: Mapping[str, str] = field(default_factory=dict)
    """What is sent as it was found: hidden inputs, the button; traps and unknown fields empty."""
    text_field: str
    name_field: str | None = None
    email_field: str | None = None
    site_field: str | None = None
    needs_name: bool = False
    needs_email: bool = False
    max_length: int | None = None
    person_lengths: Mapping[str, int] = field(default_factory=dict)
    """Characters that ``name``, ``email`` and ``site`` may have, where the form says so."""
    asked: tuple[AskedField, ...] = ()
    """Required fields that only the user can fill in."""
    leaves_site: bool = False
    """It posts to another site than the page's."""


_TEXT = re.compile(r"comment|c_content|texte?$|^text|message|kommentar|coment", re.IGNORECASE)
_CAPTCHA = (
    ".h-captcha, .cf-turnstile, .g-recaptcha, .frc-captcha, [data-sitekey], [data-hcaptcha-widget-id], "
    "[name='g-recaptcha-response'], [name='h-captcha-response'], [name='cf-turnstile-response'], "
    "iframe[src*='recaptcha'], iframe[src*='hcaptcha'], iframe[src*='turnstile'], img[src*='captcha'], "
    "altcha-widget"
)
_ELSEWHERE = (
    ("iframe.jetpack_remote_comment, iframe[src*='jetpack.wordpress.com/jetpack-comment']", "Jetpack"),
    ("#wpdcom, #wpd-main-form-wrapper, form.wpd_comm_form, [name='wc_comment']", "wpDiscuz"),
    ("#disqus_thread, script[src*='disqus.com/embed.js']", "Disqus"),
    (".fb-comments, fb\\:comments", "Facebook"),
    ("script[src*='giscus.app'], .giscus, giscus-widget", "giscus"),
    ("script[src*='utteranc.es'], .utterances", "utterances"),
    ("#hyvor-talk-view, hyvor-talk-comments", "Hyvor Talk"),
    ("#remark42", "Remark42"),
    ("#commento, #comentario", "Commento"),
    ("#cusdis_thread", "Cusdis"),
    ("#coral_thread", "Coral"),
    ("#isso-thread", "Isso"),
    ("#discourse-comments", "Discourse"),
)
_MAX_CONTROLS = 300
_MAX_CARRIED = 64_000


def read(html: str, page_url: str) -> CommentForm | NoForm:
    """Describes the page's comment form, or says why there is none to be used.

    Args:
        html: The page.
        page_url: Its real address after redirects: a ``<base>`` in the page changes nothing.
    """
    tree = tree_of(html)
    eye = Eye(tree)
    form = _find(tree, eye)
    if form is None:
        return _why_none(tree)
    if service := _foreign_service(form):
        return _kept_by(service)
    if form.css_first(_CAPTCHA) is not None or _captcha_beside(form):
        return NoForm(
            why=WhyNot.BROWSER, message=_("the blog asks for a captcha: only a browser can answer there")
        )
    return _describe(tree, form, eye, page_url)


def _find(tree: LexborHTMLParser, eye: Eye) -> LexborNode | None:
    if (form := tree.css_first("form#commentform")) is not None:
        return form
    forms = tree.css("form")
    for form in forms:
        if form.css_first("[name='comment_post_ID']") is not None:
            return form
    for form in forms:
        if any(
            _TEXT.search(area.attributes.get("name") or "") and eye.sees(area, form)
            for area in form.css("textarea")
        ):
            return form
    return None


def _why_none(tree: LexborHTMLParser) -> NoForm:
    if tree.css_first("form.post-password-form, form[action*='action=postpass']") is not None:
        return NoForm(why=WhyNot.PASSWORD, message=_("the post is protected by a password"))
    if (notice := tree.css_first(".must-log-in")) is not None:
        return NoForm(
            why=WhyNot.LOGIN, message=text_of(notice.html or "") or _("the blog wants a login to comment")
        )
    if (notice := tree.css_first(".no-comments, .nocomments, .comments-closed")) is not None:
        return NoForm(why=WhyNot.CLOSED, message=text_of(notice.html or "") or _("comments are closed"))
    if tree.root is not None and (service := _foreign_service(tree.root)):
        return _kept_by(service)
    return NoForm(why=WhyNot.CLOSED, message=_("the page has no comment form: comments are closed here"))


def _foreign_service(scope: LexborNode) -> str | None:
    return next((name for selector, name in _ELSEWHERE if scope.css_first(selector) is not None), None)


def _kept_by(service: str) -> NoForm:
    told = _("the comments here are kept by {service}: only a browser can answer there")
    return NoForm(why=WhyNot.BROWSER, message=told.format(service=service))


def _odd(message: str) -> NoForm:
    return NoForm(why=WhyNot.ODD, message=message)


def _captcha_beside(form: LexborNode) -> bool:
    """Some plugins put their widget next to the form, in what wraps it."""
    wrapper = form.parent
    return wrapper is not None and wrapper.id == "respond" and wrapper.css_first(_CAPTCHA) is not None


def _describe(tree: LexborHTMLParser, form: LexborNode, eye: Eye, page_url: str) -> CommentForm | NoForm:
    controls = _controls(tree, form)
    if len(controls) > _MAX_CONTROLS:
        told = _("the comment form has {count} fields, which no person fills in")
        return _odd(told.format(count=len(controls)))
    button = next((c for c in controls if kind_of(c) in {"submit", "image"}), None)
    where = _action(form, button, page_url)
    if isinstance(where, NoForm):
        return where
    area = _text_area([c for c in controls if c.tag == "textarea"], form, eye)
    if area is None:
        return _odd(_("the comment form has no field for the text"))
    filled = Filled(tree, form, eye)
    for control in controls:
        if control.mem_id != area.mem_id:
            filled.take(control, is_the_button=button is not None and control.mem_id == button.mem_id)
    if filled.needs_browser:
        return NoForm(
            why=WhyNot.BROWSER,
            message=_("the comment form asks for more than text: only a browser can answer there"),
        )
    if sum(len(name) + len(value) for name, value in filled.fields.items()) > _MAX_CARRIED:
        return _odd(_("the comment form carries more than any comment needs"))
    text_field = name_of(area)
    # a trap that has the same name as the real field must not blank it
    filled.fields.pop(text_field, None)
    return CommentForm(
        action=where,
        fields=filled.fields,
        text_field=text_field,
        name_field=filled.person.get("name"),
        email_field=filled.person.get("email"),
        site_field=filled.person.get("site"),
        needs_name="name" in filled.needed,
        needs_email="email" in filled.needed,
        max_length=max_length_of(area),
        person_lengths=filled.lengths,
        asked=tuple(filled.asked.values()),
        leaves_site=not same_site(where, page_url),
    )


def _controls(tree: LexborHTMLParser, form: LexborNode) -> list[LexborNode]:
    """Every control that has a name and is not disabled, also those tied to the form by ``form="id"``."""
    wanted = "input, textarea, select, button"
    found = {node.mem_id: node for node in form.css(wanted)}
    if form.id and re.fullmatch(r"[\w-]+", form.id):
        found |= {
            node.mem_id: node for node in tree.css(f"[form='{form.id}']") if node.tag in wanted.split(", ")
        }
    return [node for node in found.values() if name_of(node) and "disabled" not in node.attributes]


def _action(form: LexborNode, button: LexborNode | None, page_url: str) -> str | NoForm:
    """Where a browser would post to, if that is a place to post to."""
    own, pressed = form.attributes, button.attributes if button is not None else {}
    method = pressed.get("formmethod") or own.get("method") or "get"
    if method.strip().lower() != "post":
        return _odd(_("the comment form does not post"))
    try:
        where = urljoin(page_url, (pressed.get("formaction") or own.get("action") or "").strip()).partition(
            "#"
        )[0]
        target = urlsplit(where)
        _port = target.port  # raises where it is no number
    except ValueError:
        return _odd(_("the comment form has no valid address"))
    if target.scheme not in {"http", "https"} or not target.hostname or target.username is not None:
        return _odd(_("the comment form posts to an address that is no web page"))
    if target.scheme == "http" and urlsplit(page_url).scheme == "https":
        return _odd(_("the comment form would send your reply unencrypted, from an encrypted page"))
    return where


def _text_area(areas: list[LexborNode], form: LexborNode, eye: Eye) -> LexborNode | None:
    """The field that people type in: a visible one first, whatever a trap is called."""

    def rank(area: LexborNode) -> tuple[bool, bool, bool]:
        called = f"{name_of(area)} {area.id or ''}"
        return (not eye.sees(area, form), not is_required(area), _TEXT.search(called) is None)

    best = min(areas, key=rank, default=None)
    # with nothing in sight, only a required field can be the real one: the rest are traps
    if best is None or (not eye.sees(best, form) and not is_required(best)):
        return None
    return best
