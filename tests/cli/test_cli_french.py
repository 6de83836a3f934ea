"""The command line in French: help, words, faults; JSON stays as it is."""

import subprocess
import sys

import pytest

from tui_reader import language


@pytest.fixture
def _french(monkeypatch):
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    yield
    language.use("en")


@pytest.mark.usefixtures("_french")
def test_help_is_in_french(cli):
    said = " ".join(cli("--help").out.split())
    assert said.startswith("Usage : tui-reader")
    assert "Lit des blogs dans le terminal" in said
    assert "refresh Va chercher les billets et les commentaires" in said
    assert "Affiche cette aide." in said
    assert "Options :" in said
    for english in ("Fetches", "Commands", "Show this", "Exit status"):
        assert english not in said


@pytest.mark.usefixtures("_french")
def test_options_and_commands_of_a_group_are_in_french(cli):
    said = " ".join(cli("identity", "add", "--help").out.split())
    assert "Le nom qui est montré." in said
    assert "Garde une identité." in said
    said = " ".join(cli("outbox", "--help").out.split())
    assert "drop Oublie une réponse" in said


@pytest.mark.usefixtures("_french")
@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("blogs",), 0, "Pas encore de blog"),
        (("remove", "nowhere"), 1, "aucun blog ne correspond"),
        (("mark", "read"), 2, "donnez des billets, ou --all"),
        (("nonsense",), 2, "Pas de commande"),
        (("undo",), 0, "Il n’y a rien à annuler."),
        (("outbox",), 0, "La boîte d’envoi est vide."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_what_commands_say_is_in_french(cli, arguments, status, said):
    ran = cli(*arguments)
    assert ran.status == status
    assert said in ran.out + ran.err


@pytest.mark.usefixtures("_french")
def test_faults_begin_as_ever(cli):
    """Scripts look for it."""
    assert cli("remove", "nowhere").err.startswith("error: ")


def test_a_setting_goes_before_the_environment(cli, tmp_path, monkeypatch):
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    config = tmp_path / "home" / "config"
    config.mkdir(parents=True)
    (config / "config.toml").write_text('[look]\nlanguage = "fr"\n')
    assert "Pas encore de blog" in cli("blogs").out
    (config / "config.toml").write_text('[look]\nlanguage = "xx"\n')
    ran = cli("blogs")
    assert ran.status == 1
    assert "look.language" in ran.err


def test_english_comes_back_with_the_next_call(cli, monkeypatch):
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    assert "Liste les blogs suivis." in cli("blogs", "--help").out
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    ran = cli("blogs", "--help")
    assert "Lists the blogs that are followed." in ran.out
    assert "Show this message and exit." in ran.out


@pytest.mark.parametrize("command", ["blogs", "posts", "outbox", "conversations", "answers", "mutes"])
def test_json_is_the_same_in_both_languages(demo_home, command):
    said = [
        subprocess.run(
            [sys.executable, "-m", "tui_reader", command, "--json"],
            capture_output=True,
            check=True,
            env={**demo_home, "LC_ALL": language},
        ).stdout
        for language in ("C.UTF-8", "fr_FR.UTF-8")
    ]
    assert said[0] == said[1]
    assert said[0].strip()


@pytest.fixture(scope="module")
def demo_home(tmp_path_factory):
    """A home with blogs, posts and what was said of them."""
    from tests.bench import homes
    from tests.bench.terminal import environ

    home = homes.own_home(tmp_path_factory.mktemp("json") / "own", blogs=3, posts=4)
    return environ(home)
