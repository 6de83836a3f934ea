"""The demo blog's REST API answers as WordPress's does to strangers."""

import httpx
import pytest

from tui_reader.demo.model import READER

COMMENTS = "/wp-json/wp/v2/comments"
AUTH = httpx.BasicAuth(READER.username, READER.application_password)


async def test_root_names_the_blog_and_its_namespace(client, server):
    root = (await client.get("/wp-json/")).json()

    assert (root["name"], root["home"]) == ("Harbour Notes", server.url.rstrip("/"))
    assert "wp/v2" in root["namespaces"]


@pytest.mark.parametrize("path", ["/?rest_route=/wp/v2/posts/44", "/index.php?rest_route=/wp/v2/posts/44"])
async def test_the_api_also_answers_under_rest_route(client, path):
    assert (await client.get(path)).json()["id"] == 44


async def test_post_carries_body_address_and_whether_comments_are_open(client, server):
    open_post = (await client.get("/wp-json/wp/v2/posts/44")).json()
    closed_post = (await client.get("/wp-json/wp/v2/posts/17")).json()

    assert open_post["link"] == server.post_url(44)
    assert "<h2>What the table knows</h2>" in open_post["content"]["rendered"]
    assert (open_post["comment_status"], closed_post["comment_status"]) == ("open", "closed")
    assert open_post["date"] == "2026-08-02T11:00:00"
    assert open_post["date_gmt"] == "2026-08-02T10:00:00"


async def test_posts_are_found_by_slug(client):
    found = (await client.get("/wp-json/wp/v2/posts?slug=name-the-boat")).json()

    assert [post["id"] for post in found] == [31]


async def test_all_pages_together_give_every_comment_once_in_order(client, server):
    ids: list[int] = []
    url: str | None = f"{COMMENTS}?post=31&per_page=40&order=asc&orderby=id"
    totals = set()
    while url is not None:
        response = await client.get(url)
        totals.add((response.headers["x-wp-total"], response.headers["x-wp-totalpages"]))
        ids += [comment["id"] for comment in response.json()]
        url = response.links.get("next", {}).get("url")

    assert totals == {("130", "4")}
    assert ids == [comment.id for comment in server.demo_blogs[0].comments_on(31)]


async def test_page_past_the_end_is_empty_and_not_an_error(client):
    response = await client.get(f"{COMMENTS}?post=31&per_page=100&page=9")

    assert (response.status_code, response.json()) == (200, [])
    assert response.headers["x-wp-total"] == "130"


async def test_newest_come_first_unless_asked_otherwise(client):
    ids = [comment["id"] for comment in (await client.get(f"{COMMENTS}?post=31")).json()]

    assert len(ids) == 10
    assert ids == sorted(ids, reverse=True)


@pytest.mark.parametrize("query", ["post=44,38", "post[]=44&post[]=38", "post%5B0%5D=44&post%5B1%5D=38"])
async def test_several_posts_are_asked_at_once(client, query):
    response = await client.get(f"{COMMENTS}?{query}&per_page=100")

    assert {comment["post"] for comment in response.json()} == {44, 38}


async def test_lists_never_show_pings_but_each_can_be_asked_for(client, server):
    ping = next(comment for comment in server.demo_blogs[0].comments_on(44) if comment.kind == "pingback")

    listed = (await client.get(f"{COMMENTS}?post=44&per_page=100")).json()
    alone = await client.get(f"{COMMENTS}/{ping.id}")

    assert {comment["type"] for comment in listed} == {"comment"}
    assert len(listed) == len(server.demo_blogs[0].comments_on(44)) - 1
    assert (alone.status_code, alone.json()["type"]) == (200, "pingback")


async def test_comment_names_parent_author_and_when(client, server):
    ours = next(comment for comment in server.demo_blogs[0].comments_on(44) if comment.is_by_author)

    comment = (await client.get(f"{COMMENTS}/{ours.id}")).json()

    assert (comment["parent"], comment["author"], comment["author_name"]) == (
        ours.parent_id,
        1,
        "Maren Quill",
    )
    assert comment["date_gmt"] == ours.published.replace(tzinfo=None).isoformat()
    assert comment["link"] == f"{server.post_url(44)}comment-page-1/#comment-{ours.id}"
    assert comment["_links"]["in-reply-to"][0]["href"].endswith(f"{COMMENTS}/{ours.parent_id}")


async def test_link_of_a_comment_names_the_page_that_shows_it(client, server):
    last = server.demo_blogs[0].comments_on(31)[-1]

    comment = (await client.get(f"{COMMENTS}/{last.id}")).json()

    assert f"/comment-page-3/#comment-{last.id}" in comment["link"]


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        (f"{COMMENTS}?per_page=101", 400, "rest_invalid_param"),
        (f"{COMMENTS}?per_page=0", 400, "rest_invalid_param"),
        (f"{COMMENTS}?page=0", 400, "rest_invalid_param"),
        (f"{COMMENTS}?post=abc", 400, "rest_invalid_param"),
        (f"{COMMENTS}?post=%C2%B2", 400, "rest_invalid_param"),
        (f"{COMMENTS}?orderby=karma", 400, "rest_invalid_param"),
        (f"{COMMENTS}?order=up", 400, "rest_invalid_param"),
        (f"{COMMENTS}?type=pingback", 401, "rest_forbidden_param"),
        (f"{COMMENTS}?status=hold", 401, "rest_forbidden_param"),
        (f"{COMMENTS}?post=12", 401, "rest_cannot_read_post"),
        (f"{COMMENTS}?post=44,12", 401, "rest_cannot_read_post"),
        (f"{COMMENTS}/999999", 404, "rest_comment_invalid_id"),
        ("/wp-json/wp/v2/posts/999999", 404, "rest_post_invalid_id"),
        ("/wp-json/wp/v2/posts/12?password=wrong", 403, "rest_post_incorrect_password"),
        ("/wp-json/wp/v2/nothing", 404, "rest_no_route"),
        ("/wp-json/wp/v2/users/me", 401, "rest_not_logged_in"),
    ],
)
async def test_errors_are_named_as_wordpress_names_them(client, path, status, code):
    response = await client.get(path)

    assert (response.status_code, response.json()["code"]) == (status, code)
    assert response.json()["data"]["status"] == status


