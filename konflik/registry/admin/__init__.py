"""The admin pages of people and forums. They stand here because every page that saves calls a service of this room."""

from konflik.registry.admin import bodies, institutions, seats

__all__ = ["bodies", "institutions", "seats"]
