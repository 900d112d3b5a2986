"""All tables of the app; wiring only."""

from forums.bodies.models import Body
from forums.seats.models import Seat

__all__ = ["Body", "Seat"]
