"""The demo blog's feeds are well formed and carry what a reader looks for in WordPress's."""

import httpx
import pytest

from tui_reader.demo import DemoServer


async def test_main_rss_names_comment_feed_count_and_number_of_each_post(client, server, read_feed):
    feed = read_feed((await client.get("/feed/")).content)

    post = next(entry for entry in feed.entries if entry.id.endswith("?p=44"))
    assert feed.version == "rss20"
    assert len(feed.entries) == 7
    assert post.wfw_commentrss == server.post_url(44) + "feed/"
    assert post.slash_comments == str(len(server.demo_blogs[0].comments_on(44)))
    assert post.comments == server.post_url(44) + "#comments"
    assert feed.feed.generator == "https://wordpress.org/?v=6.1&demo=tui_reader"


async def test_main_atom_leads_to_the_atom_feed_of_the_comments(client, server, read_feed):
    feed = read_feed((await client.get("/feed/atom/")).content)

    post = next(entry for entry in feed.entries if entry.id.endswith("?p=44"))
    replies = {link.type: link for link in post.links if link.rel == "replies"}
    assert feed.version == "atom10"
    assert replies["application/atom+xml"].href == server.post_url(44) + "feed/atom/"
    assert replies["text/html"]["thr:count"] == str(len(server.demo_blogs[0].comments_on(44)))


async def test_the_french_blog_lives_in_a_folder_and_says_so_everywhere(client, server, read_feed):
    home = server.blogs[1]
    feed = read_feed((await client.get("/carnet/feed/")).content)

    assert home.endswith("/carnet/")
    assert feed.feed.language == "fr-FR"
    assert len(feed.entries) == 3
    assert all(entry.link.startswith(home) and entry.id.startswith(home + "?p=") for entry in feed.entries)


async def test_comment_feeds_hold_the_newest_ten_only(client, server, read_feed):
    rss = read_feed((await client.get(server.post_url(31) + "feed/")).content)
    again = read_feed((await client.get(server.post_url(31) + "feed/?paged=2")).content)
    newest = [comment.id for comment in server.demo_blogs[0].comments_on(31)][:-11:-1]

    assert [int(entry.id.rpartition("-")[2]) for entry in rss.entries] == newest
    assert [entry.id for entry in again.entries] == [entry.id for entry in rss.entries]


async def test_atom_comment_feed_names_parents_by_their_ids(client, server, read_feed):
    feed = read_feed((await client.get(server.post_url(44) + "feed/atom/")).content)

    for entry in feed.entries:
        comment = server.demo_blogs[0].comment(int(entry.id.rpartition("-")[2]))
        guid = f"{server.url}?p=44"
        expected = f"{guid}#comment-{comment.parent_id}" if comment.parent_id else guid
        assert entry["thr_in-reply-to"]["ref"] == expected


async def test_rss_comment_says_in_its_body_whom_it_answers(client, server, read_feed):
    feed = read_feed((await client.get("/carnet/2026/08/le-bac-de-sept-heures/feed/")).content)

    answer = next(entry for entry in feed.entries if "Samedi" in entry.content[0].value)
    assert answer.content[0].value.startswith("<p>En réponse à <a href=")


async def test_emoji_in_feeds_are_pictures_with_a_text_in_their_place(client, server, read_feed):
    server.demo_blogs[0].publish("With a bell", "<p>Ring 🔔 twice.</p>", server.demo_blogs[0].posts_changed)

    feed = read_feed((await client.get("/feed/")).content)

    body = next(entry for entry in feed.entries if entry.title == "With a bell").content[0].value
    assert 'alt="🔔" class="wp-smiley"' in body


async def test_the_blogs_comment_feeds_mix_the_posts(client, letter, read_feed):
    await client.post("/wp-comments-post.php", data=letter(post_id=38))
    for path in ("/comments/feed/", "/comments/feed/atom/"):
        feed = read_feed((await client.get(path)).content)
        assert len(feed.entries) == 10
        assert len({entry.id.partition("#")[0] for entry in feed.entries}) > 1


async def test_protected_post_shows_a_form_in_place_of_its_texts(client, server, read_feed):
    posts = read_feed((await client.get("/feed/")).content)
    comments = read_feed((await client.get(server.post_url(12) + "feed/")).content)

    post = next(entry for entry in posts.entries if entry.id.endswith("?p=12"))
    assert post.title == "Protected: The key under the third stone"
    assert "post-password-form" in post.content[0].value
    assert "oars" not in post.content[0].value + post.summary
    assert comments.entries[0].author == "Ines Caddow"
    assert "post-password-form" in comments.entries[0].content[0].value


