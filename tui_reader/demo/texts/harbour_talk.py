"""Harbour Notes, the English demo blog: what its readers said, and what the author answered."""

from datetime import timedelta

from tui_reader.demo.model import Said

AUTHOR = "Maren Quill"


def _said(who: str, minutes: int, text: str, *replies: Said, site: str = "", kind: str = "comment") -> Said:
    return Said(who=who, after=timedelta(minutes=minutes), text=text, replies=replies, site=site, kind=kind)


TIDE_TALK = (
    _said(
        "Osk",
        34,
        "For the record, I said it better than that, and there was wind.",
        _said(
            AUTHOR,
            52,
            "There is always wind in your version, Osk.",
            _said(
                "Osk",
                71,
                "That is because I was outside, where the tide is.",
                _said(
                    "Ines Caddow",
                    95,
                    "He was outside because the chandler had asked him to stop correcting the table in biro.",
                    _said("Osk", 118, "In <b>pencil</b>. I have principles."),
                    _said(
                        AUTHOR,
                        133,
                        "I can confirm the pencil. The chandler kept the page; it is framed now, behind "
                        "the till.",
                    ),
                ),
            ),
        ),
        _said("Ruth Abara", 160, "I would read a whole blog of Osk correcting things in pencil."),
    ),
    _said(
        "Ruth Abara",
        88,
        "<blockquote>When the difference has the same sign three days running, there is a reason"
        "</blockquote>\n\n"
        "I tried the two columns on my commute. Left column: 24 minutes. Right column: 31, 29, 33, 30, "
        "38.\n\n"
        "Five days, same sign. I went and found the reason: I count from the door, and the timetable "
        "counts from the platform.",
        _said(
            AUTHOR,
            110,
            "That is exactly it, and a better example than any of mine. May I steal it for the club’s talk?",
            _said("Ruth Abara", 126, "Gladly. Put me down as “a commuter”."),
        ),
        _said(
            "Jonas Weil",
            205,
            "Same here, with a baby. Left: two minutes to leave the house. I am not going to write down "
            "the right column.",
            _said(
                "Priya Nand",
                260,
                "Ours went back to two minutes after about six years. Courage!",
                _said("Jonas Weil", 284, "Thank you. I have entered “six years” in the left column."),
            ),
        ),
    ),
    _said(
        "Hector Lind",
        140,
        "A pedantic note on the pressure: one centimetre per hectopascal is the <em>static</em> effect, "
        "for a low that sits still. "
        "One that moves at the speed of the wave it makes can do a good deal worse. See "
        '<a href="https://example.org/tides/surge">this explanation</a>, which has drawings.',
        _said(
            AUTHOR,
            172,
            "Not pedantic at all, that is the interesting half. So on Wednesday:\n\n"
            "<blockquote>0.60 m out, of which 0.25 m pressure</blockquote>\n\nand the rest is the wind "
            "and your moving low?",
            _said(
                "Hector Lind",
                231,
                "I would have said so, until I looked at the river. It had rained in the hills for two days.",
                _said(
                    "Wen",
                    300,
                    "I live up there. It had rained for <em>four</em>.",
                    _said("Hector Lind", 322, "Then I withdraw a third of everything I said."),
                ),
            ),
        ),
        _said(
            "Tobias Fenn", 410, "Can somebody tell the table about the breakwater? Does it have an address?"
        ),
    ),
    _said(
        "Marisol Etxe",
        375,
        "In our port the pilots keep a third column: what they <i>told</i> the captain. The difference "
        "that matters is between the second and the third.",
        _said(
            AUTHOR,
            402,
            "A column for manners! I am going to need wider paper. 😀",
        ),
    ),
    _said(
        "Low water, high pressure — Salt and Paper",
        720,
        "[…] a fine piece on tide tables and the manners one owes to a printed number […]",
        site="https://salt-and-paper.example/2/low-water",
        kind="pingback",
    ),
    _said(
        "Edda Holm",
        905,
        "A question from somebody who has never lived by the sea: who <code>writes on the wall</code>? "
        "Is there a person with a brush?",
        _said("Ines Caddow", 940, "There is. It is me. Every spring, with a level and a flask of tea."),
        _said(
            AUTHOR,
            1_010,
            "And she is never out by more than the thickness of the paint.",
            _said("Ines Caddow", 1_044, "Two coats."),
        ),
    ),
    _said(
        "Kwame O.",
        1_380,
        "Three days of minus here. I have gone to look for the reason and found a heron.",
        site="https://kwame.example/",
    ),
    _said(
        "Lise",
        1_516,
        "The wall said 4.9 at eight this morning, if anybody is keeping the right-hand column up.",
    ),
)

BAROMETER_TALK = (
    _said(
        "Priya Nand",
        47,
        "Does it not forget everything when the power goes? Thirty-six readings are three hours without "
        "an answer.",
        _said(
            AUTHOR,
            90,
            "It does. It shows <code>??</code> until it knows, which I have come to find rather honest "
            "of it.",
            _said("Priya Nand", 104, "More than can be said of my oven clock."),
        ),
    ),
    _said(
        "Hector Lind",
        1_260,
        "For those who copy it: a reading every five minutes and <code>maxlen=36</code> compares with 2 "
        "h 55 min ago, not with three hours. "
        "Thirty-seven posts for thirty-six gaps.",
        _said(
            AUTHOR,
            1_300,
            "Of course. The fence always wins. Corrected in the hall, left standing here as a warning.",
        ),
    ),
    _said("Bo", 2_890, "Mine said ↓↓ last night and the washing is dry. Thank you!"),
)

LIGHTS_TALK = (
    _said("Ines Caddow", 65, "The button was mine. I would like it back."),
    _said(
        "Tobias Fenn",
        180,
        "Which of us was holding the person holding the ladder? I remember it as me.",
        _said(AUTHOR, 205, "Everybody remembers it as themselves. That is how I know that it was well held."),
    ),
)
