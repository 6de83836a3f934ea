"""Settings written by the program: one value changes, everything else in the file stays."""

import pytest

from tui_reader import config, config_file, config_schema
from tui_reader.errors import ConfigError

WRITTEN = """\
# mine since 2019
[refresh]
minutes = 30   # the train ride

[look] # how it looks
measure = 64
theme = "paper"    # easier on the eyes

[keys]
"post.star" = "*"
"""


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "config.toml"
    path.write_text(WRITTEN)
    return path


def test_only_the_value_changes(path):
    config_file.put(path, "look.theme", "ink")
    assert path.read_text() == WRITTEN.replace('"paper"', '"ink"')


def test_new_settings_and_sections_join_what_is_there(path):
    config_file.put(path, "look.fields", ("blog", "date"))
    config_file.put(path, "log.level", "info")
    config_file.put(path, "keys.post.read", "x,m")
    config_file.put(path, "themes.mine.background", "#101010")
    settings = config.load(path)
    assert settings.look.fields == ("blog", "date")
    assert settings.log.level == "info"
    assert settings.keys == {"post.star": "*", "post.read": "x,m"}
    assert settings.themes == {"mine": {"background": "#101010"}}
    for line in WRITTEN.splitlines():
        assert line in path.read_text().splitlines()


def test_what_is_taken_away_has_its_default_again(path):
    assert config_file.take_away(path, "look.theme")
    assert not config_file.take_away(path, "look.theme")
    assert config.load(path).look.theme == "ink"
    assert path.read_text() == WRITTEN.replace('theme = "paper"    # easier on the eyes\n', "")


def test_a_file_that_is_not_there_is_made_for_its_user_alone(tmp_path):
    path = tmp_path / "deep" / "config.toml"
    config_file.put(path, "look.measure", 60)
    assert path.read_text() == "[look]\nmeasure = 60\n"
    assert path.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in path.parent.iterdir()] == ["config.toml"]


def test_a_link_among_dotfiles_stays_a_link(path, tmp_path):
    link = tmp_path / "link.toml"
    link.symlink_to(path)
    config_file.put(link, "look.measure", 60)
    assert link.is_symlink()
    assert config.load(path).look.measure == 60


@pytest.mark.parametrize(
    ("key", "value", "why"),
    [
        ("look.thema", "ink", "is look.theme meant?"),
        ("look.measure", 3, "at least 24"),
        ("look.spacing", "wide", "one of compact, normal, airy"),
        ("look.dates", "as you like", "pattern such as"),
        ("look.columns", (), "must list some of"),
        ("themes.mine.primary", "blueish", "must be a colour"),
        ("themes.mine.primry", "#fff", "no such colour"),
    ],
)
def test_what_is_wrong_is_not_written(path, key, value, why):
    with pytest.raises(ConfigError, match=why):
        config_file.put(path, key, value)
    assert path.read_text() == WRITTEN


def test_a_broken_file_is_left_as_it_is(path):
    path.write_text("[look\n")
    with pytest.raises(ConfigError, match="not valid TOML, so nothing was written"):
        config_file.put(path, "look.theme", "ink")
    assert path.read_text() == "[look\n"


def test_a_read_only_file_is_respected(path):
    path.chmod(0o400)
    with pytest.raises(ConfigError, match="read-only"):
        config_file.put(path, "look.theme", "ink")
    assert path.read_text() == WRITTEN


def test_a_file_with_faults_can_be_mended_setting_by_setting(path):
    path.write_text('[look]\nmeasure = 3\nspacing = "wide"\n[future]\nx = 1\n')
    config_file.put(path, "look.measure", 60)
    config_file.put(path, "look.spacing", "airy")
    with pytest.raises(ConfigError) as caught:
        config.load(path)
    assert str(caught.value).count("\n") == 0
    assert "future: no such section" in str(caught.value)
    assert "x = 1" in path.read_text()


@pytest.mark.parametrize(
    ("key", "words", "value"),
    [
        ("look.measure", " 60 ", 60),
        ("look.linear", "yes", True),
        ("look.linear", "off", False),
        ("look.fields", "blog, date", ("blog", "date")),
        ("look.dates", "d. MMMM", "d. MMMM"),
    ],
)
def test_values_are_read_as_people_type_them(key, words, value):
    setting = next(one for one in config_schema.schema() if one.key == key)
    assert setting.read(words) == value


@pytest.mark.parametrize(("key", "words"), [("look.measure", "wide"), ("look.linear", "perhaps")])
def test_other_words_are_none(key, words):
    setting = next(one for one in config_schema.schema() if one.key == key)
    with pytest.raises(ConfigError, match=f"{key}: must be"):
        setting.read(words)


def test_all_faults_of_themes_are_told_at_once():
    with pytest.raises(ConfigError) as caught:
        config.from_data({"themes": {"mine": {"dark": "yes", "text": "#fff", "primary": "red"}, "other": 1}})
    told = str(caught.value).splitlines()
    assert [line.split(": ")[1] for line in told] == [
        "themes.mine.dark",
        "themes.mine.text",
        "themes.mine.primary",
        "themes.other",
    ]
