"""Answering on a WordPress: what is sent, and what each kind of answer is taken for."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl

import httpx
import pytest

from tui_reader.domain.blog import Blog
from tui_reader.domain.conversation import AskedField, Letter, Place, ReplyForm
from tui_reader.domain.post import Post
from tui_reader.domain.reply import Identity, Refusal, ReplyState
from tui_reader.engines.wordpress_reply import check, look_for, prepare, send
from tui_reader.errors import FetchError, HttpStatusError, ReplyError
from tui_reader.net.client import Http

NOW = datetime(2026, 8, 3, 12, 0, tzinfo=UTC)
HOME = "https://quay.example"
POST = f"{HOME}/2026/07/ropes/"
ROOT = f"{HOME}/wp-json/"
LETTER = Letter(
    text="Tarred twine lasts.", name="Bo Lind", email="bo@readers.example", site="https://bo.example/"
)
FORM = ReplyForm(
    action=f"{HOME}/wp-comments-post.php",
    page_url=POST,
    fields={"comment_post_ID": "7", "comment_parent": "0", "submit": "Post"},
    needs_name=True,
    needs_email=True,
    max_length=65_525,
    cookies={"seen": "1"},
    facts={"rest_root": ROOT, "post_id": "7", "post_route": "/wp/v2/posts/7"},
)
PAGE = """<html><body><div id="respond"><form id="commentform" method="post" action="/wp-comments-post.php">
<textarea name="comment" required></textarea>
<input name="author"><input type="email" name="email"><input name="url">
<input type="hidden" name="comment_post_ID" value="7"><input type="hidden" name="comment_parent" value="0">
<input type="hidden" name="redirect_to" value="https://quay.example/thanks">
<input type="hidden" name="ak_js" value="1">
<input type="hidden" name="wp-comment-cookies-consent" value="yes"></form></div></body></html>"""


class Server:
    """Answers by method and address; keeps what was asked."""

    def __init__(self) -> None:
        self.answers: dict[str, object] = {}
        self.requests: list[httpx.Request] = []

    def on(self, what: str, answer: object) -> "Server":
        self.answers[what] = answer
        return self

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = self.answers.get(f"{request.method} {request.url}", httpx.Response(404, html="<h1>No</h1>"))
        if isinstance(answer, Exception):
            raise answer
        assert isinstance(answer, httpx.Response)
        # an answer that is given twice must be readable twice
        return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)

    def http(self) -> Http:
        return Http(transport=httpx.MockTransport(self))

    def posted(self) -> dict[str, str]:
        (request,) = [r for r in self.requests if r.method == "POST"]
        return dict(parse_qsl(request.content.decode(), keep_blank_values=True))


def place(**more: object) -> Place:
    blog = Blog(id=1, url=f"{HOME}/", feed_url=f"{HOME}/feed/", title="Quay", added_at=NOW)
    post = Post(
        id=1,
        blog_id=1,
        blog_title="Quay",
        url=POST,
        guid=f"{HOME}/?p=7",
        title="Ropes",
        first_seen=NOW,
        **more,
    )
    return Place(blog=blog, post=post)


def found(location: str) -> httpx.Response:
    return httpx.Response(302, headers={"location": location})


def moved(location: str) -> httpx.Response:
    return httpx.Response(301, headers={"location": location})


def said(status: int, message: str, code: str = "wp_die") -> httpx.Response:
    return httpx.Response(status, json={"code": code, "message": message, "data": {"status": status}})


def api_comment(number: int = 31, **more: object) -> dict[str, object]:
    return {
        "id": number,
        "post": 7,
        "parent": 0,
        "author": 0,
        "author_name": LETTER.name,
        "author_url": "",
        "date_gmt": "2026-08-03T12:00:01",
        "content": {"rendered": f"<p>{LETTER.text}</p>\n"},
        "link": f"{POST}#comment-{number}",
        "type": "comment",
        "status": "approved",
        **more,
    }


ACTION = f"POST {FORM.action}"
COMMENT = f"GET {ROOT}wp/v2/comments/31"
PAGE_AT = f"GET {POST}"
ACCEPTED = found(f"{POST}comment-page-1/#comment-31")
HELD = found(f"{POST}?unapproved=31&moderation-hash=abc#comment-31")
HIDDEN = said(401, "Sorry, you are not allowed to read this comment.", "rest_cannot_read")
CLOSED_API = said(401, "Members only.", "rest_disabled")


async def sent(server: Server, form: ReplyForm = FORM, letter: Letter = LETTER):
    async with server.http() as http:
        return await send(http, lambda: NOW, place(), form, letter)


# Preparing


async def test_the_form_is_read_from_the_page_with_its_cookies():
    headers = [("set-cookie", "seen=1; Path=/"), ("link", f'<{ROOT}>; rel="https://api.w.org/"')]
    server = Server().on(PAGE_AT, httpx.Response(200, headers=headers, html=PAGE))

    async with server.http() as http:
        form = await prepare(http, place(), "12", None)

    assert form.action == FORM.action
    assert form.to == "12"
    assert form.fields == {"comment_post_ID": "7", "comment_parent": "12", "ak_js": "1"}
    assert form.cookies == {"seen": "1"}
    assert form.facts["rest_root"] == ROOT
    assert form.facts["post_id"] == "7"
    (request,) = server.requests
    assert "if-none-match" not in request.headers
    assert request.headers["cache-control"] == "no-cache"


async def test_another_sites_form_gets_no_cookies_and_no_address():
    elsewhere = PAGE.replace('action="/wp', 'action="https://comments.example/wp')
    server = Server().on(PAGE_AT, httpx.Response(200, headers={"set-cookie": "seen=1"}, html=elsewhere))
    server.on("POST https://comments.example/wp-comments-post.php", httpx.Response(503))

    async with server.http() as http:
        form = await prepare(http, place(), None, None)
        await send(http, lambda: NOW, place(), form, LETTER)

    assert form.leaves_site
    assert form.cookies == {}
    assert server.requests[-1].headers["referer"] == f"{HOME}/"
    assert "cookie" not in server.requests[-1].headers


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p class='must-log-in'>Sign in.</p>", "wants a login to comment (Sign in.)"),
        ("<p class='no-comments'>Fini.</p>", "Fini."),
        ("<div id='disqus_thread'></div>", "Disqus"),
        ("<form class='post-password-form' method=post></form>", "password"),
        ("<form method=post><textarea name=message></textarea></form>", "comments are closed"),
    ],
)
async def test_why_a_page_cannot_be_answered_comes_with_the_browsers_address(html, words):
    server = Server().on(PAGE_AT, httpx.Response(200, html=html))

    async with server.http() as http:
        with pytest.raises(ReplyError) as refused:
            await prepare(http, place(), None, None)

    assert words in str(refused.value)
    assert refused.value.browser_url == POST


async def test_a_page_that_does_not_come_is_no_closed_page():
    async with Server().http() as http:
        with pytest.raises(HttpStatusError):
            await prepare(http, place(), None, None)


async def test_a_comment_that_wordpress_cannot_know_is_not_answered():
    async with Server().http() as http:
        with pytest.raises(ReplyError):
            await prepare(http, place(), "urn:uuid:1", None)


# Sending


async def test_what_is_posted_is_what_a_browser_would_post():
    server = Server().on(ACTION, ACCEPTED).on(COMMENT, httpx.Response(200, json=api_comment()))
    fields = {**FORM.fields, "ak_js": "1", "trap": "", "akismet_comment_nonce": "n"}
    asked = (
        AskedField(name="sum", label="3 + 4", is_required=True),
        AskedField(name="gdpr", label="I agree", is_required=True, is_choice=True, value="agreed"),
        AskedField(name="news", label="Send news", is_choice=True),
    )
    letter = replace(LETTER, text="é < 1\nA & B", answers={"sum": "7", "gdpr": "yes", "news": "no", "x": "y"})

    await sent(server, replace(FORM, fields=fields, asked=asked, text_field="c9"), letter)

    assert server.posted() == {
        "comment_post_ID": "7",
        "comment_parent": "0",
        "submit": "Post",
        "ak_js": str(int(NOW.timestamp() * 1000)),
        "trap": "",
        "akismet_comment_nonce": "n",
        "author": LETTER.name,
        "email": LETTER.email,
        "url": LETTER.site,
        "sum": "7",
        "gdpr": "agreed",
        "c9": "é &lt; 1\r\nA &amp; B",
    }
    headers = server.requests[0].headers
    assert headers["accept"] == "application/json"
    assert headers["origin"] == HOME
    assert headers["referer"] == POST
    assert headers["cookie"] == "seen=1"


@pytest.mark.parametrize(
    ("answer", "shown", "state", "link"),
    [
        (ACCEPTED, httpx.Response(200, json=api_comment()), ReplyState.PUBLISHED, "#comment-31"),
        (ACCEPTED, HIDDEN, ReplyState.UNCERTAIN, "comment-page-1/#comment-31"),
        (
            ACCEPTED,
            said(404, "No.", "rest_comment_invalid_id"),
            ReplyState.UNCERTAIN,
            "comment-page-1/#comment-31",
        ),
        (ACCEPTED, httpx.Response(503), ReplyState.UNCERTAIN, "comment-page-1/#comment-31"),
        (ACCEPTED, httpx.ReadTimeout("slow"), ReplyState.UNCERTAIN, "comment-page-1/#comment-31"),
        (HELD, HIDDEN, ReplyState.HELD, "#comment-31"),
        (HELD, httpx.Response(503), ReplyState.HELD, "#comment-31"),
        (HELD, httpx.Response(200, json=api_comment()), ReplyState.PUBLISHED, "#comment-31"),
        (HELD, said(404, "No.", "rest_comment_invalid_id"), ReplyState.UNCERTAIN, "#comment-31"),
    ],
    ids=[
        "shown",
        "hidden",
        "gone",
        "busy",
        "slow",
        "held",
        "held and busy",
        "approved at once",
        "held and gone",
    ],
)
async def test_an_accepted_reply_is_what_the_api_shows(answer, shown, state, link):
    outcome = await sent(Server().on(ACTION, answer).on(COMMENT, shown))

    assert (outcome.state, outcome.comment_id, outcome.url) == (state, "31", f"{POST}{link}")
    # what is held waits for a moderator: there is no more to say
    assert bool(outcome.reason) == (state is ReplyState.UNCERTAIN)


LI = '<ol><li id="comment-31" class="comment">{}<div class="comment-content"><p>x</p></div></li></ol>'
WAITS = '<em class="comment-awaiting-moderation">Waits.</em>'


@pytest.mark.parametrize(
    "api", [CLOSED_API, httpx.Response(200, html="<h1>Home</h1>")], ids=["401", "a page"]
)
@pytest.mark.parametrize(
    ("html", "state"),
    [
        (LI.format(""), ReplyState.PUBLISHED),
        (LI.format(WAITS), ReplyState.HELD),
        (LI.format("").replace("31", "30"), ReplyState.UNCERTAIN),
    ],
    ids=["shown", "waiting", "not there"],
)
async def test_where_the_api_is_off_the_page_is_looked_at(api, html, state):
    server = Server().on(ACTION, ACCEPTED).on(COMMENT, api)
    server.on(f"GET {POST}comment-page-1/", httpx.Response(200, html=html))

    assert (await sent(server)).state is state


async def test_a_thank_you_page_is_no_answer_so_the_words_are_looked_for():
    newest = f"{ROOT}wp/v2/comments?post=7&per_page=100&order=desc&orderby=date_gmt&page=1"
    server = (
        Server()
        .on(ACTION, found("/thank-you/"))
        .on(f"GET {newest}", httpx.Response(200, json=[api_comment()]))
    )

    outcome = await sent(server)

    assert (outcome.state, outcome.comment_id) == (ReplyState.PUBLISHED, "31")


@pytest.mark.parametrize(
    ("answer", "refusal", "words"),
    [
        (said(409, "<p>Déjà dit&nbsp;!</p>"), Refusal.DUPLICATE, "Déjà dit !"),
        (said(429, "Slow down."), Refusal.TOO_FAST, "Slow down."),
        (httpx.Response(429, headers={"retry-after": "60"}), Refusal.TOO_FAST, ""),
        (said(200, "<strong>Error:</strong> name"), Refusal.FIELD, "Error: name"),
        (said(500, "Wrong answer to the sum."), Refusal.OTHER, "Wrong answer to the sum."),
        (httpx.Response(403, html="<title>Just a moment...</title>"), Refusal.OTHER, "“Just a moment...”"),
        (httpx.Response(406, html="<h1>Not Acceptable</h1>"), Refusal.OTHER, "in front of the blog"),
        (httpx.Response(413), Refusal.OTHER, "413"),
        (httpx.Response(409, html="<p>?</p>"), Refusal.OTHER, "409"),
        (found(f"{HOME}/wp-login.php?redirect_to=x"), Refusal.LOGIN, "login"),
        (moved("https://www.quay.example/wp-comments-post.php"), Refusal.OTHER, "moved"),
        (
            httpx.Response(
                200,
                html="<body id='error-page'><div class='wp-die-message'><p>Name?</p>"
                "<p><a href='javascript:history.back()'>Back</a></p></div></body>",
            ),
            Refusal.FIELD,
            "Name?",
        ),
    ],
)
async def test_refusals_are_told_apart_with_the_blogs_words(answer, refusal, words):
    outcome = await sent(Server().on(ACTION, answer))

    assert (outcome.state, outcome.refusal) == (ReplyState.REJECTED, refusal)
    assert words in outcome.reason
    assert "Back" not in outcome.reason
    wait = {"60": timedelta(seconds=60)}.get(answer.headers.get("retry-after", ""), timedelta(seconds=15))
    assert outcome.retry_after == (wait if refusal is Refusal.TOO_FAST else None)


@pytest.mark.parametrize(
    ("api", "page", "refusal"),
    [
        (httpx.Response(200, json={"comment_status": "closed"}), httpx.Response(404), Refusal.CLOSED),
        (CLOSED_API, httpx.Response(200, html="<p class=no-comments>x</p>"), Refusal.CLOSED),
        (CLOSED_API, httpx.Response(200, html="<p class=must-log-in>x</p>"), Refusal.LOGIN),
        (httpx.Response(200, json={"comment_status": "open"}), httpx.Response(200, html=PAGE), Refusal.OTHER),
        (httpx.Response(503), httpx.Response(503), Refusal.OTHER),
    ],
    ids=["the API says closed", "the page says closed", "login", "the parent", "nobody says"],
)
async def test_what_a_403_means_is_asked_of_the_blog(api, page, refusal):
    server = Server().on(ACTION, said(403, "Sorry.")).on(f"GET {ROOT}wp/v2/posts/7", api).on(PAGE_AT, page)

    outcome = await sent(server)

    assert (outcome.state, outcome.refusal, outcome.reason) == (ReplyState.REJECTED, refusal, "Sorry.")


@pytest.mark.parametrize(
    "location",
    ["javascript:x()#comment-31", "file:///etc/passwd#comment-31", "mailto:a@b.example#comment-31"],
)
async def test_an_address_that_must_not_be_opened_becomes_no_replys_address(location):
    outcome = await sent(Server().on(ACTION, found(location)))

    assert (outcome.state, outcome.url) == (ReplyState.UNCERTAIN, None)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("target", ["https://evil.example/take", "http://quay.example/wp-comments-post.php"])
async def test_a_reply_goes_out_once_wherever_the_blog_sends_it_on(status, target):
    server = Server().on(ACTION, httpx.Response(status, headers={"location": target}))

    outcome = await sent(server)

    assert outcome.state in {ReplyState.UNCERTAIN, ReplyState.REJECTED}
    assert [str(request.url) for request in server.requests if request.method == "POST"] == [FORM.action]
    words = [LETTER.email.encode(), b"Tarred"]
    assert not any(word in request.content for request in server.requests[1:] for word in words)


@pytest.mark.parametrize(
    ("page", "state", "refusal"),
    [
        (httpx.Response(404), ReplyState.REJECTED, Refusal.UNKNOWN_POST),
        (httpx.Response(200, html="<form class=post-password-form>"), ReplyState.REJECTED, Refusal.PASSWORD),
        (httpx.Response(200, html=PAGE), ReplyState.UNCERTAIN, None),
        (httpx.Response(503), ReplyState.UNCERTAIN, None),
    ],
    ids=["gone", "password", "nothing wrong", "busy"],
)
async def test_what_an_empty_answer_means_is_asked_of_the_page(page, state, refusal):
    outcome = await sent(Server().on(ACTION, httpx.Response(200)).on(PAGE_AT, page))

    assert (outcome.state, outcome.refusal) == (state, refusal)


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(502, html="<h1>Bad gateway</h1>"),
        httpx.Response(503, headers={"retry-after": "30"}, html="<h1>Maintenance</h1>"),
        said(500, "There has been a critical error.", "internal_server_error"),
        httpx.Response(200, html="<p>Something else.</p>"),
        httpx.Response(200, json={"success": True}),
        httpx.Response(204),
        httpx.Response(408),
        httpx.Response(302, headers={"location": "http://[x/"}),
        httpx.ReadTimeout("slow"),
        httpx.ReadError("reset"),
        httpx.RemoteProtocolError("closed"),
    ],
    ids=repr,
)
async def test_without_a_clear_answer_the_fate_is_uncertain(answer):
    outcome = await sent(Server().on(ACTION, answer))

    assert outcome.state is ReplyState.UNCERTAIN
    assert outcome.reason
    if isinstance(answer, httpx.Response) and answer.status_code == 503:
        assert outcome.retry_after == timedelta(seconds=30)


@pytest.mark.parametrize("error", [httpx.ConnectError("refused"), httpx.ConnectTimeout("slow")], ids=repr)
async def test_what_surely_did_not_leave_stays_queued(error):
    server = Server().on(ACTION, error)

    outcome = await sent(server)

    assert outcome.state is ReplyState.QUEUED
    # the state says what became of it, the reason only why
    assert outcome.reason
    assert "sent" not in outcome.reason
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("form", "letter", "refusal"),
    [
        (FORM, replace(LETTER, text=" "), Refusal.FIELD),
        (FORM, replace(LETTER, text="<b> </b>"), Refusal.FIELD),
        (FORM, replace(LETTER, text="&" * 14_000), Refusal.TOO_LONG),
        (replace(FORM, max_length=10), LETTER, Refusal.TOO_LONG),
        (FORM, replace(LETTER, name=""), Refusal.FIELD),
        (FORM, replace(LETTER, email="bo@home"), Refusal.FIELD),
        (FORM, replace(LETTER, email="bo@häfen.example"), Refusal.FIELD),
        (replace(FORM, needs_email=False), replace(LETTER, email="bo"), Refusal.FIELD),
        (FORM, replace(LETTER, email=f"{'b' * 95}@b.example"), Refusal.TOO_LONG),
        (replace(FORM, person_lengths={"name": 2}), replace(LETTER, name="Bob"), Refusal.TOO_LONG),
        (FORM, replace(LETTER, site=f"https://{'b' * 200}.example"), Refusal.TOO_LONG),
        (replace(FORM, asked=(AskedField(name="q", label="Sum", is_required=True),)), LETTER, Refusal.FIELD),
        (
            replace(FORM, asked=(AskedField(name="q", label="Sum", max_length=1),)),
            replace(LETTER, answers={"q": "12"}),
            Refusal.TOO_LONG,
        ),
        (
            replace(FORM, asked=(AskedField(name="q", label="Agree", is_required=True, is_choice=True),)),
            replace(LETTER, answers={"q": "no"}),
            Refusal.FIELD,
        ),
    ],
)
async def test_what_would_be_refused_is_refused_here_without_a_request(form, letter, refusal):
    server = Server()

    outcome = await sent(server, form, letter)

    assert (outcome.state, outcome.refusal) == (ReplyState.REJECTED, refusal)
    assert outcome.reason
    assert server.requests == []


async def test_a_reason_cannot_bring_control_characters_or_a_wall_of_text():
    outcome = await sent(Server().on(ACTION, said(409, "No\x1b[2J\u202e" + "o" * 5_000)))

    assert outcome.reason.startswith("No[2Jooo")
    assert len(outcome.reason) == 500


# Looking for a reply, and after one


def newest(*comments: dict[str, object]) -> Server:
    def page(number: int, size: int = 100) -> httpx.Response:
        return httpx.Response(200, json=list(comments[(number - 1) * size : number * size]))

    server = Server()
    for number in range(1, 4):
        query = f"post=7&per_page=100&order=desc&orderby=date_gmt&page={number}"
        server.on(f"GET {ROOT}wp/v2/comments?{query}", page(number))
    return server


async def looked_for(server: Server, to: str | None = None, letter: Letter = LETTER):
    async with server.http() as http:
        return await look_for(http, lambda: NOW, place(engine_facts=FORM.facts), letter, to, NOW)


@pytest.mark.parametrize(
    ("comment", "is_it"),
    [
        (api_comment(), True),
        (api_comment(date_gmt="2026-08-03T11:56:00"), True),
        (api_comment(date_gmt="2026-08-03T11:50:00"), False),
        (api_comment(author_name="Bo &amp; Lind"), True),
        (api_comment(author_name="Bo"), False),
        (api_comment(parent=3), False),
        (api_comment(content={"rendered": "<p>Tarred twine lasts</p>"}), True),
        (api_comment(content={"rendered": "<p>Tarred twine lasts. No.</p>"}), False),
        (api_comment(content="odd"), False),
    ],
    ids=[
        "the same",
        "clocks differ",
        "long before",
        "signs in the name",
        "another name",
        "another parent",
        "signs",
        "more words",
        "odd",
    ],
)
async def test_a_letter_is_known_by_author_words_parent_and_time(comment, is_it):
    outcome = await looked_for(newest(comment))

    assert (outcome is not None) is is_it
    if outcome is not None:
        assert (outcome.state, outcome.comment_id, outcome.url) == (
            ReplyState.PUBLISHED,
            "31",
            f"{POST}#comment-31",
        )


async def test_a_busy_blog_is_read_back_to_the_time_of_sending_and_no_further():
    busy = [api_comment(1_000 - n, author_name="X", date_gmt="2026-08-03T12:01:00") for n in range(150)]
    old = [api_comment(500 - n, author_name="X", date_gmt="2026-08-01T12:00:00") for n in range(100)]

    there = newest(*busy, api_comment(), *old)
    not_there = newest(*busy, *old)

    assert (await looked_for(there)).comment_id == "31"
    assert await looked_for(not_there) is None
    assert [request.url.params["page"] for request in not_there.requests] == ["1", "2"]


async def test_an_accounts_reply_is_known_without_its_name():
    letter = replace(LETTER, name="bo", username="bo")
    assert (await looked_for(newest(api_comment(author_name="Captain Bo")), letter=letter)).comment_id == "31"


SHOWN = """<ol><li class="comment" id="comment-{id}"><cite class="fn">{author}</cite>
<time datetime="{time}"></time>{waits}<div class="comment-content"><p>{text}</p></div></li></ol>"""
ENTRY = """<entry><id>{post}#comment-{id}</id><title>x</title><author><name>{author}</name></author>
<updated>{time}</updated><thr:in-reply-to ref="{ref}"/><content type="html">{text}</content></entry>"""
FEED = (
    '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0">{}</feed>'
)
MINE = {
    "id": 31,
    "author": LETTER.name,
    "time": "2026-08-03T12:00:02+00:00",
    "text": LETTER.text,
    "waits": "",
}


@pytest.mark.parametrize(
    ("of_it", "state"),
    [
        ({}, ReplyState.PUBLISHED),
        ({"waits": WAITS}, ReplyState.HELD),
        ({"author": "Ann"}, None),
        ({"time": "2026-08-01T12:00:00+00:00"}, None),
    ],
    ids=["shown", "waiting", "another's", "an old one"],
)
async def test_where_the_api_is_off_the_words_are_looked_for_on_the_page(of_it, state):
    page = httpx.Response(200, html=SHOWN.format(**{**MINE, **of_it}))
    outcome = await looked_for(Server().on(PAGE_AT, page))

    assert (outcome and outcome.state) == state


@pytest.mark.parametrize(("to", "is_it"), [("12", True), (None, False)], ids=["its parent", "top level"])
async def test_where_the_api_is_off_the_words_are_looked_for_in_the_feed(to, is_it):
    entry = ENTRY.format(post=POST, ref=f"{POST}#comment-12", **MINE)
    feed = httpx.Response(200, headers={"content-type": "application/atom+xml"}, text=FEED.format(entry))
    server = Server().on(PAGE_AT, httpx.Response(200, html=PAGE)).on(f"GET {POST}feed/atom/", feed)
    here = place(comments_feed_url=f"{POST}feed/")

    async with server.http() as http:
        outcome = await look_for(http, lambda: NOW, here, LETTER, to, NOW)
        by_number = await check(http, here, "31")

    assert (outcome is not None) is is_it
    assert by_number.state is ReplyState.PUBLISHED


async def test_a_guessed_post_number_is_not_the_last_word():
    # a blog that moved keeps the guids of its old home, with numbers of other posts
    page = httpx.Response(200, html=SHOWN.format(**MINE))
    server = newest(api_comment(author_name="X")).on(PAGE_AT, page)

    async with server.http() as http:
        outcome = await look_for(http, lambda: NOW, place(), LETTER, None, NOW)

    assert outcome.state is ReplyState.PUBLISHED


async def test_an_odd_list_of_the_api_is_none():
    server = Server().on(PAGE_AT, httpx.Response(200, html=PAGE))
    query = "post=7&per_page=100&order=desc&orderby=date_gmt&page=1"
    for odd in (httpx.Response(200, text="<h1>Home</h1>"), httpx.Response(200, json={"x": 1})):
        assert await looked_for(server.on(f"GET {ROOT}wp/v2/comments?{query}", odd)) is None
    assert server.requests[-1].url == POST


@pytest.mark.parametrize("feed", [httpx.Response(404), httpx.Response(200, html="<p>no feed</p>")], ids=repr)
async def test_a_feed_that_is_none_leaves_the_page(feed):
    page = httpx.Response(200, html=SHOWN.format(**MINE))
    server = Server().on(PAGE_AT, page).on(f"GET {POST}feed/atom/", feed)

    async with server.http() as http:
        here = place(comments_feed_url=f"{POST}feed/")
        outcome = await look_for(http, lambda: NOW, here, LETTER, None, NOW)

    assert outcome.state is ReplyState.PUBLISHED


async def test_a_blog_that_cannot_be_asked_is_no_blog_without_the_reply():
    server = Server().on(PAGE_AT, httpx.Response(503))
    with pytest.raises(FetchError):
        await looked_for(server)


@pytest.mark.parametrize(
    ("api", "state", "words"),
    [
        (httpx.Response(200, json=api_comment()), ReplyState.PUBLISHED, ""),
        (HIDDEN, ReplyState.HELD, "moderator"),
        (said(404, "No.", "rest_comment_invalid_id"), ReplyState.UNCERTAIN, "deleted"),
        (CLOSED_API, ReplyState.HELD, "not show it yet"),
    ],
    ids=["shown", "hidden", "gone", "not to be seen"],
)
async def test_what_became_of_a_comment_is_asked_by_its_number(api, state, words):
    server = Server().on(COMMENT, api).on(PAGE_AT, httpx.Response(200, html=PAGE))

    async with server.http() as http:
        outcome = await check(http, place(engine_facts={"rest_root": ROOT}), "31")

    assert (outcome.state, outcome.comment_id) == (state, "31")
    assert words in outcome.reason


async def test_the_api_is_found_where_it_usually_is():
    server = Server().on(COMMENT, httpx.Response(200, json=api_comment()))

    async with server.http() as http:
        outcome = await check(http, place(), "31")

    assert outcome.state is ReplyState.PUBLISHED


@pytest.mark.parametrize(
    ("target", "leaves_site"),
    [("https://www.quay.example/ropes/", False), ("https://thief.example/ropes/", True)],
)
async def test_a_page_that_a_redirect_leads_to_is_somebody_elses_when_its_site_is(target, leaves_site):
    server = Server().on(PAGE_AT, moved(target)).on(f"GET {target}", httpx.Response(200, html=PAGE))

    async with server.http() as http:
        form = await prepare(http, place(), None, None)

    assert form.page_url == target
    assert form.leaves_site is leaves_site


async def test_a_reply_is_not_led_from_an_encrypted_page_to_an_open_one():
    target = POST.replace("https:", "http:")
    server = Server().on(PAGE_AT, moved(target)).on(f"GET {target}", httpx.Response(200, html=PAGE))

    async with server.http() as http:
        with pytest.raises(ReplyError, match="in the open"):
            await prepare(http, place(), None, None)


# With an account


ACCOUNT = Identity(id=1, name="Bo", email="bo@readers.example", username="bo")
SIGNED = replace(LETTER, username="bo", secret="abcd efgh ijkl")
REST_FORM = ReplyForm(
    action=f"{ROOT}wp/v2/comments",
    page_url=POST,
    way="rest",
    fields={"post": "7", "parent": "0"},
    text_field="content",
    facts=FORM.facts,
)
ME = f"GET {ROOT}wp/v2/users/me"
STORE = f"POST {ROOT}wp/v2/comments"


def signed_in() -> Server:
    return Server().on(ME, httpx.Response(200, json={"id": 4, "name": "Captain Bo"}))


async def test_an_account_posts_json_under_its_own_name():
    server = signed_in().on(STORE, httpx.Response(201, json=api_comment()))

    outcome = await sent(server, REST_FORM, SIGNED)

    assert (outcome.state, outcome.comment_id) == (ReplyState.PUBLISHED, "31")
    assert server.requests[-1].read() == b'{"post": 7, "parent": 0, "content": "Tarred twine lasts."}'
    assert server.requests[-1].headers["authorization"].startswith("Basic ")


async def test_the_way_with_an_account_is_prepared_without_the_password():
    server = Server().on(
        PAGE_AT, httpx.Response(200, headers={"link": f'<{ROOT}>; rel="https://api.w.org/"'})
    )
    server.on(f"GET {ROOT}wp/v2/posts/7", httpx.Response(200, json={"comment_status": "open"}))

    async with server.http() as http:
        form = await prepare(http, place(), "12", ACCOUNT)

    assert (form.way, form.action) == ("rest", REST_FORM.action)
    assert form.fields == {"post": "7", "parent": "12"}
    assert not form.needs_name
    assert all("authorization" not in request.headers for request in server.requests)


async def test_an_account_on_a_blog_without_an_api_uses_the_form():
    server = Server().on(PAGE_AT, httpx.Response(200, html=PAGE))

    async with server.http() as http:
        form = await prepare(http, place(), None, ACCOUNT)

    assert form.way == "form"


async def test_an_account_is_told_that_comments_are_closed():
    server = Server().on(f"GET {ROOT}wp/v2/posts/7", httpx.Response(200, json={"comment_status": "closed"}))

    async with server.http() as http:
        with pytest.raises(ReplyError, match="closed"):
            await prepare(http, place(engine_facts={"rest_root": ROOT, "post_id": "7"}), None, ACCOUNT)


@pytest.mark.parametrize(
    ("root", "home"),
    [
        ("https://thief.example/wp-json/", HOME),
        ("http://quay.example/wp-json/", "http://quay.example"),
        ("http://10.0.0.4/wp-json/", "http://10.0.0.4"),
    ],
    ids=["another site", "no https", "a private network"],
)
async def test_the_password_goes_only_to_the_blog_and_never_in_the_open(root, home):
    facts = {"rest_root": root, "post_id": "7"}
    here = place(engine_facts=facts)
    blog = here.blog._replace(url=f"{home}/", feed_url=f"{home}/feed/")
    here = replace(here, blog=blog, post=replace(here.post, url=f"{home}/ropes/"))
    server = Server()

    async with server.http() as http:
        with pytest.raises(ReplyError):
            await prepare(http, here, None, ACCOUNT)
        form = replace(REST_FORM, action=f"{root}wp/v2/comments", page_url=here.post.url, facts=facts)
        with pytest.raises(ReplyError):
            await send(http, lambda: NOW, here, form, SIGNED)

    assert server.requests == []


async def test_the_password_does_not_follow_a_post_to_another_site():
    elsewhere = place(engine_facts={"rest_root": "https://planet.example/wp-json/", "post_id": "7"})
    elsewhere = replace(elsewhere, post=replace(elsewhere.post, url="https://planet.example/ropes/"))
    server = Server()

    async with server.http() as http:
        with pytest.raises(ReplyError, match="another site than the blog"):
            await prepare(http, elsewhere, None, ACCOUNT)

    assert server.requests == []


@pytest.mark.parametrize(
    ("answer", "state", "refusal"),
    [
        (httpx.Response(201, json=api_comment(status="hold")), ReplyState.HELD, None),
        (httpx.Response(201, json=api_comment(status="spam")), ReplyState.UNCERTAIN, None),
        (httpx.Response(201, html="<p>ok</p>"), ReplyState.UNCERTAIN, None),
        (said(409, "Twice.", "comment_duplicate"), ReplyState.REJECTED, Refusal.DUPLICATE),
        (said(400, "Slow.", "comment_flood"), ReplyState.REJECTED, Refusal.TOO_FAST),
        (said(400, "Empty.", "rest_comment_content_invalid"), ReplyState.REJECTED, Refusal.FIELD),
        (said(400, "Long.", "comment_content_column_length"), ReplyState.REJECTED, Refusal.TOO_LONG),
        (said(403, "Closed.", "rest_comment_closed"), ReplyState.REJECTED, Refusal.CLOSED),
        (said(403, "No post.", "rest_comment_invalid_post_id"), ReplyState.REJECTED, Refusal.UNKNOWN_POST),
        (said(403, "Draft.", "rest_comment_draft_post"), ReplyState.REJECTED, Refusal.UNKNOWN_POST),
        (said(403, "Word?", "rest_cannot_read_post"), ReplyState.REJECTED, Refusal.PASSWORD),
        (said(401, "Who?", "rest_comment_login_required"), ReplyState.REJECTED, Refusal.LOGIN),
        (said(400, "New.", "some_plugin"), ReplyState.REJECTED, Refusal.OTHER),
        (httpx.Response(403, html="<h1>Firewall</h1>"), ReplyState.REJECTED, Refusal.OTHER),
        (httpx.Response(502), ReplyState.UNCERTAIN, None),
        (httpx.ReadTimeout("slow"), ReplyState.UNCERTAIN, None),
        (httpx.ConnectError("refused"), ReplyState.QUEUED, None),
    ],
    ids=repr,
)
async def test_what_the_api_answers_is_told_apart(answer, state, refusal):
    outcome = await sent(signed_in().on(STORE, answer), REST_FORM, SIGNED)

    assert (outcome.state, outcome.refusal) == (state, refusal)
    # what is held waits for a moderator: there is no more to say
    assert bool(outcome.reason) == (state is not ReplyState.HELD)
    assert outcome.retry_after == (timedelta(seconds=15) if refusal is Refusal.TOO_FAST else None)


@pytest.mark.parametrize(
    ("me", "secret", "state"),
    [
        (said(401, "Unknown.", "rest_not_logged_in"), "abcd", ReplyState.REJECTED),
        (httpx.Response(200, json={"id": 4}), "", ReplyState.REJECTED),
        (httpx.ConnectError("refused"), "abcd", ReplyState.QUEUED),
        (httpx.ReadTimeout("slow"), "abcd", ReplyState.QUEUED),
        (httpx.Response(503), "abcd", ReplyState.QUEUED),
    ],
    ids=["not accepted", "none kept", "offline", "slow", "busy"],
)
async def test_nothing_is_posted_before_the_password_is_accepted(me, secret, state):
    server = Server().on(ME, me)

    outcome = await sent(server, REST_FORM, replace(SIGNED, secret=secret))

    assert outcome.state is state
    assert all(request.method == "GET" for request in server.requests)
