"""What entries carry beside their text: recordings, films, pictures and files; and notes without a title."""

import json

from test_parse_posts import URL, atom_post, post_of, rss

from tui_reader.content.readable import document, plain_text
from tui_reader.feeds.parse import parse_feed

AUDIO = '<enclosure url="https://feed.example/a/ep9.mp3" length="9" type="audio/mpeg"/>'
ITUNES = '<d:duration xmlns:d="http://www.itunes.com/dtds/podcast-1.0.dtd">1:09:00</d:duration>'


def shown(post) -> str:
    return plain_text(document(post.html, post.url))


def test_a_recording_stands_below_its_notes_with_its_length():
    post = post_of(f"<title>Nine</title><description>&lt;p&gt;Notes.&lt;/p&gt;</description>{AUDIO}{ITUNES}")
    assert "Notes." in shown(post)
    assert "▶ ep9.mp3 (1:09:00)" in shown(post)
    assert not post.is_excerpt


def test_a_recording_alone_is_a_post():
    post = post_of(f"<title>Nine</title>{AUDIO}")
    assert "▶ ep9.mp3" in shown(post)
    assert "https://feed.example/a/ep9.mp3" in post.html


def test_what_the_text_shows_itself_is_not_shown_again():
    body = '&lt;audio src="https://feed.example/a/ep9.mp3"&gt;&lt;/audio&gt;'
    post = post_of(f"<title>Nine</title><description>{body}</description>{AUDIO}{AUDIO}")
    assert post.html.count("ep9.mp3") == 1


def test_an_atom_enclosure_and_a_file():
    post = atom_post(
        '<title>A</title><id>a</id><link rel="enclosure" type="application/pdf" href="/plan.pdf"/>'
        '<content type="html">Words</content><link href="https://feed.example/a"/>'
    )
    assert '<a href="https://feed.example/plan.pdf">plan.pdf</a>' in post.html


def test_a_picture_of_media_rss_is_shown_where_the_text_has_none_and_a_face_never():
    picture = '<media:content url="https://feed.example/p.jpg" medium="image" type="image/jpeg"/>'
    face = '<media:content url="https://0.gravatar.com/avatar/1" medium="image"/>'
    assert '<img src="https://feed.example/p.jpg"' in post_of(f"<title>P</title>{face}{picture}").html
    assert "gravatar" not in post_of(f"<title>P</title>{face}{picture}").html
    own = "&lt;img src='/own.png'&gt;"
    assert "p.jpg" not in post_of(f"<title>P</title><description>{own}</description>{picture}").html


def test_attachments_of_a_json_feed():
    files = [
        {"url": "/e.m4a", "mime_type": "audio/x-m4a", "title": "Part <one>", "duration_in_seconds": 4140},
        {"url": "javascript:1", "mime_type": "audio/mpeg"},
        {"url": "/n.bin", "mime_type": 7, "duration_in_seconds": True},
        "odd",
    ]
    item = {"id": "a", "url": "https://feed.example/a", "title": "A", "attachments": files}
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [item]}
    (post,) = parse_feed(json.dumps(feed).encode(), URL).posts
    assert "▶ e.m4a (Part <one> · 1:09:00)" in shown(post)
    assert "n.bin" in post.html
    assert "javascript" not in post.html


def test_a_name_that_is_markup_stays_a_name():
    post = post_of('<title>A</title><enclosure url="https://feed.example/%3Cb%3E%22.mp3" type="audio/mpeg"/>')
    assert '▶ <b>".mp3' in shown(post)


def test_a_flood_of_files_is_cut():
    files = "".join(f'<enclosure url="https://feed.example/{n}.mp3" type="audio/mpeg"/>' for n in range(99))
    assert post_of(f"<title>A</title>{files}").html.count("<audio") == 12


def test_a_note_without_a_title_is_whole():
    assert not post_of(
        "<link>https://feed.example/1</link><description>Just had tea.</description>"
    ).is_excerpt
    assert post_of("<title>T</title><description>Just had tea.</description>").is_excerpt


def test_a_picture_without_words_is_called_by_what_it_shows():
    body = "&lt;img src='/b.png' alt='A red boat &amp;amp; fog'&gt;"
    feed = parse_feed(rss(f"<item><description>{body}</description></item>"), URL)
    assert feed.posts[0].title == "A red boat & fog"
