"""Trouble on demand befalls the comment that it is meant for, and nothing else."""

import asyncio

import httpx
import pytest

FORM = "/wp-comments-post.php"
IMPATIENT = httpx.Timeout(20, read=0.2)


async def befell(server):
    """Waits until the comment was dealt with: where nobody answers, the client knows nothing of that."""
    async with asyncio.timeout(20):
        while server.fault is not None:  # noqa: ASYNC110
            await asyncio.sleep(0.005)


@pytest.mark.parametrize(
    ("fault", "error", "stored"),
    [
        ("hang-before", httpx.ReadTimeout, 0),
        ("hang-after-store", httpx.ReadTimeout, 1),
        ("reset-before", httpx.ReadError, 0),
        ("reset-after-store", httpx.ReadError, 1),
    ],
)
async def test_no_answer_comes_and_the_comment_is_stored_or_not(client, server, letter, fault, error, stored):
    server.fault = fault

    with pytest.raises(error):
        await client.post(FORM, data=letter(), timeout=IMPATIENT)

    await befell(server)
    assert server.comment_count_of("A word from the quay.") == stored


@pytest.mark.parametrize(("fault", "stored"), [("500-before", 0), ("500-after-store", 1)])
async def test_server_error_with_the_comment_stored_or_not(client, server, letter, fault, stored):
    server.fault = fault

    answer = await client.post(FORM, data=letter())

    assert answer.status_code == 500
    assert server.comment_count_of("A word from the quay.") == stored


async def test_one_fault_befalls_one_comment_and_no_page(client, server, letter):
    server.fault = "500-before"

    page = await client.get(server.post_url(44))
    statuses = [(await client.post(FORM, data=letter())).status_code for _ in range(2)]

    assert page.status_code == 200
    assert statuses == [500, 302]


async def test_a_plan_befalls_the_comments_in_turn_over_and_over(client, server, letter):
    server.plan_faults(["ok", "500-before"], repeat=True)

    statuses = [(await client.post(FORM, data=letter(text=f"number {n}"))).status_code for n in range(4)]

    assert statuses == [302, 500, 302, 500]


async def test_slow_lasts_until_it_is_taken_back(client, server):
    server.slow_seconds = 0.05
    server.fault = "slow"
    slow = [(await client.get("/")).elapsed.total_seconds() for _ in range(2)]
    server.fault = None

    assert min(slow) >= 0.05
    assert server.fault is None


async def test_an_unknown_fault_is_refused_at_once(server):
    with pytest.raises(ValueError, match="sulk"):
        server.fault = "sulk"


async def test_a_hanging_connection_does_not_keep_others_waiting(client, server, letter):
    server.fault = "hang-before"
    with pytest.raises(httpx.ReadTimeout):
        await client.post(FORM, data=letter(), timeout=IMPATIENT)

    assert (await client.get("/feed/")).status_code == 200
