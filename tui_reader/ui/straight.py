"""Draws what changed in one widget without composing what lies behind and beside it.

Textual composes the whole part of the screen around everything that changed, layer by layer. When a cursor
moves, two rows of one list change; a scrolled pane is lines that were mostly drawn before. Both come to the
terminal sooner when only their own lines are made and written.
"""

from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import Compositor, CompositorUpdate
from textual.geometry import Offset, Region
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.strip import Strip
from textual.widget import Widget

from tui_reader.ui.widgets.line_view import LineView


class StraightUpdate(CompositorUpdate):
    """Lines at places of the screen."""

    def __init__(self, lines: list[tuple[int, int, Strip]]) -> None:
        self.lines = lines

    def render_segments(self, console: Console) -> str:
        """What the terminal is to be sent."""
        return "".join([f"\x1b[{y + 1};{x + 1}H{strip.render(console)}" for x, y, strip in self.lines])


class StraightCompositor(Compositor):
    """Asks each widget for what is seen of it, and no widget for what lies behind another."""

    def render_partial_update(self) -> StraightUpdate | None:  # type: ignore[override]
        """The changed regions, of each widget what is seen of it there."""
        screen = self.size.region
        dirty = [region.intersection(screen) for region in self._dirty_regions]
        self._dirty_regions.clear()
        lines = [
            line
            for region in _apart(region for region in dirty if region)
            for widget, place, part in self._seen_in(region)
            for line in _lines(widget, place, part)
        ]
        return StraightUpdate(lines) if lines else None

    def _seen_in(self, region: Region) -> Iterator[tuple[Widget, Region, Region]]:
        """The widgets that are seen in a region: where each stands, and which part it fills."""
        hidden = [region]
        # front to back: whatever comes first covers the others
        for widget, (place, clip) in self.visible_widgets.items():
            seen = place.intersection(clip)
            if not seen.overlaps(region):
                continue
            rest: list[Region] = []
            for part in hidden:
                if found := part.intersection(seen):
                    yield widget, place, found
                    rest.extend(_around(part, found))
                else:
                    rest.append(part)
            hidden = rest
            if not hidden:
                return


def _apart(regions: Iterable[Region]) -> list[Region]:
    """The same area without anything twice; wholes before what lies in them."""
    found: list[Region] = []
    for region in sorted(regions, key=lambda region: -region.area):
        if not any(other.contains_region(region) for other in found):
            found.append(region)
    return found


def _around(whole: Region, hole: Region) -> Iterator[Region]:
    """What is left of a region without a part of it."""
    if hole.y > whole.y:
        yield Region(whole.x, whole.y, whole.width, hole.y - whole.y)
    if hole.bottom < whole.bottom:
        yield Region(whole.x, hole.bottom, whole.width, whole.bottom - hole.bottom)
    if hole.x > whole.x:
        yield Region(whole.x, hole.y, hole.x - whole.x, hole.height)
    if hole.right < whole.right:
        yield Region(hole.right, hole.y, whole.right - hole.right, hole.height)


def _lines(widget: Widget, place: Region, part: Region) -> Iterator[tuple[int, int, Strip]]:
    own = part.translate(-place.offset)
    if isinstance(widget, ScrollBar):
        # nothing lies around it, and composing styles for each of its cells takes longer than all lines
        yield from _placed(place, own, _filtered(widget, _bar_lines(widget, own)))
        return
    if not isinstance(widget, LineView):
        yield from _placed(place, own, widget.render_lines(own))
        return
    inside = Region(*widget.gutter.top_left, widget.pane_width, widget.pane_height)
    if pane := own.intersection(inside):
        yield from _placed(place, pane, _pane_lines(widget, pane.translate(-Offset(*widget.gutter.top_left))))
    for edge in _around(own, pane) if pane else (own,):
        if edge.height > 1 and inside.y <= edge.y and edge.bottom <= inside.bottom:
            # beside the pane all lines are the same: border and margin
            yield from _placed(
                place, edge, widget.render_lines(Region(edge.x, edge.y, edge.width, 1)) * edge.height
            )
        else:
            yield from _placed(place, edge, widget.render_lines(edge))


def _placed(place: Region, own: Region, strips: Iterable[Strip]) -> Iterator[tuple[int, int, Strip]]:
    """Each strip with the place of its beginning on the screen."""
    for y, strip in zip(own.line_range, strips, strict=True):
        yield place.x + own.x, place.y + y, strip


def _bar_lines(bar: ScrollBar, part: Region) -> Iterable[Strip]:
    """Lines of a scroll bar, without the console that Rich draws them on."""
    drawn = bar.render()
    if not isinstance(drawn, ScrollBarRender) or not isinstance(drawn.style, Style):
        return map(bar.render_line, part.line_range)
    back, thumb, under = drawn.style.bgcolor, drawn.style.color, bar.rich_style
    if back is None or thumb is None or drawn.thickness != 1 or not drawn.vertical:
        return map(bar.render_line, part.line_range)
    cells = drawn.render_bar(
        size=bar.size.height,
        virtual_size=drawn.virtual_size,
        window_size=drawn.window_size,
        position=drawn.position,
        back_color=back,
        bar_color=thumb,
    ).segments
    return (
        Strip([Segment(text, style and under + style)], 1) for text, style, _ in cells[part.y : part.bottom]
    )


def _filtered(widget: Widget, strips: Iterable[Strip]) -> Iterator[Strip]:
    """As the terminal may have them: without colours, or without lines and blocks."""
    _, background = widget.background_colors
    filters = widget.get_line_filters()
    before: Strip | None = None
    for strip in strips:
        # most lines of a bar are like the one above, and are kept as bytes with it
        if before is None or strip != before:
            before, filtered = strip, strip
            for filter in filters:
                filtered = filtered.apply_filter(filter, background)
        yield filtered


def _pane_lines(view: LineView, region: Region) -> Iterator[Strip]:
    """Lines of a pane as it keeps them; most were drawn before."""
    _, background = view.background_colors
    filters = view.get_line_filters()
    x1, x2 = region.column_span
    is_whole = region.width == view.pane_width
    for y in region.line_range:
        strip = view.pane_line(y)
        for filter in filters:
            strip = strip.apply_filter(filter, background)
        yield strip if is_whole else strip.crop(x1, x2)
