"""Sentences about the case itself: what it says, who decides about it, who may read it."""

from konflik.cases.tables import LINK_KIND_LABELS, LINKED_FROM_LABELS, LinkKind
from konflik.desk.tables.facts import Told
from konflik.desk.tables.sentences.words import Sentence, fields_of, label_of, plain, stage_of
from konflik.law.events import Event
from konflik.law.qualifications import QUALIFICATION_LABELS, Qualification
from konflik.law.secrecy import SECRECY_LABELS, Secrecy
from konflik.law.severity import SEVERITY_LABELS, Severity
from konflik.law.sources import SOURCE_LABELS, Source
from konflik.law.stages import Stage


def _case_opened(told: Told) -> str:
    stage = told.get("stage")
    entered = "" if stage == Stage.PENCEGAHAN else f" pada tahap {stage_of(stage)}"
    return f"Perkara {told.get('number')} dibuka{entered}, sumber konflik: {label_of(SOURCE_LABELS, Source, told.get('source'))}."


def _case_corrected(told: Told) -> str:
    before, after = told.names.moment(told.before("opened_at")), told.names.moment(told.after("opened_at"))
    return f"Waktu pembukaan perkara diperbaiki dari {before} menjadi {after}."


def _places(told: Told) -> str:
    after = ", ".join(told.names.of("region", code, str(code)) for code in told.after("places") or [])
    return f"Lokasi perkara menjadi: {after}."


def _qualified(told: Told) -> str:
    label = label_of(QUALIFICATION_LABELS, Qualification, told.after("qualification"))
    return f"Kualifikasi hukum ditetapkan: {label}, diputuskan oleh {told.word('decided_by')}."


def _classified(told: Told) -> str:
    before, after = (label_of(SECRECY_LABELS, Secrecy, told.payload.get("secrecy", [0, 0])[side]) for side in (0, 1))
    return f"Kelas keamanan diubah dari {before} menjadi {after}."


def _handler(told: Told) -> str:
    institution = told.names.of("institution", told.after("institution"))
    person = told.after("handler")
    return f"Penanganan diserahkan kepada {institution}" + (f" ({told.names.of('user', person)})." if person else ".")


def _severity(told: Told) -> str:
    return f"Tingkat kerawanan dinilai {label_of(SEVERITY_LABELS, Severity, told.get('level'))}."


def _linked(told: Told) -> str:
    other = told.names.of("case", told.get("other"), "perkara lain")
    labels = LINKED_FROM_LABELS if told.get("from_other") else LINK_KIND_LABELS
    return f"Perkara dihubungkan dengan {other} ({label_of(labels, LinkKind, told.get('kind'))})."


def _granted(told: Told) -> str:
    whom = told.names.of("user", told.get("user")) if told.get("user") else told.names.of("body", told.get("body"))
    return f"Akses diberikan kepada {whom} sampai {told.names.moment(told.get('until'))}."


def _revoked(told: Told) -> str:
    return f"Akses {told.names.of('grant', told.get('grant'))} dicabut."


def _exported(told: Told) -> str:
    return f"Daftar {told.get('number')} perkara diekspor."


def _amended(told: Told) -> str:
    return f"Data perkara diubah: {fields_of(told)}."


CASES: dict[Event, Sentence] = {
    Event.CASE_OPENED: _case_opened,
    Event.CASE_AMENDED: _amended,
    Event.CASE_CORRECTED: _case_corrected,
    Event.PLACES_CHANGED: _places,
    Event.CASE_QUALIFIED: _qualified,
    Event.CASE_CLASSIFIED: _classified,
    Event.HANDLER_ASSIGNED: _handler,
    Event.SEVERITY_SET: _severity,
    Event.CASES_LINKED: _linked,
    Event.ACCESS_GRANTED: _granted,
    Event.ACCESS_REVOKED: _revoked,
    Event.SEALED_CASE_READ: plain(Event.SEALED_CASE_READ),
    Event.CASES_EXPORTED: _exported,
}
