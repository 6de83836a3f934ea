"""What is written on the demo blogs: one in English, one in French."""

from tui_reader.demo.texts.carnet import CARNET
from tui_reader.demo.texts.harbour import HARBOUR

__all__ = ["CARNET", "HARBOUR"]
