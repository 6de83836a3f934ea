"""A hundred and thirty short comments, made from a few phrases and always the same."""

from datetime import timedelta

from tui_reader.demo.model import Said

_WHO = (
    *("Ada", "Bram", "Cleo", "Dov", "Edie", "Finn", "Gwen", "Hal", "Iris"),
    *("Joss", "Kit", "Lou", "Mina", "Ned", "Orla", "Pip", "Quin"),
)
_NAMES = (
    *(
        "Second Wind",
        "Half a Biscuit",
        "Patience",
        "Grey Wagtail",
        "The Long Answer",
        "Kettle",
        "Slack Water",
    ),
    *("Marmalade", "Unit 5", "Thursday", "Small Mercy", "Fair Copy", "Little Nell", "Ballast", "Otter"),
    *("Plain Sailing", "Two Spoons", "Lantern", "Windfall"),
)
_REASONS = (
    "because she looks like one.",
    "after my grandmother’s, which never sank.",
    "since it can be said with cold lips.",
    "and I will paint it on myself.",
    "for no reason that I could defend.",
    "because the colour will not get better.",
    "so that we can say it to the coastguard with a straight face.",
    "as a warning to others.",
    "because it fits on the transom. I measured.",
    "and the children agree, for once.",
    "which was free the last time I looked at the register.",
)
_SECONDS = (
    "Seconded.",
    "This one!",
    "Over a bad radio that is three different words.",
    "I would sail in that.",
    "No.",
)
_TOP_LEVEL = 104
_ANSWERED = 4
"""Every so many threads one is answered, once."""


def crowd(author: str) -> tuple[Said, ...]:
    """One hundred and four suggestions, every fourth with an answer."""
    return tuple(_suggestion(number, author) for number in range(_TOP_LEVEL))


def _suggestion(number: int, author: str) -> Said:
    after = timedelta(minutes=25 + 50 * number)
    text = f"<em>{_NAMES[number % len(_NAMES)]}</em>, {_REASONS[number % len(_REASONS)]}"
    replies: tuple[Said, ...] = ()
    if number % _ANSWERED == 0:
        who = author if number % 12 == 0 else _WHO[(number * 3 + 1) % len(_WHO)]
        replies = (
            Said(
                who=who,
                after=after + timedelta(minutes=18),
                text=f"{_SECONDS[number // 4 % 5]} (That was number {number + 1}.)",
            ),
        )
    return Said(who=_WHO[number * 5 % len(_WHO)], after=after, text=text, replies=replies)
