"""The form that takes a file of days off."""

from django import forms

from konflik.clocks.tables.calendar_files import EXAMPLE

LARGEST = 100_000


class CalendarFileForm(forms.Form):
    """One CSV file; what is in it, the service reads."""

    file = forms.FileField(
        label="Berkas CSV",
        help_text=f"Baris pertama: {EXAMPLE}. Jenis: Libur nasional, Cuti bersama, atau Libur daerah.",
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )

    def clean_file(self) -> object:
        """Small enough to be a list of days."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError("Berkas terlalu besar. Paling besar 100 KB.")
        return file
