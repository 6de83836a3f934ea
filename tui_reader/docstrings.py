"""Docstrings as messages: a command's is its help."""

import inspect


def unwrapped(docstring: str) -> str:
    """The docstring as it stands in catalogues: a line a paragraph, however the source wraps it."""
    paragraphs = inspect.cleandoc(docstring).split("\n\n")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)
