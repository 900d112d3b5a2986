"""The free text of a line that is shown below its sentence, each with the word before it."""

from collections.abc import Mapping
from typing import Any

from konflik.law.stages import STAGE_MOVES

QUOTE_LABELS: dict[str, str] = {
    "text": "",
    "reason": "Alasan",
    "note": "Keterangan",
    "source_note": "Keterangan sumber",
    "result": "Hasil",
    "obstacles": "Kendala",
    "chronology": "Kronologi",
    "title": "Judul",
    "name": "Nama",
    "claim": "Tuntutan",
    "account": "Versi pihak",
    "witnesses": "Saksi",
    "terms": "Butir",
    **{code: fact.label for code, fact in STAGE_MOVES.facts.items()},
}

IN_SENTENCE = ("title", "name")
"""Names that the sentence itself says already, unless they were changed."""


def quotes(detail: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(label, text) for every free text of a line; a changed one shows what it was and what it is."""
    found = []
    for key, label in QUOTE_LABELS.items():
        text = _text(key, detail.get(key))
        if text:
            found.append((label, text))
    return found


def _text(key: str, value: object) -> str:
    if key == "terms" and isinstance(value, list):
        return "\n".join(f"{position}. {text}" for position, text in enumerate(value, start=1))
    if isinstance(value, list):
        before, after = value
        return f"{after or 'dikosongkan'}\nSebelumnya: {before}" if before else str(after or "")
    return "" if key in IN_SENTENCE else str(value or "")