async def test_held_comment_exists_but_may_not_be_read(client, server):
    held = next(comment for comment in server.demo_blogs[0].comments if comment.status == "hold")

    response = await client.get(f"{COMMENTS}/{held.id}")

    assert (response.status_code, response.json()["code"]) == (401, "rest_cannot_read")


async def test_password_opens_post_and_comments(client):
    post = (await client.get("/wp-json/wp/v2/posts/12")).json()
    opened = (await client.get("/wp-json/wp/v2/posts/12?password=limpet")).json()
    comments = (await client.get(f"{COMMENTS}?post=12&password=limpet")).json()

    assert post["content"] == {"rendered": "", "protected": True}
    assert "third stone" in opened["content"]["rendered"]
    assert comments[0]["author_name"] == "Ines Caddow"


async def test_comments_of_the_whole_blog_leave_protected_ones_out(client):
    listed = (await client.get(f"{COMMENTS}?per_page=100&order=asc&orderby=id")).json()

    assert 12 not in {comment["post"] for comment in listed}


async def test_strangers_cannot_post_by_the_api(client):
    response = await client.post(COMMENTS, json={"post": 44, "content": "x"})

    assert (response.status_code, response.json()["code"]) == (401, "rest_comment_login_required")


async def test_rest_can_be_switched_off(client, server):
    server.fault = "rest-off"
    refused = await client.get("/wp-json/")
    page = await client.get("/")
    server.fault = None

    assert (refused.status_code, page.status_code) == (401, 200)
    assert (await client.get("/wp-json/")).status_code == 200


@pytest.mark.parametrize("path", [COMMENTS, "/?rest_route=/wp/v2/comments"])
async def test_an_application_password_posts_as_its_account(client, server, path):
    body = {"post": 44, "parent": 101, "content": "From the account."}

    me = await client.get("/wp-json/wp/v2/users/me", auth=AUTH)
    answer = await client.post(path, json=body, auth=AUTH)

    made = answer.json()
    assert me.json()["name"] == "Ada Reader"
    assert answer.status_code == 201
    assert (made["status"], made["parent"], made["author"]) == ("approved", 101, READER.id)
    assert made["author_name"] == "Ada Reader"
    assert server.comment_count_of("From the account.") == 1


async def test_held_comment_of_an_account_is_read_by_it_alone(client):
    answer = await client.post(COMMENTS, json={"post": 23, "content": "A letter."}, auth=AUTH)
    place = f"{COMMENTS}/{answer.json()['id']}"

    assert answer.json()["status"] == "hold"
    assert (await client.get(place, auth=AUTH)).json()["status"] == "hold"
    assert (await client.get(place)).status_code == 401


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"post": 17, "content": "x"}, 403, "rest_comment_closed"),
        ({"post": 12, "content": "x"}, 403, "rest_cannot_read_post"),
        ({"post": 999, "content": "x"}, 403, "rest_comment_invalid_post_id"),
        ({"post": [], "content": {"raw": "x"}}, 403, "rest_comment_invalid_post_id"),
        ({"post": 44, "content": " "}, 400, "rest_comment_content_invalid"),
        ({"post": 44, "content": None}, 400, "rest_comment_content_invalid"),
        ({"post": 44, "content": "é" * 32_763}, 400, "comment_content_column_length"),
    ],
)
async def test_the_api_refuses_by_its_own_names(client, body, status, code):
    answer = await client.post(COMMENTS, json=body, auth=AUTH)

    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_the_api_refuses_haste_and_duplicates(client, server, clock):
    server.demo_blogs[0].flood_seconds = 15
    codes = []
    for text, pause in (("one", 5), ("two", 20), ("one", 20), ("three", 0)):
        answer = await client.post(COMMENTS, json={"post": 44, "content": text}, auth=AUTH)
        codes.append((answer.status_code, answer.json().get("code")))
        clock.on(seconds=pause)

    assert codes == [(201, None), (400, "comment_flood"), (409, "comment_duplicate"), (201, None)]


@pytest.mark.parametrize("header", ["Basic !", "Basic cmVhZGVyOndyb25n", "Bearer x", "Basic /w=="])
async def test_a_wrong_password_counts_as_none(client, header):
    headers = {"Authorization": header}

    assert (await client.get("/wp-json/wp/v2/users/me", headers=headers)).status_code == 401
    assert (await client.get(f"{COMMENTS}?post=44", headers=headers)).status_code == 200
