"""The list of cases: what narrows it, and the mark from which the next page goes on."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django import forms
from django.conf import settings
from django.db.models import Q

from accounts.users.models import User
from konflik.cases.models import Case
from konflik.cases.models.case import CaseQuerySet
from konflik.cases.selectors import lying_in, search, stuck, with_leading_place
from konflik.desk.selectors.finding import regions_like
from konflik.law.secrecy import SECRECY_LABELS
from konflik.law.severity import SEVERITY_LABELS
from konflik.law.sources import SOURCE_LABELS
from konflik.law.stages import STAGE_LABELS
from konflik.stages.selectors import overdue

ANY = ("", "Semua")
PAGE = 20
MARK = "%Y%m%dT%H%M%S%f"
ATTENTION = {"berjalan": "Masih berjalan", "lewat": "Ada yang lewat batas waktu", "macet": "Tanpa kabar terbaru"}


class CaseFilterForm(forms.Form):
    """What somebody may narrow the list by. An unreadable value narrows nothing and is shown as an error."""

    use_required_attribute = False

    q = forms.CharField(label="Cari", required=False, max_length=100, help_text="Nomor, judul, atau nama pihak.")
    stage = forms.ChoiceField(label="Tahap", required=False, choices=[ANY, *((k.value, v) for k, v in STAGE_LABELS.items())])
    source = forms.ChoiceField(label="Sumber konflik", required=False, choices=[ANY, *((k.value, v) for k, v in SOURCE_LABELS.items())])
    severity = forms.ChoiceField(label="Kerawanan", required=False, choices=[ANY, *((str(k.value), v) for k, v in SEVERITY_LABELS.items())])
    secrecy = forms.ChoiceField(label="Kelas", required=False, choices=[ANY, *((str(k.value), v) for k, v in SECRECY_LABELS.items())])
    attention = forms.ChoiceField(label="Keadaan", required=False, choices=[ANY, *ATTENTION.items()])
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
        data = self.cleaned_data
        for name in ("stage", "source", "severity", "secrecy"):
            if data[name]:
                cases = cases.filter(**{name: data[name]})
        if data["attention"]:
            cases = NEEDS[data["attention"]](cases, at)
        if data["region"]:
            cases = _in_region(cases, data["region"], at=at)
        return search(cases, data["q"])


def _in_region(cases: CaseQuerySet, text: str, *, at: datetime) -> CaseQuerySet:
    # The likeliest is taken: a list that asks back would be one tap more for nothing.
    found = regions_like(text, at=at)
    return lying_in(cases, found[0].row.pk) if found else cases.none()


NEEDS: dict[str, Callable[[CaseQuerySet, datetime], CaseQuerySet]] = {
    "berjalan": lambda cases, at: cases.running(),
    "lewat": lambda cases, at: overdue(cases, at=at),
    "macet": lambda cases, at: stuck(cases, now=at, after=timedelta(days=settings.STUCK_DAYS)),
}


def visible_cases(user: User, *, at: datetime) -> CaseQuerySet:
    """Every case that `user` may see, the newest first, with what a list shows."""
    visible = Case.objects.visible_to(user, at=at).select_related("kabupaten")
    return with_leading_place(visible).order_by("-opened_at", "-pk")


class CasePage:
    """One page of the list by key, not by number: the thousandth page costs what the first does."""

    def __init__(self, cases: CaseQuerySet, *, after: str = "", size: int = PAGE) -> None:
        rows = list(self._after(cases, after)[: size + 1])
        self.rows = rows[:size]
        self.next = self._mark(self.rows[-1]) if len(rows) > size else ""
        self.is_first = not after

    @staticmethod
    def _mark(case: Case) -> str:
        return f"{case.opened_at.astimezone(UTC):{MARK}}_{case.pk}"

    @staticmethod
    def _after(cases: CaseQuerySet, mark: str) -> CaseQuerySet:
        stamp, _, key = mark.partition("_")
        try:
            opened_at, pk = datetime.strptime(stamp, MARK).replace(tzinfo=UTC), int(key)
        except ValueError:
            return cases
        return cases.filter(Q(opened_at__lt=opened_at) | Q(opened_at=opened_at, pk__lt=pk))
