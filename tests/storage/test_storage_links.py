"""Which links lead to a stored post, and to which comment under it."""

import pytest

from tui_reader.storage import blogs, links


@pytest.mark.parametrize(
    ("url", "comment"),
    [
        ("https://boats.example/2026/oars/", None),
        ("http://boats.example/2026/oars?utm_source=feed#more", None),
        ("https://boats.example/2026/oars/#comment-17", "17"),
        ("https://boats.example/2026/oars/comment-page-3/#comment-17", "17"),
        ("https://boats.example/2026/oars/?cpage=2#li-comment-17", "17"),
        ("https://boats.example/2026/oars/?replytocom=17#respond", "17"),
        ("https://boats.example/?p=4", None),
        ("http://boats.example/?p=4#comment-17", "17"),
    ],
)
def test_every_form_of_its_address_leads_to_the_post(db, add_blog, add_post, url, comment):
    blog = add_blog()
    post = add_post(blog=blog, guid="http://boats.example/?p=4", url="https://boats.example/2026/oars/")
    found = links.linked(db, url)
    assert found is not None
    assert (found[0].id, found[1]) == (post.id, comment)


@pytest.mark.parametrize(
    "url", ["https://boats.example/", "https://boats.example/?p=5", "https://[", "mailto:a@b.example", ""]
)
def test_other_addresses_lead_nowhere(db, add_blog, add_post, url):
    add_post(guid="http://boats.example/?p=4", url="https://boats.example/2026/oars/")
    assert links.linked(db, url) is None


def test_a_post_of_a_blog_that_is_not_followed_is_opened_in_the_browser(db, add_blog, add_post):
    blog = add_blog(is_subscribed=False)
    add_post(blog=blog, guid="http://boats.example/?p=4", url="https://boats.example/2026/oars/")
    assert not blogs.get_blog(db, blog.id).is_subscribed
    assert links.linked(db, "https://boats.example/2026/oars/") is None
    assert links.linked(db, "https://boats.example/?p=4") is None
