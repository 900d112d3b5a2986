"""Limits in the words that Bagian Hukum reads: how they are counted, whom they bind, what their example shows."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from konflik.law.events import EVENT_LABELS
from konflik.law.grammar.clocks import Clock, Counting
from konflik.law.grammar.deadlines import DeadlineRule, Example
from konflik.law.grammar.reading import in_words
from konflik.law.offices import OFFICE_LABELS, Office
from konflik.law.rulebook import RULES

ZONE_NAMES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
FIRST_MONTHS = {1: "setiap bulan", 4: "setiap empat bulan", 6: "setiap enam bulan", 12: "setiap tahun"}
THIRDS = {1: "Januari sampai April", 2: "Mei sampai Agustus", 3: "September sampai Desember"}


def counted_in_words(clock: Clock) -> str:
    """How the days of `clock` are counted, with its figure where it has one."""
    figure = str(clock.span) if clock.span is not None else "menurut kebijakan"
    if clock.counting is Counting.PERIOD:
        return _period_in_words(clock)
    if clock.continues:
        return f"Waktu {figure} lagi, dihitung sejak jatuh tempo {_title_of(clock.of)}; berakhir pukul 24.00 waktu setempat pada hari terakhir."
    return {
        Counting.VALIDITY: f"Masa berlaku {figure}: hari mulai berlaku adalah hari ke-1; berakhir pukul 24.00 waktu setempat pada hari terakhir.",
        Counting.DUTY: f"Waktu {figure}, hari pemicu tidak dihitung; berakhir pukul 24.00 waktu setempat pada hari terakhir.",
        Counting.INSTANT: f"Waktu {figure}, dihitung dari jam ke jam sejak pemicu; hari libur ikut berjalan.",
        Counting.BACKWARDS: (
            f"Paling lambat {figure} sebelum hari terakhir dari: {_title_of(clock.of)}. Tafsir lain, yaitu di dalam {figure} terakhir, "
            "ditampilkan di sampingnya."
        ),
        Counting.FIXED: "Tanggal yang ditetapkan, tidak dihitung; berakhir pukul 24.00 waktu setempat pada hari itu.",
    }[clock.counting]


def _period_in_words(clock: Clock) -> str:
    if clock.rhythm is None:
        return "Berulang menurut masa yang ditetapkan dengan kebijakan; jatuh tempo pada hari terakhir tiap masa."
    often = THIRDS.get(clock.rhythm.only, "") if clock.rhythm.length == 4 else ""
    often = f"Setiap tahun untuk masa {often}" if often else FIRST_MONTHS[clock.rhythm.length].capitalize()
    if clock.span is None:
        return f"{often}; jatuh tempo menurut kebijakan setelah masa berakhir."
    if clock.span.number == 0 or clock.names_rhythm:
        return f"{often}; jatuh tempo pada hari terakhir masa itu pukul 24.00 waktu setempat."
    return f"{often}; jatuh tempo {clock.span} setelah masa itu berakhir, pukul 24.00 waktu setempat."


def _title_of(code: str) -> str:
    rule = RULES.get(code)
    return rule.title if rule is not None else code


def started_in_words(rule: DeadlineRule) -> str:
    """What starts the clock of `rule`."""
    if rule.clock.counting is Counting.PERIOD:
        return "Permulaan masa laporan."
    if rule.is_entered:
        return "Dicatat petugas pada kewajiban lain, dengan buktinya."
    if rule.clock.since:
        return "; atau ".join(EVENT_LABELS[event] for event in rule.clock.since) + "."
    if rule.clock.continues:
        return f"Perpanjangan dari: {_title_of(rule.clock.of)}."
    return "Dibuka bersama pencatatan tanggalnya (SK, keputusan, rencana, kesepakatan, atau penugasan)."


def offices_in_words(offices: tuple[Office, ...]) -> str:
    """The offices by their names."""
    return ", ".join(OFFICE_LABELS[office] for office in offices)


def warned_in_words(rule: DeadlineRule) -> str:
    """When reminders go out before the end: "14, 7, dan 1 hari sebelumnya, serta pada hari terakhir"."""
    if rule.clock.counting is Counting.INSTANT:
        return f"{_listed(rule.warn_hours_before)} jam sebelumnya"
    early = tuple(number for number in rule.warn_days_before if number)
    parts = [f"{_listed(early)} hari sebelumnya"] if early else []
    parts += ["pada hari terakhir"] if 0 in rule.warn_days_before else []
    return ", serta ".join(parts)


def _listed(numbers: tuple[int, ...]) -> str:
    first = ", ".join(str(number) for number in numbers[:-1])
    between = ", dan " if len(numbers) > 2 else " dan "
    return f"{first}{between}{numbers[-1]}" if first else str(numbers[-1])


def example_in_words(example: Example) -> str:
    """ "Mulai 2 Maret 2026 pukul 09.00 WIB, berakhir 30 Mei 2026 pukul 24.00 WIB"."""
    zone = ZONE_NAMES[example.zone]
    start = datetime.fromisoformat(example.start)
    if example.due:
        due = datetime.fromisoformat(example.due)
        end = f"{in_words(due.date())} pukul {_clock(due.time())} {zone}"
    else:
        end = f"{in_words(date.fromisoformat(example.last_day))} pukul 24.00 {zone}"
    note = f" ({example.note})" if example.note else ""
    return f"Mulai {in_words(start.date())} pukul {_clock(start.time())} {zone}, berakhir {end}{note}."


def start_of(example: Example) -> datetime:
    """The aware instant from which an example is counted."""
    return datetime.fromisoformat(example.start).replace(tzinfo=ZoneInfo(example.zone))


def _clock(at: time) -> str:
    return f"{at:%H.%M}"
