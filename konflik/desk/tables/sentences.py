"""One sentence for everything that can happen, as a clerk would write it into the file."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from konflik.cases.tables import LINK_KIND_LABELS, PARTY_KIND_LABELS, PARTY_ROLE_LABELS, LinkKind, PartyKind, PartyRole
from konflik.desk.tables.facts import Told
from konflik.desk.tables.words import file_size, number
from konflik.law.activities import ACTIVITY_KINDS
from konflik.law.events import EVENT_LABELS, Event
from konflik.law.figures import FIGURE_SOURCE_LABELS, MEASURE_LABELS, FigureSource, Measure
from konflik.law.qualifications import QUALIFICATION_LABELS, Qualification
from konflik.law.secrecy import SECRECY_LABELS, Secrecy
from konflik.law.severity import SEVERITY_LABELS, Severity
from konflik.law.sources import SOURCE_LABELS, Source
from konflik.law.stages import STAGE_LABELS, Stage
from konflik.stages.tables import (
    ACTIVITY_STATUS_LABELS,
    AGREEMENT_KIND_LABELS,
    TERM_STATUS_LABELS,
    ActivityStatus,
    AgreementKind,
    TermStatus,
)

Sentence = Callable[[Told], str]

FIELD_WORDS = {
    "title": "judul",
    "chronology": "kronologi",
    "source": "sumber konflik",
    "issue_type": "jenis isu",
    "parent": "perkara induk",
    "satgas": "Satuan Tugas",
    "kind": "jenis",
    "name": "nama",
    "role": "peran",
    "claim": "tuntutan",
    "account": "versi pihak",
    "status": "status",
    "progress": "kemajuan",
    "result": "hasil",
    "obstacles": "kendala",
    "planned_start": "rencana mulai",
    "planned_end": "rencana selesai",
    "started_on": "tanggal mulai",
    "finished_on": "tanggal selesai",
}


def _label(labels: Mapping[Any, str], kind: type, code: object) -> str:
    try:
        return labels[kind(code)]
    except (ValueError, KeyError):
        return "tidak dikenal"


def _stage(code: object) -> str:
    return _label(STAGE_LABELS, Stage, code)


def _figure(told: Told, value: object) -> str:
    name, unit = MEASURE_LABELS[Measure(told.get("measure"))]
    return f"{name.lower()} {number(Decimal(str(value)))} {unit}"


def _origin(told: Told) -> str:
    return f"{_label(FIGURE_SOURCE_LABELS, FigureSource, told.get('source'))}, keadaan {told.names.moment(told.get('as_of'))}"


def _fields(told: Told) -> str:
    return ", ".join(FIELD_WORDS.get(name, name) for name in told.get("fields") or [])


def _case_opened(told: Told) -> str:
    stage = told.get("stage")
    entered = "" if stage == Stage.PENCEGAHAN else f" pada tahap {_stage(stage)}"
    return f"Perkara {told.get('number')} dibuka{entered}, sumber konflik: {_label(SOURCE_LABELS, Source, told.get('source'))}."


def _case_corrected(told: Told) -> str:
    before, after = told.names.moment(told.before("opened_at")), told.names.moment(told.after("opened_at"))
    return f"Waktu pembukaan perkara diperbaiki dari {before} menjadi {after}."


def _places(told: Told) -> str:
    after = ", ".join(told.names.of("region", code, str(code)) for code in told.after("places") or [])
    return f"Lokasi perkara menjadi: {after}."


def _qualified(told: Told) -> str:
    label = _label(QUALIFICATION_LABELS, Qualification, told.after("qualification"))
    return f"Kualifikasi hukum ditetapkan: {label}, diputuskan oleh {told.word('decided_by')}."


def _classified(told: Told) -> str:
    before, after = (_label(SECRECY_LABELS, Secrecy, told.payload.get("secrecy", [0, 0])[side]) for side in (0, 1))
    return f"Kelas keamanan diubah dari {before} menjadi {after}."


def _handler(told: Told) -> str:
    institution = told.names.of("institution", told.after("institution"))
    person = told.after("handler")
    return f"Penanganan diserahkan kepada {institution}" + (f" ({told.names.of('user', person)})." if person else ".")


def _severity(told: Told) -> str:
    return f"Tingkat kerawanan dinilai {_label(SEVERITY_LABELS, Severity, told.get('level'))}."


def _linked(told: Told) -> str:
    other = told.names.of("case", told.get("other"), "perkara lain")
    return f"Perkara dihubungkan dengan {other} ({_label(LINK_KIND_LABELS, LinkKind, told.get('kind'))})."


def _party_added(told: Told) -> str:
    kind, role = _label(PARTY_KIND_LABELS, PartyKind, told.get("kind")), _label(PARTY_ROLE_LABELS, PartyRole, told.get("role"))
    return f"Pihak dicatat: {told.word('name')} ({kind.lower()}, {role.lower()})."


def _party_amended(told: Told) -> str:
    return f"Data pihak {told.names.of('party', told.get('party'))} diubah: {_fields(told)}."


def _figure_recorded(told: Told) -> str:
    return f"Angka dicatat: {_figure(told, told.get('value'))}. Sumber: {_origin(told)}."


def _figure_corrected(told: Told) -> str:
    before = number(Decimal(str(told.get("before"))))
    return f"Angka diperbaiki dari {before} menjadi {_figure(told, told.get('value'))}. Sumber: {_origin(told)}."


def _figure_declared(told: Told) -> str:
    return f"Angka resmi ditetapkan: {_figure(told, told.get('value'))}. Sumber: {_origin(told)}."


def _attached(told: Told) -> str:
    return f"Dokumen dilampirkan: {told.word('title')} ({file_size(told.get('size') or 0)})."


def _read(told: Told) -> str:
    return f"Dokumen diunduh: {told.names.of('attachment', told.get('attachment'))}."


def _granted(told: Told) -> str:
    whom = told.names.of("user", told.get("user")) if told.get("user") else told.names.of("body", told.get("body"))
    return f"Akses diberikan kepada {whom} sampai {told.names.moment(told.get('until'))}."


def _revoked(told: Told) -> str:
    return f"Akses {told.names.of('grant', told.get('grant'))} dicabut."


def _exported(told: Told) -> str:
    return f"Daftar {told.get('number')} perkara diekspor."


def _moved(told: Told) -> str:
    return f"Tahap menjadi {_stage(told.after('stage'))}, sebelumnya {_stage(told.before('stage'))}."


def _prevented(told: Told) -> str:
    return "Perkara dinyatakan selesai pada tahap Pencegahan."


def _recovered(told: Told) -> str:
    return "Pemulihan selesai dan perkara ditutup."


def _recurred(told: Told) -> str:
    return f"Kekerasan terulang. Tahap kembali menjadi {_stage(told.after('stage'))}, sebelumnya {_stage(told.before('stage'))}."


def _reopened(told: Told) -> str:
    return f"Perkara dibuka kembali pada tahap {_stage(told.after('stage'))}."


def _move_corrected(told: Told) -> str:
    before, after = told.names.moment(told.before("moved_at")), told.names.moment(told.after("moved_at"))
    stage = _stage(told.after("stage"))
    when = f" Awal tahap: {before} menjadi {after}." if before != after else ""
    return f"Catatan perpindahan ke tahap {stage} diperbaiki.{when}"


def _move_reversed(told: Told) -> str:
    wrong, right = _stage(told.before("stage")), _stage(told.after("stage"))
    return f"Perpindahan ke tahap {wrong} dibatalkan karena salah catat. Tahap kembali menjadi {right}."


def _planned(told: Told) -> str:
    kind = ACTIVITY_KINDS.get(str(told.get("kind")))
    institution = told.names.of("institution", told.get("institution"))
    words = f" ({kind.text})" if kind else ""
    end = told.names.day(told.get("planned_end"))
    return f"Kegiatan direncanakan: {told.word('title')}{words}, pelaksana {institution}, rencana selesai {end}."


def _updated(told: Told) -> str:
    parts = []
    if "status" in (told.get("fields") or []):
        parts.append(f"status menjadi {_label(ACTIVITY_STATUS_LABELS, ActivityStatus, told.after('status'))}")
    if "progress" in (told.get("fields") or []):
        parts.append(f"kemajuan {told.after('progress')} persen")
    others = [FIELD_WORDS.get(name, name) for name in told.get("fields") or [] if name not in ("status", "progress")]
    if others:
        parts.append(f"{', '.join(others)} diperbarui")
    return f"Kegiatan {told.word('title')}: {'; '.join(parts)}."


def _agreed(told: Told) -> str:
    kind = _label(AGREEMENT_KIND_LABELS, AgreementKind, told.get("kind"))
    return f"Kesepakatan {told.names.day(told.get('agreed_on'))} dicatat: {told.word('title')}. Cara tercapai: {kind}."


def _agreement_corrected(told: Told) -> str:
    return f"Catatan kesepakatan diperbaiki: {told.word('title')}, {told.names.day(told.get('agreed_on'))}."


def _term(told: Told) -> str:
    agreement = told.names.of("agreement", told.get("agreement"))
    return f"Butir {told.get('term')} kesepakatan {agreement}: {_label(TERM_STATUS_LABELS, TermStatus, told.after('status'))}."


def _amended(told: Told) -> str:
    return f"Data perkara diubah: {_fields(told)}."


def _erased(told: Told) -> str:
    event = _label(EVENT_LABELS, Event, told.get("event"))
    return f"Rincian baris {told.get('position')} ({event}) dihapus atas permintaan yang sah. Alasan: {told.word('reason')}."


def _of(event: Event, kind: str) -> Sentence:
    """A line of the kabupaten's own stream: what happened, to whom."""
    return lambda told: f"{EVENT_LABELS[event]}: {told.names.of(kind, told.get(kind))}."


