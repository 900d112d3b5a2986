"""How a limit is counted and what it rests on, in the words of the screen (ADR 0014)."""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from accounts.regions.models import TimeZone
from konflik.law.grammar.clocks import Clock, Counting, Period
from konflik.law.grammar.deadlines import DeadlineRule, Strength
from konflik.law.grammar.durations import Unit
from konflik.law.grammar.reading import in_words, span_of_days
from konflik.law.reading import counted_in_words
from konflik.law.rulebook import ALL_CHAPTERS

DAY_WORDS: dict[Unit, str] = {
    Unit.DAYS: "Yang dihitung adalah hari kalender: hari libur ikut dihitung dan tidak menggeser hari terakhir.",
    Unit.WORKING_DAYS: "Yang dihitung hanya hari kerja: Senin sampai Jumat, tanpa libur nasional, cuti bersama, dan libur daerah.",
    Unit.MONTHS: "Satu bulan berakhir pada tanggal yang sama di bulan berikutnya, atau pada hari terakhir bulan itu.",
    Unit.YEARS: "Satu tahun berakhir pada tanggal yang sama di tahun berikutnya.",
}
NOT_CONFIRMED = "Kebijakan daerah atau praktik, perlu dikonfirmasi Bagian Hukum"
CONFIRMED = "Kebijakan daerah, sudah dikonfirmasi Bagian Hukum"
IN_TEXT = "Tertulis dalam peraturan"
BACKWARDS_READING = (
    "Bacaan lain: boleh dilakukan kapan saja dalam hari-hari terakhir, {days}. Sistem memakai bacaan yang aman, yang lebih awal."
)


def how_counted(clock: Clock) -> list[str]:
    """The sentences on how `clock` is counted."""
    days = DAY_WORDS.get(clock.span.unit) if clock.span and clock.span.number and clock.counting is not Counting.PERIOD else None
    return [counted_in_words(clock), *([days] if days else [])]


def rests_on(rule: DeadlineRule, *, is_confirmed: bool = False) -> str:
    """Whether the figure is law or policy; what is not law says so."""
    if rule.strength is Strength.TEXT:
        return IN_TEXT
    return CONFIRMED if is_confirmed else NOT_CONFIRMED


def other_reading(between: str) -> str:
    """The reading that the system does not use, from "2026-05-20/2026-05-30"; empty where there is none."""
    first, _, last = between.partition("/")
    if not last:
        return ""
    return BACKWARDS_READING.format(days=span_of_days(date.fromisoformat(first), date.fromisoformat(last)))


def chapters_of(rules: Iterable[DeadlineRule]) -> list[tuple[str, list[tuple[str, str]]]]:
    """`rules` as choices of (code, words), grouped by the subjects of the rulebook."""
    wanted = {rule.code for rule in rules}
    groups = [(chapter.title, [(rule.code, rule.title) for rule in chapter.rules if rule.code in wanted]) for chapter in ALL_CHAPTERS]
    return [(title, choices) for title, choices in groups if choices]


def period_words(period: Period) -> str:
    """ "1–31 Maret 2026"."""
    return span_of_days(period.first_day, period.last_day)


def provisional_words(covered_until: date | None) -> str:
    """Why a date may still move."""
    known = f"baru ditetapkan sampai {in_words(covered_until)}" if covered_until else "belum ditetapkan"
    return f"Sementara: hari libur {known}. Tanggal ini dapat bergeser setelah keputusan berikutnya diberlakukan."


def moment_words(at: datetime, zone: ZoneInfo) -> str:
    """ "22 November 2026, 09.10 WIB"."""
    here = at.astimezone(zone)
    return f"{in_words(here.date())}, {here:%H.%M} {TimeZone(zone.key).label}"


def end_words(due_at: datetime, last_day: date | None, zone: ZoneInfo) -> str:
    """ "24 November 2026, 24.00 WIB": a day ends with its last hour. `last_day` None: a limit of hours."""
    return f"{in_words(last_day)}, 24.00 {TimeZone(zone.key).label}" if last_day is not None else moment_words(due_at, zone)
