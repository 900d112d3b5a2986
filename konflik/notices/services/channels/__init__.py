"""The ways out of the house. Each says for certain whether the other side took the message, refused it, or may have taken it."""
