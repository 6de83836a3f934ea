"""What panes of text and lists of rows share: roles become colours of the theme, pieces become strips."""

from collections.abc import Iterable, Iterator, Sequence
from math import ceil
from typing import Self

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.color import Color
from textual.content import Content
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar
from textual.strip import Strip
from textual.widget import Widget

from tui_reader.ui.keymap import ACTS
from tui_reader.ui.manner import manner
from tui_reader.ui.widgets.pieces import ASIDE, PIXEL, SILENT, Line, Piece, cells
from tui_reader.ui.widgets.roles import LOOKS, by_attributes, color_of

_UNPAINTED = frozenset({"text", SILENT, ASIDE})

_ACTS = {act.id: act for act in ACTS}


def bound(actions: dict[str, str], *, without: Iterable[str] = ()) -> list[BindingType]:
    """Bindings for acts of the keymap that a widget carries out itself.

    Args:
        actions: Act by act, the widget's action.
        without: Keys that mean something else in this widget.
    """
    taken = set(without)
    found: list[BindingType] = []
    for act_id, action in actions.items():
        act = _ACTS[act_id]
        keys = ",".join(key for key in act.keys.split(",") if key not in taken)
        found.append(
            Binding(
                keys, action, act.hint or act.tooltip, id=act_id, tooltip=act.tooltip, show=bool(act.hint)
            )
        )
    return found


