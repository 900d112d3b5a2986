"""Recording agreements and following their terms (UU 7/2012 Pasal 8 ayat (3), 41, 43)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.regions.selectors import zone_of
from accounts.users.models import User
from konflik.acts.services import Clocked
from konflik.cases.models import Case, Party
from konflik.cases.services.base import future_day, note, require, touch
from konflik.journal.models import JournalLine
from konflik.law.events import Event
from konflik.law.grammar.basis import UU_7_2012
from konflik.stages.models import Agreement, AgreementTerm
from konflik.stages.services.dates import date_of_term
from konflik.stages.tables import AgreementKind, TermStatus
from konflik.versions import swap_row

BASIS = {
    AgreementKind.MUSYAWARAH: UU_7_2012.pasal(8, "3"),
    AgreementKind.PRANATA_ADAT: UU_7_2012.pasal(41, "3"),
    AgreementKind.SATGAS: UU_7_2012.pasal(43, "2"),
    AgreementKind.PENGADILAN: UU_7_2012.pasal(43, "3"),
}


@dataclass(frozen=True)
class Term:
    """One butir as it was agreed."""

    text: str
    responsible: Party | None = None
    due_on: date | None = None


@dataclass(frozen=True)
class Terms:
    """An agreement as it was signed, or a ruling as it was read."""

    kind: AgreementKind
    title: str
    agreed_on: date
    parties: Sequence[Party]
    terms: Sequence[Term]
    place: str = ""
    witnesses: str = ""


@transaction.atomic
def record_agreement(*, case: Case, agreed: Terms, actor: User, now: datetime) -> Agreement:
    """Record an agreement with its parties and terms. Raises ValidationError by field; at least two parties, one term."""
    agreement = _write(case, agreed, actor, now)
    note(
        case,
        Event.AGREEMENT_RECORDED,
        actor=actor,
        now=now,
        basis=str(BASIS[agreed.kind]),
        payload=_payload(agreement, agreed),
        detail=_detail(agreed),
        clocked=_dates(agreement),
    )
    return agreement


@transaction.atomic
def correct_agreement(*, agreement: Agreement, agreed: Terms, reason: str, actor: User, now: datetime) -> Agreement:
    """Put a wrongly recorded agreement right by a new one that names it; a term worded as before keeps its status.

    Raises ValidationError by field, or when done already.
    """
    require("reason", reason, "Tuliskan mengapa kesepakatan ini diperbaiki.")
    touch(agreement.case, now=now)
    if Agreement.objects.filter(corrects=agreement).exists():
        raise ValidationError("Kesepakatan ini sudah pernah diperbaiki. Perbaiki catatan yang terbaru.")
    case = agreement.case
    new = _write(case, agreed, actor, now, corrects=agreement, correction_reason=reason)
    note(
        case,
        Event.AGREEMENT_CORRECTED,
        actor=actor,
        now=now,
        basis=str(BASIS[agreed.kind]),
        payload={**_payload(new, agreed), "corrects": agreement.pk},
        detail={**_detail(agreed), "reason": reason},
        corrects=JournalLine.objects.filter(case_id=case.pk, payload__agreement=agreement.pk).first(),
        clocked=_dates(new, instead_of=agreement),
    )
    return new


def _write(
    case: Case, agreed: Terms, actor: User, now: datetime, corrects: Agreement | None = None, correction_reason: str = ""
) -> Agreement:
    _check(case, agreed, now)
    touch(case, now=now)
    agreement = Agreement.objects.create(
        case=case,
        kind=agreed.kind.value,
        title=agreed.title.strip(),
        agreed_on=agreed.agreed_on,
        place=agreed.place,
        witnesses=agreed.witnesses,
        recorded_by=actor,
        corrects=corrects,
        correction_reason=correction_reason,
        recorded_at=now,
    )
    agreement.parties.set(agreed.parties)
    followed = {term.text: (term.status, term.status_note) for term in corrects.terms.all()} if corrects else {}
    for position, term in enumerate(agreed.terms, start=1):
        status, status_note = followed.get(term.text.strip(), (TermStatus.BELUM.value, ""))
        AgreementTerm.objects.create(
            agreement=agreement,
            position=position,
            text=term.text.strip(),
            responsible=term.responsible,
            due_on=term.due_on,
            status=status,
            status_note=status_note,
        )
    return agreement


def _dates(agreement: Agreement, *, instead_of: Agreement | None = None) -> Clocked:
    """The dates of its terms; those of the agreement that it corrects end."""
    old = instead_of.terms.all() if instead_of is not None else ()
    gone = (date_of_term(term, is_superseded=True) for term in old if term.due_on is not None)
    return Clocked(fixed=(*gone, *(date_of_term(term) for term in agreement.terms.all() if term.due_on is not None)))


def _payload(agreement: Agreement, agreed: Terms) -> dict[str, object]:
    return {
        "agreement": agreement.pk,
        "kind": agreed.kind.value,
        "agreed_on": agreed.agreed_on,
        "parties": sorted(party.pk for party in agreed.parties),
        "due": [term.due_on for term in agreed.terms],
    }


def _detail(agreed: Terms) -> dict[str, object]:
    return {"title": agreed.title.strip(), "witnesses": agreed.witnesses, "terms": [term.text for term in agreed.terms]}


def _check(case: Case, agreed: Terms, now: datetime) -> None:
    if found := faults(case, agreed, now=now):
        raise ValidationError(found)


def faults(case: Case, agreed: Terms, *, now: datetime) -> dict[str, list[str]]:
    """Everything that is wrong with an agreement, by field and all at once."""
    found = {
        "title": [] if agreed.title.strip() else ["Isi judul kesepakatan."],
        "agreed_on": _faults_of_day(case, agreed, now),
        "parties": _faults_of_parties(case, agreed),
        "terms": _faults_of_terms(agreed),
    }
    return {field: messages for field, messages in found.items() if messages}


def _faults_of_day(case: Case, agreed: Terms, now: datetime) -> list[str]:
    return future_day(agreed.agreed_on, today=timezone.localdate(now, zone_of(case.kabupaten)), what="tanggal kesepakatan")


def _faults_of_parties(case: Case, agreed: Terms) -> list[str]:
    if len({party.pk for party in agreed.parties}) < 2:
        return ["Pilih paling sedikit dua pihak. Catat dahulu para pihak pada perkara ini bila belum ada."]
    return ["Pilih pihak dari perkara ini."] if any(party.case_id != case.pk for party in agreed.parties) else []


def _faults_of_terms(agreed: Terms) -> list[str]:
    if not any(term.text.strip() for term in agreed.terms):
        return ["Isi paling sedikit satu butir kesepakatan."]
    found = []
    for number, term in enumerate(agreed.terms, start=1):
        if not term.text.strip():
            found.append(f"Butir {number} kosong. Isi atau hapus butir itu.")
        if term.responsible is not None and term.responsible not in agreed.parties:
            found.append(f"Pelaksana butir {number} harus salah satu pihak dalam kesepakatan ini.")
        if term.due_on and term.due_on < agreed.agreed_on:
            found.append(f"Batas waktu butir {number} tidak boleh sebelum tanggal kesepakatan.")
    return found


@transaction.atomic
def update_term(
    *, term: AgreementTerm, seen_version: int, status: TermStatus, status_note: str, actor: User, now: datetime
) -> AgreementTerm:
    """Say whether a term was kept. Raises ValidationError without a note on a breach, StaleVersion when somebody was faster."""
    if status is TermStatus.DILANGGAR:
        require("status_note", status_note, "Tuliskan bagaimana butir ini dilanggar.")
    case, before = term.agreement.case, term.status
    touch(case, now=now)
    if Agreement.objects.filter(corrects=term.agreement_id).exists():
        raise ValidationError("Kesepakatan ini sudah diperbaiki. Perbarui butirnya pada catatan yang terbaru.")
    current = swap_row(
        term, seen_version=seen_version, changes={"status": status.value, "status_note": status_note}, related=("agreement__case",)
    )
    payload = {"agreement": current.agreement_id, "term": current.position, "status": [before, status.value]}
    detail = {"note": status_note} if status_note else {}
    clocked = Clocked(fixed=(date_of_term(current),)) if current.due_on is not None else Clocked()
    note(case, Event.TERM_UPDATED, actor=actor, now=now, payload=payload, detail=detail, clocked=clocked)
    return current
