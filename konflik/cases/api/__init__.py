"""Cases for machines."""