def _plain(event: Event) -> Sentence:
    return lambda told: f"{EVENT_LABELS[event]}."


SENTENCES: dict[Event, Sentence] = {
    Event.CASE_OPENED: _case_opened,
    Event.CASE_AMENDED: _amended,
    Event.CASE_CORRECTED: _case_corrected,
    Event.PLACES_CHANGED: _places,
    Event.CASE_QUALIFIED: _qualified,
    Event.CASE_CLASSIFIED: _classified,
    Event.HANDLER_ASSIGNED: _handler,
    Event.SEVERITY_SET: _severity,
    Event.CASES_LINKED: _linked,
    Event.PARTY_ADDED: _party_added,
    Event.PARTY_AMENDED: _party_amended,
    Event.FIGURE_RECORDED: _figure_recorded,
    Event.FIGURE_CORRECTED: _figure_corrected,
    Event.FIGURE_DECLARED: _figure_declared,
    Event.NOTE_ADDED: _plain(Event.NOTE_ADDED),
    Event.ATTACHMENT_ADDED: _attached,
    Event.ATTACHMENT_READ: _read,
    Event.ACCESS_GRANTED: _granted,
    Event.ACCESS_REVOKED: _revoked,
    Event.SEALED_CASE_READ: _plain(Event.SEALED_CASE_READ),
    Event.CASES_EXPORTED: _exported,
    Event.VIOLENCE_REPORTED: _moved,
    Event.VIOLENCE_STOPPED: _moved,
    Event.VIOLENCE_RECURRED: _recurred,
    Event.CONFLICT_PREVENTED: _prevented,
    Event.RECOVERY_COMPLETED: _recovered,
    Event.CASE_REOPENED: _reopened,
    Event.MOVE_CORRECTED: _move_corrected,
    Event.MOVE_REVERSED: _move_reversed,
    Event.STATUS_DECLARED: _plain(Event.STATUS_DECLARED),
    Event.STATUS_ENDED: _plain(Event.STATUS_ENDED),
    Event.ACTIVITY_PLANNED: _planned,
    Event.ACTIVITY_UPDATED: _updated,
    Event.AGREEMENT_RECORDED: _agreed,
    Event.AGREEMENT_CORRECTED: _agreement_corrected,
    Event.TERM_UPDATED: _term,
    Event.BODY_RECORDED: _of(Event.BODY_RECORDED, "body"),
    Event.BODY_AMENDED: _of(Event.BODY_AMENDED, "body"),
    Event.SEAT_RECORDED: _of(Event.SEAT_RECORDED, "body"),
    Event.SEAT_AMENDED: _of(Event.SEAT_AMENDED, "body"),
    Event.INSTITUTION_RECORDED: _of(Event.INSTITUTION_RECORDED, "institution"),
    Event.INSTITUTION_AMENDED: _of(Event.INSTITUTION_AMENDED, "institution"),
    Event.USER_CREATED: _of(Event.USER_CREATED, "user"),
    Event.USER_AMENDED: _of(Event.USER_AMENDED, "user"),
    Event.LOGIN_LINK_ISSUED: _of(Event.LOGIN_LINK_ISSUED, "user"),
    Event.POSTING_RECORDED: _of(Event.POSTING_RECORDED, "user"),
    Event.POSTING_ENDED: _of(Event.POSTING_ENDED, "user"),
    Event.SECOND_FACTOR_RELEASED: _of(Event.SECOND_FACTOR_RELEASED, "user"),
    Event.INSTALLATION_SET_UP: _plain(Event.INSTALLATION_SET_UP),
    Event.INSTALLATION_AMENDED: _plain(Event.INSTALLATION_AMENDED),
    Event.DETAIL_ERASED: _erased,
}
