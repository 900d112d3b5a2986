"""What of the app stands in the admin; wiring only."""

from konflik.registry import admin as registry

__all__ = ["registry"]
