"""Who will be told, by which channels, and what they read."""
