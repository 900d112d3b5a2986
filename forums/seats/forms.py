"""The form of a seat."""

from django import forms

from forums.seats.models import Seat
from forums.seats.services import SeatFacts

FACTS = (
    "position",
    "person_name",
    "office",
    "institution",
    "user",
    "element",
    "gender",
    "religion",
    "deputy_of",
    "valid_from",
    "valid_until",
)


class SeatForm(forms.ModelForm):
    """What a clerk fills in for one seat."""

    class Meta:
        model = Seat
        fields = ("body", *FACTS)

    def facts(self) -> SeatFacts:
        """What was filled in, for the service."""
        return SeatFacts(**{field: self.cleaned_data[field] for field in FACTS})
