"""The first figure of a limit that no text fixes, as an installation starts with it; a person confirms or replaces it."""

from dataclasses import dataclass
from datetime import date

from konflik.law.grammar.durations import Span, Unit


@dataclass(frozen=True)
class FirstPolicy:
    """One row. `number` None: nobody has named a figure, the limit is off."""

    code: str
    number: int | None
    unit: Unit
    valid_from: date
    basis: str

    @property
    def span(self) -> Span | None:
        """The figure, None where there is none."""
        return Span(self.number, self.unit) if self.number is not None else None
