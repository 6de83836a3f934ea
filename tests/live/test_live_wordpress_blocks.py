"""A post with every block of WordPress's own, from a real WordPress to a page that reads well."""

from pathlib import Path

import pytest

from tui_reader.bootstrap import open_services
from tui_reader.content.blocks import Code, Fold, Heading, Image, Table
from tui_reader.content.readable import plain_text

pytestmark = pytest.mark.live

FOLDER = Path(__file__).parent / "wordpress"
MARKUP = (FOLDER / "blocks.html").read_text(encoding="utf-8")

POSTING = """
    kses_remove_filters();
    $id = wp_insert_post( wp_slash( array(
        'post_title' => 'Every block', 'post_name' => 'every-block', 'post_status' => 'publish',
        'post_content' => $args['markup'], 'post_author' => 1,
    ) ), true );
    update_post_meta( $id, 'footnotes', wp_slash( wp_json_encode( array(
        array( 'id' => '4f6a', 'content' => 'By Mr <em>Kerbrat</em>.' ) ) ) ) );
    return get_permalink( $id );
"""

# What is placed by themes around posts, or is made of other posts: no part of what somebody writes.
# fmt: off
OF_THEMES = (
    "archives", "avatar", "calendar", "categories", "comment-", "comments", "home-link", "latest-",
    "legacy-widget", "loginout", "navigation", "page-list", "pattern", "post-", "query", "rss",
    "search", "site-", "tag-cloud", "template-part", "term-", "widget-group", "block", "missing",
    "nextpage", "text-columns",
)
# fmt: on


async def test_a_post_with_every_block_reads_well(wordpress, tmp_path):
    url = wordpress.php(POSTING, markup=MARKUP)
    services = open_services(tmp_path / "home", throw_away=True)
    await services.subscriptions.add(wordpress.url)
    post = await services.library.find_post(url)
    doc = await services.library.body(post.id)
    await services.close()
    told = plain_text(doc, 72, with_links=True).replace(wordpress.url, "https://phare.example/")
    assert told == (FOLDER / "blocks.txt").read_text(encoding="utf-8").rstrip("\n")
    kinds = {type(block) for block in doc.blocks}
    assert {Code, Fold, Heading, Image, Table} <= kinds


def test_every_block_that_people_write_with_is_in_that_post(wordpress):
    names = wordpress.php(
        "return array_keys( WP_Block_Type_Registry::get_instance()->get_all_registered() );"
    )
    own = [name.removeprefix("core/") for name in names if name.startswith("core/")]
    missing = [
        name
        for name in own
        if f"wp:{name}" not in MARKUP and not any(name.startswith(part) for part in OF_THEMES)
    ]
    assert missing == []
