"""Reading along: a quoted sentence is marked in the post, and one key leads between it and who quotes it."""

from dataclasses import replace

from ui_fakes import a_comment, reading, sample_services, shown_text, until

from tui_reader.content.blocks import Document, Paragraph, Span
from tui_reader.content.citing import Sentence
from tui_reader.ui.columns import Column
from tui_reader.ui.manner import Manner, use
from tui_reader.ui.widgets.margin_marks import line_of, with_marks
from tui_reader.ui.widgets.pieces import SILENT, Piece, text_of

FILLER = "Rope and weather, and weather and rope, as the days go by on a quay. " * 8


def quoting(count=0):
    """Three who quote, of them two the same sentence, and one who quotes nothing."""
    services = sample_services()
    services.bodies[1] = Document(
        blocks=(
            Paragraph(spans=(Span("The ferry was cancelled at six. " + FILLER),)),
            *(Paragraph(spans=(Span(f"{number}. {FILLER}"),)) for number in range(12)),
            Paragraph(
                spans=(Span(FILLER + "Nobody had planned it; somebody had a stove, somebody had eggs."),)
            ),
        )
    )
    services.comments[1] = [
        a_comment("21", "Ilse", "<blockquote>the ferry was cancelled at six</blockquote><p>Aye</p>", hours=9),
        a_comment("22", "Noor", "<p>“Somebody had a stove, somebody had eggs” – me!</p>", hours=8),
        a_comment("23", "Tove", "<p>I have nothing to say to that.</p>", hours=7),
        a_comment(
            "24", "Sam", "<p>&gt; Nobody had planned it<br>&gt; somebody had a stove<br>Lies</p>", hours=6
        ),
        *(
            a_comment(str(100 + at), "Crowd", f'<p>{at} "a word or two, not of the post"</p>', hours=5)
            for at in range(count)
        ),
    ]
    services.posts[1] = replace(services.posts[1], comment_count=4 + count)
    return services


async def opened(app, pilot):
    await pilot.press("enter", "4")
    await until(pilot, lambda: "▪1" in shown_text(app))


def test_a_sentence_is_found_across_the_numbers_of_links_and_the_ends_of_lines():
    margin = Piece("   ", f"text {SILENT}")
    lines = [(), (margin, Piece("Before it. The ")), (margin, Piece("ferry", "link"), Piece("¹ was late"))]
    sentence = Sentence(0, ("The", "ferry", "was"))
    assert line_of(sentence, lines) == 1
    assert line_of(Sentence(0, ("Another",)), lines) == 1
    marked = with_marks(lines, 3, [sentence], {sentence: 12}, None)
    assert [text_of(line) for line in marked] == ["", "▪+ Before it. The ", "   ferry¹ was late"]
    narrow = with_marks([(Piece(" "), Piece("The ferry was"))], 1, [sentence], {sentence: 1}, sentence)
    assert text_of(narrow[0]) == "▪The ferry was"
    wide = with_marks([(Piece(" " * 20), Piece("The ferry was"))], 20, [sentence], {sentence: 2}, sentence)
    assert text_of(wide[0]) == " " * 17 + "▪2 The ferry was"


async def test_quoted_sentences_are_marked_with_how_many_quote_them_and_so_are_the_comments():
    async with reading(quoting()) as (app, pilot):
        await opened(app, pilot)
        text = shown_text(app)
        assert "▪1 The ferry was cancelled" in text
        assert "(quotes the post)" in next(line for line in text.splitlines() if "Ilse" in line)
        assert "(quotes the post)" not in next(line for line in text.splitlines() if "Tove" in line)
        app.reading.article.action_end()
        await until(pilot, lambda: "▪2" in shown_text(app))


async def test_one_key_leads_from_the_comment_to_the_sentence_and_through_all_who_quote_it():
    async with reading(quoting()) as (app, pilot):
        await opened(app, pilot)
        app.reading.thread.focus_comment("22")
        await pilot.press('"')
        await until(pilot, lambda: app.reading.column is Column.POST and "▪2" in shown_text(app))
        assert "Nobody had planned it" in shown_text(app)
        await pilot.press('"')
        await until(pilot, lambda: app.reading.thread.cursor_key == "24")
        assert app.reading.status_line.message == "2 of 2 that quote this sentence"
        await pilot.press('"', ";")
        await until(pilot, lambda: app.reading.thread.cursor_key == "22")
        assert app.reading.column is Column.CONVERSATION
        # and back, as after every jump
        await pilot.press("backspace")
        await until(pilot, lambda: app.reading.column is Column.POST)


async def test_from_the_post_the_key_leads_to_the_next_marked_sentence_when_none_is_in_sight():
    async with reading(quoting()) as (app, pilot):
        await opened(app, pilot)
        await pilot.press("3")
        app.reading.article.position = (5, 0)
        await pilot.press('"')
        await until(pilot, lambda: "▪2" in shown_text(app))
        assert app.reading.column is Column.POST
        await pilot.press('"')
        await until(pilot, lambda: app.reading.thread.cursor_key == "22")


async def test_a_comment_that_quotes_nothing_says_so_and_a_post_that_nobody_quotes_too():
    async with reading(quoting()) as (app, pilot):
        await opened(app, pilot)
        app.reading.thread.focus_comment("23")
        await pilot.press('"')
        await until(pilot, lambda: "quotes no sentence" in app.reading.status_line.message)
    async with reading() as (app, pilot):
        await pilot.press("enter", '"')
        await until(pilot, lambda: "No comment quotes" in app.reading.status_line.message)


async def test_click_on_a_mark_leads_to_who_quotes_the_sentence():
    async with reading(quoting()) as (app, pilot):
        await opened(app, pilot)
        lines = shown_text(app).splitlines()
        row = next(at for at, line in enumerate(lines) if "▪1 The ferry" in line)
        column = lines[row].index("▪1")
        assert await pilot.click(offset=(column, row))
        await until(pilot, lambda: app.reading.thread.cursor_key == "21")
        assert app.reading.column is Column.CONVERSATION


async def test_a_thousand_comments_are_read_while_keys_are_heard():
    async with reading(quoting(1000)) as (app, pilot):
        await opened(app, pilot)
        assert len(app.reading.along._known) >= 3
        await until(pilot, lambda: len(app.reading.along._known) == 1004)
        assert set(app.reading.along._quotes) == {"21", "22", "24"}


def test_those_who_hear_their_screen_are_told_in_words():
    sentence = Sentence(0, ("The", "ferry"))
    use(Manner(is_linear=True))
    try:
        told = with_marks([(Piece("   "), Piece("The ferry"))], 3, [sentence], {sentence: 2}, None)
    finally:
        use(Manner())
    assert [text_of(line) for line in told] == ["   Quoted by 2 comments:", "   The ferry"]


async def test_a_sentence_of_a_post_that_was_never_on_the_screen_is_gone_to_when_it_is_shown():
    """One column, as for those who hear their screen: the conversation is read first."""
    async with reading(quoting(), size=(80, 24)) as (app, _pilot):
        article = app.reading.article
        before = len(article.heights)
        article.show_sentence(Sentence(before + 3, ("Nobody",)))
        assert article.place[0] == before + 4
