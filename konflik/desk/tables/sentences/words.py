"""What every sentence of the history is made of."""

from collections.abc import Callable, Mapping
from typing import Any

from konflik.desk.tables.facts import Told
from konflik.law.events import EVENT_LABELS, Event
from konflik.law.stages import STAGE_LABELS, Stage

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
    "institution": "instansi pelaksana",
}


def label_of(labels: Mapping[Any, str], kind: type, code: object) -> str:
    """The label of a stored code, or that it is not known."""
    try:
        return labels[kind(code)]
    except (ValueError, KeyError):
        return "tidak dikenal"


def stage_of(code: object) -> str:
    """The label of a stage."""
    return label_of(STAGE_LABELS, Stage, code)


def fields_of(told: Told) -> str:
    """The words of the fields that a line names."""
    return ", ".join(FIELD_WORDS.get(name, name) for name in told.get("fields") or [])


def about(event: Event, kind: str) -> Sentence:
    """A line of the kabupaten's own stream: what happened, to whom."""
    return lambda told: f"{EVENT_LABELS[event]}: {told.names.of(kind, told.get(kind))}."


def plain(event: Event) -> Sentence:
    """A line that says only what happened."""
    return lambda told: f"{EVENT_LABELS[event]}."
