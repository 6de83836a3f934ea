"""The step of the tables for what lists of subscriptions say that only other programs understand."""

LISTS: tuple[str, ...] = (
    # a folder is the blogs in it; this is what a list had said of it, or that it was there and empty. The
    # one without a name is the list itself
    """CREATE TABLE folders (
        path TEXT PRIMARY KEY,
        said TEXT NOT NULL
    ) STRICT""",
)
