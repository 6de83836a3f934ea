"""Compiles the translators' catalogues when a wheel is built; see ``tui_reader/catalogues.py``."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Catalogues(BuildHookInterface):
    """Puts each catalogue in the form that the program reads."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before it collects the files."""
        sys.path.insert(0, self.root)
        try:
            from tui_reader.catalogues import compile_all
        finally:
            sys.path.remove(self.root)
        made = compile_all(Path(self.root, "tui_reader"))
        build_data["artifacts"] += [str(file.relative_to(self.root)) for file in made]
