"""The second step of the tables: when a blog is asked again, and which conversations want loading.

Marks are set by triggers: whoever stores a count that moved has said in the same transaction that the
conversation wants loading, and whoever stores a loaded conversation has said that it wants no more.
"""

_BLOGS = (
    "ALTER TABLE blogs ADD COLUMN is_paused INTEGER NOT NULL DEFAULT 0 CHECK (is_paused IN (0, 1))",
    "ALTER TABLE blogs ADD COLUMN gone_at INTEGER",
    "ALTER TABLE blogs ADD COLUMN next_check INTEGER",
    "ALTER TABLE blogs ADD COLUMN not_before INTEGER",
    "ALTER TABLE blogs ADD COLUMN failures INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE blogs ADD COLUMN changed_at INTEGER",
    "ALTER TABLE blogs ADD COLUMN least_wait INTEGER",
    "ALTER TABLE blogs ADD COLUMN skip_hours INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE blogs ADD COLUMN skip_days INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE blogs ADD COLUMN api_root TEXT",
    "ALTER TABLE blogs ADD COLUMN comments_etag TEXT",
    "ALTER TABLE blogs ADD COLUMN comments_last_modified TEXT",
    "ALTER TABLE blogs ADD COLUMN comments_hash TEXT",
    "ALTER TABLE blogs ADD COLUMN listed_comments TEXT",
    "ALTER TABLE blogs ADD COLUMN comments_total INTEGER",
    "ALTER TABLE blogs ADD COLUMN counted_at INTEGER",
)

_POSTS = (
    "ALTER TABLE posts ADD COLUMN wants_load INTEGER NOT NULL DEFAULT 0 CHECK (wants_load IN (0, 1))",
    "ALTER TABLE posts ADD COLUMN load_failures INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX posts_wanting_load ON posts (blog_id) WHERE wants_load = 1",
)

# the entries of a feed as it was last read: what is in it still, byte by byte, is not read again
_FEED_ITEMS = """CREATE TABLE feed_items (
    blog_id INTEGER NOT NULL REFERENCES blogs (id) ON DELETE CASCADE,
    hash TEXT NOT NULL,
    guid TEXT NOT NULL,
    PRIMARY KEY (blog_id, hash)
) STRICT, WITHOUT ROWID"""

_MARKS = (
    """CREATE TRIGGER posts_talked_about AFTER UPDATE OF feed_count ON posts
    WHEN new.feed_count IS NOT NULL AND new.feed_count IS NOT old.feed_count BEGIN
        UPDATE posts SET wants_load = 1, load_failures = 0 WHERE id = new.id;
    END""",
    """CREATE TRIGGER posts_come_with_talk AFTER INSERT ON posts
    WHEN new.feed_count > 0 AND new.is_backlog = 0 BEGIN
        UPDATE posts SET wants_load = 1 WHERE id = new.id;
    END""",
    """CREATE TRIGGER posts_loaded AFTER UPDATE OF loaded_at ON posts
    WHEN new.wants_load = 1 OR new.load_failures > 0 BEGIN
        UPDATE posts SET wants_load = 0, load_failures = 0 WHERE id = new.id;
    END""",
)

SCHEDULE: tuple[str, ...] = (*_BLOGS, *_POSTS, _FEED_ITEMS, *_MARKS)
