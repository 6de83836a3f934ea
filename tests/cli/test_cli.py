import asyncio
import io
import json
import os
import subprocess
import sys
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from tui_reader.cli.output import table
from tui_reader.cli.program import COMMANDS
from tui_reader.cli.run import with_stored
from tui_reader.errors import HttpStatusError
from tui_reader.net.fetch import fetch
from tui_reader.services.replying import Replying


def post_named(cli, title):
    return next(post for post in cli("posts", "--json").json() if post["title"] == title)


def _one_refuses(fetch, part):
    async def some(http, url, *given, **more):
        if part in url:
            raise HttpStatusError(url, 503, "the server has a fault")
        return await fetch(http, url, *given, **more)

    return some


def identity(cli):
    assert cli("identity", "add", "--name", "Nadia", "--email", "nadia@mail.example").status == 0


@pytest.fixture
def followed(cli, blog):
    """The demo's English blog, followed."""
    assert cli("add", blog.blogs[0]).status == 0
    return blog


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(cli, command):
    ran = cli(command, "--help")
    assert ran.status == 0
    assert ran.out.startswith("Usage: tui-reader")


def test_add_says_what_was_found(cli, blog):
    ran = cli("add", blog.blogs[0], blog.blogs[1], "--folder", "Harbours")
    assert ran.status == 0
    assert "Harbour Notes" in ran.out
    assert "/feed/" in ran.out
    assert [(one["title"], one["folder"]) for one in cli("blogs", "--json").json()] == [
        ("Carnet du port", "Harbours"),
        ("Harbour Notes", "Harbours"),
    ]


def test_adding_one_post_follows_its_blog(cli, blog):
    url = blog.post_url(blog.blog(blog.blogs[1]).posts[0].id, blog.blogs[1])
    assert cli("add", url).status == 0
    (one,) = cli("blogs", "--json").json()
    assert one["feed_url"] == f"{blog.blogs[1]}feed/"


def test_adding_nothing_useful_says_what_was_tried(cli, blog):
    ran = cli("add", f"{blog.url}no-such-page")
    assert ran.status == 1
    assert ran.err.startswith("error: ")
    assert len(ran.err.splitlines()) == 1


def test_the_json_of_blogs_and_posts_has_the_contracts_keys(cli, followed):
    (one,) = cli("blogs", "--json").json()
    assert list(one)[:9] == [
        "id",
        "title",
        "url",
        "feed_url",
        "folder",
        "unread",
        "new_comments",
        "last_refreshed",
        "error",
    ]
    post = cli("posts", "--json", "--limit", "1").json()[0]
    keys = "id blog_id title author url published read starred comment_count new_comment_count"
    assert list(post)[:10] == keys.split()
    assert post["published"].endswith("Z")


def test_every_conversation_comes_out_complete_and_threaded(cli, followed):
    deepest = 0
    for post in cli("posts", "--json").json():
        answer = cli("comments", post["id"], "--json").json()
        if answer["note"] and "password" in answer["note"]:
            continue
        assert answer["engine"] == "wordpress"
        assert answer["complete"] is True
        assert len(answer["comments"]) == post["comment_count"]
        seen = set()
        for comment in answer["comments"]:
            assert comment["parent_id"] is None or comment["parent_id"] in seen
            assert comment["id"] not in seen
            seen.add(comment["id"])
            deepest = max(deepest, comment["depth"])
    assert deepest == 4


def test_pings_come_last_and_say_what_they_are(cli, followed):
    for post in cli("posts", "--json").json():
        kinds = [comment["kind"] for comment in cli("comments", post["id"], "--json").json()["comments"]]
        if "pingback" in kinds:
            assert set(kinds[kinds.index("pingback") :]) == {"pingback"}
            return
    raise AssertionError("the demo has no post with a pingback")


def test_the_conversation_of_a_blog_that_is_not_followed_is_read_by_its_address(cli, blog):
    url = blog.post_url(max(blog.blog(blog.blogs[0]).posts, key=lambda post: post.published).id)
    ran = cli("comments", url, "--json")
    assert ran.status == 0
    assert ran.json()["engine"] == "wordpress"
    assert cli("blogs", "--json").json() == []


