"""The step of the tables for a reader's own state: later, followed, places, mutes, what can be undone."""

_COLUMNS = (
    "ALTER TABLE posts ADD COLUMN is_later INTEGER NOT NULL DEFAULT 0 CHECK (is_later IN (0, 1))",
    # no value: the user did not say, and has not written there
    "ALTER TABLE posts ADD COLUMN is_followed INTEGER CHECK (is_followed IN (0, 1))",
    "ALTER TABLE blogs ADD COLUMN starred INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE blogs ADD COLUMN later INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE blogs ADD COLUMN followed INTEGER NOT NULL DEFAULT 0",
    # what is removed stays for a while, so that it can come back whole
    "ALTER TABLE blogs ADD COLUMN removed_at INTEGER",
    # what a list of subscriptions said of it beside what we use: it goes out again as it came
    "ALTER TABLE blogs ADD COLUMN outline TEXT",
    "ALTER TABLE replies ADD COLUMN asked INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE replies ADD COLUMN ask_after INTEGER",
    "ALTER TABLE replies ADD COLUMN given_up_at INTEGER",
)

_PLACES = """CREATE TABLE places (
    post_id INTEGER PRIMARY KEY REFERENCES posts (id) ON DELETE CASCADE,
    block INTEGER NOT NULL,
    line INTEGER NOT NULL,
    comment_id TEXT,
    folded TEXT NOT NULL
) STRICT"""

_MUTES = """CREATE TABLE mutes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    author TEXT NOT NULL,
    author_key TEXT,
    blog_id INTEGER REFERENCES blogs (id) ON DELETE CASCADE,
    post_id INTEGER REFERENCES posts (id) ON DELETE CASCADE,
    comment_id TEXT,
    muted_at INTEGER NOT NULL
) STRICT"""

_ACTS = """CREATE TABLE acts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    what TEXT NOT NULL,
    changes TEXT NOT NULL
) STRICT"""

_INDEXES = (
    "CREATE INDEX posts_later ON posts (sort_at, id) WHERE is_later = 1",
    "CREATE INDEX posts_followed ON posts (sort_at, id) WHERE is_followed = 1",
    "CREATE INDEX mutes_of_blog ON mutes (blog_id)",
    "CREATE INDEX mutes_of_post ON mutes (post_id)",
    "CREATE INDEX blogs_removed ON blogs (removed_at) WHERE removed_at IS NOT NULL",
)

# whoever writes under a post follows what is said there, unless he says that he does not
_FOLLOWING = (
    """UPDATE posts SET is_followed = 1 WHERE id IN (
        SELECT post_id FROM comments WHERE is_mine = 1
        UNION SELECT post_id FROM replies WHERE state IN ('published', 'held', 'uncertain'))""",
    """CREATE TRIGGER posts_followed_by_comment AFTER INSERT ON comments WHEN new.is_mine BEGIN
        UPDATE posts SET is_followed = 1 WHERE id = new.post_id AND is_followed IS NULL;
    END""",
    """CREATE TRIGGER posts_followed_by_claim AFTER UPDATE OF is_mine ON comments
    WHEN new.is_mine > old.is_mine BEGIN
        UPDATE posts SET is_followed = 1 WHERE id = new.post_id AND is_followed IS NULL;
    END""",
    """CREATE TRIGGER posts_followed_by_reply AFTER UPDATE OF state ON replies
    WHEN new.state IN ('published', 'held', 'uncertain') BEGIN
        UPDATE posts SET is_followed = 1 WHERE id = new.post_id AND is_followed IS NULL;
    END""",
)

_COUNTS = (
    """UPDATE blogs SET
        starred = (SELECT count(*) FROM posts WHERE blog_id = blogs.id AND is_starred = 1),
        followed = (SELECT count(*) FROM posts WHERE blog_id = blogs.id AND is_followed = 1)""",
    "DROP TRIGGER posts_counted",
    "DROP TRIGGER posts_uncounted",
    "DROP TRIGGER posts_recounted",
    """CREATE TRIGGER posts_counted AFTER INSERT ON posts BEGIN
        UPDATE blogs SET posts = posts + 1, unread = unread + (1 - new.is_read),
            new_comments = new_comments + new.new_comments, starred = starred + new.is_starred,
            later = later + new.is_later, followed = followed + COALESCE(new.is_followed, 0)
            WHERE id = new.blog_id;
    END""",
    """CREATE TRIGGER posts_uncounted AFTER DELETE ON posts BEGIN
        UPDATE blogs SET posts = posts - 1, unread = unread - (1 - old.is_read),
            new_comments = new_comments - old.new_comments, starred = starred - old.is_starred,
            later = later - old.is_later, followed = followed - COALESCE(old.is_followed, 0)
            WHERE id = old.blog_id;
    END""",
    """CREATE TRIGGER posts_recounted
    AFTER UPDATE OF is_read, new_comments, is_starred, is_later, is_followed ON posts
    WHEN (new.is_read, new.new_comments, new.is_starred, new.is_later)
            <> (old.is_read, old.new_comments, old.is_starred, old.is_later)
        OR new.is_followed IS NOT old.is_followed BEGIN
        UPDATE blogs SET unread = unread + old.is_read - new.is_read,
            new_comments = new_comments + new.new_comments - old.new_comments,
            starred = starred + new.is_starred - old.is_starred,
            later = later + new.is_later - old.is_later,
            followed = followed + COALESCE(new.is_followed, 0) - COALESCE(old.is_followed, 0)
            WHERE id = new.blog_id;
    END""",
)

READING: tuple[str, ...] = (*_COLUMNS, _PLACES, _MUTES, _ACTS, *_INDEXES, *_FOLLOWING, *_COUNTS)

ANSWERS: tuple[str, ...] = (
    # from a comment of the user's to what answers it: without, all that is new under its post is looked at
    """CREATE INDEX comments_by_parent ON comments (post_id, parent_id, is_mine, is_seen)
        WHERE parent_id IS NOT NULL""",
)
"""A later step: what is answered to the user is counted at every look, whatever else is said around it."""
