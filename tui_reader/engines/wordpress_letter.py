"""Puts a letter into WordPress's form, and finds what WordPress would refuse before it is sent. Pure."""

from datetime import datetime

from tui_reader.domain.conversation import AskedField, Letter, ReplyForm
from tui_reader.domain.email import is_address
from tui_reader.domain.reply import Outcome, Refusal, ReplyState
from tui_reader.engines.wordpress_words import has_words
from tui_reader.language import N_, _, number

# the widths of WordPress's own columns (wp_get_comment_fields_max_lengths)
MAX_TEXT_BYTES = 65_525
_MAX_NAME = 245
_MAX_EMAIL = 100
_MAX_SITE = 200
_NO = {"", "0", "no", "off", "false"}


def fault_of(form: ReplyForm, letter: Letter, text: str) -> Outcome | None:
    """What WordPress would surely refuse, as the outcome that it would have; None when nothing is wrong.

    Args:
        form: What the blog asks.
        letter: What the user gave.
        text: The letter's text as it would be sent.
    """
    if not letter.text.strip():
        return _refused(_("the reply is empty"))
    if not has_words(text):
        return _refused(_("the reply has tags and no words"))
    size = len(text.encode())
    if size > MAX_TEXT_BYTES:
        return _too_long(
            _("the reply is too long: {size} bytes, and WordPress takes {most}").format(
                size=number(size), most=number(MAX_TEXT_BYTES)
            )
        )
    if form.max_length is not None and form.max_length < MAX_TEXT_BYTES and len(text) > form.max_length:
        return _too_long(
            _("the reply is too long: {size} characters, and the blog takes {most}").format(
                size=number(len(text)), most=number(form.max_length)
            )
        )
    if form.way == "rest":
        return None
    return _fault_of_the_person(form, letter) or _fault_of_the_answers(form, letter)


def _fault_of_the_person(form: ReplyForm, letter: Letter) -> Outcome | None:
    name, email = letter.name.strip(), letter.email.strip()
    if form.needs_name and not name:
        return _refused(_("the blog asks for a name"))
    if form.needs_email and not email:
        return _refused(_("the blog asks for an e-mail address"))
    if form.email_field and email and not is_address(email):
        return _refused(_("{email} is no e-mail address that WordPress takes").format(email=email))
    lengths = form.person_lengths
    for what, value, limit in (
        (
            N_("the name is longer than the {limit} characters that the blog takes"),
            name if form.name_field else "",
            min(_MAX_NAME, lengths.get("name", _MAX_NAME)),
        ),
        (
            N_("the e-mail address is longer than the {limit} characters that the blog takes"),
            email if form.email_field else "",
            min(_MAX_EMAIL, lengths.get("email", _MAX_EMAIL)),
        ),
        (
            N_("the site's address is longer than the {limit} characters that the blog takes"),
            letter.site.strip() if form.site_field else "",
            min(_MAX_SITE, lengths.get("site", _MAX_SITE)),
        ),
    ):
        if len(value) > limit:
            return _too_long(_(what).format(limit=limit))
    return None


def _fault_of_the_answers(form: ReplyForm, letter: Letter) -> Outcome | None:
    for ask in form.asked:
        answer = _answer(ask, letter)
        if ask.is_required and not answer:
            return _refused(_("the blog also asks for: {label}").format(label=ask.label))
        if ask.max_length is not None and len(answer) > ask.max_length:
            return _too_long(
                _("“{label}” takes {max_length} characters").format(
                    label=ask.label, max_length=ask.max_length
                )
            )
    return None


def filled_in(form: ReplyForm, letter: Letter, text: str, now: datetime) -> dict[str, str]:
    """All that is posted, in the form's own names."""
    filled = dict(form.fields)
    if "ak_js" in filled:
        # Akismet's script puts the browser's clock here
        filled["ak_js"] = str(int(now.timestamp() * 1000))
    for name, value in (
        (form.name_field, letter.name),
        (form.email_field, letter.email),
        (form.site_field, letter.site),
    ):
        if name:
            filled[name] = value.strip()
    filled |= {ask.name: answer for ask in form.asked if (answer := _answer(ask, letter))}
    filled[form.text_field] = text
    return filled


def _answer(ask: AskedField, letter: Letter) -> str:
    answer = letter.answers.get(ask.name, "").strip()
    if ask.is_choice:
        return "" if answer.lower() in _NO else ask.value
    return answer


def _refused(reason: str) -> Outcome:
    return Outcome(state=ReplyState.REJECTED, reason=reason, refusal=Refusal.FIELD)


def _too_long(reason: str) -> Outcome:
    return Outcome(state=ReplyState.REJECTED, reason=reason, refusal=Refusal.TOO_LONG)
