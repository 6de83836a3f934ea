"""A small blog on loopback, with comments, for the first try and for tests."""
