"""The way of a case through its stages, for machines."""
