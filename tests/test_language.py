"""The language: which one is chosen, what it says, and that every message is in every catalogue."""

import pytest

from tui_reader import catalogues, language
from tui_reader.language import N_, _, ngettext

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
