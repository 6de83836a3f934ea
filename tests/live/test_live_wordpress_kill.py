"""Kills the program at every step of answering on a real WordPress, and counts in its database."""

from pathlib import Path

import pytest

from tests.kill.kill_places import Program

pytestmark = pytest.mark.live

COUNT = """global $wpdb;
return (int) $wpdb->get_var($wpdb->prepare(
    "SELECT count(*) FROM $wpdb->comments WHERE comment_content = %s", $args['text']));"""


@pytest.fixture
def program(tmp_path: Path):
    (tmp_path / "home" / "config").mkdir(parents=True, mode=0o700)
    said = tmp_path / "said"
    said.mkdir()
    running = Program(tmp_path / "home", said)
    yield running
    running.close()


@pytest.mark.timeout(900)
def test_a_reply_is_on_wordpress_exactly_once_wherever_the_program_is_killed(wordpress, program):
    def stored(text: str) -> int:
        return wordpress.php(COUNT, text=text)

    assert program("add", wordpress.url).status == 0
    assert program("identity", "add", "--name", "Nolwenn", "--email", "nolwenn@readers.example").status == 0
    url = wordpress.posts["relief"].url
    post = next(one["id"] for one in program("posts", "--json").json() if one["url"] == url)
    whole = program("reply", post, "--message", "Personne n’est tué ici.")
    assert whole.status == 0
    assert whole.steps > 10

    texts = ["Personne n’est tué ici."]
    killed = set()
    for step in range(1, whole.steps + 1):
        texts.append(f"Réponse {step} : la marée n’attend pas.")
        if program("reply", post, "--message", texts[-1], kill_at=step).killed:
            killed.add(step)
        if step % 5 == 0:
            program("outbox", "send", kill_at=step)
    assert killed == set(range(1, whole.steps + 1))

    for _ in range(6):
        states = {one["text"].strip(): one["state"] for one in program("outbox", "--json").json()}
        for text in texts:
            # killed before it was in the outbox, or before it was sent: it is asked for again
            if not stored(text) and states.get(text, "draft") == "draft":
                program("reply", post, "--message", text)
        program("outbox", "send")
        if all(stored(text) for text in texts):
            break
    assert {text: stored(text) for text in texts} == dict.fromkeys(texts, 1)
    # and the program knows of each what became of it
    states = {one["state"] for one in program("outbox", "--json").json()}
    assert not states & {"sending", "queued", "uncertain"}
