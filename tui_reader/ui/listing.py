"""How much of a long list is read at once."""

AT_FIRST = 2000
"""Posts that a list begins with; it grows when the cursor nears its end."""
BEFORE_DRAWN = 200
"""Of these those that are read before anything is drawn: no pane is as high."""
NEAR = 200
"""Posts before the end at which it grows."""
GROWS = 4
"""How many times as long it is then."""
ALL = 2**31
"""More posts than any database holds."""
