"""The driver by which Textual takes over a terminal on which the first frame stands already."""

from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.drivers.linux_driver import LinuxDriver

if TYPE_CHECKING:
    from tui_reader.ui.first_frame import Shown

_ALTERNATE_SCREEN = "\x1b[?1049h"


def taking_over(frame: "Shown") -> type[LinuxDriver]:
    """A driver for one app that repaints this frame in place, and in the end gives back what was before."""

    class InPlace(LinuxDriver):
        def __init__(self, app: App[Any], **settings: Any) -> None:
            super().__init__(app, **settings)
            self._standing: Shown | None = frame

        def start_application_mode(self) -> None:
            super().start_application_mode()  # type: ignore[no-untyped-call]
            if self._standing is not None:
                # what Textual found is the frame's own mode, not the user's
                self.attrs_before = self._standing.before
                self._standing.is_taken = True
                self._standing = None

        def write(self, data: str) -> None:
            if self._standing is not None and data == _ALTERNATE_SCREEN:
                # asked for twice, many terminals clear it: the frame would go before the app comes
                return
            super().write(data)

    return InPlace