def test_cached_asks_nobody(cli, followed):
    post = cli("posts", "--json").json()[0]
    before = len(followed.requests)
    assert cli("comments", post["id"], "--cached", "--json").status == 0
    assert len(followed.requests) == before


def test_show_prints_readable_text_and_links(cli, followed):
    post = cli("posts", "--json").json()[0]
    shown = cli("show", post["id"], "--json").json()
    assert shown["title"] == post["title"]
    assert "<p>" not in shown["text"]
    assert isinstance(shown["links"], list)


@pytest.mark.parametrize("form", ["--md", "--plain", "--cached"])
def test_conversations_have_forms_for_people(cli, followed, form):
    post = max(cli("posts", "--json").json(), key=lambda post: post["comment_count"] or 0)
    cli("comments", post["id"])
    ran = cli("comments", post["id"], form)
    assert ran.status == 0
    assert "\x1b" not in ran.out


def test_markdown_tells_who_wrote_what_is_new_and_what_waits(cli, followed):
    identity(cli)
    post = post_named(cli, "What the tide table does not say")
    cli("reply", post["id"], "--message", "Mine.")
    said = cli("comments", post["id"], "--md").out
    assert "**you**" in said
    assert "(author)" in said
    assert "●" not in said
    # a blank line as deep as both: what comes before it is no part of the quotation
    for above, line in pairwise(said.splitlines()):
        if "**" in line and line.startswith(">"):
            assert set(above) <= set("> ")
            assert above.count(">") <= line.partition("**")[0].count(">")


@pytest.mark.parametrize("forms", [("--md", "--json"), ("--plain", "--md")])
def test_a_conversation_has_one_form_at_a_time(cli, followed, forms):
    ran = cli("comments", "1", *forms)
    assert (ran.status, ran.out) == (2, "")
    assert "choose one" in ran.err


def test_a_reply_is_posted_for_real_and_told(cli, followed):
    identity(cli)
    post = post_named(cli, "What the tide table does not say")
    comment = cli("comments", post["id"], "--json").json()["comments"][0]
    ran = cli(
        "reply", post["id"], "--to", comment["id"], "--message", "I keep one of those tables.", "--json"
    )
    assert ran.status == 0
    done = ran.json()
    assert set(done) == {"id", "state", "reason", "comment_id", "url"}
    assert done["state"] == "published"
    assert done["url"].endswith(f"#comment-{done['comment_id']}")
    mine = next(
        one
        for one in cli("comments", post["id"], "--json").json()["comments"]
        if one["id"] == done["comment_id"]
    )
    assert (mine["parent_id"], mine["mine"], mine["new"], mine["state"]) == (
        comment["id"],
        True,
        False,
        "published",
    )
    assert followed.comment_count_of("I keep one of those tables.") == 1


def test_a_reply_from_stdin_and_from_a_file(cli, followed, tmp_path, monkeypatch):
    identity(cli)
    post = post_named(cli, "First frost on the slip")
    monkeypatch.setattr(sys, "stdin", io.StringIO("I saw it from the ferry.\n"))
    assert cli("reply", post["id"], "-", "--json").json()["state"] == "published"
    text = tmp_path / "words.txt"
    text.write_text("And once more from the quay.")
    assert cli("reply", post["id"], "--file", text, "--json").json()["state"] == "published"


def test_the_same_words_twice_are_refused_with_status_4(cli, followed):
    identity(cli)
    post = post_named(cli, "First frost on the slip")
    assert cli("reply", post["id"], "--message", "White as a plate.").status == 0
    ran = cli("reply", post["id"], "--message", "White as a plate.", "--json")
    assert ran.status == 4
    assert ran.json()["state"] == "rejected"
    assert "uplicate" in ran.json()["reason"]


def test_a_reply_without_an_answer_is_uncertain_then_found_and_never_doubled(cli, followed):
    identity(cli)
    post = post_named(cli, "First frost on the slip")
    followed.fault = "reset-after-store"
    ran = cli("reply", post["id"], "--message", "Did this arrive?", "--json")
    assert ran.json()["state"] in {"published", "uncertain"}
    followed.fault = None
    if ran.status == 5:
        assert cli("outbox", "send", "--json").json()[0]["state"] == "published"
    assert followed.comment_count_of("Did this arrive?") == 1


