"""Values and rules of blogs, posts, comments and replies; standard library only, no I/O and no clock."""
