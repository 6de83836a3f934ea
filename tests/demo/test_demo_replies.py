"""A comment that is handed in meets the outcomes that WordPress has, each in WordPress's way."""

from urllib.parse import urlsplit

import httpx
import pytest
from selectolax.lexbor import LexborHTMLParser

from tui_reader.demo import DemoServer

FORM = "/wp-comments-post.php"


async def test_published_reply_leads_to_its_place_and_everybody_sees_it(client, server, letter, read_feed):
    parent = server.demo_blogs[0].comments_on(44)[0]

    answer = await client.post(FORM, data=letter(text="Aye.", comment_parent=parent.id))

    stored = server.demo_blogs[0].comments[-1]
    address = server.post_url(44)
    assert answer.status_code == 302
    assert answer.headers["location"] == f"{address}comment-page-1/#comment-{stored.id}"
    listed = (await client.get("/wp-json/wp/v2/comments?post=44&per_page=100")).json()
    mine = next(comment for comment in listed if comment["id"] == stored.id)
    assert (mine["parent"], mine["content"]["rendered"]) == (parent.id, "<p>Aye.</p>\n")
    page = LexborHTMLParser((await client.get(address)).text)
    assert page.css_first(f"li#comment-{parent.id} li#comment-{stored.id}") is not None
    feed = read_feed((await client.get(address + "feed/atom/")).content)
    assert feed.entries[0].id.endswith(f"#comment-{stored.id}")


async def test_held_reply_names_itself_and_only_its_writer_sees_it(client, server, letter):
    answer = await client.post(FORM, data=letter(post_id=23))

    stored = server.demo_blogs[0].comments[-1]
    location = answer.headers["location"]
    assert answer.status_code == 302
    assert urlsplit(location).fragment == f"comment-{stored.id}"
    assert f"?unapproved={stored.id}&moderation-hash=" in location
    own = LexborHTMLParser((await client.get(location)).text)
    assert own.css_first(f"li#comment-{stored.id} em.comment-awaiting-moderation") is not None
    forged = location.replace("moderation-hash=", "moderation-hash=0")
    for address in (server.post_url(23), forged):
        page = LexborHTMLParser((await client.get(address)).text)
        assert page.css_first(f"li#comment-{stored.id}") is None
    status = await client.get(f"/wp-json/wp/v2/comments/{stored.id}")
    assert status.status_code == 401


async def test_own_held_comment_is_shown_for_ten_minutes(client, clock, letter):
    location = (await client.post(FORM, data=letter(post_id=23))).headers["location"]

    clock.on(minutes=11)

    assert "comment-awaiting-moderation" not in (await client.get(location)).text


async def test_consent_box_hides_that_a_reply_is_held(client, letter):
    form = letter(post_id=23) | {"wp-comment-cookies-consent": "yes"}

    assert "unapproved" not in (await client.post(FORM, data=form)).headers["location"]


async def test_approved_reply_is_seen_by_all(client, server, letter):
    await client.post(FORM, data=letter(post_id=23))
    stored = server.demo_blogs[0].comments[-1]

    server.demo_blogs[0].approve(stored.id)

    assert (await client.get(f"/wp-json/wp/v2/comments/{stored.id}")).json()["status"] == "approved"


async def test_two_links_wait_for_the_moderator(client, letter):
    text = "See https://example.org/a and https://example.org/b"

    assert "unapproved" in (await client.post(FORM, data=letter(text=text))).headers["location"]


async def test_spam_is_answered_as_if_published_and_never_seen(client, server, letter):
    answer = await client.post(FORM, data=letter(text="Buy cheap-anchors today"))

    stored = server.demo_blogs[0].comments[-1]
    assert answer.headers["location"] == f"{server.post_url(44)}comment-page-1/#comment-{stored.id}"
    assert (await client.get(f"/wp-json/wp/v2/comments/{stored.id}")).status_code == 401
    assert f"comment-{stored.id}" not in (await client.get(server.post_url(44))).text


REFUSALS = [
    pytest.param({"post_id": 17}, 403, "comments are closed", id="closed"),
    pytest.param({"author": ""}, 200, "fill the required fields", id="no name"),
    pytest.param({"email": ""}, 200, "fill the required fields", id="no e-mail"),
    pytest.param({"email": "noa at example"}, 200, "valid email", id="bad e-mail"),
    pytest.param({"email": "noa@exämple.org"}, 200, "valid email", id="e-mail with umlaut"),
    pytest.param({"text": " \n "}, 200, "type your comment", id="empty"),
    pytest.param({"text": "é" * 32_763}, 200, "comment is too long", id="too many bytes"),
    pytest.param({"author": "n" * 246}, 200, "name is too long", id="long name"),
    pytest.param({"email": "n" * 95 + "@a.org"}, 200, "email address is too long", id="long e-mail"),
    pytest.param({"url": "https://example.org/" + "x" * 200}, 200, "URL is too long", id="long site"),
]


