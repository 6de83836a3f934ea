"""The language: which one is chosen, what it says, and that every message is in every catalogue."""

import ast
import re
from datetime import UTC, datetime, timedelta
from string import Formatter

import pytest
from babel.core import Locale

from tui_reader import catalogues, language, moments
from tui_reader.language import N_, _, ngettext
from tui_reader.ui import day_words

PACKAGE = catalogues.PACKAGE
TRANSLATED = [name for name in language.available() if name != "en"]


@pytest.mark.parametrize(
    ("environ", "chosen", "locale"),
    [
        ({}, "en", "en"),
        ({"LANG": "C"}, "en", "en"),
        ({"LANG": "C.UTF-8"}, "en", "en"),
        ({"LANG": "POSIX"}, "en", "en"),
        ({"LANG": "fr_FR.UTF-8"}, "fr", "fr_FR"),
        ({"LANG": "fr_CA"}, "fr", "fr_CA"),
        ({"LANG": "fr_BE@euro"}, "fr", "fr_BE"),
        ({"LANG": "fr"}, "fr", "fr"),
        ({"LANG": "de_DE.UTF-8"}, "en", "en"),
        ({"LANG": "../../etc"}, "en", "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "fr_FR.UTF-8"}, "fr", "fr_FR"),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": "C"}, "en", "en"),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": ""}, "fr", "fr_FR"),
        ({"LANG": "de_DE.UTF-8", "LANGUAGE": "de:fr:en"}, "fr", "fr"),
        ({"LANG": "fr_CA.UTF-8", "LANGUAGE": "fr:en"}, "fr", "fr_CA"),
        ({"LANG": "fr_FR.UTF-8", "LANGUAGE": "en:fr"}, "en", "en"),
        ({"LANG": "C", "LANGUAGE": "fr"}, "en", "en"),
    ],
    ids=lambda value: str(value) if isinstance(value, dict) else None,
)
def test_the_environment_chooses_the_language(environ, chosen, locale):
    assert language.use(environ=environ) == chosen
    assert (language.current(), language.locale()) == (chosen, locale)


@pytest.mark.parametrize(
    ("wanted", "environ", "chosen", "locale"),
    [
        ("fr", {"LANG": "en_GB.UTF-8"}, "fr", "fr"),
        ("fr", {"LANG": "fr_CH.UTF-8"}, "fr", "fr_CH"),
        ("en", {"LANG": "fr_CH.UTF-8"}, "en", "en"),
        ("xx", {"LANG": "fr_CH.UTF-8"}, "en", "en"),
    ],
)
def test_the_setting_goes_before_the_environment(wanted, environ, chosen, locale):
    assert language.use(wanted, environ) == chosen
    assert language.locale() == locale


def test_messages_change_with_the_language_at_once():
    message = N_("Lists the blogs that are followed.")
    assert _(message) == message
    language.use("fr")
    assert _(message) != message
    assert _("no such message") == "no such message"
    assert _("") == ""
    language.use("en")
    assert _(message) == message


def test_english_has_two_forms_of_a_count():
    assert [ngettext("a post", "posts", count) for count in (0, 1, 2)] == ["posts", "a post", "posts"]


def test_languages_are_named_as_their_speakers_do():
    assert [language.name(one) for one in ("en", "fr")] == ["English", "Français"]


def test_a_catalogue_that_was_changed_is_compiled_anew(tmp_path):
    source = tmp_path / "tui_reader.po"
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'
    source.write_text(f'{head}\nmsgid "yes"\nmsgstr "oui"\n\nmsgid "no"\nmsgstr ""\n')
    assert b"oui" in catalogues.compiled_catalogue(source)
    # what is not translated yet is left to the English of the source
    assert b"no\0" not in source.with_suffix(".mo").read_bytes()


# What is in the catalogues


def catalogue_of(name):
    return catalogues.read(PACKAGE / "locale" / name / "LC_MESSAGES" / "tui_reader.po")


def forms(string):
    return (string,) if isinstance(string, str) else tuple(string)


@pytest.fixture(scope="module")
def template():
    return catalogues.template()


def test_the_source_has_messages_of_every_kind(template):
    messages = {message.id if isinstance(message.id, str) else message.id[0] for message in template}
    assert "Lists the blogs that are followed." in messages  # a docstring
    assert "Put the blogs into this folder." in messages  # an option's help
    assert "Next line or row" in messages  # a tooltip
    assert "The most characters a line of text may have." in messages  # a setting's help
    assert "{count} new post" in messages  # a count
    assert "Some of it could not be read." in messages  # between the braces of another text
    assert len(messages) > 800


@pytest.mark.parametrize("name", TRANSLATED)
def test_every_message_is_in_the_catalogue_and_translated(name, template):
    catalogue = catalogue_of(name)
    missing = [message.id for message in template if message.id and catalogue.get(message.id) is None]
    assert missing == []
    assert catalogues.untranslated(catalogue) == []
    unused = [message.id for message in catalogue if message.id and template.get(message.id) is None]
    assert unused == []


@pytest.mark.parametrize("name", TRANSLATED)
def test_translations_have_the_places_of_the_message_and_every_plural_form(name):
    catalogue = catalogue_of(name)
    for message in catalogue:
        if not message.id:
            continue
        wanted = {place for one in forms(message.id) for place in places(one)}
        for form in forms(message.string):
            assert places(form) == wanted, message.id
        if not isinstance(message.id, str):
            assert len(forms(message.string)) == catalogue.num_plurals, message.id


