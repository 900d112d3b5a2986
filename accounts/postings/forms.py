"""The forms of institutions and postings."""

from collections.abc import Mapping
from typing import Any

from django import forms

from accounts.postings.models import Institution, Posting
from accounts.postings.services import InstitutionFacts, PostingFacts


class InstitutionForm(forms.ModelForm):
    """What a clerk fills in."""

    class Meta:
        model = Institution
        fields = ("name", "kind", "region", "is_active")

    def facts(self) -> InstitutionFacts:
        """What was filled in, for the service."""
        return InstitutionFacts(**self.cleaned_data)


class PostingForm(forms.ModelForm):
    """Who holds which role, where, for whom, from when until when."""

    class Meta:
        model = Posting
        fields = ("user", "role", "tenure", "region", "institution", "seat", "decree", "valid_from", "valid_until")

    def facts(self) -> PostingFacts:
        """What was filled in, for the service."""
        return posting_facts(self.cleaned_data)


def posting_facts(given: Mapping[str, Any]) -> PostingFacts:
    """The facts of a posting out of the cleaned fields of a form."""
    seat = given.get("seat")
    return PostingFacts(
        role=given["role"],
        tenure=given["tenure"],
        region=given["region"],
        institution=given.get("institution"),
        seat_id=seat.pk if seat else None,
        decree=given["decree"],
        valid_from=given["valid_from"],
        valid_until=given["valid_until"],
    )
