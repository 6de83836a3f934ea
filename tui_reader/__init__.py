"""tui_reader: blogs in the terminal, with the conversation under each post."""

__version__ = "0.1.0"
