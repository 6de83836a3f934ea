"""How much of a long list is read at once; with how much it begins, the first frame knows."""

BEFORE_DRAWN = 200
"""Posts that are read before anything is drawn: no pane is as high."""
NEAR = 200
"""Posts before the end at which it grows."""
GROWS = 4
"""How many times as long it is then."""
ALL = 2**31
"""More posts than any database holds."""
