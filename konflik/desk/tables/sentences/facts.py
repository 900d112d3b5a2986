"""Sentences about parties, figures, documents and notes."""

from decimal import Decimal

from konflik.cases.tables import PARTY_KIND_LABELS, PARTY_ROLE_LABELS, PartyKind, PartyRole
from konflik.desk.tables.facts import Told
from konflik.desk.tables.sentences.words import Sentence, fields_of, label_of, plain
from konflik.desk.tables.words import file_size, number
from konflik.law.events import Event
from konflik.law.figures import FIGURE_SOURCE_LABELS, MEASURE_LABELS, FigureSource, Measure


def _figure(told: Told, value: object) -> str:
    name, unit = MEASURE_LABELS[Measure(told.get("measure"))]
    return f"{name.lower()} {number(Decimal(str(value)))} {unit}"


def _origin(told: Told) -> str:
    return f"{label_of(FIGURE_SOURCE_LABELS, FigureSource, told.get('source'))}, keadaan {told.names.moment(told.get('as_of'))}"


def _party_added(told: Told) -> str:
    kind, role = label_of(PARTY_KIND_LABELS, PartyKind, told.get("kind")), label_of(PARTY_ROLE_LABELS, PartyRole, told.get("role"))
    return f"Pihak dicatat: {told.word('name')} ({kind.lower()}, {role.lower()})."


def _party_amended(told: Told) -> str:
    return f"Data pihak {told.names.of('party', told.get('party'))} diubah: {fields_of(told)}."


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


FACTS: dict[Event, Sentence] = {
    Event.PARTY_ADDED: _party_added,
    Event.PARTY_AMENDED: _party_amended,
    Event.FIGURE_RECORDED: _figure_recorded,
    Event.FIGURE_CORRECTED: _figure_corrected,
    Event.FIGURE_DECLARED: _figure_declared,
    Event.NOTE_ADDED: plain(Event.NOTE_ADDED),
    Event.ATTACHMENT_ADDED: _attached,
    Event.ATTACHMENT_READ: _read,
}