def places(text):
    """The names between braces, with how each is written."""
    return {f"{name}!{how}:{spec}" for _text, name, spec, how in Formatter().parse(text) if name is not None}


def test_french_is_set_as_french_is():
    faults = []
    for message in catalogue_of("fr"):
        if not message.id:
            continue
        for form in forms(message.string):
            bare = re.sub(r"`[^`]*`|\{[^}]*\}", "x", form)
            if re.search(r"\w'\w", bare) or re.search(r" [;!?»]|« ", bare):
                faults.append(form)
            # a colon with a plain space before it could begin a line by itself
            if re.search(r" :(\s|$)", bare):
                faults.append(form)
    assert faults == []


@pytest.mark.parametrize("name", TRANSLATED)
def test_months_and_just_now_are_those_of_babel(name):
    """Lists have their own words, so that a start waits for no calendar: they must not be others."""
    locale = Locale.parse(name)
    language.use(name)
    moment = datetime(2025, 1, 3, 12, tzinfo=UTC)
    for month in range(1, 13):
        there = moment.replace(month=month)
        assert day_words.day(3, month, 2025) == moments.day(there, datetime(2026, 8, 3, tzinfo=UTC), tz=UTC)
        assert locale.months["format"]["abbreviated"][month] in day_words.day(3, month)
    assert day_words.ago(0) == moments.when(moment, moment)


def test_french_counts_none_and_one_alike():
    language.use("fr")
    said = [
        ngettext("{count} new post", "{count} new posts", count).format(count=count)
        for count in (0, 1, 2, 1_000_000)
    ]
    assert said == ["0 nouveau billet", "1 nouveau billet", "2 nouveaux billets", "1000000 nouveaux billets"]
    assert language.number(1_000_000) == "1\u202f000\u202f000"
    assert [day_words.ago(minutes) for minutes in (0, 1, 59, 60, 180)] == [
        "à l’instant",
        "il y a 1 min",
        "il y a 59 min",
        "il y a 1 h",
        "il y a 3 h",
    ]


def test_moments_follow_the_language_and_its_country():
    now = datetime(2026, 8, 3, 12, tzinfo=UTC)
    day = datetime(2025, 7, 9, 8, tzinfo=UTC)
    language.use(environ={"LANG": "fr_FR.UTF-8"})
    assert moments.when(now - timedelta(hours=3), now, tz=UTC) == "il y a 3 heures"
    assert moments.day(day, now, tz=UTC) == "9 juil. 2025"
    language.use(environ={"LANG": "fr_CA.UTF-8"})
    assert moments.day(day, now, tz=UTC) == "9 juill. 2025"
    language.use("en")
    assert moments.when(now - timedelta(hours=3), now, tz=UTC) == "3 hours ago"


# How messages are written


def modules():
    return [path for path in sorted(PACKAGE.rglob("*.py")) if "demo" not in path.parts]


def test_messages_are_whole_and_constant():
    """A message that is built where it is said is in no catalogue."""
    faults = [
        f"{path}:{node.lineno}"
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and (
            (node.func.id == "_" and isinstance(node.args[0], ast.JoinedStr | ast.BinOp))
            or any(
                not isinstance(argument, ast.Constant)
                for argument in node.args[: {"N_": 1, "ngettext": 2, "pgettext": 2}.get(node.func.id, 0)]
            )
        )
    ]
    assert faults == []


SHOWS = {"tell", "say", "notify", "show_note", "fail", "warn", "show_empty", "error", "UsageError"}
"""What shows words to people; a sentence that goes there untranslated was forgotten."""


def test_no_sentence_is_said_past_the_catalogues():
    faults = []
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            is_log = isinstance(node.func, ast.Attribute) and name in {"error", "warning"}
            is_shown = name in SHOWS or (name.endswith("Error") and name not in INTERNAL)
            if not is_shown or is_log:
                continue
            for argument in node.args:
                parts = argument.values if isinstance(argument, ast.JoinedStr) else [argument]
                words = [part.value for part in parts if isinstance(part, ast.Constant)]
                if any(re.search(r"[a-z]{2,} [a-z]{2,}", str(one)) for one in words):
                    faults.append(f"{path.relative_to(PACKAGE)}:{node.lineno}: {words}")
    assert faults == []


INTERNAL = {"TypeError", "ValueError", "AssertionError", "RuntimeError", "NotImplementedError", "KeyError"}
"""What only a bug raises."""


def test_nobody_uses_the_name_of_a_message_for_something_else():
    """In a function that assigns ``_`` the messages of that function would be lost."""
    faults = []
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.GeneratorExp, ast.ListComp, ast.DictComp)
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, kinds):
                inside = list(ast.walk(node))
                stores = [
                    n
                    for n in inside
                    if isinstance(n, ast.Name) and n.id == "_" and isinstance(n.ctx, ast.Store)
                ]
                calls = [n for n in inside if isinstance(n, ast.Call) and getattr(n.func, "id", "") == "_"]
                if stores and calls:
                    faults.append(f"{path.relative_to(PACKAGE)}:{node.lineno}")
    assert faults == []
