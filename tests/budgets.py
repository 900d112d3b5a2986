"""How many queries a page may need."""

# What the frame of every page asks: the bell, the heartbeat, two badges of the menu.
FRAME = 4
