"""The whole way on a real WordPress, by the command line."""

import pytest

pytestmark = pytest.mark.live


def test_follow_refresh_read_answer_and_see_it(wordpress, cli):
    assert cli("add", wordpress.url).status == 0
    assert cli("refresh").status == 0
    post = next(one for one in cli("posts", "--json").json() if one["title"].startswith("Lire l’heure"))
    assert "marée" in cli("show", post["id"]).out
    before = cli("comments", post["id"], "--json").json()
    assert (before["engine"], before["complete"]) == ("wordpress", True)
    parent = before["comments"][0]["id"]
    assert cli("identity", "add", "--name", "Nolwenn", "--email", "nolwenn@readers.example").status == 0

    ran = cli("reply", post["id"], "--to", parent, "--message", "Ici, la lune suffit.", "--json")

    assert (ran.status, ran.json()["state"]) == (0, "published")
    after = cli("comments", post["id"], "--json").json()["comments"]
    mine = next(one for one in after if one["id"] == ran.json()["comment_id"])
    assert (mine["parent_id"], mine["mine"], mine["text"]) == (parent, True, "Ici, la lune suffit.")
    assert mine["url"].endswith(f"#comment-{mine['id']}")


def test_every_fate_has_its_exit_status(wordpress, cli):
    cli("add", wordpress.url)
    cli("identity", "add", "--name", "Nolwenn", "--email", "nolwenn@readers.example")

    def reply(key, text):
        ran = cli("reply", wordpress.posts[key].url, "--message", text, "--json")
        return ran.status, ran.json()["state"]

    assert reply("relief", "Un.") == (0, "published")
    assert reply("relief", "Un.") == (4, "rejected")
    assert reply("boite-aux-lettres", "Deux.") == (0, "held")
    assert reply("tempete", "Trois.") == (4, "rejected")
    with wordpress.offline():
        assert reply("relief", "Quatre.") == (5, "queued")
    assert cli("outbox", "send").status == 0
    wordpress.option("live_spam", 1)
    assert reply("relief", "Cinq.") == (5, "uncertain")


def test_a_comment_from_elsewhere_is_new_and_only_that_one(wordpress, cli):
    cli("add", wordpress.url)
    post = wordpress.posts["marees"].url
    assert not any(one["new"] for one in cli("comments", post, "--json").json()["comments"])
    wordpress.comment("marees", "Une question de plus.")
    ran = cli("refresh", "--json")
    assert ran.json()["blogs"][0]["new_comments"] == 1
    new = [
        one["text"] for one in cli("comments", post, "--cached", "--json").json()["comments"] if one["new"]
    ]
    assert new == ["Une question de plus."]


def test_a_blog_that_sends_excerpts_is_read_whole_from_its_pages(wordpress, cli):
    wordpress.option("rss_use_excerpt", 1)
    cli("add", wordpress.url)
    post = next(one for one in cli("posts", "--json").json() if one["title"].startswith("Lire l’heure"))
    before = cli("show", post["id"], "--json").json()
    assert before["text_from"] == "feed"
    whole = cli("show", post["id"], "--full", "--json").json()
    assert whole["text_from"] == "page"
    assert len(whole["text"]) > len(before["text"])
    assert "(full text from the page)" in cli("show", post["id"]).out
