"""The WordPress engine against a real WordPress: every source of comments, every answer to a reply."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import wordpress_server

from tui_reader.domain.blog import Blog
from tui_reader.domain.comment import CommentKind
from tui_reader.domain.conversation import Letter, Place
from tui_reader.domain.post import Post
from tui_reader.domain.reply import Identity, Outcome, Refusal, ReplyState
from tui_reader.domain.thread import in_reading_order
from tui_reader.engines.wordpress import WordPress
from tui_reader.errors import HttpStatusError, NoAnswerError, NotSentError, ReplyError
from tui_reader.feeds.parse import parse_feed
from tui_reader.net.client import Http

pytestmark = pytest.mark.live

LETTER = Letter(text="La lampe se voit d’ici.", name="Nolwenn Tanguy", email="nolwenn@readers.example")


def clock() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
async def http() -> AsyncIterator[Http]:
    async with Http(timeout=30) as client:
        yield client


@pytest.fixture
def engine(http: Http) -> WordPress:
    return WordPress(http, clock)


class Reader:
    """Sees the blog as a subscriber does: by its feed."""

    def __init__(self, blog: wordpress_server.WordPress, http: Http, engine: WordPress) -> None:
        self.blog, self.http, self.engine = blog, http, engine

    async def place(self, key: str, feed: str = "feed/") -> Place:
        response = await self.http.get(f"{self.blog.url}{feed}")
        parsed = parse_feed(response.body, response.url, response.headers["content-type"])
        entry = next(post for post in parsed.posts if post.title.endswith(self.blog.posts[key].title))
        blog = Blog(
            id=1,
            url=parsed.url,
            feed_url=response.url,
            title=parsed.title,
            added_at=clock(),
            generator=parsed.generator,
        )
        post = Post(
            id=self.blog.posts[key].id,
            blog_id=1,
            blog_title=blog.title,
            url=entry.url,
            guid=entry.guid,
            title=entry.title,
            first_seen=clock(),
            comments_url=entry.comments_url,
            comments_feed_url=entry.comments_feed_url,
            comment_count=entry.comment_count,
        )
        return Place(blog=blog, post=post)

    async def reply(self, place: Place, letter: Letter = LETTER, to: str | None = None) -> Outcome:
        form = await self.engine.prepare(place, to, None)
        return await self.engine.send(place, form, letter)


@pytest.fixture
def reader(wordpress: wordpress_server.WordPress, http: Http, engine: WordPress) -> Reader:
    return Reader(wordpress, http, engine)


def parents_in_database(blog: wordpress_server.WordPress, key: str) -> dict[str, str | None]:
    return {
        row["comment_ID"]: row["comment_parent"] if row["comment_parent"] != "0" else None
        for row in blog.all_of(key)
        if row["comment_approved"] == "1" and row["comment_type"] == "comment"
    }


async def loaded_parents(reader: Reader, place: Place) -> dict[str, str | None]:
    loaded = await reader.engine.load(place)
    return {c.id: c.parent_id for c in loaded.comments if c.kind is CommentKind.COMMENT}


# Reading


async def test_all_120_comments_come_with_their_parents(wordpress, reader):
    place = await reader.place("the-lamp-room")

    loaded = await reader.engine.load(place)

    assert reader.engine.recognises(place)
    assert loaded.is_complete
    assert {c.id: c.parent_id for c in loaded.comments} == parents_in_database(wordpress, "the-lamp-room")
    rows = in_reading_order(loaded.comments).rows
    assert len(rows) == 120
    assert max(row.depth for row in rows) == 4


@pytest.mark.parametrize("theme", ["twentytwentyone", "twentytwentythree", "old-markup"])
async def test_without_the_api_all_comment_pages_are_read(wordpress, reader, theme):
    if theme not in wordpress.themes:
        pytest.skip(f"the theme {theme} is not unpacked here")
    wordpress.option("live_api_off", 1)
    wordpress.theme(theme)
    place = await reader.place("the-lamp-room")

    loaded = await reader.engine.load(place)

    assert {c.id: c.parent_id for c in loaded.comments} == parents_in_database(wordpress, "the-lamp-room")
    assert all(c.author and c.html for c in loaded.comments)


@pytest.mark.parametrize("api_off", [0, 1], ids=["with the API", "without it"])
async def test_plain_permalinks_are_read_too(wordpress, reader, api_off):
    wordpress.option("permalink_structure", "")
    wordpress.option("live_api_off", api_off)
    place = await reader.place("the-lamp-room", feed="?feed=rss2")
    assert "?p=" in place.post.url

    assert await loaded_parents(reader, place) == parents_in_database(wordpress, "the-lamp-room")


async def test_a_pingback_is_told_from_what_people_wrote(wordpress, reader):
    loaded = await reader.engine.load(await reader.place("marees"))

    pings = {c.id for c in loaded.comments if c.kind is CommentKind.PINGBACK}
    assert pings == {str(wordpress.comments["marees-ping"])}
    assert len(loaded.comments) == 7


async def test_answers_to_a_comment_that_was_thrown_away_are_still_there(wordpress, reader):
    wordpress.trash(wordpress.comments["marees-2"])

    loaded = await reader.engine.load(await reader.place("marees"))

    thread = in_reading_order(loaded.comments)
    orphan = next(row for row in thread.rows if row.comment.id == str(wordpress.comments["marees-3"]))
    assert orphan.depth == 0
    assert orphan.replies == 2


async def test_a_post_with_a_password_says_so(reader):
    loaded = await reader.engine.load(await reader.place("sealed-letters"))

    assert "password" in loaded.note


# Replying: what the blog takes


async def test_a_reply_is_published_where_it_belongs(wordpress, reader):
    place = await reader.place("marees")
    to = str(wordpress.comments["marees-5"])

    outcome = await reader.reply(place, to=to)

    assert outcome.state is ReplyState.PUBLISHED
    assert outcome.url.endswith(f"#comment-{outcome.comment_id}")
    row = wordpress.stored(outcome.comment_id)
    assert (row["comment_parent"], row["comment_author"], row["comment_content"]) == (
        to,
        LETTER.name,
        LETTER.text,
    )
    assert row["comment_author_email"] == LETTER.email


async def test_the_form_says_what_it_asks(reader):
    form = await reader.engine.prepare(await reader.place("marees"), None, None)

    assert form.needs_name
    assert form.needs_email
    assert form.max_bytes == 65_525
    assert form.asked == ()
    assert not form.leaves_site


async def test_name_and_address_are_not_asked_where_the_blog_needs_none(wordpress, reader):
    wordpress.option("require_name_email", 0)
    place = await reader.place("marees")

    form = await reader.engine.prepare(place, None, None)
    outcome = await reader.engine.send(place, form, Letter(text="Anonyme, donc.", name="", email=""))

    assert not form.needs_name
    assert not form.needs_email
    assert outcome.state is ReplyState.PUBLISHED


@pytest.mark.parametrize("theme", ["twentytwentythree", "old-markup"])
async def test_other_themes_forms_work(wordpress, reader, theme):
    if theme not in wordpress.themes:
        pytest.skip(f"the theme {theme} is not unpacked here")
    wordpress.theme(theme)

    outcome = await reader.reply(await reader.place("marees"))

    assert outcome.state is ReplyState.PUBLISHED


async def test_plain_permalinks_take_replies_too(wordpress, reader):
    wordpress.option("permalink_structure", "")

    outcome = await reader.reply(await reader.place("marees", feed="?feed=rss2"))

    assert outcome.state is ReplyState.PUBLISHED
    assert wordpress.stored(outcome.comment_id)["comment_content"] == LETTER.text


async def test_every_sign_that_was_typed_is_shown(wordpress, reader, http):
    text = "if (a < b && c > d) <b>bold</b> <div> &eacute; <script>x()</script> :-) 100 % “ça”"

    outcome = await reader.reply(await reader.place("marees"), replace(LETTER, text=text))

    api = await http.get(f"{wordpress.url}wp-json/wp/v2/comments/{outcome.comment_id}")
    shown = api.json()["content"]["rendered"]
    assert "if (a &lt; b &amp;&amp; c &gt; d) <b>bold</b> &lt;div&gt; &amp;eacute; &lt;script&gt;x()" in shown


async def test_a_trap_is_left_empty_and_the_real_field_filled(wordpress, reader):
    wordpress.option("live_honeypot", 1)

    outcome = await reader.reply(await reader.place("marees"))

    assert outcome.state is ReplyState.PUBLISHED
    assert wordpress.stored(outcome.comment_id)["comment_content"] == LETTER.text


async def test_a_held_reply_is_told_and_followed_until_it_appears(wordpress, reader):
    place = await reader.place("boite-aux-lettres")

    outcome = await reader.reply(place)

    assert outcome.state is ReplyState.HELD
    assert "moderation-hash" not in outcome.url
    assert (await reader.engine.check(place, outcome.comment_id)).state is ReplyState.HELD
    wordpress.approve(outcome.comment_id)
    approved = await reader.engine.check(place, outcome.comment_id)
    assert (approved.state, approved.comment_id) == (ReplyState.PUBLISHED, outcome.comment_id)


async def test_a_first_comment_is_held_as_wordpress_comes(wordpress, reader):
    wordpress.option("comment_previously_approved", 1)

    outcome = await reader.reply(await reader.place("marees"))

    assert outcome.state is ReplyState.HELD


async def test_what_a_spam_filter_took_is_not_called_published(wordpress, reader):
    wordpress.option("live_spam", 1)

    outcome = await reader.reply(await reader.place("marees"))

    assert outcome.state is ReplyState.UNCERTAIN
    assert "spam" in outcome.reason
    assert wordpress.stored(outcome.comment_id)["comment_approved"] == "spam"


@pytest.mark.parametrize(
    ("switch", "state"),
    [
        (None, ReplyState.PUBLISHED),
        ("comment_moderation", ReplyState.HELD),
        ("live_spam", ReplyState.UNCERTAIN),
    ],
    ids=["published", "held", "spam"],
)
async def test_without_the_api_the_page_tells_what_became_of_a_reply(wordpress, reader, switch, state):
    wordpress.option("live_api_off", 1)
    if switch:
        wordpress.option(switch, 1)

    outcome = await reader.reply(await reader.place("the-lamp-room"))

    assert outcome.state is state


# Replying: what the blog refuses


async def test_the_same_words_twice_are_a_duplicate(wordpress, reader):
    place = await reader.place("marees")
    await reader.reply(place)

    outcome = await reader.reply(place)

    assert (outcome.state, outcome.refusal) == (ReplyState.REJECTED, Refusal.DUPLICATE)
    assert "Duplicate comment" in outcome.reason
    assert sum(row["comment_content"] == LETTER.text for row in wordpress.all_of("marees")) == 1


async def test_the_reason_is_in_the_blogs_own_language(wordpress, reader):
    wordpress.option("WPLANG", "fr_FR")
    place = await reader.place("marees")
    await reader.reply(place)

    outcome = await reader.reply(place)

    assert outcome.refusal is Refusal.DUPLICATE
    assert "doublon" in outcome.reason.lower()


async def test_too_fast_names_the_wait(wordpress, reader):
    wordpress.option("live_flood", 1)
    place = await reader.place("marees")
    await reader.reply(place)

    outcome = await reader.reply(place, replace(LETTER, text="Et encore une chose."))

    assert outcome.refusal is Refusal.TOO_FAST
    assert outcome.retry_after == timedelta(seconds=15)


@pytest.mark.parametrize(
    ("letter", "refusal"),
    [
        (replace(LETTER, name=" "), Refusal.FIELD),
        (replace(LETTER, email=""), Refusal.FIELD),
        (replace(LETTER, email="nolwenn@forêt.example"), Refusal.FIELD),
        (replace(LETTER, text=" \n"), Refusal.FIELD),
        (replace(LETTER, text="<b></b>"), Refusal.FIELD),
        (replace(LETTER, text="é" * 33_000), Refusal.TOO_LONG),
        (replace(LETTER, name="n" * 246), Refusal.TOO_LONG),
    ],
    ids=["no name", "no e-mail", "odd e-mail", "empty", "only tags", "long text", "long name"],
)
async def test_what_wordpress_would_refuse_is_not_even_sent(wordpress, reader, letter, refusal):
    before = wordpress.all_of("marees")

    outcome = await reader.reply(await reader.place("marees"), letter)

    assert (outcome.state, outcome.refusal) == (ReplyState.REJECTED, refusal)
    assert wordpress.all_of("marees") == before


async def test_an_error_that_comes_with_status_200_is_an_error(reader):
    place = await reader.place("marees")
    form = await reader.engine.prepare(place, None, None)
    # the form was read when the blog asked for nothing
    outcome = await reader.engine.send(
        place, replace(form, needs_name=False, needs_email=False), replace(LETTER, name="", email="")
    )

    assert (outcome.state, outcome.refusal) == (ReplyState.REJECTED, Refusal.FIELD)
    assert "required fields" in outcome.reason


async def test_a_closed_post_is_told_before_anything_is_sent(reader):
    with pytest.raises(ReplyError, match="closed"):
        await reader.engine.prepare(await reader.place("tempete"), None, None)


async def test_a_post_that_closes_while_one_writes(wordpress, reader):
    place = await reader.place("marees")
    form = await reader.engine.prepare(place, None, None)
    wordpress.php(
        "wp_update_post( array( 'ID' => $args['id'], 'comment_status' => 'closed' ) );", id=place.post.id
    )

    outcome = await reader.engine.send(place, form, LETTER)

    assert (outcome.state, outcome.refusal) == (ReplyState.REJECTED, Refusal.CLOSED)
    assert "closed" in outcome.reason


async def test_a_post_for_members_asks_for_a_login(reader):
    with pytest.raises(ReplyError, match="login") as refused:
        await reader.engine.prepare(await reader.place("crew-only"), None, None)

    assert refused.value.browser_url.endswith("/crew-only/")


@pytest.mark.parametrize("api_off", [0, 1], ids=["with the API", "without it"])
async def test_a_blog_that_begins_to_ask_for_a_login_while_one_writes(wordpress, reader, api_off):
    wordpress.option("live_api_off", api_off)
    place = await reader.place("marees")
    form = await reader.engine.prepare(place, None, None)
    wordpress.option("comment_registration", 1)

    outcome = await reader.engine.send(place, form, LETTER)

    assert (outcome.state, outcome.refusal) == (ReplyState.REJECTED, Refusal.LOGIN)


async def test_a_post_that_is_gone_is_told(wordpress, reader):
    place = await reader.place("marees")
    form = await reader.engine.prepare(place, None, None)
    wordpress.php("wp_delete_post( $args['id'], true );", id=place.post.id)

    outcome = await reader.engine.send(place, form, LETTER)

    assert (outcome.state, outcome.refusal) == (ReplyState.REJECTED, Refusal.UNKNOWN_POST)
    with pytest.raises(HttpStatusError):
        await reader.engine.prepare(place, None, None)


async def test_a_post_with_a_password_takes_no_reply(reader):
    with pytest.raises(ReplyError, match="password"):
        await reader.engine.prepare(await reader.place("sealed-letters"), None, None)


async def test_a_post_that_gets_a_password_while_one_writes(wordpress, reader):
    place = await reader.place("marees")
    form = await reader.engine.prepare(place, None, None)
    wordpress.php("wp_update_post( array( 'ID' => $args['id'], 'post_password' => 'x' ) );", id=place.post.id)

    outcome = await reader.engine.send(place, form, LETTER)

    assert (outcome.state, outcome.refusal) == (ReplyState.REJECTED, Refusal.PASSWORD)


# Replying: no answer


async def test_offline_a_reply_waits_and_goes_out_later(wordpress, reader):
    place = await reader.place("marees")
    form = await reader.engine.prepare(place, None, None)
    with wordpress.offline():
        # which of the two: whether a connection that was kept, or a new one, finds nobody there
        with pytest.raises((NotSentError, NoAnswerError)):
            await reader.engine.prepare(place, None, None)
        outcome = await reader.engine.send(place, form, LETTER)
    assert outcome.state is ReplyState.QUEUED

    assert (await reader.reply(place)).state is ReplyState.PUBLISHED


@pytest.mark.parametrize("api_off", [0, 1], ids=["with the API", "without it"])
@pytest.mark.parametrize("key", ["marees", "the-lamp-room"])
async def test_a_reply_that_was_stored_before_a_crash_is_found(wordpress, reader, key, api_off):
    wordpress.option("live_api_off", api_off)
    wordpress.option("live_crash", "after")
    place = await reader.place(key)
    # what WordPress makes typographic, what it makes a picture, what it makes a paragraph
    letter = replace(LETTER, text="\"Ha\" -- it's 9x9... :-D\n\nIsn't <em>it</em>? a < b")
    to = str(wordpress.all_of(key)[0]["comment_ID"])
    began = clock()

    outcome = await reader.reply(place, letter, to=to)
    found = await reader.engine.look_for(place, letter, to, began)

    assert outcome.state is ReplyState.UNCERTAIN
    assert found.state is ReplyState.PUBLISHED
    assert wordpress.stored(found.comment_id)["comment_parent"] == to


@pytest.mark.parametrize("api_off", [0, 1], ids=["with the API", "without it"])
async def test_a_reply_that_was_lost_in_a_crash_is_not_found(wordpress, reader, api_off):
    wordpress.option("live_api_off", api_off)
    place = await reader.place("marees")
    wordpress.comment("marees", LETTER.text, author="Somebody Else")
    wordpress.comment("marees", LETTER.text, author=LETTER.name, parent=wordpress.comments["marees-1"])
    wordpress.comment("marees", LETTER.text, author=LETTER.name, at="2026-06-21 09:00:00")
    wordpress.option("live_crash", "before")
    began = clock()

    outcome = await reader.reply(place)

    assert outcome.state is ReplyState.UNCERTAIN
    assert await reader.engine.look_for(place, LETTER, None, began) is None


# Replying with an account


def with_account(account: wordpress_server.Account, secret: str | None = None) -> tuple[Identity, Letter]:
    identity = Identity(id=1, name="Someone", email="someone@readers.example", username=account.username)
    letter = replace(
        LETTER, username=account.username, secret=account.application_password if secret is None else secret
    )
    return identity, letter


async def test_an_account_answers_by_the_api_under_its_own_name(wordpress, reader):
    identity, letter = with_account(wordpress.maelle)
    place = await reader.place("marees")
    to = str(wordpress.comments["marees-6"])

    form = await reader.engine.prepare(place, to, identity)
    outcome = await reader.engine.send(place, form, letter)

    assert form.way == "rest"
    assert outcome.state is ReplyState.PUBLISHED
    row = wordpress.stored(outcome.comment_id)
    assert (row["comment_author"], row["comment_parent"]) == ("Maëlle Riou", to)
    found = await reader.engine.look_for(place, letter, to, clock())
    assert found.comment_id == outcome.comment_id


async def test_an_account_may_answer_where_others_must_sign_in(wordpress, reader):
    identity, letter = with_account(wordpress.maelle)
    place = await reader.place("crew-only")

    form = await reader.engine.prepare(place, None, identity)

    assert (await reader.engine.send(place, form, letter)).state is ReplyState.PUBLISHED


async def test_an_accounts_reply_may_be_held(wordpress, reader):
    identity, letter = with_account(wordpress.maelle)
    place = await reader.place("boite-aux-lettres")

    outcome = await reader.engine.send(place, await reader.engine.prepare(place, None, identity), letter)

    assert outcome.state is ReplyState.HELD
    wordpress.approve(outcome.comment_id)
    assert (await reader.engine.check(place, outcome.comment_id)).state is ReplyState.PUBLISHED


@pytest.mark.parametrize("secret", ["wrong wrong wrong wrong", "maelle-password", ""])
async def test_a_wrong_password_is_not_taken_for_a_stranger(wordpress, reader, secret):
    identity, letter = with_account(wordpress.maelle, secret)
    place = await reader.place("marees")

    outcome = await reader.engine.send(place, await reader.engine.prepare(place, None, identity), letter)

    assert (outcome.state, outcome.refusal) == (ReplyState.REJECTED, Refusal.LOGIN)
    assert "application password" in outcome.reason


async def test_the_api_refuses_in_its_own_way(wordpress, reader):
    identity, letter = with_account(wordpress.maelle)
    place = await reader.place("marees")
    form = await reader.engine.prepare(place, None, identity)
    await reader.engine.send(place, form, letter)

    twice = await reader.engine.send(place, form, letter)
    wordpress.option("live_flood", 1)
    soon = await reader.engine.send(place, form, replace(letter, text="Et encore."))
    wordpress.php(
        "wp_update_post( array( 'ID' => $args['id'], 'comment_status' => 'closed' ) );", id=place.post.id
    )
    late = await reader.engine.send(place, form, replace(letter, text="Et enfin."))
    wordpress.php("wp_delete_post( $args['id'], true );", id=place.post.id)
    gone = await reader.engine.send(place, form, replace(letter, text="Et après ?"))

    refusals = [outcome.refusal for outcome in (twice, soon, late, gone)]
    assert refusals == [Refusal.DUPLICATE, Refusal.TOO_FAST, Refusal.CLOSED, Refusal.UNKNOWN_POST]
    assert soon.retry_after == timedelta(seconds=15)
    assert all(
        outcome.state is ReplyState.REJECTED and outcome.reason for outcome in (twice, soon, late, gone)
    )


async def test_an_account_offline_waits(wordpress, reader):
    identity, letter = with_account(wordpress.maelle)
    place = await reader.place("marees")
    form = await reader.engine.prepare(place, None, identity)

    with wordpress.offline():
        outcome = await reader.engine.send(place, form, letter)

    assert outcome.state is ReplyState.QUEUED