@pytest.mark.parametrize(("fields", "status", "words"), REFUSALS)
async def test_refusal_is_a_page_for_people_and_json_for_programs(
    client, server, letter, fields, status, words
):
    before = len(server.demo_blogs[0].comments)

    page = await client.post(FORM, data=letter(**fields))
    program = await client.post(FORM, data=letter(**fields), headers={"Accept": "application/json"})

    assert (page.status_code, program.status_code) == (status, status)
    message = LexborHTMLParser(page.text).css_first("body#error-page .wp-die-message")
    assert words in message.text()
    assert program.json()["code"] == "wp_die"
    assert program.json()["data"] == {"status": status}
    assert words in program.json()["message"]
    assert len(server.demo_blogs[0].comments) == before


async def test_the_same_words_twice_are_a_duplicate(client, server, letter):
    await client.post(FORM, data=letter())

    again = await client.post(FORM, data=letter())

    assert again.status_code == 409
    assert server.comment_count_of("A word from the quay.") == 1


@pytest.mark.parametrize(
    "other", [{"comment_parent": 107}, {"post_id": 38}, {"author": "Noa B."}, {"email": "n@example.org"}]
)
async def test_the_same_words_elsewhere_or_by_another_are_none(client, server, letter, other):
    await client.post(FORM, data=letter())

    assert (await client.post(FORM, data=letter(**other))).status_code == 302
    assert server.comment_count_of("A word from the quay.") == 2


async def test_haste_is_no_fault_unless_the_blog_minds(client, letter):
    texts = ("one", "two", "three")
    statuses = [(await client.post(FORM, data=letter(text=text))).status_code for text in texts]

    assert statuses == [302, 302, 302]


async def test_two_comments_in_haste_are_refused_when_the_blog_minds(clock, letter):
    async with (
        DemoServer(now=clock, flood_seconds=15) as server,
        httpx.AsyncClient(base_url=server.url) as client,
    ):
        statuses = []
        for text, pause in (("one", 10), ("two", 10), ("three", 0)):
            statuses.append((await client.post(FORM, data=letter(text=text))).status_code)
            clock.on(seconds=pause)
        other = await client.post(FORM, data=letter(text="four", email="ivo@example.org"))

    assert statuses == [302, 429, 302]
    assert other.status_code == 302


@pytest.mark.parametrize("fields", [{"post_id": 999}, {"post_id": 12}, {"comment_post_ID": "x"}])
async def test_unknown_or_locked_post_is_answered_with_nothing_at_all(client, letter, fields):
    answer = await client.post(FORM, data=letter(**fields))

    assert (answer.status_code, answer.content) == (200, b"")


async def test_who_gave_the_password_may_comment(client, server, letter):
    await client.post("/wp-login.php?action=postpass", data={"post_password": "limpet"})

    assert (await client.post(FORM, data=letter(post_id=12))).status_code == 302


async def test_answer_to_a_comment_that_is_nowhere_stands_at_the_top(client, server, letter):
    await client.post(FORM, data=letter(comment_parent=999_999))

    assert server.demo_blogs[0].comments[-1].parent_id == 0


async def test_the_form_is_for_posting_only(client):
    answer = await client.get(FORM)

    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


async def test_the_french_blog_refuses_in_french(client, letter):
    answer = await client.post("/carnet/wp-comments-post.php", data=letter(post_id=27, author=""))

    assert "remplissez les champs" in answer.text


async def test_each_blog_keeps_its_own_comments(client, server, letter):
    await client.post("/carnet/wp-comments-post.php", data=letter(post_id=27, text="Bonjour"))

    assert [blog.count_of("Bonjour") for blog in server.demo_blogs] == [0, 1]


async def test_text_is_kept_as_typed_and_shown_with_safe_tags_only(client, server, letter):
    text = 'a < b & <b>c</b> <script>x()</script> <a href="javascript:y()">z</a>\r\n\r\nhttps://example.org/q?a=1&b=2.'
    await client.post(FORM, data=letter(text=text))

    listed = (await client.get("/wp-json/wp/v2/comments?post=44&orderby=id&per_page=1")).json()
    assert listed[0]["content"]["rendered"] == (
        '<p>a &lt; b &amp; <b>c</b> x() <a rel="nofollow ugc">z</a></p>\n'
        '<p><a href="https://example.org/q?a=1&amp;b=2" rel="nofollow ugc">https://example.org/q?a=1&amp;b=2</a>.</p>\n'
    )
    assert server.comment_count_of(text.replace("\r\n", "\n")) == 1
