"""Nobody is taken for the user, or for the post's author, by the name he gives himself."""

import pytest

from tui_reader import language
from tui_reader.content.names import who
from tui_reader.domain.mute import author_key


@pytest.mark.parametrize(
    "name",
    ["you", "You", " YOU ", "y\u200do\u200eu", "ｙｏｕ", "Ada (author)", "Ada, author of the post", "Author"],
)
def test_a_name_that_says_what_we_say_is_told_as_somebodys(name):
    assert who(name) == f"somebody named “{name}”"
    assert who(name, is_mine=True) == "you"


@pytest.mark.parametrize("name", ["Ada", "Youssef", "Mayou", "Authority", "Coauthor", "Ada (Berlin)", "貓"])
def test_other_names_stay_as_they_are(name):
    assert who(name) == name


def test_nobody_has_a_word_of_its_own():
    assert (who(""), who("", unnamed="somebody")) == ("Anonymous", "somebody")


def test_it_is_the_words_of_the_language_in_force_that_count():
    language.use("fr")
    assert who("Vous") == "quelqu’un du nom de «\u00a0Vous\u00a0»"
    assert who("Ada, auteur du billet") != "Ada, auteur du billet"
    assert who("you") == "you"


def test_names_that_look_the_same_are_the_same_to_a_mute():
    names = ["José  Ruiz", "jose\u0301 ruiz", "JOSÉ\u200e Ru\u200biz", "Ｊｏｓé Ruiz", "José\u00a0Ruiz"]
    assert {author_key(name) for name in names} == {"josé ruiz"}
    assert author_key("Jose Ruiz") != "josé ruiz"