async def test_closed_post_without_comments_names_no_comment_feed(client, server, clock, read_feed):
    blog = server.demo_blogs[0]
    quiet = blog.publish("Nothing to add", "<p>Really.</p>", clock())
    blog.edit(quiet.id, clock(), takes_comments=False)

    feed = read_feed((await client.get("/feed/")).content)

    entry = next(entry for entry in feed.entries if entry.title == "Nothing to add")
    assert "wfw_commentrss" not in entry


async def test_past_the_last_page_the_main_feed_is_not_found(client):
    assert (await client.get("/feed/?paged=2")).status_code == 404


@pytest.mark.parametrize("path", ["/feed/", "/feed/atom/", "/comments/feed/", "/carnet/feed/"])
async def test_unchanged_feed_answers_304_to_either_validator_or_both(client, path):
    first = await client.get(path)
    etag = {"If-None-Match": first.headers["etag"]}
    date = {"If-Modified-Since": first.headers["last-modified"]}

    for headers in (etag, date, etag | date):
        again = await client.get(path, headers=headers)
        assert (again.status_code, again.content) == (304, b"")


async def test_weakened_etag_is_not_recognised_as_on_wordpress(client):
    first = await client.get("/feed/")
    weak = {"If-None-Match": "W/" + first.headers["etag"]}
    date = {"If-Modified-Since": first.headers["last-modified"]}

    assert (await client.get("/feed/", headers=weak)).status_code == 200
    assert (await client.get("/feed/", headers=weak | date)).status_code == 200


async def test_new_comment_changes_every_comment_feed_and_not_the_main_one(client, server, letter):
    main = (await client.get("/feed/")).headers["etag"]
    other = (await client.get(server.post_url(38) + "feed/")).headers["etag"]

    await client.post("/wp-comments-post.php", data=letter())

    assert (await client.get("/feed/", headers={"If-None-Match": main})).status_code == 304
    changed = await client.get(server.post_url(38) + "feed/", headers={"If-None-Match": other})
    assert changed.status_code == 200


async def test_two_comments_in_one_second_still_change_the_validators_twice(client, server, letter):
    feed = server.post_url(44) + "feed/"
    seen = set()
    for text in ("first", "second"):
        await client.post("/wp-comments-post.php", data=letter(text=text))
        seen.add((await client.get(feed)).headers["etag"])

    assert len(seen) == 2


async def test_edited_post_changes_the_main_feed(client, server, clock):
    etag = (await client.get("/feed/")).headers["etag"]
    clock.on(minutes=5)
    server.demo_blogs[0].edit(38, clock(), title="A barometer in forty-one lines")

    response = await client.get("/feed/", headers={"If-None-Match": etag})

    assert "A barometer in forty-one lines" in response.text


async def test_hostile_comment_leaves_the_feeds_well_formed(client, server, letter, read_feed):
    text = "]]> <script>alert(1)</script> \x00\x1b[2J & <b>bold \ufffe <i>both</b> &lt;done"
    await client.post("/wp-comments-post.php", data=letter(text=text, author="]]>\x07<b>Eve"))

    for end in ("feed/", "feed/atom/"):
        feed = read_feed((await client.get(server.post_url(44) + end)).content)
        assert "<b>bold" in feed.entries[0].content[0].value
        assert "<script" not in feed.entries[0].content[0].value


async def test_every_feed_says_where_the_rest_api_is(client, server):
    main = await client.get("/feed/")
    comments = await client.get(server.post_url(44) + "feed/atom/")

    assert main.headers["link"] == f'<{server.url}wp-json/>; rel="https://api.w.org/"'
    assert f'<{server.url}wp-json/wp/v2/posts/44>; rel="alternate"' in comments.headers["link"]
    assert f"<{server.url}?p=44>; rel=shortlink" in comments.headers["link"]


async def test_posts_always_look_fresh(clock, read_feed):
    clock.on(days=400)
    async with DemoServer(now=clock) as server, httpx.AsyncClient() as client:
        feed = read_feed((await client.get(server.url + "feed/")).content)

    assert feed.entries[0].published_parsed[:5] == (2027, 9, 7, 11, 20)
