"""Saving a form of an act: what it said, or why it was refused."""

from dataclasses import dataclass
from typing import Any, Protocol

from django.core.exceptions import ValidationError

from konflik.versions import StaleVersion


class Saving(Protocol):
    """A form with one service behind it."""

    def save(self) -> str:
        """Call the service."""

    def overtaken(self, current: Any) -> None:
        """Show what stands beside what was typed."""

    def take(self, refusal: ValidationError) -> None:
        """Show what was refused at its fields."""


@dataclass(frozen=True)
class Attempt:
    """How it went. `refused_with`: the status of the page that shows the form again; 0 where it was done."""

    said: str = ""
    refused_with: int = 0


def attempt(form: Saving) -> Attempt:
    """Save the form. What was refused stands in it afterwards: 409 where somebody was faster, 400 where a rule says no."""
    try:
        return Attempt(said=form.save())
    except StaleVersion as stale:
        form.overtaken(stale.current)
        return Attempt(refused_with=409)
    except ValidationError as refusal:
        form.take(refusal)
        return Attempt(refused_with=400)
