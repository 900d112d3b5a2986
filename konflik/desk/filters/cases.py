"""The list of cases: what narrows it."""

from datetime import datetime

from django import forms

from accounts.users.models import User
from konflik.cases.filters import NEEDS, ORDERINGS, CaseFilters, Need
from konflik.cases.models import Case
from konflik.cases.models.case import CaseQuerySet
from konflik.cases.selectors import with_leading_place
from konflik.desk.selectors.finding import regions_like
from konflik.rest.paging import Order
from konflik.rest.params import choices_of, narrow
from konflik.stages.selectors import overdue

ANY = ("", "Semua")
NEWEST_FIRST = Order.by(ORDERINGS[0])

ATTENTION: dict[str, tuple[str, Need]] = {
    "berjalan": ("Masih berjalan", lambda cases, at: cases.running()),
    "lewat": ("Ada yang lewat batas waktu", lambda cases, at: overdue(cases, at=at)),
    **NEEDS,
}
"""Beside what every list of cases knows, what only a page that joins topics can tell."""


def _choice(name: str, label: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[ANY, *choices_of(CaseFilters, name)])


class CaseFilterForm(forms.Form):
    """What somebody may narrow the list by. An unreadable value narrows nothing and is shown as an error."""

    use_required_attribute = False

    q = forms.CharField(label="Cari", required=False, max_length=100, help_text="Nomor, judul, atau nama pihak.")
    stage = _choice("stage", "Tahap")
    source = _choice("source", "Sumber konflik")
    severity = _choice("severity", "Kerawanan")
    secrecy = _choice("secrecy", "Kelas")
    attention = forms.ChoiceField(
        label="Keadaan", required=False, choices=[ANY, *((word, label) for word, (label, _) in ATTENTION.items())]
    )
    region = forms.CharField(label="Wilayah", required=False, max_length=100, help_text="Nama desa, kecamatan, atau kode wilayah.")

    def is_narrowed(self) -> bool:
        """Whether anything narrows the list."""
        return any(self.data.get(name) for name in self.fields)

    def has_more_than_words(self) -> bool:
        """Whether the fields behind the search box are in use."""
        return any(self.data.get(name) for name in self.fields if name != "q")

    def narrow(self, cases: CaseQuerySet, *, at: datetime) -> CaseQuerySet:
        """`cases` that fit; none for a region that does not exist."""
        if not self.is_valid():
            return cases.none()
        asked = {name: value.strip() for name, value in self.cleaned_data.items() if value.strip()}
        if needed := asked.pop("attention", ""):
            cases = ATTENTION[needed][1](cases, at)
        if place := asked.pop("region", ""):
            # The likeliest is taken: a list that asks back would be one tap more for nothing.
            found = regions_like(place, at=at)
            if not found:
                return cases.none()
            asked["place"] = found[0].row.pk
        return narrow(cases, CaseFilters, asked)


def visible_cases(user: User, *, at: datetime) -> CaseQuerySet:
    """Every case that `user` may see, with what a list shows."""
    visible = Case.objects.visible_to(user, at=at).select_related("kabupaten")
    return with_leading_place(visible)
