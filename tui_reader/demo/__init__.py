"""A small blog server on loopback, with comments, for the first try and for tests."""

from tui_reader.demo.blog import DemoBlog
from tui_reader.demo.server import DemoServer, running_demo

__all__ = ["DemoBlog", "DemoServer", "running_demo"]
