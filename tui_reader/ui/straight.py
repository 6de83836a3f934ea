"""Draws what changed in one widget without composing what lies behind and beside it.

Textual composes the whole part of the screen around everything that changed, layer by layer. When a cursor
moves, two rows of one list change; a scrolled pane is lines that were mostly drawn before. Both come to the
terminal sooner when only their own lines are made and written.
"""

from collections.abc import Iterable, Iterator

from rich.console import Console
from textual._compositor import ChopsUpdate, Compositor, CompositorUpdate
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tui_reader.ui.widgets.line_view import LineView


class StraightUpdate(CompositorUpdate):
    """Lines at places of the screen, and perhaps a composed update after them."""

    def __init__(self, lines: list[tuple[int, int, Strip]], rest: ChopsUpdate | None = None) -> None:
        self.lines = lines
        self.rest = rest

    def render_segments(self, console: Console) -> str:
        """What the terminal is to be sent."""
        parts = [f"\x1b[{y + 1};{x + 1}H{strip.render(console)}" for x, y, strip in self.lines]
        if self.rest is not None:
            parts.append(self.rest.render_segments(console))
        return "".join(parts)


class StraightCompositor(Compositor):
    """Composes only what it must."""

    def render_partial_update(self) -> CompositorUpdate | None:  # type: ignore[override]
        """The changed regions: straight where one widget covers them, composed where not."""
        straight: list[tuple[Widget, Region, Region]] = []
        composed: set[Region] = set()
        screen = self.size.region
        for dirty in self._dirty_regions:
            region = dirty.intersection(screen)
            if region:
                covering = self._covering(region)
                if covering is None:
                    composed.add(region)
                else:
                    straight.append((*covering, region))
        self._dirty_regions = composed
        rest = super().render_partial_update()
        lines = [line for widget, place, region in straight for line in _lines(widget, place, region)]
        return StraightUpdate(lines, rest) if lines else rest

    def _covering(self, region: Region) -> tuple[Widget, Region] | None:
        """The widget that alone is seen in a region, and where it stands; None when there are several."""
        for widget, (place, clip) in self.visible_widgets.items():
            seen = place.intersection(clip)
            if seen.overlaps(region):
                # front to back: whatever comes first covers the others
                return (widget, place) if seen.contains_region(region) else None
        return None


def _lines(widget: Widget, place: Region, region: Region) -> Iterator[tuple[int, int, Strip]]:
    own = region.translate(-place.offset)
    if isinstance(widget, LineView):
        content = Region(*widget.gutter.top_left, widget.pane_width, widget.pane_height)
        if content.contains_region(own):
            yield from _placed(region, _pane_lines(widget, own.translate(-content.offset)))
            return
    yield from _placed(region, widget.render_lines(own))


def _placed(region: Region, strips: Iterable[Strip]) -> Iterator[tuple[int, int, Strip]]:
    """Each strip with the place of its beginning."""
    for y, strip in zip(region.line_range, strips, strict=True):
        yield region.x, y, strip


def _pane_lines(view: LineView, region: Region) -> Iterator[Strip]:
    """Lines of a pane as it keeps them; most were drawn before."""
    _, background = view.background_colors
    filters = view.get_line_filters()
    x1, x2 = region.column_span
    is_whole = region.width == view.pane_width
    for y in region.line_range:
        strip = view.render_line(y)
        for filter in filters:
            strip = strip.apply_filter(filter, background)
        yield strip if is_whole else strip.crop(x1, x2)