def test_a_held_reply_counts_as_done_and_is_shown_as_held(cli, followed):
    identity(cli)
    held_post = next(post for post in followed.blog(followed.blogs[0]).posts if post.holds_comments)
    post = post_named(cli, held_post.title)
    ran = cli("reply", post["id"], "--message", "May I?", "--json")
    assert (ran.status, ran.json()["state"]) == (0, "held")
    states = [one["state"] for one in cli("comments", post["id"], "--json").json()["comments"] if one["mine"]]
    assert states == ["held"]
    assert [one["state"] for one in cli("outbox", "--json").json()] == ["held"]


def test_a_closed_post_refuses(cli, followed):
    identity(cli)
    closed = next(post for post in followed.blog(followed.blogs[0]).posts if not post.takes_comments)
    ran = cli("reply", post_named(cli, closed.title)["id"], "--message", "Too late?", "--json")
    assert ran.status == 4
    assert "closed" in ran.json()["reason"].lower()


def test_offline_is_queued_with_status_5_and_sent_later(cli, followed, monkeypatch):
    monkeypatch.setitem(Replying.__init__.__kwdefaults__, "grace", timedelta(0))
    identity(cli)
    post = post_named(cli, "First frost on the slip")
    followed.fault = "reset-before"
    ran = cli("reply", post["id"], "--message", "From the boat.", "--json")
    assert ran.status == 5
    assert ran.json()["state"] in {"queued", "uncertain"}
    followed.fault = None
    assert cli("outbox", "send").status == 0
    assert followed.comment_count_of("From the boat.") == 1
    assert cli("outbox", "--json").json() == []


def test_a_script_that_gives_no_text_is_told_how_to(cli, followed, monkeypatch):
    for name in ("EDITOR", "VISUAL"):
        monkeypatch.delenv(name, raising=False)
    ran = cli("reply", cli("posts", "--json").json()[0]["id"])
    assert (ran.status, ran.out) == (2, "")
    assert "--message, --file or -" in ran.err
    assert cli("outbox", "--json").json() == []


def test_an_identity_is_changed_in_what_is_named(cli):
    identity(cli)
    ran = cli("identity", "edit", "1", "--name", "Nadia K.", "--json")
    assert ran.status == 0
    assert (ran.json()["name"], ran.json()["email"]) == ("Nadia K.", "nadia@mail.example")
    assert (
        cli("identity", "edit", "1", "--site", "https://n.example").out
        == "1  Nadia K. <nadia@mail.example>\n"
    )
    (known,) = cli("identity", "list", "--json").json()
    assert (known["name"], known["site"]) == ("Nadia K.", "https://n.example")


def test_without_an_identity_a_script_is_told_what_to_do(cli, followed):
    ran = cli("reply", post_named(cli, "First frost on the slip")["id"], "--message", "Hello")
    assert ran.status == 2
    assert "identity add" in ran.err


def test_an_application_password_is_in_no_output_and_not_in_the_database(
    cli, followed, tmp_path, monkeypatch
):
    monkeypatch.setattr(sys, "stdin", io.StringIO("abcd EFGH ijkl\n"))
    ran = cli(
        "identity", "add", "--name", "Rita", "--email", "r@mail.example", "--blog", "harbour",
        "--username", "rita", "--password-stdin",
    )  # fmt: skip
    assert ran.status == 0
    everything = ran.out + ran.err + cli("identity", "list", "--json").out + cli("doctor").out
    assert "EFGH" not in everything
    for file in (tmp_path / "home").rglob("*.db*"):
        assert b"EFGH" not in file.read_bytes()


def test_older_posts_are_reported_beside_what_every_refresh_tells(cli, followed, monkeypatch):
    ran = cli("refresh", "--older", "harbour", "--json")
    assert ran.status == 0
    (blog,) = ran.json()["blogs"]
    assert (blog["outcome"], blog["new_posts"], blog["older_posts"], blog["has_more"]) == (
        "unchanged",
        0,
        0,
        False,
    )
    assert cli("refresh", "--older", "harbour").out == "Harbour Notes: no older posts\n"
    monkeypatch.setattr("tui_reader.services.older_pages.fetch", _one_refuses(fetch, followed.blogs[0]))
    ran = cli("refresh", "--older", "harbour")
    assert (ran.status, ran.out) == (3, "")
    assert ran.err.startswith("failed: Harbour Notes: ")


