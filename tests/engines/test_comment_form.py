"""The comment form of a page: found, read, or refused with a reason."""

import pytest

from tui_reader import language
from tui_reader.engines.comment_form import CommentForm, NoForm, WhyNot, read

PAGE = "https://blog.example/2026/03/quay/"
FIELDS = """
  <p><label for="author">Name <span class="required">*</span></label>
     <input id="author" name="author" type="text" maxlength="245" autocomplete="name" required></p>
  <p><label for="email">Email</label><input id="email" name="email" type="email" maxlength="100" required></p>
  <p><label for="url">Website</label><input id="url" name="url" type="url"></p>
"""
TEXT = '<textarea id="comment" name="comment" maxlength="65525" required></textarea>'
HIDDEN = """
  <input type="hidden" name="comment_post_ID" value="43"><input type="hidden" name="comment_parent" value="0">
"""


def page(
    inside: str = f"{TEXT}{FIELDS}{HIDDEN}",
    *,
    action: str = "https://blog.example/wp-comments-post.php",
    attributes: str = 'id="commentform" method="post"',
    around: str = "",
) -> str:
    button = '<input type="submit" name="submit" value="Post">'
    form = f'<form action="{action}" {attributes}>{inside}{button}</form>'
    return f"<html><head><title>Quay</title></head><body>{around}<div id='respond'>{form}</div></body></html>"


def form(html: str, url: str = PAGE) -> CommentForm:
    found = read(html, url)
    assert isinstance(found, CommentForm), found
    return found


def refusal(html: str, url: str = PAGE) -> NoForm:
    found = read(html, url)
    assert isinstance(found, NoForm), found
    return found


def test_wordpresss_own_form_is_read_whole():
    found = form(page())

    assert found == CommentForm(
        action="https://blog.example/wp-comments-post.php",
        fields={"comment_post_ID": "43", "comment_parent": "0", "submit": "Post"},
        text_field="comment",
        name_field="author",
        email_field="email",
        site_field="url",
        needs_name=True,
        needs_email=True,
        max_length=65_525,
        person_lengths={"name": 245, "email": 100},
    )


# Which form


@pytest.mark.parametrize(
    "html",
    [
        page(attributes='class="odd" method="post"'),
        page(f"{TEXT}{FIELDS}", attributes='method="POST"'),
        page('<textarea name="c_content"></textarea>', attributes="method=post"),
        page('<textarea name="texte"></textarea>', attributes="method=post"),
    ],
    ids=["by the post's number", "by its text field", "Dotclear's", "SPIP's"],
)
def test_a_form_without_the_usual_name_is_found(html):
    search = '<form role="search" method="get" action="/"><input name="s"></form>'
    assert form(html.replace("<div id='respond'>", f"{search}<div id='respond'>")).action.endswith(
        "/wp-comments-post.php"
    )


def test_the_comment_form_wins_over_a_letter_box_that_comes_first():
    letters = '<form method="post" action="/contact"><textarea name="message"></textarea></form>'
    assert form(page(around=letters)).text_field == "comment"


def test_a_form_that_only_has_a_hidden_text_is_not_the_comments():
    html = page('<div hidden><textarea name="message"></textarea></div>', attributes='method="post"')
    assert refusal(html).why is WhyNot.CLOSED


# Where it goes


@pytest.mark.parametrize(
    ("action", "where"),
    [
        ("/wp-comments-post.php", "https://blog.example/wp-comments-post.php"),
        ("post.php?x=1#respond", "https://blog.example/2026/03/quay/post.php?x=1"),
        ("", PAGE),
        ("//blog.example/c", "https://blog.example/c"),
    ],
)
def test_the_action_is_resolved_against_the_pages_real_address(action, where):
    html = page(action=action, around='<base href="https://thief.example/">')
    assert form(html).action == where
    assert not form(html).leaves_site


@pytest.mark.parametrize(
    ("action", "leaves"),
    [
        ("https://www.blog.example/c", False),
        ("https://blog.example:443/c", False),
        ("https://blog.example:8443/c", True),
        ("https://comments.example/c", True),
        ("https://blog.example.thief.example/c", True),
    ],
)
def test_a_form_that_posts_to_another_site_is_marked(action, leaves):
    assert form(page(action=action)).leaves_site is leaves


