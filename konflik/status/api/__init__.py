"""The status of a conflict for machines: what stands, and each act around it."""