def test_refresh_reports_in_json_and_exits_3_when_a_blog_fails(cli, followed, monkeypatch):
    ran = cli("refresh", "--json")
    assert ran.status == 0
    assert set(ran.json()) >= {"blogs", "seconds"}
    assert set(ran.json()["blogs"][0]) == {"id", "title", "outcome", "new_posts", "new_comments", "error"}
    assert cli("add", f"{followed.blogs[1]}feed/").status == 0
    monkeypatch.setattr("tui_reader.services.feedrefresh.fetch", _one_refuses(fetch, "/carnet/"))
    ran = cli("refresh", "--json")
    assert ran.status == 3
    assert {blog["outcome"]: bool(blog["error"]) for blog in ran.json()["blogs"]} == {
        "unchanged": False,
        "failed": True,
    }


def test_marks_are_kept(cli, followed):
    post = cli("posts", "--json").json()[0]
    assert cli("mark", "read", post["id"]).status == 0
    assert cli("mark", "star", post["url"]).status == 0
    (starred,) = cli("posts", "--starred", "--json").json()
    assert (starred["id"], starred["read"]) == (post["id"], True)
    assert post["id"] not in [one["id"] for one in cli("posts", "--unread", "--json").json()]


def test_search_finds_posts_and_comments(cli, followed):
    post = post_named(cli, "What the tide table does not say")
    cli("comments", post["id"])
    found = cli("search", "tide", "--json").json()
    assert {hit["kind"] for hit in found} == {"post", "comment"}


def test_opml_goes_out_and_comes_back(cli, blog, tmp_path):
    cli("add", blog.blogs[0], "--folder", "Sea")
    file = tmp_path / "blogs.opml"
    assert cli("export", file).status == 0
    assert cli("export", "-").out == cli("export").out == file.read_text(encoding="utf-8")
    assert cli("remove", "Harbour").status == 0
    assert cli("blogs", "--json").json() == []
    assert cli("import", file).status == 0
    (one,) = cli("blogs", "--json").json()
    assert (one["title"], one["folder"]) == ("Harbour Notes", "Sea")


@pytest.mark.parametrize(
    ("written", "told"),
    [(b"caf\xe9", "this is no text in UTF-8"), (b"a" * 1_000_001, "longer than 1,000,000")],
)
def test_a_file_that_is_no_reply_is_told_in_one_line_and_begins_none(cli, followed, tmp_path, written, told):
    file = tmp_path / "reply.txt"
    file.write_bytes(written)
    ran = cli("reply", "1", "--file", file)
    assert (ran.status, ran.out) == (2, "")
    assert f"{file}: {told}" in ran.err
    assert cli("outbox", "--json").json() == []


def test_a_file_without_an_end_is_no_list(cli):
    ran = cli("import", "/dev/zero")
    assert (ran.status, ran.out) == (2, "")
    assert "larger than 50,000,000 bytes, which no list of subscriptions is" in ran.err


def test_a_list_that_cannot_be_written_is_one_line(cli, tmp_path):
    ran = cli("export", tmp_path / "no-such-folder" / "blogs.opml")
    assert ran.status == 1
    assert ran.err.endswith("could not be written: No such file or directory\n")
    assert ran.err.startswith("error: ")
    assert len(ran.err.splitlines()) == 1


def test_the_front_page_of_a_blog_is_no_post(cli, followed):
    before = cli("posts", "--json").json()
    for command in ("comments", "show"):
        ran = cli(command, followed.blogs[0])
        assert (ran.status, "no post" in ran.err) == (1, True)
    assert cli("posts", "--json").json() == before