@pytest.mark.parametrize(
    "html",
    [
        page(attributes='id="commentform"'),
        page(attributes='id="commentform" method="get"'),
        page(action="javascript:send()"),
        page(action="ftp://blog.example/c"),
        page(action="data:text/html,x"),
        page(action="https://user:word@blog.example/c"),
        page(action="https://[bad/c"),
        page(action="http://blog.example/wp-comments-post.php"),
        page(f'{TEXT}{HIDDEN}<button type="submit" name="go" formaction="http://blog.example/c">'),
        page(f'{TEXT}{HIDDEN}<button name="go" formmethod="get">Post</button>'),
        page(f"{FIELDS}{HIDDEN}"),
        page(TEXT + "".join(f'<input type="hidden" name="h{n}" value="1">' for n in range(10_000))),
        page(f'{TEXT}<input type="hidden" name="h" value="{"x" * 100_000}">'),
    ],
    ids=[
        "no method",
        "get",
        "javascript",
        "ftp",
        "data",
        "a password in the address",
        "no address",
        "from https to http",
        "a button that leads to http",
        "a button that gets",
        "no text",
        "ten thousand fields",
        "a field of 100 kB",
    ],
)
def test_a_form_that_must_not_be_used_is_refused(html):
    assert refusal(html).why is WhyNot.ODD


def test_a_button_that_leads_elsewhere_counts_as_the_action():
    html = page(
        f'{TEXT}{HIDDEN}<button name="go" value="1" formaction="https://thief.example/c">Post</button>'
    )
    assert form(html).action == "https://thief.example/c"
    assert form(html).leaves_site


# Traps


TRAPS = {
    "style": '<textarea name="comment" style="display : none"></textarea>',
    "clip": '<textarea name="comment" style="position:absolute;clip:rect(1px,1px,1px,1px)"></textarea>',
    "off screen": '<div style="margin-left:-9999px"><textarea name="comment"></textarea></div>',
    "aria": '<textarea name="comment" aria-hidden="true"></textarea>',
    "tab": '<textarea name="comment" tabindex="-1"></textarea>',
    "hidden": "<p hidden><textarea name='comment'></textarea></p>",
    "tiny": '<textarea name="comment" style="height:0;width:0"></textarea>',
    "clear": '<textarea name="comment" style="opacity: 0"></textarea>',
    "a class": '<p class="hp-7"><textarea name="comment" required></textarea></p>',
    "a required one": '<textarea name="comment" required style="display:none"></textarea>',
    "an id": '<textarea id="hp-7" name="comment"></textarea>',
}


@pytest.mark.parametrize("trap", TRAPS.values(), ids=TRAPS.keys())
@pytest.mark.parametrize("is_first", [True, False], ids=["trap first", "trap last"])
def test_the_text_goes_where_people_type_and_traps_stay_empty(trap, is_first):
    # nothing but the trap's being hidden tells the two apart
    real = '<textarea name="a91f"></textarea>'
    sheet = "<style>/* .x{ */ @media print { .a91f {left:0} } .hp-7, #hp-7 {left:-5000px}</style>"
    inside = (trap + real if is_first else real + trap) + FIELDS + HIDDEN

    found = form(page(inside, around=sheet))

    assert found.text_field == "a91f"
    assert found.fields["comment"] == ""


def test_what_hides_only_in_print_is_seen():
    html = page(around="<style>@media print { #comment { display: none } } #x{color:red}</style>")
    assert form(html).text_field == "comment"


def test_a_form_that_is_folded_away_as_a_whole_is_still_one():
    html = page().replace("<div id='respond'>", "<div id='respond' style='display:none'>")
    assert form(html).text_field == "comment"


def test_a_trap_with_the_same_name_does_not_blank_the_text():
    trap = '<textarea name="comment" style="display:none"></textarea>'
    found = form(page(f"{TEXT}{trap}{HIDDEN}"))
    assert found.text_field == "comment"
    assert "comment" not in found.fields


