"""Parties, figures and notes. Figures are never overwritten: a correction is a new row that names the old one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.users.models import User
from konflik.cases.models import Case, Figure, Party
from konflik.cases.services.base import note, refuse_future, require, touch
from konflik.cases.tables import PartyKind, PartyRole
from konflik.journal.models import JournalLine
from konflik.law.events import Event
from konflik.law.figures import MEASURED_IN_PARTS, FigureSource, Measure
from konflik.versions import swap_row

TOO_MANY = Decimal(10) ** 14
PARTY_FIELDS = ("kind", "name", "role", "claim", "account")


@transaction.atomic
def add_party(
    *, case: Case, kind: PartyKind, name: str, role: PartyRole, claim: str = "", account: str = "", actor: User, now: datetime
) -> Party:
    """Add a side of the conflict. Raises ValidationError when the name is empty or stands on the case already."""
    require("name", name, "Isi nama pihak.")
    touch(case, now=now)
    _refuse_namesake(case, name)
    party = Party.objects.create(case=case, kind=kind.value, name=name.strip(), role=role.value, claim=claim, account=account)
    note(
        case,
        Event.PARTY_ADDED,
        actor=actor,
        now=now,
        payload={"party": party.pk, "kind": kind.value, "role": role.value},
        detail={"name": party.name, "claim": claim, "account": account},
    )
    return party


@transaction.atomic
def amend_party(*, party: Party, seen_version: int, changes: Mapping[str, object], actor: User, now: datetime) -> Party:
    """Change what is known of a party. Raises ValidationError, or StaleVersion when somebody was faster."""
    unknown = set(changes) - set(PARTY_FIELDS)
    if unknown:
        raise ValidationError(f"Kolom ini tidak dapat diubah di sini: {', '.join(sorted(unknown))}.")
    wanted = {field: str(value).strip() for field, value in changes.items()}
    for field, known in (("kind", PartyKind), ("role", PartyRole)):
        if wanted.get(field, getattr(party, field)) not in set(known):
            raise ValidationError({field: "Pilih dari daftar."})
    touch(party.case, now=now)
    if "name" in wanted:
        require("name", wanted["name"], "Isi nama pihak.")
        _refuse_namesake(party.case, wanted["name"], but=party.pk)
    found = {field: [getattr(party, field), value] for field, value in wanted.items() if getattr(party, field) != value}
    if not found:
        return party
    current = swap_row(party, seen_version=seen_version, changes={field: values[1] for field, values in found.items()}, related=("case",))
    note(current.case, Event.PARTY_AMENDED, actor=actor, now=now, payload={"party": party.pk, "fields": sorted(found)}, detail=found)
    return current


def _refuse_namesake(case: Case, name: str, *, but: int = 0) -> None:
    if case.parties.filter(name__iexact=name.strip()).exclude(pk=but).exists():
        raise ValidationError({"name": "Pihak dengan nama ini sudah dicatat pada perkara ini."})


@dataclass(frozen=True)
class Count:
    """One count as it was reported: what, how many, by whom, as of when."""

    measure: Measure
    value: Decimal
    source: FigureSource
    as_of: datetime
    source_note: str = ""


@transaction.atomic
def add_figure(*, case: Case, count: Count, actor: User, now: datetime) -> Figure:
    """Record a count of one source. Raises ValidationError below zero, in the future, or when the same count stands already."""
    _check(count, now)
    touch(case, now=now)
    twin = case.figures.filter(measure=count.measure.value, source=count.source.value, as_of=count.as_of, corrected_by__isnull=True)
    if twin.exists():
        raise ValidationError(
            {"as_of": "Angka dari sumber ini untuk waktu yang sama sudah dicatat. Gunakan tombol perbaiki pada angka itu."}
        )
    figure = _write(case, count, actor, now)
    note(case, Event.FIGURE_RECORDED, actor=actor, now=now, occurred_at=count.as_of, payload=_payload(figure), detail=_detail(figure))
    return figure


@transaction.atomic
def correct_figure(*, figure: Figure, count: Count, reason: str, actor: User, now: datetime) -> Figure:
    """Put a wrong count right by a new one that names it; what was authoritative stays so in the new row.

    Raises ValidationError without a reason, or when the count was corrected already.
    """
    _check(count, now)
    require("reason", reason, "Tuliskan mengapa angka ini diperbaiki.")
    touch(figure.case, now=now)
    if Figure.objects.filter(corrects=figure).exists():
        raise ValidationError({"value": "Angka ini sudah pernah diperbaiki. Perbaiki angka yang terbaru."})
    carries_mark = Figure.objects.filter(pk=figure.pk, is_authoritative=True, measure=count.measure.value).exists()
    Figure.objects.filter(pk=figure.pk).update(is_authoritative=False)
    new = _write(figure.case, count, actor, now, corrects=figure, is_authoritative=carries_mark)
    note(
        figure.case,
        Event.FIGURE_CORRECTED,
        actor=actor,
        now=now,
        occurred_at=count.as_of,
        payload={**_payload(new), "before": str(figure.value)},
        detail={"reason": reason, **_detail(new)},
        corrects=_line_of(figure),
    )
    return new


@transaction.atomic
def declare_figure(*, figure: Figure, reason: str, actor: User, now: datetime) -> Figure:
    """Make one count the authoritative one of its measure; the former one loses the mark, never its row."""
    require("reason", reason, "Tuliskan dasar penetapan angka resmi.")
    touch(figure.case, now=now)
    if Figure.objects.filter(corrects=figure).exists():
        raise ValidationError("Angka ini sudah diperbaiki. Tetapkan angka yang terbaru.")
    former = figure.case.figures.filter(measure=figure.measure, is_authoritative=True)
    before = former.values_list("pk", flat=True).first()
    former.update(is_authoritative=False)
    Figure.objects.filter(pk=figure.pk).update(is_authoritative=True)
    note(
        figure.case, Event.FIGURE_DECLARED, actor=actor, now=now, payload={**_payload(figure), "former": before}, detail={"reason": reason}
    )
    figure.refresh_from_db()
    return figure


@transaction.atomic
def add_note(*, case: Case, text: str, actor: User, now: datetime, corrects: JournalLine | None = None) -> JournalLine:
    """Add a note to the history; `corrects` names an earlier line of the same case that it puts right."""
    require("text", text, "Tuliskan catatannya.")
    if corrects is not None and corrects.case_id != case.pk:
        raise ValidationError("Baris yang diperbaiki bukan milik perkara ini.")
    touch(case, now=now)
    return note(case, Event.NOTE_ADDED, actor=actor, now=now, detail={"text": text.strip()}, corrects=corrects)


def _check(count: Count, now: datetime) -> None:
    if count.value < 0:
        raise ValidationError({"value": "Angka tidak boleh kurang dari nol."})
    if count.value >= TOO_MANY:
        raise ValidationError({"value": "Angka ini terlalu besar. Periksa jumlah angkanya."})
    if count.measure not in MEASURED_IN_PARTS and count.value % 1:
        raise ValidationError({"value": "Isi dengan bilangan bulat, tanpa koma."})
    refuse_future("as_of", count.as_of, now=now)


def _write(
    case: Case, count: Count, actor: User, now: datetime, corrects: Figure | None = None, *, is_authoritative: bool = False
) -> Figure:
    return Figure.objects.create(
        case=case,
        measure=count.measure.value,
        value=count.value,
        source=count.source.value,
        source_note=count.source_note,
        as_of=count.as_of,
        corrects=corrects,
        is_authoritative=is_authoritative,
        recorded_by=actor,
        recorded_at=now,
    )


def _payload(figure: Figure) -> dict[str, object]:
    return {"figure": figure.pk, "measure": figure.measure, "value": str(figure.value), "source": figure.source, "as_of": figure.as_of}


def _detail(figure: Figure) -> dict[str, object]:
    return {"source_note": figure.source_note} if figure.source_note else {}


def _line_of(figure: Figure) -> JournalLine | None:
    events = [Event.FIGURE_RECORDED.value, Event.FIGURE_CORRECTED.value]
    return JournalLine.objects.filter(case_id=figure.case_id, event__in=events, payload__figure=figure.pk).first()