class LineView(ScrollView, can_focus=True, inherit_bindings=False):
    """A pane that draws its own lines.

    What a role looks like is said in ``roles.py``; themes change the colours.
    """

    DEFAULT_CSS = """
    LineView {
        background: $background;
        color: $foreground;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;
        scrollbar-size-horizontal: 0;
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._role_styles: dict[tuple[str, str | None], Style] = {}
        self.hyperlinks = False
        """Whether links are written as such, for terminals that open them (OSC 8)."""
        self._drawn_in: object = None
        self._pane: tuple[object, Size] | None = None
        self._is_framed_only = False
        """Whether what is changed now is to be seen in the border alone."""

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._pane = None
        colors = (self.app.theme, self.colors, self.text_style)
        if colors != self._drawn_in:
            # not for a border that tells where the focus is: that alone would draw every line anew
            self._drawn_in = colors
            self._role_styles.clear()
            self.forget_drawn()
            super().refresh()

    def _on_focus(self, event: events.Focus) -> None:
        # in place of Textual's, which draws the whole pane anew: the border tells where the focus is,
        # and whoever has a cursor draws that
        event.prevent_default()
        self._change_focus(has_focus=True)
        if self.parent is not None:
            self.parent.post_message(events.DescendantFocus(self))

    def _on_blur(self, event: events.Blur) -> None:
        event.prevent_default()
        self._change_focus(has_focus=False)
        if self.parent is not None:
            self.parent.post_message(events.DescendantBlur(self))

    def _change_focus(self, *, has_focus: bool) -> None:
        self._is_framed_only = True
        try:
            self.has_focus = has_focus
        finally:
            self._is_framed_only = False

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        if self._is_framed_only and not regions:
            regions = tuple(self._frame())
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def _frame(self) -> Iterator[Region]:
        """The four sides of the border."""
        width, height = self.outer_size
        left, top = -self.content_offset
        yield Region(left, top, width, 1)
        yield Region(left, top + height - 1, width, 1)
        yield Region(left, top + 1, 1, height - 2)
        yield Region(left + width - 1, top + 1, 1, height - 2)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        # in place of Textual's, whose region reaches under the scroll bar: a pane alone is drawn straight
        bar = self.vertical_scrollbar
        if self.show_vertical_scrollbar and self._thumb(bar.position) != self._thumb(new_value):
            bar.position = new_value
        if round(old_value) != round(new_value):
            self.refresh(Region(0, 0, self.pane_width, self.pane_height))

    def resize_text(self, size: Size) -> None:
        """There are more lines now, or fewer."""
        if size == self.virtual_size:
            return
        before = self._thumb(self.scroll_y)
        is_longer = self.virtual_size.height > self.pane_height < size.height
        # not by assignment: that would lay the whole screen out anew, to no end
        self.set_reactive(Widget.virtual_size, size)
        if self.show_vertical_scrollbar and is_longer and self._thumb(self.scroll_y) == before:
            # the bar looks the same, and is not drawn for a line more or less of ten thousand
            self.vertical_scrollbar.set_reactive(ScrollBar.window_virtual_size, size.height)
            self.scroll_y = self.validate_scroll_y(self.scroll_y)
        else:
            self._scroll_update(size)

    def _thumb(self, position: float) -> tuple[int, int]:
        """Where the scroll bar's thumb begins and how long it is, in eighths of a cell."""
        rows, lines = self.pane_height, self.virtual_size.height
        if not 0 < rows < lines:
            return 0, 0
        length = max(1.0, rows * rows / lines)
        return int((rows - length) * position / (lines - rows) * 8), ceil(length * 8)

    def title(self, above: Content, below: Content | None = None) -> None:
        """What stands in the upper border, and in the lower one where something is given for it.

        Not by ``border_title``: that draws the whole pane anew, whatever changes.
        """
        if above != self._border_title:
            self._border_title = above
            self._refresh_border(0)
        if below is not None and below != self._border_subtitle:
            self._border_subtitle = below
            self._refresh_border(self.outer_size.height - 1)

    def title_below(self, words: Content) -> None:
        """What stands in the lower border."""
        self.title(self._border_title or Content(), words)

    def _refresh_border(self, y: int) -> None:
        left, top = self.content_offset
        self.refresh(Region(-left, y - top, self.outer_size.width, 1))

    def forget_drawn(self) -> None:
        """Throw away strips that were drawn in other colours; for subclasses that keep any."""

    def pane_line(self, y: int) -> Strip:
        """A line of the pane as the terminal is to have it.

        Unlike ``render_line`` it does not say which words it holds, which only a selection by mouse asks for:
        what was written once is kept as bytes, and serves at whatever height the line stands by now.
        """
        return Strip.blank(self.pane_width, self.role_style(""))

    def lines_to_select(self) -> int:
        """How many lines there are whose words can be selected."""
        return 0

    def render_line(self, y: int) -> Strip:
        strip = self.pane_line(y)
        y += round(self.scroll_y)
        return strip.apply_offsets(0, y) if y < self.lines_to_select() else strip

    @property
    def pane_width(self) -> int:
        """Cells of a line, scroll bar and padding left out."""
        return self._pane_size().width

    @property
    def pane_height(self) -> int:
        """Lines in sight."""
        return self._pane_size().height

    def _pane_size(self) -> Size:
        # asked for with every line, and slow to find out
        key = (self.region.size, self.show_vertical_scrollbar)
        if self._pane is None or self._pane[0] != key:
            self._pane = (key, self.scrollable_content_region.size)
        return self._pane[1]

    def role_style(self, role: str, href: str | None = None) -> Style:
        """The style of a role; of several words the later ones are laid over the earlier."""
        key = (role, href)
        if (style := self._role_styles.get(key)) is not None:
            return style
        _, _, background, color = self.colors
        text_style = self.text_style
        variables = self.app.theme_variables
        is_ansi = self.app.native_ansi_color
        for word in role.split():
            if word.startswith(PIXEL):
                upper, _, lower = word.removeprefix(PIXEL).partition(":")
                color = Color.parse(f"#{upper}")
                background = Color.parse(f"#{lower}") if lower else background
                continue
            if word in _UNPAINTED:
                continue
            look = by_attributes(word) if is_ansi else LOOKS[word]
            if look.ground:
                background += color_of(look.ground, variables, background)
            if look.color:
                color = color_of(look.color, variables, background)
            if look.style:
                text_style += Style.parse(look.style)
        style = text_style + Style.from_color((background + color).rich_color, background.rich_color)
        if href is not None:
            style += Style.from_meta({"href": href})
            if self.hyperlinks:
                from tui_reader.content.addresses import written

                style += Style(link=written(href))
        if len(self._role_styles) > 4096:
            # every address is a style of its own: a very long page must not keep them all
            self._role_styles.clear()
        self._role_styles[key] = style
        return style

    def strip_of(self, line: Sequence[Piece], width: int, under: str = "") -> Strip:
        """A line as it is drawn, exactly ``width`` cells long.

        Args:
            line: The pieces, which are cut where they do not fit.
            width: Cells of the pane.
            under: A role that lies under the whole line: the cursor's.
        """
        segments: list[Segment] = []
        used = 0
        for text, role, href in line:
            segments.append(Segment(text, self.role_style(f"{under} {role}" if under else role, href)))
            used += cells(text)
        if used < width:
            segments.append(Segment(" " * (width - used), self.role_style(under)))
            return Strip(segments, width)
        strip = Strip(segments, used)
        return strip.crop(0, width) if used > width else strip

    def cursor_strip(self, line: Line, width: int, *, has_background: bool) -> Strip:
        """A line that the cursor marks: a bar in place of its first cell, which lines leave empty for it."""
        blurred = "" if self.has_focus else "-blurred"
        # a bar as well as a colour: there are terminals without
        bar = Piece(" " if manner().is_linear else "▌", f"cursor-bar{blurred} {SILENT}")
        rest = (line[0]._replace(text=line[0].text[1:]), *line[1:]) if line else ()
        return self.strip_of((bar, *rest), width, f"cursor{blurred}" if has_background else "")

    def restyled(self, strip: Strip, spans: Iterable[tuple[int, int]], role: str) -> Strip:
        """The strip with characters ``start`` to ``end`` (-1: to its end) of each span in another role."""
        look = self.role_style(role)
        if self.app.native_ansi_color:
            over = Style(bold=look.bold, underline=look.underline, reverse=look.reverse)
        else:
            over = Style(color=look.color if role == "hit-now" else None, bgcolor=look.bgcolor)
        segments = list(strip)
        for start, end in spans:
            segments = _overlaid(segments, start, end, over)
        return Strip(segments, strip.cell_length)


def _overlaid(segments: Sequence[Segment], start: int, end: int, over: Style) -> list[Segment]:
    result: list[Segment] = []
    at = 0
    for text, style, _ in segments:
        stop = at + len(text)
        first = min(max(start - at, 0), len(text))
        last = len(text) if end < 0 else min(max(end - at, 0), len(text))
        if first >= last:
            result.append(Segment(text, style))
        else:
            parts = (
                (text[:first], style),
                (text[first:last], (style or Style()) + over),
                (text[last:], style),
            )
            result.extend(Segment(part, part_style) for part, part_style in parts if part)
        at = stop
    return result