def test_a_trap_called_like_the_site_is_no_place_for_the_site():
    trap = '<p style="display:none"><input name="url" value=""></p>'
    found = form(page(f"{TEXT}{trap}{HIDDEN}"))
    assert found.site_field is None
    assert found.fields["url"] == ""


def test_akismets_fields_go_along():
    akismet = (
        '<input type="hidden" name="akismet_comment_nonce" value="9c1">'
        '<p style="display:none !important;"><textarea name="ak_hp_textarea"></textarea>'
        '<input type="hidden" name="ak_js" value="17"></p>'
    )
    found = form(page(f"{TEXT}{FIELDS}{HIDDEN}{akismet}"))
    assert found.fields["akismet_comment_nonce"] == "9c1"
    assert found.fields["ak_js"] == "17"
    assert found.fields["ak_hp_textarea"] == ""


# What a person fills in


@pytest.mark.parametrize(
    ("inside", "fields"),
    [
        (
            '<input name="x1" autocomplete="name"><input name="x2" type="email"><input name="x3" type="url">',
            "x1 x2 x3",
        ),
        ('<input name="nom"><input name="courriel"><input name="site">', "nom courriel site"),
        ('<input name="c_name"><input name="c_mail"><input name="c_site">', "c_name c_mail c_site"),
        ('<input name="b" type="email"><input name="a" id="author">', "a b "),
    ],
)
def test_the_fields_about_the_person_are_known_by_type_purpose_or_name(inside, fields):
    found = form(page(f"{TEXT}{inside}{HIDDEN}"))
    named = (found.name_field or "", found.email_field or "", found.site_field or "")
    assert " ".join(named) == fields
    assert not found.needs_name
    assert not found.needs_email


def test_what_is_required_and_unknown_is_asked_in_the_pages_words():
    extra = (
        '<label for="q">What is 3 + 4? <b>*</b></label>'
        '<input id="q" name="sum" maxlength="2" aria-required="true">'
        '<label><input type="checkbox" name="privacy" value="agreed" required>'
        ' I have read the <a href="/p">policy</a> *</label>'
        '<input name="phone"><input type="checkbox" name="subscribe_comments" value="1" checked required>'
        '<input type="checkbox" name="wp-comment-cookies-consent" value="yes">'
        '<input type="checkbox" name="gift" checked>'
    )
    found = form(page(f"{TEXT}{FIELDS}{extra}{HIDDEN}"))

    asked = {ask.name: ask for ask in found.asked}
    assert asked.keys() == {"sum", "privacy"}
    assert asked["sum"].label == "What is 3 + 4?"
    assert asked["sum"].max_length == 2
    assert asked["privacy"].label == "I have read the policy"
    assert asked["privacy"].is_choice
    assert asked["privacy"].value == "agreed"
    assert found.fields["phone"] == ""
    # a box that nobody ticked here is not sent, whatever the page thinks of it
    assert not found.fields.keys() & {"subscribe_comments", "wp-comment-cookies-consent", "gift"}


def test_choices_keep_what_the_page_chose_and_ask_when_it_must_be_chosen():
    extra = (
        '<select name="lang"><option value="fr">Français<option value="en" selected>English</select>'
        '<select name="who" required aria-label="You are">'
        '<option value="">–<option>Guest<option>Host</select>'
        '<input type="radio" name="tide" value="high" checked><input type="radio" name="tide" value="low">'
        '<input type="radio" name="moon" value="new" required>'
        '<input type="radio" name="moon" value="full" required>'
    )
    found = form(page(f"{TEXT}{extra}{HIDDEN}"))

    assert found.fields["lang"] == "en"
    assert found.fields["tide"] == "high"
    labels = {ask.name: ask.label for ask in found.asked}
    assert labels == {"who": "You are: Guest / Host", "moon": "moon: new / full"}


