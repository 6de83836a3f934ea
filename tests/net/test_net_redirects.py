"""Redirects: followed by our own rules, secrets left at home."""

import httpx
import pytest
from net_servers import http_with

from tui_reader.errors import FetchError

OLD = "https://old.example/feed"


def redirecting(steps):
    """A server that sends on from address to (status, address); anything else is the end."""

    def server(request):
        status, target = steps.get(str(request.url), (200, None))
        return httpx.Response(status, headers={"Location": target} if target else {}, text="the end")

    return server


async def get(steps, url=OLD, **more):
    async with http_with(redirecting(steps)) as http:
        return await http.get(url, **more)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_every_kind_of_redirect_is_followed(status):
    response = await get({OLD: (status, "https://new.example/feed")})
    assert response.url == "https://new.example/feed"
    assert response.text() == "the end"


async def test_relative_targets_are_understood():
    response = await get({OLD: (302, "../feeds/all?x=1")})
    assert response.url == "https://old.example/feeds/all?x=1"


@pytest.mark.parametrize(
    ("steps", "moved_to"),
    [
        ({}, None),
        ({OLD: (301, "https://new.example/")}, "https://new.example/"),
        (
            {OLD: (308, "https://new.example/"), "https://new.example/": (301, "https://new.example/feed")},
            "https://new.example/feed",
        ),
        ({OLD: (301, "https://new.example/"), "https://new.example/": (302, "https://cdn.example/")}, None),
        ({OLD: (302, "https://new.example/"), "https://new.example/": (301, "https://cdn.example/")}, None),
        ({OLD: (307, "https://new.example/")}, None),
        # to give up encryption is nothing to remember
        ({OLD: (301, "http://old.example/feed")}, None),
    ],
    ids=["none", "one", "all permanent", "one that is not", "the first is not", "temporary", "downgrade"],
)
async def test_a_new_address_is_told_only_when_every_step_is_permanent(steps, moved_to):
    assert (await get(steps)).moved_to == moved_to


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("file:///etc/passwd", "the server sends us to something that is not a web address"),
        ("ftp://old.example/", "the server sends us to something that is not a web address"),
        ("http://[", "the server sends us to something that is not a web address"),
        ("http://old.example:99999/", "the server sends us to something that is not a web address"),
        (OLD, "the server sends us in a circle"),
        ("", "the server sends us on, but does not say where"),
    ],
)
async def test_redirects_that_lead_nowhere_are_refused(location, reason):
    def server(request):
        return httpx.Response(302, headers={"Location": location})

    async with http_with(server) as http:
        with pytest.raises(FetchError) as caught:
            await http.get(OLD)
    assert caught.value.reason == reason


async def test_a_long_chain_ends():
    asked = []

    def server(request):
        asked.append(request.url)
        return httpx.Response(302, headers={"Location": f"/{len(asked)}"})

    async with http_with(server) as http:
        with pytest.raises(FetchError) as caught:
            await http.get(OLD)
    assert caught.value.reason == "the server sent us on more than 10 times"
    assert len(asked) == 11


async def seen_after_redirect(target, **more):
    seen = []

    def server(request):
        seen.append(request)
        if str(request.url) == OLD:
            return httpx.Response(302, headers={"Location": target, "Set-Cookie": "id=7"})
        return httpx.Response(200)

    async with http_with(server) as http:
        response = await http.get(OLD, **more)
    return seen[-1], response


SECRETS = {
    "X-API-Key": "k",
    "X-WP-Nonce": "n",
    "Cookie": "a=b",
    "If-None-Match": '"v1"',
    "Accept": "text/html",
}


@pytest.mark.parametrize(
    "target",
    ["https://other.example/", "http://old.example/", "https://old.example:8443/", "//ann:x@other.example/"],
)
async def test_only_harmless_headers_go_to_another_site(target):
    request, response = await seen_after_redirect(target, headers=SECRETS, auth=("ann", "secret"))
    names = set(request.headers) - {"host", "connection"}
    assert names == {"user-agent", "accept", "accept-encoding", "if-none-match"}
    assert request.headers["if-none-match"] == '"v1"'
    assert response.cookies == {}
    assert "@" not in response.url


async def test_within_the_site_everything_goes_along():
    request, response = await seen_after_redirect(
        "/feed/", headers={"X-API-Key": "k"}, auth=("ann", "secret")
    )
    assert request.headers["x-api-key"] == "k"
    assert "authorization" in request.headers
    assert request.headers["cookie"] == "id=7"
    assert response.cookies == {"id": "7"}


async def test_a_site_that_sends_us_back_with_a_cookie_is_no_circle():
    def server(request):
        if "cookie" not in request.headers:
            return httpx.Response(302, headers={"Location": OLD, "Set-Cookie": "seen=1"})
        return httpx.Response(200, text="welcome")

    async with http_with(server) as http:
        assert (await http.get(OLD)).text() == "welcome"


async def test_a_redirect_on_post_is_not_followed():
    asked = []

    def server(request):
        asked.append(str(request.url))
        return httpx.Response(307, headers={"Location": "https://other.example/"})

    async with http_with(server) as http:
        response = await http.post(OLD, data={"email": "ann@example.org"})
    assert asked == [OLD]
    assert response.status == 307


async def test_a_name_and_password_that_a_redirect_makes_up_are_neither_sent_nor_remembered():
    seen = []

    def server(request):
        seen.append(request)
        there = request.url.host == "new.example"
        return httpx.Response(200 if there else 301, headers={"Location": "https://me:s3cret@new.example/f"})

    async with http_with(server) as http:
        response = await http.get(OLD)
    assert response.moved_to == response.url == "https://new.example/f"
    assert seen[-1].url.userinfo == b""
    assert "authorization" not in seen[-1].headers
