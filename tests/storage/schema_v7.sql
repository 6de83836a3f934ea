CREATE TABLE blogs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    url TEXT NOT NULL,
    url_key TEXT NOT NULL,
    feed_url TEXT NOT NULL,
    feed_key TEXT NOT NULL,
    title TEXT NOT NULL,
    own_title TEXT,
    folder TEXT,
    is_subscribed INTEGER NOT NULL CHECK (is_subscribed IN (0, 1)),
    added_at INTEGER NOT NULL,
    comments_feed_url TEXT,
    generator TEXT,
    etag TEXT,
    last_modified TEXT,
    body_hash TEXT,
    last_refreshed INTEGER,
    error TEXT,
    error_since INTEGER,
    posts INTEGER NOT NULL DEFAULT 0,
    unread INTEGER NOT NULL DEFAULT 0,
    new_comments INTEGER NOT NULL DEFAULT 0
, is_paused INTEGER NOT NULL DEFAULT 0 CHECK (is_paused IN (0, 1)), gone_at INTEGER, next_check INTEGER, not_before INTEGER, failures INTEGER NOT NULL DEFAULT 0, changed_at INTEGER, least_wait INTEGER, skip_hours INTEGER NOT NULL DEFAULT 0, skip_days INTEGER NOT NULL DEFAULT 0, api_root TEXT, comments_etag TEXT, comments_last_modified TEXT, comments_hash TEXT, listed_comments TEXT, comments_total INTEGER, counted_at INTEGER, starred INTEGER NOT NULL DEFAULT 0, later INTEGER NOT NULL DEFAULT 0, followed INTEGER NOT NULL DEFAULT 0, removed_at INTEGER, outline TEXT) STRICT;
CREATE TABLE posts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    blog_id INTEGER NOT NULL REFERENCES blogs (id) ON DELETE CASCADE,
    guid TEXT NOT NULL,
    url TEXT NOT NULL,
    url_key TEXT NOT NULL,
    title TEXT NOT NULL,
    author TEXT,
    published INTEGER,
    updated INTEGER,
    first_seen INTEGER NOT NULL,
    sort_at INTEGER NOT NULL,
    content_hash TEXT NOT NULL,
    is_backlog INTEGER NOT NULL CHECK (is_backlog IN (0, 1)),
    is_read INTEGER NOT NULL DEFAULT 0 CHECK (is_read IN (0, 1)),
    is_starred INTEGER NOT NULL DEFAULT 0 CHECK (is_starred IN (0, 1)),
    is_indexed INTEGER NOT NULL DEFAULT 0 CHECK (is_indexed IN (0, 1)),
    comments_url TEXT,
    comments_feed_url TEXT,
    feed_count INTEGER,
    declared_count INTEGER,
    published_comments INTEGER NOT NULL DEFAULT 0,
    new_comments INTEGER NOT NULL DEFAULT 0,
    engine TEXT,
    engine_facts TEXT,
    loaded_at INTEGER,
    is_complete INTEGER NOT NULL DEFAULT 0 CHECK (is_complete IN (0, 1)),
    conversation_note TEXT NOT NULL DEFAULT '',
    takes_comments INTEGER CHECK (takes_comments IN (0, 1)), wants_load INTEGER NOT NULL DEFAULT 0 CHECK (wants_load IN (0, 1)), load_failures INTEGER NOT NULL DEFAULT 0, is_later INTEGER NOT NULL DEFAULT 0 CHECK (is_later IN (0, 1)), is_followed INTEGER CHECK (is_followed IN (0, 1)),
    UNIQUE (blog_id, guid)
) STRICT;
CREATE TABLE bodies (
    post_id INTEGER PRIMARY KEY REFERENCES posts (id) ON DELETE CASCADE,
    html TEXT NOT NULL,
    base_url TEXT NOT NULL,
    is_excerpt INTEGER NOT NULL CHECK (is_excerpt IN (0, 1)),
    full_html TEXT
) STRICT;
CREATE TABLE comments (
    key INTEGER PRIMARY KEY,
    post_id INTEGER NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    id TEXT NOT NULL,
    parent_id TEXT,
    author TEXT NOT NULL,
    author_url TEXT,
    published INTEGER,
    html TEXT NOT NULL,
    url TEXT,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    first_seen INTEGER NOT NULL,
    is_mine INTEGER NOT NULL CHECK (is_mine IN (0, 1)),
    is_by_post_author INTEGER NOT NULL CHECK (is_by_post_author IN (0, 1)),
    is_seen INTEGER NOT NULL CHECK (is_seen IN (0, 1)),
    is_indexed INTEGER NOT NULL DEFAULT 0 CHECK (is_indexed IN (0, 1)),
    UNIQUE (post_id, id)
) STRICT;
CREATE TABLE visits (
    post_id INTEGER PRIMARY KEY REFERENCES posts (id) ON DELETE CASCADE,
    entered_at INTEGER NOT NULL,
    left_at INTEGER
) STRICT;
CREATE TABLE identities (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    site TEXT NOT NULL,
    blog_id INTEGER REFERENCES blogs (id) ON DELETE CASCADE,
    username TEXT
) STRICT;
CREATE TABLE replies (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    post_id INTEGER NOT NULL REFERENCES posts (id) ON DELETE RESTRICT,
    to_id TEXT,
    text TEXT NOT NULL,
    has_words INTEGER NOT NULL AS (trim(text, ' ' || char(9, 10, 13)) <> ''),
    identity_id INTEGER REFERENCES identities (id) ON DELETE SET NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL DEFAULT '',
    refusal TEXT,
    comment_id TEXT,
    url TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    sent_at INTEGER,
    attempts INTEGER NOT NULL DEFAULT 0,
    not_before INTEGER,
    sender TEXT
, asked INTEGER NOT NULL DEFAULT 0, ask_after INTEGER, given_up_at INTEGER) STRICT;
CREATE TABLE search_rows (
    id INTEGER PRIMARY KEY,
    post_id INTEGER NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    comment_key INTEGER REFERENCES comments (key) ON DELETE CASCADE,
    title TEXT NOT NULL,
    author TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;
CREATE VIRTUAL TABLE search USING fts5 (
    title, author, text, content = 'search_rows', content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TABLE feed_items (
    blog_id INTEGER NOT NULL REFERENCES blogs (id) ON DELETE CASCADE,
    hash TEXT NOT NULL,
    guid TEXT NOT NULL,
    PRIMARY KEY (blog_id, hash)
) STRICT, WITHOUT ROWID;
CREATE TABLE places (
    post_id INTEGER PRIMARY KEY REFERENCES posts (id) ON DELETE CASCADE,
    block INTEGER NOT NULL,
    line INTEGER NOT NULL,
    comment_id TEXT,
    folded TEXT NOT NULL
) STRICT;
CREATE TABLE mutes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    author TEXT NOT NULL,
    author_key TEXT,
    blog_id INTEGER REFERENCES blogs (id) ON DELETE CASCADE,
    post_id INTEGER REFERENCES posts (id) ON DELETE CASCADE,
    comment_id TEXT,
    muted_at INTEGER NOT NULL
) STRICT;
CREATE TABLE acts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    what TEXT NOT NULL,
    changes TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX blogs_by_feed ON blogs (feed_url) WHERE feed_url <> '';
CREATE INDEX blogs_by_url_key ON blogs (url_key);
CREATE INDEX blogs_by_feed_key ON blogs (feed_key);
CREATE INDEX posts_of_blog ON posts (blog_id, sort_at, id);
CREATE INDEX posts_by_time ON posts (sort_at, id);
CREATE INDEX posts_by_url_key ON posts (url_key);
CREATE INDEX posts_unread ON posts (sort_at, id) WHERE is_read = 0;
CREATE INDEX posts_starred ON posts (sort_at, id) WHERE is_starred = 1;
CREATE INDEX posts_with_new ON posts (sort_at, id) WHERE new_comments > 0;
CREATE INDEX posts_to_index ON posts (id) WHERE is_indexed = 0;
CREATE INDEX comments_unseen ON comments (post_id, first_seen) WHERE is_seen = 0;
CREATE INDEX comments_mine ON comments (post_id, id) WHERE is_mine = 1;
CREATE INDEX comments_to_index ON comments (key) WHERE is_indexed = 0;
CREATE INDEX identities_of_blog ON identities (blog_id);
CREATE INDEX replies_of_post ON replies (post_id);
CREATE INDEX replies_as_identity ON replies (identity_id);
CREATE INDEX search_rows_of_post ON search_rows (post_id);
CREATE UNIQUE INDEX search_rows_of_comment ON search_rows (comment_key) WHERE comment_key IS NOT NULL;
CREATE INDEX posts_wanting_load ON posts (blog_id) WHERE wants_load = 1;
CREATE INDEX posts_later ON posts (sort_at, id) WHERE is_later = 1;
CREATE INDEX posts_followed ON posts (sort_at, id) WHERE is_followed = 1;
CREATE INDEX mutes_of_blog ON mutes (blog_id);
CREATE INDEX mutes_of_post ON mutes (post_id);
CREATE INDEX blogs_removed ON blogs (removed_at) WHERE removed_at IS NOT NULL;
CREATE INDEX comments_by_parent ON comments (post_id, parent_id, is_mine, is_seen)
        WHERE parent_id IS NOT NULL;
CREATE TRIGGER comments_counted AFTER INSERT ON comments BEGIN
        UPDATE posts SET new_comments = new_comments + (1 - new.is_seen),
            published_comments = published_comments + (new.state = 'published') WHERE id = new.post_id;
    END;
CREATE TRIGGER comments_uncounted AFTER DELETE ON comments BEGIN
        UPDATE posts SET new_comments = new_comments - (1 - old.is_seen),
            published_comments = published_comments - (old.state = 'published') WHERE id = old.post_id;
    END;
CREATE TRIGGER comments_recounted AFTER UPDATE OF is_seen, state ON comments
    WHEN new.is_seen <> old.is_seen OR new.state <> old.state BEGIN
        UPDATE posts SET new_comments = new_comments + old.is_seen - new.is_seen,
            published_comments = published_comments + (new.state = 'published') - (old.state = 'published')
            WHERE id = new.post_id;
    END;
CREATE TRIGGER search_rows_added AFTER INSERT ON search_rows BEGIN
        INSERT INTO search (rowid, title, author, text) VALUES (new.id, new.title, new.author, new.text);
    END;
CREATE TRIGGER search_rows_removed AFTER DELETE ON search_rows BEGIN
        INSERT INTO search (search, rowid, title, author, text)
            VALUES ('delete', old.id, old.title, old.author, old.text);
    END;
CREATE TRIGGER posts_talked_about AFTER UPDATE OF feed_count ON posts
    WHEN new.feed_count IS NOT NULL AND new.feed_count IS NOT old.feed_count BEGIN
        UPDATE posts SET wants_load = 1, load_failures = 0 WHERE id = new.id;
    END;
CREATE TRIGGER posts_come_with_talk AFTER INSERT ON posts
    WHEN new.feed_count > 0 AND new.is_backlog = 0 BEGIN
        UPDATE posts SET wants_load = 1 WHERE id = new.id;
    END;
CREATE TRIGGER posts_loaded AFTER UPDATE OF loaded_at ON posts
    WHEN new.wants_load = 1 OR new.load_failures > 0 BEGIN
        UPDATE posts SET wants_load = 0, load_failures = 0 WHERE id = new.id;
    END;
CREATE TRIGGER posts_followed_by_comment AFTER INSERT ON comments WHEN new.is_mine BEGIN
        UPDATE posts SET is_followed = 1 WHERE id = new.post_id AND is_followed IS NULL;
    END;
CREATE TRIGGER posts_followed_by_claim AFTER UPDATE OF is_mine ON comments
    WHEN new.is_mine > old.is_mine BEGIN
        UPDATE posts SET is_followed = 1 WHERE id = new.post_id AND is_followed IS NULL;
    END;
CREATE TRIGGER posts_followed_by_reply AFTER UPDATE OF state ON replies
    WHEN new.state IN ('published', 'held', 'uncertain') BEGIN
        UPDATE posts SET is_followed = 1 WHERE id = new.post_id AND is_followed IS NULL;
    END;
CREATE TRIGGER posts_counted AFTER INSERT ON posts BEGIN
        UPDATE blogs SET posts = posts + 1, unread = unread + (1 - new.is_read),
            new_comments = new_comments + new.new_comments, starred = starred + new.is_starred,
            later = later + new.is_later, followed = followed + COALESCE(new.is_followed, 0)
            WHERE id = new.blog_id;
    END;
CREATE TRIGGER posts_uncounted AFTER DELETE ON posts BEGIN
        UPDATE blogs SET posts = posts - 1, unread = unread - (1 - old.is_read),
            new_comments = new_comments - old.new_comments, starred = starred - old.is_starred,
            later = later - old.is_later, followed = followed - COALESCE(old.is_followed, 0)
            WHERE id = old.blog_id;
    END;
CREATE TRIGGER posts_recounted
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
    END;
ALTER TABLE blogs ADD COLUMN wants_full_text INTEGER NOT NULL DEFAULT 0
        CHECK (wants_full_text IN (0, 1));
ALTER TABLE bodies ADD COLUMN full_from TEXT;
ALTER TABLE bodies ADD COLUMN full_for TEXT;
CREATE TABLE folders (
        path TEXT PRIMARY KEY,
        said TEXT NOT NULL
    ) STRICT;
ALTER TABLE blogs ADD COLUMN trouble TEXT;
