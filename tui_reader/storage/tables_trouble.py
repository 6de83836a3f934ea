"""The step of the tables for what keeps a blog from answering, told in the language of the moment."""

TROUBLE: tuple[str, ...] = (
    # the kind of what ``error`` says; nothing where it has none, as of what failed before there were kinds
    "ALTER TABLE blogs ADD COLUMN trouble TEXT",
)
