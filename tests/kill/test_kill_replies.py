"""Kills the program at every step of sending, a hundred times, and counts on the blog what came of it."""

from collections import Counter

import pytest
from kill_places import demo_blog

from tui_reader.demo.state_file import stored_count

KILLS = 100
FAULTS = "ok,hang-after-store,ok,reset-after-store,500-after-store,reset-before,ok,500-before,hang-before"


@pytest.mark.timeout(900)
def test_a_reply_is_there_exactly_once_wherever_the_program_is_killed(program, impatient, tmp_path):
    """At every step of a reply and of the outbox, with a blog that hangs, resets and fails as well."""
    state = tmp_path / "state.json"
    with demo_blog(state, FAULTS) as url:
        assert program("add", url).status == 0
        assert program("identity", "add", "--name", "Nadia", "--email", "nadia@mail.example").status == 0
        post = program("posts", "--json", "--limit", 1).json()[0]["id"]
        whole = program("reply", post, "--message", "Nobody is killed here.")
        assert whole.status == 0
        assert whole.steps > 10
        impatient()

        texts = ["Nobody is killed here."]
        killed: Counter[int] = Counter()
        turn = 0
        while sum(killed.values()) < KILLS:
            step = turn % whole.steps + 1
            texts.append(f"Reply number {turn}: the tide does not wait.")
            if turn % 5 == 4:  # while an answer is awaited that will not come
                ended = program("reply", post, "--message", texts[-1], kill_after=0.15 + turn % 7 / 10)
            else:
                ended = program("reply", post, "--message", texts[-1], kill_at=step)
            killed[step] += ended.killed
            if turn % 4 == 3:
                killed[step] += program("outbox", "send", kill_at=step).killed
            turn += 1

        for _ in range(40):
            waiting = {reply["text"].strip(): reply["state"] for reply in program("outbox", "--json").json()}
            open_ones = [text for text in texts if not stored_count(state, text)]
            unsure = [
                text for text, state_now in waiting.items() if state_now in {"queued", "uncertain", "sending"}
            ]
            if not open_ones and not unsure:
                break
            for text in open_ones:
                # what was killed before it was in the outbox, or before it was sent, is asked for again
                if waiting.get(text, "draft") == "draft":
                    program("reply", post, "--message", text)
            program("outbox", "send")

    counts = {text: stored_count(state, text) for text in texts}
    assert {text: count for text, count in counts.items() if count != 1} == {}
    # every step was hit, not one of them over and over
    assert set(range(1, whole.steps + 1)) <= set(killed)
