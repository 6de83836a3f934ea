"""Comment systems, one file each: how to read a conversation and how to answer in it."""
