"""The demo blog's pages have the markup that comment readers walk through."""

from datetime import datetime

import pytest
from selectolax.lexbor import LexborHTMLParser


async def tree(client, url):
    response = await client.get(url)
    assert response.headers["content-type"] == "text/html; charset=UTF-8"
    return LexborHTMLParser(response.text)


def parents(page):
    """Each comment's id with the id of the comment that it stands inside."""
    found = {}
    for item in page.css("ol.comment-list li"):
        above = item.parent
        while above is not None and above.tag != "li":
            above = above.parent
        found[item.id] = None if above is None else above.id
    return found


async def test_front_page_names_feeds_and_leads_to_every_post(client, server):
    page = await tree(client, "/")

    feeds = {link.attributes["href"] for link in page.css('link[rel=alternate][type="application/rss+xml"]')}
    assert feeds == {server.url + "feed/", server.url + "comments/feed/"}
    assert {link.attributes["href"] for link in page.css("h2.entry-title a")} == {
        server.post_url(post.id) for post in server.demo_blogs[0].posts
    }


async def test_post_page_names_its_comment_feed_and_number(client, server):
    response = await client.get(server.post_url(44))

    page = LexborHTMLParser(response.text)
    feeds = {link.attributes["href"] for link in page.css('link[rel=alternate][type="application/rss+xml"]')}
    assert server.post_url(44) + "feed/" in feeds
    assert (
        f'<{server.url}wp-json/wp/v2/posts/44>; rel="alternate"; type="application/json"'
        in response.headers["link"]
    )
    assert page.css_first('link[rel="shortlink"]').attributes["href"] == f"{server.url}?p=44"


async def test_nesting_on_the_page_is_the_nesting_of_the_comments(client, server):
    page = await tree(client, server.post_url(44))

    expected = {
        f"comment-{comment.id}": f"comment-{comment.parent_id}" if comment.parent_id else None
        for comment in server.demo_blogs[0].comments_on(44)
    }
    assert parents(page) == expected
    assert page.css_first("li.depth-5") is not None


async def test_a_comment_item_carries_author_date_and_body(client, server):
    comment = next(one for one in server.demo_blogs[0].comments_on(44) if one.is_by_author)
    item = (await tree(client, server.post_url(44))).css_first(f"li#comment-{comment.id}")

    assert {"comment", "bypostauthor"} <= set(item.attributes["class"].split())
    article = item.css_first(f"article#div-comment-{comment.id}")
    assert article.css_first(".comment-author .fn").text() == "Maren Quill"
    shown = article.css_first("time").attributes["datetime"]
    assert datetime.fromisoformat(shown) == comment.published
    assert shown.endswith("+01:00")
    assert article.css_first(".comment-content p") is not None
    link = article.css_first("a.comment-reply-link")
    assert (link.attributes["data-commentid"], link.attributes["data-postid"]) == (str(comment.id), "44")


async def test_pingback_is_an_item_without_a_body(client, server):
    item = (await tree(client, server.post_url(44))).css_first("li.pingback")

    assert item.text().strip().startswith("Pingback: Low water, high pressure")
    assert item.css_first("a.url").attributes["href"].startswith("https://salt-and-paper.example/")
    assert item.css_first(".comment-content") is None


async def test_many_threads_stand_on_three_pages_and_the_bare_address_shows_the_last(client, server):
    address = server.post_url(31)
    pages = [await tree(client, f"{address}comment-page-{number}/") for number in (1, 2, 3)]
    bare = await tree(client, address)

    ids = [identity for page in pages for identity in parents(page)]
    assert sorted(ids) == sorted(f"comment-{comment.id}" for comment in server.demo_blogs[0].comments_on(31))
    assert parents(bare) == parents(pages[2])
    assert [len(page.css("ol.comment-list > li")) for page in pages] == [50, 50, 4]
    links = {link.attributes["href"] for link in bare.css("a.page-numbers")}
    assert links == {f"{address}comment-page-{number}/#comments" for number in (1, 2)}


async def test_comment_page_that_is_not_there_is_empty(client, server):
    page = await tree(client, server.post_url(31) + "comment-page-99/")

    assert page.css("ol.comment-list li") == []


async def test_deeper_than_five_levels_the_page_flattens_and_the_parent_is_kept(client, server, letter):
    blog = server.demo_blogs[0]
    deepest = max(blog.comments_on(44), key=lambda comment: depth(blog, comment))
    for text in ("six", "seven"):
        await client.post("/wp-comments-post.php", data=letter(text=text, comment_parent=deepest.id))
        deepest = blog.comments[-1]

    page = await tree(client, server.post_url(44))

    assert depth(blog, deepest) == 7
    item = page.css_first(f"li#comment-{deepest.id}")
    assert "depth-5" in item.attributes["class"]
    assert item.css_first("a.comment-reply-link") is None


def depth(blog, comment):
    steps = 1
    while comment.parent_id:
        comment = blog.comment(comment.parent_id)
        steps += 1
    return steps