@pytest.mark.parametrize("typed", ["two words", "", "exec:ls", "https://"])
def test_what_is_no_address_is_named_as_it_was_typed(cli, typed):
    ran = cli("add", typed)
    assert ran.status == 1
    assert ran.err == f"error: {typed if '://' in typed else f'“{typed}”'}: this is not a web address\n"


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("no-such-command",), 2),
        (("show", "999"), 1),
        (("show", "no-number"), 1),
        (("remove", "nothing like it"), 1),
        (("posts", "--limit", "0"), 2),
        (("reply", "1", "--message", "a", "--file", "/dev/null"), 2),
        (("outbox", "drop", "7"), 1),
        (("reply",), 2),
        (("posts", "--jsn"), 2),
        (("mark",), 2),
        (("mark", "rad", "1"), 2),
        (("identity", "add", "--name", "Nadia", "--email", "nadia@host"), 2),
        (("identity", "edit", "1", "--email", "nadia@host"), 2),
        (("identity", "edit", "1"), 2),
        (("identity", "edit", "1", "--name", "Nadia"), 1),
        (("refresh", "--older"), 2),
        (("refresh", "--older", "nothing like it"), 1),
    ],
)
def test_bad_calls_exit_with_the_contracts_status_and_one_line(cli, arguments, status):
    ran = cli(*arguments)
    assert ran.status == status
    assert ran.err.startswith("error: ")
    assert len(ran.err.splitlines()) == 1
    assert ran.out == ""


def test_wrong_usage_names_the_help_that_tells_more(cli):
    assert cli("reply").err == "error: Missing argument 'POST'; `tui-reader reply --help` tells more\n"
    assert "`tui-reader outbox drop --help` tells more" in cli("outbox", "drop").err


def test_lists_of_commands_say_whole_sentences(cli):
    for group in ((), ("outbox",), ("config",), ("identity",)):
        listed = cli(*group, "--help").out.partition("Commands:")[2]
        assert listed
        assert "..." not in listed


def test_the_reader_needs_a_terminal(cli):
    ran = cli()
    assert ran.status == 2
    assert "terminal" in ran.err


def test_config_faults_are_all_reported(cli):
    assert cli("config", "check").status == 0
    path = Path(cli("config", "path").out.strip())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text('[look]\nmeasure = "wide"\ncolour = 1\n[nope]\n')
    ran = cli("config", "check")
    assert ran.status == 1
    for key in ("look.measure", "look.colour", "nope"):
        assert key in ran.err


def test_settings_are_set_shown_and_unset(cli):
    assert cli("config", "set", "look.theme", "paper").out == "look.theme = 'paper'\n"
    assert cli("config", "set", "keys.post.star", "none").status == 0
    assert cli("config", "set", "look.linear", "yes").status == 0
    shown = cli("config", "show").out
    assert "'paper'" in shown
    assert "(default 'ink')" in shown
    assert "keys.post.star = none" in shown
    assert cli("config", "unset", "look.theme").out == ("look.theme is taken out; 'ink' holds, the default\n")
    assert "'paper'" not in cli("config", "show").out


@pytest.mark.parametrize(
    ("key", "value", "why"),
    [
        ("look.them", "ink", "is look.theme meant?"),
        ("look.measure", "wide", "must be a whole number"),
        ("keys.post.star", "m", "already the key of post.read"),
        ("keys.post.stra", "x", "no such act"),
    ],
)
def test_a_setting_that_would_be_wrong_is_not_set(cli, key, value, why):
    ran = cli("config", "set", key, value)
    assert ran.status == 1
    assert why in ran.err
    assert not Path(cli("config", "path").out.strip()).exists()


def test_a_theme_that_is_not_there_is_told_by_check(cli):
    ran = cli("config", "set", "look.theme", "papr")
    assert ran.status == 0
    assert "is paper meant?" in ran.err
    assert "is paper meant?" in cli("config", "check").err


def test_doctor_says_where_things_are(cli, tmp_path):
    ran = cli("doctor")
    assert ran.status == 0
    assert str(tmp_path) in ran.out


