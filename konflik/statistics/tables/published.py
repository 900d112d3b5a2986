"""The tables that everybody may see: a closed list, so that nobody can ask for a narrower one.

Each counts happenings, by kabupaten, by category and by month. No sum over one table of leaves is a sum over another: that is what
lets every leaf be protected by itself, and it is the first thing to look at before a table is added (docs/adr/0019). What people read
(`READINGS`) are sums of published leaves.
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
MOVED_STAGES = (Stage.PENGHENTIAN, Stage.PEMULIHAN, Stage.SELESAI)
MOVED = PublishedTable(
    code="stage-moves",
    title="Perpindahan tahap penanganan",
    counts="Perpindahan ke tahap itu, dihitung pada bulan kejadiannya. Perkara yang berpindah dua kali dihitung dua kali.",
    dimension="Tahap (UU 7/2012 Pasal 4)",
    categories={stage.value: STAGE_LABELS[stage] for stage in MOVED_STAGES},
    category_of=lambda step: "" if step.left in {"", UNRECORDED} else step.entered,
)

MOVED_BY_SOURCE = PublishedTable(
    code="moves-by-source",
    title="Perpindahan tahap menurut sumber konflik",
    counts=MOVED.counts,
    dimension="Sumber konflik dan tahap (UU 7/2012 Pasal 4 dan 5)",
    categories={
        f"{source.value}.{stage.value}": f"{label}: {STAGE_LABELS[stage]}"
        for source, label in SOURCE_LABELS.items()
        for stage in MOVED_STAGES
    },
    category_of=lambda step: f"{step.source}.{step.entered}" if MOVED.category_of(step) else "",
)

PUBLISHED: tuple[PublishedTable, ...] = (OPENED, MOVED_BY_SOURCE)
"""What a year that begins now publishes. The leaves of moves are told apart by kabupaten, source and stage: three dimensions, and every
table of two is a sum of these leaves."""
KNOWN: tuple[PublishedTable, ...] = (OPENED, MOVED, MOVED_BY_SOURCE)
"""With what an earlier year published: a year keeps the tables of its first release, for MOVED beside MOVED_BY_SOURCE would be two
roundings of one count."""


@dataclass(frozen=True)
class Reading:
    """One table of two dimensions as people read it: sums of leaves of `table`, and nothing else.

    `categories` are its columns. `rows` are its lines, None: the kabupaten. `holds(row, column)` names the leaves of a cell, in each
    kabupaten of the line.
    """

    table: PublishedTable
    title: str
    dimension: str
    categories: Mapping[str, str]
    holds: Callable[[str, str], tuple[str, ...]]
    rows: Mapping[str, str] | None = None
    row_title: str = "Kabupaten/kota"

    @property
    def counts(self) -> str:
        """What is counted."""
        return self.table.counts


def _by_stage(_row: str, stage: str) -> tuple[str, ...]:
    return tuple(f"{source.value}.{stage}" for source in SOURCE_LABELS)


READINGS: tuple[Reading, ...] = (
    Reading(OPENED, OPENED.title, OPENED.dimension, OPENED.categories, lambda _row, source: (source,)),
    Reading(MOVED, MOVED.title, MOVED.dimension, MOVED.categories, lambda _row, stage: (stage,)),
    Reading(MOVED_BY_SOURCE, MOVED.title, MOVED.dimension, MOVED.categories, _by_stage),
    Reading(
        MOVED_BY_SOURCE,
        MOVED_BY_SOURCE.title,
        MOVED.dimension,
        MOVED.categories,
        lambda source, stage: (f"{source}.{stage}",),
        rows=OPENED.categories,
        row_title=OPENED.dimension,
    ),
)
