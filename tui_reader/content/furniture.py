"""Tells the furniture of a page from its text: buttons, counters, calls to subscribe, lists of other posts.

Two ways: the class that a system gives such a thing, and, at the end of a body, its shape. The words
themselves are in the blog's language and tell little.
"""

import re
from collections.abc import Sequence

from tui_reader.content.blocks import Block, Heading, Paragraph, Rule, Span
from tui_reader.content.links import host_of, without_fragment
from tui_reader.content.markup import Start

# fmt: off
HIDDEN_CLASSES = frozenset({
    # the engine says that a password is needed
    "post-password-form",
    # words for those who hear the page
    "screen-reader-text", "sr-only", "visually-hidden", "visuallyhidden",
    # anchors beside headings, numbers beside lines of code
    "headerlink", "heading-anchor", "header-anchor", "heading-link", "hash-link", "anchorjs-link",
    "gutter", "rouge-gutter", "lineno", "linenos", "linenodiv", "line-numbers-rows", "blob-num",
    "crayon-nums", "crayon-toolbar", "crayon-plain-wrap", "hljs-ln-numbers", "enlighter-toolbar",
    "code-block-pro-copy-button", "copy-button", "copy-code-button", "gist-meta",
    # formulas a second time, as they were before they were set or as they are drawn
    "MathJax_Preview", "MathJax", "MathJax_Display", "MathJax_SVG", "MathJax_CHTML", "katex-html",
    # buttons to share
    "sharedaddy", "sd-sharing", "sd-like", "jp-sharing", "addtoany_share_save_container",
    "addtoany_content", "heateor_sss_sharing_container", "heateorSssClear", "shareaholic-canvas",
    "ssba", "ssbp-wrap", "simplesocialbuttons", "essb_links", "swp_social_panel", "social-share",
    "share-buttons", "sharing-buttons", "post-share", "share-post", "addthis_toolbox",
    "addthis_inline_share_toolbox", "a2a_kit", "twitter-share-button", "fb-like", "fb-share-button",
    "feedflare", "post-views", "wp-block-social-links", "wp-postratings", "post-ratings",
    "pinit-button", "post-share-buttons", "share-button", "sharethis-inline-share-buttons",
    "image-share", "kg-share",
    # calls to subscribe
    "subscription-widget-wrap", "subscription-widget-wrap-editor", "subscription-widget",
    "wp-block-jetpack-subscriptions", "jetpack_subscription_widget",
    "wp-block-jetpack-subscriptions__container", "mc4wp-form", "mc_embed_signup", "newsletter-signup",
    "kg-signup-card", "kg-email-cta-card", "captioned-button-wrap", "hide-text",
    "install-substack-app-embed", "community-chat", "paywall-jump", "gh-post-upgrade-cta",
    "wp-block-mailpoet-subscription-form",
    # lists of other posts, and the way to this one
    "jp-relatedposts", "yarpp", "yarpp-related", "crp_related", "related-posts", "relatedposts",
    "related_posts", "wp_rp_wrap", "zem_rp_wrap", "more-link", "wp-block-read-more", "excerpt-more",
    "post-navigation", "nav-links", "authorbox", "pld-like-dislike-wrap", "embedded-post-cta",
    "embedded-post-header", "embedded-post-meta",
    # what a card or a player shows beside its words
    "image-link-expand", "kg-bookmark-thumbnail", "kg-bookmark-icon", "kg-audio-thumbnail",
    "kg-audio-player", "kg-video-overlay", "kg-video-player-container", "kg-file-card-icon",
    "kg-product-card-image", "js-mixtapeImage", "mixtapeImage", "embedded-post-publication-logo",
    "wp-block-file__button", "wp-block-file__embed", "wp-embed-footer", "wp-embed-share",
    "native-audio-embed-controls", "mce-pagebreak",
})
# fmt: on
"""Classes of what a page does not say, or says for machines and buttons."""

_TEXT_AROUND = 120
"""Characters around the links of "The post … appeared first on …", in any language."""

