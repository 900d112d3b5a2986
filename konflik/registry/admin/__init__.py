"""The admin pages of people and forums. They stand here because every page that saves calls a service of this room."""

from konflik.registry.admin import bodies, gateways, hooks, installation, institutions, keys, postings, seats, users

__all__ = ["bodies", "gateways", "hooks", "installation", "institutions", "keys", "postings", "seats", "users"]
