"""What of the app stands in the admin; wiring only."""

from accounts.regions import admin as regions

__all__ = ["regions"]