_ON_MEDIUM = re.compile(r"was originally published in .{1,200} on Medium, where people are continuing")
_ARROWS = re.compile(r"[\s\[\]().…»›→➔➜>↩-]*")


def without_ends(blocks: Sequence[Block], base: str) -> int:
    """How many of the blocks are the post: those that say at its end where it came from are not.

    Args:
        blocks: A whole body.
        base: The address of the post.
    """
    end = len(blocks)
    while end > 0:
        block = blocks[end - 1]
        if (isinstance(block, Paragraph) and _is_end(block.spans, base, is_alone=end == 1)) or (
            isinstance(block, Rule | Heading) and end < len(blocks)
        ):
            # a rule or a heading with nothing below it any more belonged to what went
            end -= 1
        else:
            break
    return end


def is_button(tag: Start) -> bool:
    """Whether a link in a button of a newsletter asks to subscribe, to share or to comment."""
    address = tag.get("href").lower()
    return any(
        act in address
        for act in (
            "/subscribe?",
            "/subscribe#",
            "action=share",
            "/comments?",
            "utm_medium=cta",
            "/#/portal/",
        )
    ) or address.endswith(("/subscribe", "/comments"))


def without_anchor(spans: tuple[Span, ...], base: str) -> tuple[Span, ...]:
    """A heading without the sign that links to the heading itself."""
    last = spans[-1]
    if last.text.endswith("¶") and len(last.text) > 1:
        spans = (*spans[:-1], Span(last.text[:-1].rstrip(), last.styles, last.href))
    while len(spans) > 1 and _is_anchor(spans[-1], base):
        spans = spans[:-1]
    while len(spans) > 1 and _is_anchor(spans[0], base):
        spans = spans[1:]
    if spans and (spans[-1].text.endswith(" ") or spans[0].text.startswith(" ")):
        first, last = spans[0], spans[-1]
        spans = (Span(first.text.lstrip(), first.styles, first.href), *spans[1:])
        last = spans[-1]
        spans = (*spans[:-1], Span(last.text.rstrip(), last.styles, last.href))
    return spans


def _is_anchor(span: Span, base: str) -> bool:
    text = span.text.strip()
    if not text and not span.href:
        return True
    if len(text) > 2 or any(character.isalnum() for character in text):
        return False
    return text in {"#", "##", "¶", "§", "🔗", "⚓", "∞"} or bool(
        span.href and without_fragment(span.href) == base
    )


def _is_end(spans: Sequence[Span], base: str, *, is_alone: bool) -> bool:
    text = "".join(span.text for span in spans)
    if _ON_MEDIUM.search(text):
        return True
    links = [span for span in spans if span.href]
    if not links or len(links) > 6:
        return False
    around = "".join(span.text for span in spans if not span.href)
    addresses = list(dict.fromkeys(span.href for span in links if span.href))
    to_itself = _is_same(addresses[0], base) and not _leads_within(addresses[0])
    if len(addresses) == 2 and to_itself and len(around) <= _TEXT_AROUND:
        # "The post X appeared first on Y."
        return host_of(addresses[1]) == host_of(base) and _is_home(addresses[1], base)
    # "Continue reading →": nothing but a link to the post itself
    return (
        len(addresses) == 1
        and to_itself
        and not is_alone
        and bool(_ARROWS.fullmatch(around))
        and len(text) < 200
    )


def _is_same(url: str, base: str) -> bool:
    return _page(url) == _page(base)


def _leads_within(url: str) -> bool:
    """Whether a place on the page is meant: a note, a heading; not where WordPress cut the post."""
    place = url.partition("#")[2]
    return bool(place) and not place.startswith(("more", "respond", "comments"))


def _page(url: str) -> str:
    page = without_fragment(url).partition("?utm_")[0]
    return page.partition("://")[2].removeprefix("www.").rstrip("/")


def _is_home(url: str, base: str) -> bool:
    """Whether an address is the front page of the blog: above the post in its path."""
    home, post = _page(url), _page(base)
    return home != post and (post.startswith(f"{home}/") or "/" not in home)
