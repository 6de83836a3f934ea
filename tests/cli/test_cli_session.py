"""A library to live in, from the command line: organising, marking, undoing, conversations."""

from datetime import UTC, datetime, timedelta

import pytest

from tui_reader.demo.model import Submission
from tui_reader.storage import outbox


def post_named(cli, title):
    return next(post for post in cli("posts", "--json").json() if post["title"] == title)


@pytest.fixture
def followed(cli, blog):
    """The demo's English blog, followed, and somebody to write as."""
    assert cli("add", blog.blogs[0]).status == 0
    assert cli("identity", "add", "--name", "Nadia", "--email", "nadia@mail.example").status == 0
    return blog


def test_edit_renames_moves_and_pauses_and_undo_takes_it_back(cli, followed):
    before = cli("blogs", "--json").json()
    ran = cli("edit", "Harbour", "--title", "The slip", "--folder", "Sea / Boats", "--pause")
    assert ran.status == 0
    assert ran.out.splitlines() == [
        "“Harbour Notes” is now “The slip”, in “Sea / Boats”",
        "“The slip” paused",
    ]
    (one,) = cli("blogs", "--json").json()
    assert (one["title"], one["feed_title"], one["folder"], one["paused"]) == (
        "The slip",
        "Harbour Notes",
        "Sea / Boats",
        True,
    )
    assert "paused" in cli("blogs").out
    assert cli("undo", "--json").json() == {
        "undone": "“The slip” paused",
        "next": "“Harbour Notes” is now “The slip”, in “Sea / Boats”",
    }
    cli("undo")
    assert cli("undo").out == "There is nothing to undo.\n"
    assert cli("blogs", "--json").json() == before


def test_edit_says_what_is_missing_or_so_already(cli, followed):
    assert cli("edit", "Harbour").status == 2
    assert cli("edit", "Harbour", "--folder", "A", "--no-folder").status == 2
    assert cli("edit", "Harbour", "--resume", "--no-folder").out == "It is so already.\n"
    assert cli("edit", "Harbour", "--folder", "A", "--json").json()["folder"] == "A"


def test_a_removed_blog_comes_back_with_what_was_read_and_said(cli, followed):
    post = post_named(cli, "First frost on the slip")
    cli("comments", post["id"])
    cli("mark", "star", post["id"])
    before = cli("comments", post["id"], "--cached", "--json").json()
    assert "undo" in cli("remove", "Harbour").out
    assert cli("posts", "--starred", "--json").json() == []
    assert cli("search", "frost", "--json").json() == []
    assert cli("undo").status == 0
    assert cli("comments", post["id"], "--cached", "--json").json() == before
    assert cli("search", "frost", "--json").json()[0]["blog_title"] == "Harbour Notes"


def test_posts_for_later_and_followed_ones_have_their_lists(cli, followed):
    post = post_named(cli, "First frost on the slip")
    assert cli("mark", "later", post["id"]).out == "“First frost on the slip” kept for later\n"
    cli("mark", "follow", post["id"])
    (later,) = cli("posts", "--later", "--json").json()
    (follows,) = cli("posts", "--followed", "--json").json()
    assert later["id"] == follows["id"] == post["id"]
    assert (later["later"], later["followed"], post["later"], post["followed"]) == (True, True, False, False)
    assert "◷" in cli("posts", "--later").out
    cli("mark", "unlater", post["id"])
    cli("mark", "unfollow", post["id"])
    assert cli("posts", "--later", "--json").json() == cli("posts", "--followed", "--json").json() == []


def test_all_and_older_posts_are_marked_read_and_it_is_taken_back(cli, followed):
    cli("edit", "Harbour", "--folder", "Sea / Shore")
    total = len(cli("posts", "--unread", "--json").json())
    assert cli("mark", "read", "--all", "--folder", "Other").out == "It is so already.\n"
    assert cli("mark", "read", "--all", "--folder", "Sea", "--older-than", "0").status == 0
    assert cli("posts", "--unread", "--json").json() == []
    cli("undo")
    assert len(cli("posts", "--unread", "--folder", "Sea", "--json").json()) == total
    assert f"{total} posts" in cli("mark", "read", "--all", "--blog", "Harbour").out


@pytest.mark.parametrize(
    "arguments",
    [
        ("mark", "read"),
        ("mark", "star", "--all"),
        ("mark", "read", "1", "--all"),
        ("mark", "read", "1", "--older-than", "3"),
        ("mute", "1", "1", "--branch", "--everywhere"),
        ("mark", "loved", "1"),
    ],
)
def test_wrong_calls_say_so(cli, arguments):
    ran = cli(*arguments)
    assert ran.status == 2
    assert ran.err.startswith("error: ")


