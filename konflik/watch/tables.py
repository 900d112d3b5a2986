"""What one pass of the watch tells."""

from dataclasses import dataclass, field
from datetime import timedelta

DELIVER_SECONDS = timedelta(seconds=40)
"""So long one pass sends at most; what is left the next pass takes, or whoever is woken."""
LONGEST_DELIVERY = timedelta(minutes=8)
"""So long a worker that was woken sends at most."""


@dataclass
class Tally:
    """How much each step of a pass did, and which steps failed."""

    counts: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    @property
    def is_complete(self) -> bool:
        """Whether every step came to its end."""
        return not self.faults
