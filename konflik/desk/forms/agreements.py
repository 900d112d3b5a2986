"""Recording an agreement with its terms, and following a term."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils import timezone

from accounts.regions.selectors import zone_of
from konflik.cases.models import Party
from konflik.cases.tables import TEXT_MAX
from konflik.desk.forms.base import ActionForm, VersionedForm
from konflik.desk.forms.fields import CHOOSE, DayField, LongTextField, WordField, reason_field
from konflik.law.events import Event
from konflik.stages.models import Agreement, AgreementTerm
from konflik.stages.services.agreements import Term, Terms, correct_agreement, faults, record_agreement, update_term
from konflik.stages.tables import AGREEMENT_KIND_LABELS, TERM_STATUS_LABELS, AgreementKind, TermStatus

OPEN_ROWS = 3
ALL_ROWS = 12


class TermRowForm(forms.Form):
    """One butir."""

    use_required_attribute = False

    text = LongTextField(label="Isi butir", rows=3, max_length=TEXT_MAX, required=False)
    responsible = forms.ChoiceField(
        label="Pihak yang melaksanakan", required=False, error_messages={"invalid_choice": "Pilih satu dari daftar."}
    )
    due_on = DayField(label="Batas waktu", required=False)

    def __init__(self, *args: Any, parties: list[Party], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        responsible: Any = self.fields["responsible"]
        responsible.choices = [CHOOSE, *((str(party.pk), party.name) for party in parties)]
        self.parties = {str(party.pk): party for party in parties}

    def term(self) -> Term | None:
        """The butir, or None where the row was left empty."""
        data = self.cleaned_data
        if not (data.get("text") or data.get("responsible") or data.get("due_on")):
            return None
        return Term(text=data.get("text", ""), responsible=self.parties.get(data.get("responsible", "")), due_on=data.get("due_on"))


class TermRows(forms.Widget):
    """The rows of butir inside the form of their agreement; those not needed stand behind one line."""

    template_name = "components/term_rows.html"
    use_fieldset = True

    def __init__(self, rows: list[TermRowForm]) -> None:
        super().__init__()
        self.rows = rows

    def __deepcopy__(self, memo: dict[int, Any]) -> "TermRows":
        return self

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        used = [index for index, row in enumerate(self.rows, start=1) if row.initial or any(row[field].data for field in row.fields)]
        first = max(OPEN_ROWS, *used, 0)
        return {**context, "open_rows": self.rows[:first], "more_rows": self.rows[first:], "first_more": first}


class AgreementForm(ActionForm):
    """Record what the parties agreed, or what the court ruled in its place."""

    submit_label = "Simpan kesepakatan"
    tells = (Event.AGREEMENT_RECORDED,)

    kind = WordField(kind=AgreementKind, labels=AGREEMENT_KIND_LABELS, short=True, label="Cara tercapai")
    title = forms.CharField(label="Judul kesepakatan", max_length=200)
    agreed_on = DayField(label="Tanggal kesepakatan")
    place = forms.CharField(label="Tempat", max_length=160, required=False)
    witnesses = forms.CharField(label="Saksi (jabatan atau tokoh)", max_length=240, required=False)
    parties = forms.ModelMultipleChoiceField(
        Party.objects.none(),
        label="Para pihak",
        widget=forms.CheckboxSelectMultiple,
        help_text="Pilih paling sedikit dua.",
        error_messages={
            "required": "Pilih paling sedikit dua pihak. Catat dahulu para pihak pada perkara ini bila belum ada.",
            "invalid_choice": "Pilih pihak dari perkara ini.",
        },
    )

    def build(self) -> None:
        parties = list(self.case.parties.order_by("pk"))
        self.part("parties").queryset = self.case.parties.order_by("pk")
        known = self.known_terms()
        # The same number of rows whatever was typed: adding one needs no JavaScript and no second page.
        rows = max(ALL_ROWS, len(known))
        known += [None] * (rows - len(known))
        bound = self.data if self.is_bound else None
        self.terms = [TermRowForm(bound, prefix=f"term-{index}", parties=parties, initial=first) for index, first in enumerate(known)]
        help_text = "Satu butir, satu kewajiban: siapa melakukan apa, sampai kapan."
        self.fields["terms"] = forms.Field(label="Butir kesepakatan", widget=TermRows(self.terms), required=False, help_text=help_text)
        self.part("terms").is_needed = True

    def known_terms(self) -> list[dict[str, object] | None]:
        """The terms to begin with."""
        return []

    def is_valid(self) -> bool:
        is_whole = all([super().is_valid(), *(row.is_valid() for row in self.terms)])
        if self.is_bound and not is_whole:
            self._add_faults()
        return is_whole

    def _add_faults(self) -> None:
        """What the service would refuse next, told now: what is missing already is filled in so that the rest can be looked at."""
        data = self.cleaned_data
        day = data.get("agreed_on") or timezone.localdate(self.now, zone_of(self.case.kabupaten))
        terms = [term for term in (row.term() for row in self.terms) if term]
        draft = Terms(
            kind=data.get("kind") or AgreementKind.MUSYAWARAH,
            title=data.get("title", ""),
            agreed_on=day,
            parties=list(data.get("parties", ())),
            terms=[term if data.get("agreed_on") else replace(term, due_on=None) for term in terms],
        )
        for name, messages in faults(self.case, draft, now=self.now).items():
            if name not in self.errors:
                self.add_error(name, messages)

    def agreed(self) -> Terms:
        """What was typed, without the rows left empty."""
        data = self.cleaned_data
        named = {name: data[name] for name in ("kind", "title", "agreed_on", "place", "witnesses")}
        return Terms(parties=list(data["parties"]), terms=[term for term in (row.term() for row in self.terms) if term], **named)

    def save(self) -> str:
        agreed = self.agreed()
        record_agreement(case=self.case, agreed=agreed, actor=self.user, now=self.now)
        return f"Tersimpan. Kesepakatan dengan {len(agreed.terms)} butir dicatat."


class CorrectAgreementForm(AgreementForm):
    """A new record of the agreement that names the wrong one; the wrong one stays."""

    row: Agreement
    submit_label = "Simpan perbaikan"
    tells = (Event.AGREEMENT_CORRECTED,)
    intro = "Catatan yang lama tetap ada dalam riwayat. Perbaikan menjadi catatan baru yang menunjuk catatan lama."

    def build(self) -> None:
        super().build()
        self.fields["reason"] = reason_field("Alasan perbaikan")

    def known_terms(self) -> list[dict[str, object] | None]:
        return [{"text": t.text, "responsible": t.responsible_id, "due_on": t.due_on} for t in self.row.terms.order_by("position")]

    def state(self, row: Any) -> dict[str, object]:
        state: dict[str, object] = {name: getattr(row, name) for name in ("kind", "title", "agreed_on", "place", "witnesses")}
        return {**state, "parties": [party.pk for party in row.parties.all()]}

    def save(self) -> str:
        correct_agreement(agreement=self.row, agreed=self.agreed(), reason=self.cleaned_data["reason"], actor=self.user, now=self.now)
        return "Tersimpan. Catatan kesepakatan diperbaiki."


class TermForm(VersionedForm):
    """Say whether a butir was kept."""

    row: AgreementTerm
    submit_label = "Perbarui butir"

    status = WordField(kind=TermStatus, labels=TERM_STATUS_LABELS, short=True, label="Status butir")
    status_note = LongTextField(
        label="Keterangan", rows=3, max_length=TEXT_MAX, required=False, help_text="Wajib diisi bila butir dilanggar."
    )

    def build(self) -> None:
        self.intro = self.row.text

    def state(self, row: Any) -> dict[str, object]:
        return {"status": row.status, "status_note": row.status_note}

    def save(self) -> str:
        term = update_term(
            term=self.row,
            seen_version=self.cleaned_data["seen_version"],
            status=self.cleaned_data["status"],
            status_note=self.cleaned_data["status_note"],
            actor=self.user,
            now=self.now,
        )
        return f"Tersimpan. Butir {term.position}: {term.get_status_display()}."
