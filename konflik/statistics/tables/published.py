"""The tables that everybody may see: a closed list, so that nobody can ask for a narrower one.

Each counts happenings, by kabupaten, by category and by month. No sum over one table is a sum over another: that is what
lets every leaf be protected by itself, and it is the first thing to look at before a table is added (docs/adr/0019).
What stands open at the end of a month is left out for that reason: it is what was opened less what was closed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from konflik.counts.tables import UNRECORDED
from konflik.law.secrecy import SEALED_FROM
from konflik.law.sources import SOURCE_LABELS
from konflik.law.stages import STAGE_LABELS, Stage

WAIT_DAYS = 7
"""A month is frozen so many days after its end: field officers enter late what happened on its last days."""
MONTHS_BACK = 60
"""How far the first release of all reaches back at most."""
COUNTED_UPTO = SEALED_FROM - 1
"""A sealed case is counted nowhere in public: nothing published may differ by one (S14)."""


@dataclass(frozen=True)
class Step:
    """One step of a case as the cells tell it apart; an opening leaves no stage."""

    source: str
    left: str
    entered: str


@dataclass(frozen=True)
class PublishedTable:
    """One table: what it counts, and into which category each step falls; a category that is not listed is not counted."""

    code: str
    title: str
    counts: str
    dimension: str
    categories: Mapping[str, str]
    category_of: Callable[[Step], str]


OPENED = PublishedTable(
    code="cases-opened",
    title="Perkara yang dibuka menurut sumber konflik",
    counts="Perkara yang dibuka, dihitung pada bulan pembukaannya.",
    dimension="Sumber konflik (UU 7/2012 Pasal 5)",
    categories={source.value: label for source, label in SOURCE_LABELS.items()},
    category_of=lambda step: "" if step.left else step.source,
)
MOVED = PublishedTable(
    code="stage-moves",
    title="Perpindahan tahap penanganan",
    counts="Perpindahan ke tahap itu, dihitung pada bulan kejadiannya. Perkara yang berpindah dua kali dihitung dua kali.",
    dimension="Tahap (UU 7/2012 Pasal 4)",
    categories={stage.value: STAGE_LABELS[stage] for stage in (Stage.PENGHENTIAN, Stage.PEMULIHAN, Stage.SELESAI)},
    category_of=lambda step: "" if step.left in {"", UNRECORDED} else step.entered,
)

PUBLISHED: tuple[PublishedTable, ...] = (OPENED, MOVED)
