""" "If it happened then, there, when would it end?": the answer in words, from law, calendar and policies alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts.regions.models import Level, Region
from accounts.regions.selectors import office_at, zone_of
from konflik.clocks.selectors import answering
from konflik.clocks.tables import counting
from konflik.desk.tables.due import DueAt
from konflik.desk.tables.walks import Walk, walk_of
from konflik.desk.tables.words import moment
from konflik.law.grammar.clocks import Counting
from konflik.law.grammar.counting import Outcome
from konflik.law.grammar.deadlines import DeadlineRule
from konflik.law.rulebook import RULES


@dataclass(frozen=True)
class Answer:
    """What the calculator says. `due` None: there is no date, and `why_none` says why."""

    rule: DeadlineRule
    region: Region
    started: str
    duty_of: str
    span: str
    basis: str
    rests_on: str
    how: list[str]
    due: DueAt | None
    walk: Walk
    why_none: str = ""
    period: str = ""
    other_reading: str = ""
    provisional: str = ""
    outcome: Outcome | None = None

    def as_data(self) -> dict[str, Any]:
        """The same for a machine: instants in UTC, days as ISO 8601."""
        steps = self.outcome.steps if self.outcome else ()
        return {
            "aturan": self.rule.code,
            "judul": self.rule.title,
            "dasar": self.basis,
            "bunyi": self.rule.text,
            "angka": self.span,
            "sifat": self.rests_on,
            "wilayah": self.region.pk,
            "zona": self.due.zone.key if self.due else zone_of(self.region).key,
            "jatuh_tempo": self.due.due_at.isoformat() if self.due else None,
            "hari_terakhir": self.due.last_day.isoformat() if self.due and self.due.last_day else None,
            "tertulis": self.due.exact if self.due else None,
            "sementara": bool(self.provisional),
            "bacaan_lain": self.other_reading,
            "masa_laporan": self.period,
            "tanpa_tanggal": self.why_none,
            "langkah": [{"hari": step.day.isoformat(), "hitungan": step.number, "alasan": step.reason} for step in steps],
        }


def countable_rules() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every rule that is counted, as groups of (code, words) by subject."""
    return counting.chapters_of(counted_rules())


def counted_rules() -> list[DeadlineRule]:
    """Every rule that is counted, and not set by somebody."""
    return [rule for rule in RULES.rules.values() if rule.clock.counting is not Counting.FIXED]


def kabupaten_choices(*, at: datetime) -> list[tuple[str, list[tuple[str, str]]]]:
    """Every kabupaten and kota in force, grouped by province."""
    rows: Iterable[tuple[str, str, str]] = (
        Region.objects.valid_at(timezone.localdate(at))
        .of_level(Level.KABUPATEN)
        .order_by("province_id", "code")
        .values_list("province__name", "code", "name")
    )
    groups: dict[str, list[tuple[str, str]]] = {}
    for province, code, name in rows:
        groups.setdefault(province, []).append((code, name))
    return list(groups.items())


def answer_of(rule: DeadlineRule, *, region: Region, start: datetime, now: datetime) -> Answer:
    """When `rule` would end if its trigger happened at `start` in the kabupaten `region`."""
    found = answering.answer_of(rule, region=region, start=start)
    outcome = found.outcome
    return Answer(
        rule=rule,
        region=region,
        started=moment(start, region),
        duty_of=office_at(rule.duty_of, region),
        span=found.figure,
        basis=found.basis,
        rests_on=found.rests_on,
        how=found.how,
        due=DueAt(outcome.due_at, outcome.last_day, found.zone, now) if outcome and outcome.due_at else None,
        walk=walk_of(outcome.steps, start=start.astimezone(found.zone).date()) if outcome else Walk(),
        why_none=found.why_none,
        period=counting.period_words(found.period) if found.period else "",
        other_reading=found.other_reading,
        provisional=found.provisional,
        outcome=outcome,
    )