async def test_answers_to_a_removed_comment_are_not_on_the_page(client, server):
    blog = server.demo_blogs[0]
    orphan = next(comment for comment in blog.comments_on(38) if comment.parent_id)
    blog.remove(orphan.parent_id)

    page = await tree(client, server.post_url(38))

    assert f"comment-{orphan.id}" not in parents(page)
    listed = (await client.get("/wp-json/wp/v2/comments?post=38")).json()
    assert orphan.id in {comment["id"] for comment in listed}


async def test_the_form_asks_what_wordpress_asks(client, server):
    form = (await tree(client, server.post_url(44))).css_first("form#commentform")

    assert form.attributes["action"] == server.url + "wp-comments-post.php"
    assert form.css_first("input[name=comment_post_ID]").attributes["value"] == "44"
    assert form.css_first("input[name=comment_parent]").attributes["value"] == "0"
    assert {"comment", "author", "email"} == {
        field.attributes["name"] for field in form.css("input[required], textarea[required]")
    }
    assert form.css_first("input[name=wp-comment-cookies-consent]").attributes.get("checked", "no") == "no"


async def test_replytocom_sets_whom_the_form_answers(client, server):
    page = await tree(client, server.post_url(44) + "?replytocom=107")

    assert page.css_first("input[name=comment_parent]").attributes["value"] == "107"


async def test_closed_post_shows_its_comments_and_no_form(client, server):
    page = await tree(client, server.post_url(17))

    assert page.css_first(".no-comments").text() == "Comments are closed."
    assert len(page.css("ol.comment-list li")) == 3
    assert page.css_first("form#commentform") is None
    assert page.css_first("a.comment-reply-link") is None


async def test_post_without_comments_has_a_form_and_no_list(client, server):
    page = await tree(client, server.post_url(52))

    assert page.css_first("ol.comment-list") is None
    assert page.css_first("form#commentform") is not None


async def test_password_opens_a_protected_post_for_whoever_gave_it(client, server):
    address = server.post_url(12)
    closed = await tree(client, address)
    answer = await client.post(
        "/wp-login.php?action=postpass", data={"post_password": "limpet"}, headers={"Referer": address}
    )
    opened = await tree(client, address)

    assert closed.css_first("form.post-password-form") is not None
    assert closed.css_first("#comments") is None
    assert (answer.status_code, answer.headers["location"]) == (302, address)
    assert "third stone from the tap" in opened.css_first(".entry-content").text()
    assert opened.css_first("form#commentform") is not None


async def test_wrong_password_opens_nothing(client, server):
    await client.post("/wp-login.php?action=postpass", data={"post_password": "whelk"})

    page = await tree(client, server.post_url(12))

    assert page.css_first("form.post-password-form") is not None


async def test_password_form_leads_to_no_other_site(client, server):
    answer = await client.post(
        "/wp-login.php?action=postpass",
        data={"post_password": "x"},
        headers={"Referer": "https://elsewhere.example/"},
    )

    assert answer.headers["location"] == server.url


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("/?p=44", "/2026/08/what-the-tide-table-does-not-say/"),
        ("/?feed=rss2&p=44", "/2026/08/what-the-tide-table-does-not-say/feed/"),
        ("/?feed=atom&p=44", "/2026/08/what-the-tide-table-does-not-say/feed/atom/"),
        ("/?feed=rss2", "/feed/"),
        ("/?feed=comments-atom", "/comments/feed/atom/"),
        ("/feed", "/feed/"),
        ("/carnet", "/carnet/"),
        ("/carnet/?p=27", "/carnet/2026/08/le-bac-de-sept-heures/"),
        ("/2026/08/what-the-tide-table-does-not-say", "/2026/08/what-the-tide-table-does-not-say/"),
    ],
)
async def test_other_spellings_move_to_the_pretty_address(client, server, asked, given):
    response = await client.get(asked)

    assert (response.status_code, response.headers["location"]) == (301, server.url.rstrip("/") + given)


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere/",
        "/?p=999",
        "/?p=x",
        "/1999/01/name-the-boat/",
        "/favicon.ico",
        "/carnet/2026/08/nope/",
        "/%00/",
    ],
)
async def test_what_is_not_there_is_not_found(client, path):
    assert (await client.get(path)).status_code == 404


async def test_every_picture_of_every_post_is_served(client, server):
    sources = set()
    for address, blog in zip(server.blogs, server.demo_blogs, strict=True):
        for post in blog.posts:
            page = await tree(client, server.post_url(post.id, address))
            sources |= {image.attributes["src"] for image in page.css(".entry-content img")}

    assert len(sources) == 2
    for source in sources:
        response = await client.get(source)
        assert response.headers["content-type"] == "image/png"
        assert response.content.startswith(b"\x89PNG\r\n\x1a\n")
        assert response.content[16:24] == (480).to_bytes(4, "big") + (300).to_bytes(4, "big")
