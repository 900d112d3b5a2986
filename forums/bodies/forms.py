"""The form of a body."""

from django import forms

from forums.bodies.models import Body
from forums.bodies.services import BodyFacts
from konflik.law.bodies import BODY_RULES, RELIGION_LABELS, BodyKind


class BodyForm(forms.ModelForm):
    """What a clerk fills in; an empty legal basis is taken from the kind of body."""

    religions_present = forms.MultipleChoiceField(
        label="agama yang ada di daerah",
        choices=[(code.value, label) for code, label in RELIGION_LABELS.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Hanya untuk FKUB: setiap agama yang ada di daerah harus terwakili (PBM 9 dan 8/2006 Pasal 10).",
    )
    legal_basis = forms.CharField(
        label="dasar hukum", max_length=200, required=False, help_text="Kosongkan untuk memakai dasar hukum menurut jenis forum."
    )

    class Meta:
        model = Body
        fields = (
            "kind",
            "name",
            "region",
            "secretariat",
            "legal_basis",
            "decree_number",
            "decree_on",
            "valid_from",
            "valid_until",
            "religions_present",
            "note",
        )

    def facts(self) -> BodyFacts:
        """What was filled in, for the service. The basis of the former kind does not stay under another kind."""
        given = dict(self.cleaned_data)
        if "kind" in self.changed_data and given["legal_basis"] in {BODY_RULES[kind].basis for kind in BodyKind}:
            given["legal_basis"] = ""
        return BodyFacts(**{**given, "religions_present": tuple(given["religions_present"])})