def test_shells_complete_commands():
    asked = {"COMP_WORDS": "tui-reader re", "COMP_CWORD": "1", "_TUI_READER_COMPLETE": "bash_complete"}
    ran = subprocess.run(
        [sys.executable, "-m", "tui_reader"],
        env={**os.environ, **asked},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.split() == ["plain,remove", "plain,refresh", "plain,reply"]


def run_and_look(unwanted: tuple[str, ...], *arguments: str, **environment: str) -> tuple[list[str], str]:
    """What a command says in a Python of its own, and which of these modules were loaded for it."""
    code = (
        "import sys\n"
        "from tui_reader.cli import main\n"
        f"try:\n    main({list(arguments) or None})\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {unwanted} if name in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    *said, loaded = ran.stdout.splitlines()
    return said, loaded


@pytest.mark.parametrize("line", ["tui-reader ", "tui-reader posts --", "tui-reader config "], ids=str.strip)
def test_a_shell_that_completes_waits_for_nothing_but_the_words(line):
    """Each press of tab is a start of the program."""
    unwanted = ("textual", "rich", "httpx", "feedparser", "sqlite3", "asyncio", "tui_reader.bootstrap")
    asked = {"COMP_WORDS": line, "COMP_CWORD": str(line.count(" ")), "_TUI_READER_COMPLETE": "bash_complete"}
    words, loaded = run_and_look(unwanted, **asked)
    assert len(words) > 3
    assert loaded == "[]"


def test_posts_are_listed_without_an_event_loop(cli):
    """It would take as long to load as all else that the list needs."""
    unwanted = ("asyncio", "textual", "httpx", "html")
    assert run_and_look(unwanted, "posts", "--json") == (["[]"], "[]")


def test_what_is_only_stored_waits_for_nobody(cli):
    async def waits(services) -> None:
        await asyncio.sleep(0)

    with pytest.raises(RuntimeError, match="waits for something"):
        with_stored(waits)


def test_version_and_lists_start_without_textual_or_httpx():
    _, loaded = run_and_look(("textual", "httpx", "feedparser", "sqlite3"), "--version")
    assert loaded == "[]"


def test_json_never_carries_a_live_control_character(cli, capsys):
    from tui_reader.cli.output import dump

    dump({"title": "\x1b]0;x\x07 \x9b31m \u202e \x7f \ud800"})
    printed = capsys.readouterr().out
    assert all(char == "\n" or char.isprintable() for char in printed)
    assert json.loads(printed)["title"] == "\x1b]0;x\x07 \x9b31m \u202e \x7f \ud800"


def test_posts_in_pieces_are_the_bytes_of_one_document(cli, capsys, monkeypatch):
    from tui_reader.cli.output import dump
    from tui_reader.storage import post_lists

    monkeypatch.setattr(post_lists, "PIECE", 2)
    for narrow in ((), ("--limit", "1"), ("--where", "nowhereatall")):
        told = cli("posts", "--json", *narrow)
        dump(told.json())
        assert told.out == capsys.readouterr().out


def test_rows_said_piece_by_piece_are_as_harmless_as_one_document(capsys):
    from tui_reader.cli.output import Rows, dump

    odd = [
        {"title": '\x1b]0;x\x07 \x9b31m \u202e \x7f \ud800 "é\\', "read": True, "count": None},
        {"id": 1},
        {"title": "},\n    {", "author": "}, {"},
        {"{": "}"},
    ]
    dump(odd)
    whole = capsys.readouterr().out
    rows = Rows()
    rows.say(odd[:1])
    rows.say([])
    rows.say(odd[1:])
    rows.end()
    assert capsys.readouterr().out == whole


def test_the_version_told_before_anything_is_loaded_is_that_of_the_program():
    door = "import sys\nfrom tui_reader.cli import main\nmain(%s)"
    said = []
    for given in ("", "['--version']"):
        ran = subprocess.run(
            [sys.executable, "-c", door % given, "--version"], capture_output=True, text=True, check=True
        )
        said.append(ran.stdout)
    assert said[0] == said[1] != ""


def test_columns_stand_under_each_other_whatever_the_titles_are(capsys):
    table([("1", "日本語", "x"), ("10", "plain", "y"), ("2", "long " * 40, "z")], right=(0,))
    first, second, third = capsys.readouterr().out.splitlines()
    assert first == " 1  日本語" + " " * 54 + "  x"
    assert second == "10  plain" + " " * 55 + "  y"
    assert third == " 2  " + "long " * 39 + "long  z"


@pytest.mark.parametrize(
    "arguments",
    [("posts", "--starred"), ("search", "nowhere"), *((name,) for name in ("outbox", "answers", "mutes"))],
)
def test_where_there_is_nothing_the_list_is_empty_and_the_words_stand_beside_it(cli, followed, arguments):
    ran = cli(*arguments)
    assert (ran.status, ran.out) == (0, "")
    assert ran.err
