"""What keeps a blog from answering, told by its code."""

import pytest

from tui_reader import language
from tui_reader.domain import trouble

CODES = (
    *(f"status {status}" for status in (401, 404, 410, 418, 429, 499, 500, 503, 599)),
    *("slow 20", "slow-connect", "certificate self-signed", "name", "refused", "unreachable", "broken-off"),
    *("tls", "proxy", "no-http", "no-address", "unsendable", "unconnected", "lost"),
    *("page", "no-feed", "empty", "damaged", "unreadable", "breaks-off", "memory", "too-long", "given-up"),
    "doubled The Other Blog",
)


@pytest.mark.parametrize("spoken", ["en", "fr"])
def test_every_code_is_told_with_what_belongs_to_it(spoken):
    try:
        language.use(spoken)
        told = [trouble.reason(code) for code in CODES]
        helps = [trouble.advice(code) for code in CODES]
    finally:
        language.use("en")
    assert all(told)
    assert len({*told}) == len(CODES)
    assert not [words for words in (*told, *helps) if "{" in words]
    for code, words in zip(CODES, told, strict=True):
        assert code.partition(" ")[2] in words
    assert sum(map(bool, helps)) > len(CODES) / 2


def test_by_way_of_a_proxy_the_reason_is_the_same_and_the_proxy_is_looked_at():
    assert trouble.reason("proxied slow 20") == trouble.reason("slow 20") == "no answer within 20 s"
    assert "proxy" in trouble.advice("proxied slow 20")


@pytest.mark.parametrize(
    "code", ["from tomorrow", "status", "status x4", "status ٤٠٤", f"status {'4' * 5000}", ""]
)
def test_a_code_that_is_not_known_says_nothing(code):
    assert (trouble.reason(code), trouble.advice(code)) == ("", "")
