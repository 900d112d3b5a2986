"""The form of an institution."""

from django import forms

from accounts.postings.models import Institution
from accounts.postings.services import InstitutionFacts


class InstitutionForm(forms.ModelForm):
    """What a clerk fills in."""

    class Meta:
        model = Institution
        fields = ("name", "kind", "region", "is_active")

    def facts(self) -> InstitutionFacts:
        """What was filled in, for the service."""
        return InstitutionFacts(**self.cleaned_data)