def test_conversations_and_answers_across_blogs(cli, followed):
    post = post_named(cli, "First frost on the slip")
    assert cli("conversations").err.startswith("No conversations yet")
    assert cli("answers").err == "Nobody answered you yet.\n"
    sent = cli("reply", post["id"], "--message", "It was as cold here.", "--json").json()
    assert sent["state"] == "published"
    blog = followed.blog(followed.blogs[0])
    here = blog.comment(int(sent["comment_id"])).post_id
    question = Submission(
        post_id=here,
        parent_id=int(sent["comment_id"]),
        author="Ann",
        email="ann@mail.example",
        text="How cold?",
    )
    assert blog.add_comment(question, datetime.now(UTC)).comment is not None
    cli("comments", post["id"], "--json")
    (thread,) = cli("conversations", "--json").json()
    assert (thread["post"]["id"], thread["mine"], thread["answers"], thread["new_answers"]) == (
        post["id"],
        1,
        1,
        1,
    )
    assert thread["my_last"]["text"] == "It was as cold here."
    (answer,) = cli("answers", "--new", "--json").json()
    assert (answer["post"]["id"], answer["comment"]["author"], answer["comment"]["text"]) == (
        post["id"],
        "Ann",
        "How cold?",
    )
    assert answer["comment"]["parent_id"] == sent["comment_id"]
    assert "1 new to you" in cli("conversations").out
    assert "How cold?" in cli("answers", "--mark-read").out
    assert cli("answers", "--new").err == "Nothing new to you.\n"
    cli("undo")
    assert len(cli("answers", "--new", "--json").json()) == 1


def test_what_is_muted_keeps_its_place_and_says_so(cli, followed):
    post = max(cli("posts", "--json").json(), key=lambda post: post["comment_count"] or 0)
    said = cli("comments", post["id"], "--json").json()["comments"]
    first = said[0]
    assert cli("mute", post["id"], first["id"]).out.startswith(f"{first['author']} muted")
    after = cli("comments", post["id"], "--cached", "--json").json()["comments"]
    assert [one["id"] for one in after] == [one["id"] for one in said]
    assert {one["author"] for one in after if one["muted"] == "author"} == {first["author"]}
    assert "(muted)" in cli("comments", post["id"], "--cached").out
    (mute,) = cli("mutes", "--json").json()
    assert (mute["kind"], mute["author"], mute["blog_title"]) == ("author", first["author"], "Harbour Notes")
    assert first["author"] in cli("mutes").out
    assert cli("unmute", mute["id"]).status == 0
    assert cli("mutes").err == "Nobody is muted.\n"
    cli("mute", post["id"], first["id"], "--branch")
    assert "the branch from" in cli("mutes").out
    assert cli("unmute", "99").status == 1


def test_a_list_with_faults_is_taken_as_far_as_can_be_and_says_where(cli, tmp_path):
    file = tmp_path / "mine.opml"
    file.write_text(
        '<opml version="2.0"><body>\n<outline text="A"><outline xmlUrl="https://a.example/f"/></outline>\n'
        '<outline text="B"><outline xmlUrl="https://a.example/f"/></outline>\n'
        '<outline bad=x/>\n<outline text="C" xmlUrl="https://c.example/f"/></body></opml>'
    )
    ran = cli("import", file)
    assert ran.status == 1
    assert "2 added" in ran.out
    assert ran.err.splitlines()[0].startswith("note: line 3: ")
    assert "line 4: the file is broken" in ran.err


def test_a_refresh_tells_of_a_held_reply_that_appeared(cli, followed, monkeypatch):
    monkeypatch.setattr(outbox, "ASK_WAITS", (timedelta(0),))
    post = post_named(cli, "First frost on the slip")
    links = " ".join(f"https://boats.example/{number}" for number in range(4))
    sent = cli("reply", post["id"], "--message", f"See {links}", "--json").json()
    assert sent["state"] == "held"
    (thread,) = cli("conversations", "--json").json()
    assert [reply["state"] for reply in thread["waiting"]] == ["held"]
    assert cli("refresh", "--json").json()["replies"] == []
    followed.blog(followed.blogs[0]).approve(int(sent["comment_id"]))
    (reply,) = cli("refresh", "--json").json()["replies"]
    assert (reply["id"], reply["state"], reply["given_up"]) == (sent["id"], "published", False)
    assert cli("outbox", "--json").json() == []


def test_a_reply_that_stayed_away_is_told_in_words(cli, followed, monkeypatch):
    monkeypatch.setattr(outbox, "ASK_WAITS", (timedelta(0),))
    monkeypatch.setattr("tui_reader.services.replying.PATIENCE", timedelta(0))
    post = post_named(cli, "First frost on the slip")
    links = " ".join(f"https://boats.example/{number}" for number in range(4))
    cli("reply", post["id"], "--message", f"See {links}")
    assert "may have declined it" in cli("refresh").out
    (reply,) = cli("outbox", "--json").json()
    assert (reply["state"], reply["given_up"]) == ("held", True)
    assert "did not appear" in cli("conversations").out
