"""Deadlines and notices for machines: both join topics."""
