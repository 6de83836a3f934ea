"""Kills a refresh at every step: what is stored stays whole, and nothing is taken for read that is not."""

import sqlite3

import pytest
from kill_places import demo_blog

from tui_reader.demo.state_file import stored_count


def database_of(home):
    (found,) = (home / "data").glob("*.db")
    return found


def facts(path):
    """What must hold of the file, whenever the program died."""
    with sqlite3.connect(path) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        empty = db.execute(
            """SELECT count(*) FROM blogs WHERE (etag IS NOT NULL OR body_hash IS NOT NULL)
               AND NOT EXISTS (SELECT 1 FROM posts WHERE blog_id = blogs.id)"""
        ).fetchone()[0]
        posts = db.execute("SELECT count(*) FROM posts").fetchone()[0]
        twice = db.execute(
            "SELECT count(*) FROM (SELECT 1 FROM posts GROUP BY blog_id, guid HAVING count(*) > 1)"
        )
        assert twice.fetchone() == (0,)
    db.close()
    # validators without posts would say "not modified" for ever, and the posts would never come
    assert empty == 0
    return posts


@pytest.mark.timeout(900)
def test_a_refresh_that_is_killed_anywhere_is_made_good_by_the_next(program, tmp_path):
    with demo_blog(tmp_path / "state.json") as url:
        opml = tmp_path / "blogs.opml"
        opml.write_text(
            f'<opml version="2.0"><body><outline text="H" xmlUrl="{url}feed/"/>'
            f'<outline text="C" xmlUrl="{url}carnet/feed/"/></body></opml>'
        )
        assert program("import", opml).status == 0
        step, posts, died = 0, [], 0
        while True:
            step += 1
            ended = program("refresh", kill_at=step)
            posts.append(facts(database_of(program.home)))
            died += ended.killed
            if not ended.killed:
                break
        assert ended.status == 0
        assert died >= 8
        assert posts == sorted(posts)  # nothing stored was lost on the way
        whole = {post["url"] for post in program("posts", "--limit", 1000, "--json").json()}

        fresh = tmp_path / "fresh"
        assert program("add", url).status == 0
    assert len(whole) == posts[-1] > 5
    assert not fresh.exists()


@pytest.mark.timeout(900)
def test_adding_a_blog_that_is_killed_anywhere_leaves_it_whole_or_not_there(program, tmp_path):
    with demo_blog(tmp_path / "state.json") as url:
        step = 0
        while True:
            step += 1
            ended = program("add", url, kill_at=step)
            facts(database_of(program.home))
            blogs = program("blogs", "--json").json()
            posts = program("posts", "--json").json()
            assert bool(blogs) == bool(posts)
            if not ended.killed:
                break
        assert ended.status == 0
        assert len(blogs) == 1
        assert step > 4


def test_two_programs_on_one_home_refresh_and_answer_without_harm(start, tmp_path):
    one, other = start(), start()
    state = tmp_path / "state.json"
    with demo_blog(state) as url:
        assert one("add", url).status == 0
        assert one("identity", "add", "--name", "Nadia", "--email", "nadia@mail.example").status == 0
        post = one("posts", "--json").json()[0]["id"]
        for turn in range(4):
            text = f"Both say this, in turn {turn}."
            waits = [one.begin("refresh"), other.begin("refresh")]
            assert [wait().status for wait in waits] == [0, 0]
            # the same words at the same moment, as two impatient windows would send them
            waits = [each.begin("reply", post, "--message", text) for each in (one, other)]
            assert all(wait().status in {0, 2, 4, 5} for wait in waits)
            one("outbox", "send")
            assert stored_count(state, text) == 1
        facts(database_of(one.home))
