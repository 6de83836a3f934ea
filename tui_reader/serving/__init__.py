"""The same screens in a browser on this computer: who is let in, the page, one reader a visitor."""

DRIVER = "tui_reader.ui.served:ServedDriver"
"""What draws a reader whose terminal is a page; its process is told by TEXTUAL_DRIVER."""

READERS = 8
"""Pages at once, unless the user says otherwise: each has a process of some sixty megabytes."""
