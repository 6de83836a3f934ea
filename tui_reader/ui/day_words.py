"""Days and how long ago in a few words; loads nothing, so that the first frame may use it."""

from tui_reader.language import _, ngettext


def day(day: int, month: int, year: int | None = None) -> str:
    """``3 Aug``, or ``3 Aug 2025`` with a year."""
    if year is None:
        return _("{day} {month}").format(day=day, month=_months()[month - 1])
    return _("{day} {month} {year}").format(day=day, month=_months()[month - 1], year=year)


def ago(minutes: int) -> str:
    """``5 min ago`` or ``3 h ago`` within the last day; empty for older moments and for those to come."""
    # clocks of blogs run a little ahead of ours now and then
    if -5 <= minutes < 1:
        return _("just now")
    if 1 <= minutes < 60:
        return ngettext("{count} min ago", "{count} min ago", minutes).format(count=minutes)
    if 60 <= minutes < 24 * 60:
        hours = minutes // 60
        return ngettext("{count} h ago", "{count} h ago", hours).format(count=hours)
    return ""


def _months() -> list[str]:
    # translators: the twelve months in short, as they stand in a date, with blanks between them
    return _("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec").split()
