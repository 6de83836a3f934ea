"""The step of the tables for the whole text of posts that a feed cuts short."""

FULL_TEXT: tuple[str, ...] = (
    """ALTER TABLE blogs ADD COLUMN wants_full_text INTEGER NOT NULL DEFAULT 0
        CHECK (wants_full_text IN (0, 1))""",
    # whose the whole text is: "page", or nothing for what the blog's own interface gave
    "ALTER TABLE bodies ADD COLUMN full_from TEXT",
    # what the feed's text was then: with another one the whole text is an old one
    "ALTER TABLE bodies ADD COLUMN full_for TEXT",
)