def test_fields_outside_the_form_and_disabled_ones_count_as_browsers_count_them():
    outside = '<input form="commentform" type="hidden" name="token" value="t1"><input name="stray" value="x">'
    found = form(page(f'{TEXT}{HIDDEN}<input name="off" value="1" disabled>', around=outside))
    assert found.fields["token"] == "t1"
    assert not found.fields.keys() & {"stray", "off"}


def test_a_label_cannot_bring_control_characters():
    found = form(
        page(f'{TEXT}<label for="q">Sum\x1b]0;x\x07?</label><input id="q" name="q" required>{HIDDEN}')
    )
    assert found.asked[0].label == "Sum]0;x?"


# Why not


@pytest.mark.parametrize(
    "widget",
    [
        '<div class="h-captcha" data-sitekey="k"></div>',
        '<div class="cf-turnstile"></div>',
        '<div class="g-recaptcha"></div>',
        '<div data-sitekey="k"></div>',
        '<input type="hidden" name="g-recaptcha-response">',
        '<img src="/captcha.php?i=3"><input name="code" required>',
        '<input type="file" name="photo" required>',
    ],
)
def test_what_only_a_browser_can_do_is_said(widget):
    found = refusal(page(f"{TEXT}{FIELDS}{HIDDEN}{widget}"))
    assert found.why is WhyNot.BROWSER
    assert "only a browser" in found.message
    language.use("fr")
    assert "seul un navigateur" in refusal(page(f"{TEXT}{FIELDS}{HIDDEN}{widget}")).message


def test_a_captcha_beside_the_form_counts_and_one_elsewhere_does_not():
    widget = '<div class="h-captcha" data-sitekey="k"></div>'
    beside = page().replace("<div id='respond'>", f"<div id='respond'>{widget}")
    assert refusal(beside).why is WhyNot.BROWSER
    assert form(page(around=f'<form method="post" action="/contact">{widget}</form>')).text_field == "comment"


@pytest.mark.parametrize(
    ("html", "service"),
    [
        ('<div id="disqus_thread"></div>', "Disqus"),
        ('<script src="https://quay.disqus.com/embed.js"></script>', "Disqus"),
        ('<div class="fb-comments"></div>', "Facebook"),
        ('<script src="https://giscus.app/client.js"></script>', "giscus"),
        (
            '<form class="wpd_comm_form" method="post"><textarea name="wc_comment"></textarea></form>',
            "wpDiscuz",
        ),
        ('<form id="commentform"><iframe class="jetpack_remote_comment"></iframe></form>', "Jetpack"),
        ("<div id='isso-thread'></div>", "Isso"),
    ],
)
def test_comments_that_another_service_keeps_are_named(html, service):
    found = refusal(f"<html><body><p>Post</p>{html}</body></html>")
    assert found.why is WhyNot.BROWSER
    assert service in found.message


@pytest.mark.parametrize(
    ("html", "why", "words"),
    [
        ('<p class="must-log-in">Please <a href="/in">sign in</a>.</p>', WhyNot.LOGIN, "Please sign in."),
        ('<p class="no-comments">Fermé, désolé.</p>', WhyNot.CLOSED, "Fermé, désolé."),
        ('<p class="nocomments">Done.</p>', WhyNot.CLOSED, "Done."),
        ("<p>A page.</p>", WhyNot.CLOSED, "no comment form"),
        ("", WhyNot.CLOSED, "no comment form"),
        (
            '<form class="post-password-form"><input type="password" name="post_password"></form>'
            '<p class="nocomments">Protected.</p>',
            WhyNot.PASSWORD,
            "password",
        ),
    ],
)
def test_a_page_without_a_form_says_why(html, why, words):
    found = refusal(html)
    assert found.why is why
    assert words in found.message


def test_a_page_made_to_be_slow_is_read_in_time():
    nested = "<div class='a b c'>" * 3_000
    sheet = "<style>" + "".join(f".x{n}{{display:none}}" for n in range(5_000)) + "{" * 5_000 + "</style>"
    styled = f'<p style="{"position" * 20_000}"><textarea name="spare"></textarea></p>'
    assert form(page(f"{TEXT}{FIELDS}{HIDDEN}{styled}", around=sheet + nested)).text_field == "comment"
