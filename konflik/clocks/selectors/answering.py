""" "If it happened then, there, when would it end?": the answer from law, calendar and policies alone, for page and API."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from accounts.regions.models import Region
from accounts.regions.selectors import zone_of
from konflik.clocks.models import Policy
from konflik.clocks.selectors.calendar import days_off
from konflik.clocks.selectors.resolving import Resolved, preview, start_means
from konflik.clocks.tables import counting
from konflik.clocks.tables.stretches import stretches_of
from konflik.law.grammar.clocks import Counting, Period
from konflik.law.grammar.counting import Outcome
from konflik.law.grammar.deadlines import DeadlineRule
from konflik.law.grammar.reading import in_words

NOT_COUNTED = "Tanggal ini ditetapkan dalam keputusan, rencana, kesepakatan, atau penugasan; tidak dihitung dari suatu kejadian."


@dataclass(frozen=True)
class Answer:
    """When `rule` would end. `outcome` None: there is no date, and `why_none` says why. Instants in UTC."""

    rule: DeadlineRule
    region: Region
    zone: ZoneInfo
    start: datetime
    found: Resolved
    outcome: Outcome | None
    why_none: str = ""
    provisional: str = ""

    @property
    def due_at(self) -> datetime | None:
        """When it ends; 24:00 of a day is 00:00 of the next."""
        return self.outcome.due_at if self.outcome else None

    @property
    def last_day(self) -> date | None:
        """The day at whose end it ends; None for rules of hours."""
        return self.outcome.last_day if self.outcome else None

    @property
    def period(self) -> Period | None:
        """The period of a recurring duty that `start` lies in."""
        return self.outcome.period if self.outcome else None

    @property
    def figure(self) -> str:
        """ "90 hari"; empty where there is none."""
        clock = self.found.clock
        return str(clock.span) if clock and clock.span and clock.span.number else ""

    @property
    def basis(self) -> str:
        """The article, or the decision that the figure rests on."""
        policy = self.found.policy
        return policy.basis if policy is not None and policy.number is not None else str(self.rule.basis)

    @property
    def rests_on(self) -> str:
        """Whether the figure is law or policy."""
        policy = self.found.policy
        return counting.rests_on(self.rule, is_confirmed=bool(policy and policy.is_confirmed))

    @property
    def how(self) -> list[str]:
        """How it is counted, in sentences."""
        return counting.how_counted(self.found.clock) if self.found.clock else []

    @property
    def other_reading(self) -> str:
        """The reading of a backward rule that the system does not use."""
        return counting.other_reading(self.outcome.other_reading) if self.outcome else ""

    @property
    def explanation(self) -> list[str]:
        """The whole answer as sentences: from where, how, day by day, to when, with what reservation."""
        begins = f"{start_means(self.rule)}: {counting.moment_words(self.start, self.zone)}."
        if self.due_at is None or self.outcome is None:
            return [begins, self.why_none]
        period = [f"Masa laporan: {counting.period_words(self.period)}."] if self.period else []
        days = [str(stretch) for stretch in stretches_of(self.outcome.steps)]
        ends = f"Berakhir {counting.end_words(self.due_at, self.last_day, self.zone)}."
        return [begins, *period, *self.how, *days, ends, *filter(None, (self.other_reading, self.provisional))]


def answer_of(rule: DeadlineRule, *, region: Region, start: datetime) -> Answer:
    """When `rule` would end if what `start_means` says happened at `start` in `region`.

    Days off are those of the kabupaten that `region` lies in; of a province the national ones.
    """
    zone = zone_of(region)
    day = start.astimezone(zone).date()
    found, outcome = preview(rule, start=start, zone=zone, kabupaten_id=region.kabupaten_id)
    if not rule.holds_on(day):
        return Answer(rule, region, zone, start, found, None, f"Pada {in_words(day)} aturan ini tidak berlaku.")
    if outcome is None:
        return Answer(rule, region, zone, start, found, None, _why_none(rule, found.policy))
    provisional = counting.provisional_words(days_off(region.kabupaten_id).covered_until) if outcome.is_provisional else ""
    return Answer(rule, region, zone, start, found, outcome, provisional=provisional)


def _why_none(rule: DeadlineRule, policy: Policy | None) -> str:
    if rule.clock.counting is Counting.FIXED:
        return NOT_COUNTED
    asked = "kebijakannya dicatat tanpa angka" if policy else "kebijakannya belum dimasukkan"
    return f"Peraturan tidak menyebut angka, dan {asked}. Tenggat baru dihitung setelah angka dan dasar keputusannya dicatat."
