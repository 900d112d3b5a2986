"""The book of limits as a whole: each rule is complete, counted as its example says, and its figure stands in one place."""

import re
from collections import Counter
from datetime import UTC, date, datetime
from importlib import import_module
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command

from konflik.clocks.models import Policy
from konflik.clocks.services.reference import first_policies, load_policies
from konflik.law.deadlines.not_limits import NOT_LIMITS
from konflik.law.events import Event
from konflik.law.grammar import clocks
from konflik.law.grammar.basis import Article, Practice
from konflik.law.grammar.clocks import Clock, Counting, every, recurring, valid_for, within
from konflik.law.grammar.counting import DaysOff, count
from konflik.law.grammar.deadlines import DeadlineRule, Strength
from konflik.law.grammar.durations import Span, Unit, days, hours, months, working_days, years
from konflik.law.offices import OFFICE_LABELS, Office
from konflik.law.reading import start_of
from konflik.law.rulebook import ALL_CHAPTERS, RULES
from konflik.law.rulespage import rules_page
from konflik.law.status import LONGEST, LONGEST_EXTENSION

ROOT = Path(__file__).resolve().parents[2]
POLICIES = {row.code: row for row in first_policies()}
ALL = list(RULES.rules.values())
CLIENTS_USE = """
    skk-berakhir skk-konsultasi-perpanjangan skk-perpanjangan-berakhir skk-laporan-perkembangan tni-permintaan-tertulis
    tni-perintah-panglima btt-rencana-kebutuhan btt-pencairan btt-pemberitahuan-dprd pdp-kegagalan pdp-koreksi pdp-akses
    pdp-penarikan pdp-pembatasan kip-jawaban kip-perpanjangan rumah-ibadat-keputusan ormas-pertimbangan
    forkopimda-laporan-bulanan forkopimda-laporan-tahunan fkub-laporan-semester parpol-lpj-bpk renaksi-b04 renaksi-b08
    renaksi-b12 tim-terpadu-sk-berakhir kegiatan-selesai kesepakatan-butir sk-forum-berakhir penugasan-berakhir
"""
# The rows of the sheet of limits, without those that it leaves unnumbered.
NUMBERS = [*range(1, 21), *range(30, 39), *range(40, 59), *range(60, 69)]
FEW_DAYS_OFF = DaysOff({date(2026, 5, 1): "Hari Buruh Internasional"}, covered_until=date(2028, 12, 31))
THAT_DAY = datetime(2026, 11, 1, 3, tzinfo=UTC)


def rule_id(rule: DeadlineRule) -> str:
    return rule.code


def figured(rule: DeadlineRule) -> Clock:
    """The clock of `rule` with the figure that a new installation gives it."""
    policy = POLICIES.get(rule.code)
    return rule.clock.lasting(policy.span) if policy and policy.span else rule.clock


OPENED_BY = {
    "kegiatan-selesai": "konflik.stages.services.dates",
    "kesepakatan-butir": "konflik.stages.services.dates",
    "penugasan-berakhir": "konflik.registry.services.dates",
    "sk-forum-berakhir": "konflik.registry.services.dates",
    "tim-terpadu-sk-berakhir": "konflik.registry.services.dates",
    "skk-pembatasan-berakhir": "konflik.status.services.dates",
    "tni-bantuan-berakhir": "konflik.status.services.dates",
}
"""Rules whose dates a service opens, by the module that names them."""


def test_every_rule_is_opened_by_somebody() -> None:
    extensions = {rule.extended_by for rule in ALL}
    by_itself = {
        rule.code
        for rule in ALL
        if rule.is_entered or rule.clock.since or rule.clock.counting is Counting.PERIOD or rule.code in extensions
    }
    assert {rule.code for rule in ALL} - by_itself == set(OPENED_BY)
    for code, module in OPENED_BY.items():
        assert code in vars(import_module(module)).values(), (code, module)


@pytest.mark.parametrize("rule", [rule for rule in ALL if rule.example], ids=rule_id)
def test_the_example_of_a_rule_comes_out_as_written(rule: DeadlineRule) -> None:
    base = RULES.get(rule.clock.of)
    zone = ZoneInfo(rule.example.zone)
    found = count(figured(rule), start=start_of(rule.example), zone=zone, off=FEW_DAYS_OFF, base=base.clock if base else None)
    if rule.example.due:
        assert found.due_at == datetime.fromisoformat(rule.example.due).replace(tzinfo=zone)
    else:
        assert found.last_day == date.fromisoformat(rule.example.last_day)
    assert bool(rule.example.due) == (figured(rule).counting is Counting.INSTANT)


@pytest.mark.parametrize("rule", ALL, ids=rule_id)
def test_whatever_is_counted_has_an_example(rule: DeadlineRule) -> None:
    is_counted = rule.strength is not Strength.OPEN and rule.clock.counting is not Counting.FIXED
    assert (rule.example is not None) == is_counted


@pytest.mark.parametrize("code", CLIENTS_USE.split())
def test_a_code_that_clients_use_exists(code: str) -> None:
    assert RULES.get(code) is not None


def test_a_code_that_does_not_exist_is_none() -> None:
    assert RULES.get("skk-berahir") is None


@pytest.mark.parametrize("rule", ALL, ids=rule_id)
def test_a_figure_stands_in_the_law_or_in_a_policy_never_in_both(rule: DeadlineRule) -> None:
    policy = POLICIES.get(rule.code)
    if rule.clock.counting is Counting.FIXED:
        assert rule.clock.span is None
        assert policy is None
    elif rule.strength is Strength.TEXT:
        assert rule.clock.span is not None
        assert policy is None, "a figure of the law is no policy"
        assert isinstance(rule.basis, Article)
    else:
        assert rule.clock.span is None, "a figure of practice is no law"
        assert policy is not None
        assert (policy.span is not None) == (rule.strength is Strength.PRACTICE)


def test_every_first_policy_belongs_to_a_rule_that_accepts_it() -> None:
    assert len(POLICIES) == len(first_policies()), "each code once"
    for row in POLICIES.values():
        assert row.span is None or RULES.rules[row.code].clock.accepts(row.span), row.code
        assert row.basis.strip()
        assert len(row.basis) <= 200


@pytest.mark.parametrize("rule", ALL, ids=rule_id)
def test_a_rule_is_complete(rule: DeadlineRule) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.code)
    assert len(rule.code) <= 40
    assert 0 < len(rule.title) <= 160
    assert len(str(rule.basis)) <= 120
    assert rule.text.strip()
    assert isinstance(rule.basis, Article | Practice)
    assert rule.duty_of in OFFICE_LABELS
    assert set(rule.told) <= set(Office)
    assert len(rule.told) == len(set(rule.told))
    assert rule.duty_of not in rule.told
    assert set(rule.clock.since) | set(rule.met_by) | set(rule.cancelled_by) <= set(Event)
    assert list(rule.warn_days_before) == sorted(set(rule.warn_days_before), reverse=True)
    assert list(rule.warn_hours_before) == sorted(set(rule.warn_hours_before), reverse=True)
    assert not rule.extended_by or rule.extended_by in RULES.rules
    assert not rule.clock.of or rule.clock.of in RULES.rules
    assert rule.since is None or rule.holds_on(rule.since)


@pytest.mark.parametrize("rule", ALL, ids=rule_id)
def test_something_starts_the_clock(rule: DeadlineRule) -> None:
    """By an event, by a clerk, by the calendar, by a date somebody sets, or as the continuation of another."""
    opened_with_a_record = {"tim-terpadu-sk-berakhir"}
    ways = [
        bool(rule.clock.since),
        rule.is_entered,
        rule.clock.counting is Counting.PERIOD,
        rule.clock.counting is Counting.FIXED,
        rule.clock.continues,
        rule.code in opened_with_a_record,
    ]
    assert ways.count(True) == 1


def test_no_limit_of_the_sheet_is_forgotten_and_none_counted_twice() -> None:
    running = {rule.number for rule in ALL if rule.number}
    left_out = [row.number for row in NOT_LIMITS]
    assert len(left_out) == len(set(left_out))
    assert running.isdisjoint(left_out)
    assert running | set(left_out) == {f"D{number:02}" for number in NUMBERS}
    assert all(row.why.endswith(".") for row in NOT_LIMITS)


def test_no_rule_stands_in_two_chapters() -> None:
    codes = Counter(rule.code for chapter in ALL_CHAPTERS for rule in chapter.rules)
    assert max(codes.values()) == 1
    assert set(codes) == set(RULES.rules)


def test_the_lengths_of_a_status_come_from_one_source() -> None:
    assert RULES.rules["skk-berakhir"].clock.span is LONGEST
    assert RULES.rules["skk-perpanjangan-berakhir"].clock.span is LONGEST_EXTENSION


def test_the_book_says_what_an_event_does() -> None:
    day = date(2026, 3, 2)
    assert {rule.code for rule in RULES.started_by(Event.STATUS_DECLARED, day)} == {
        "skk-berakhir",
        "skk-konsultasi-perpanjangan",
        "skk-laporan-perkembangan",
    }
    assert {rule.code for rule in RULES.started_by(Event.BTT_DECIDED, day)} == {"btt-rencana-kebutuhan", "btt-pemberitahuan-dprd"}
    assert [rule.code for rule in RULES.met_by(Event.TNI_ORDERED)] == ["tni-perintah-panglima"]
    assert "skk-berakhir" in {rule.code for rule in RULES.cancelled_by(Event.STATUS_ENDED)}
    assert RULES.started_by(Event.STATUS_DECLARED, date(2012, 5, 9)) == [], "a day before UU 7/2012 came into force"


@pytest.mark.parametrize(
    ("clock", "good", "bad"),
    [
        (within(None), [days(0), hours(24), working_days(3), months(1), years(1)], [hours(0)]),
        (valid_for(None), [days(1), years(2)], [hours(24), days(0)]),
        (clocks.before("skk-berakhir", days(10)), [days(3)], [hours(3), working_days(3), months(1)]),
        (every(4, then=None), [days(0), working_days(5), months(1)], [hours(24)]),
        (recurring(), [months(1), months(3), months(12), years(1)], [months(0), months(5), months(24), days(30), hours(24)]),
    ],
)
def test_a_clock_knows_which_figures_it_can_be_counted_with(clock: Clock, good: list[Span], bad: list[Span]) -> None:
    assert [span for span in good if not clock.accepts(span)] == []
    assert [span for span in bad if clock.accepts(span)] == []
    for span in bad:
        with pytest.raises(ValueError, match="not counted in"):
            clock.lasting(span)


@pytest.mark.django_db
def test_first_policies_are_loaded_once_and_touch_nothing_a_person_wrote() -> None:
    Policy.objects.all().delete()
    own = Policy.objects.create(
        code="rumah-ibadat-keputusan",
        number=60,
        unit=Unit.DAYS.value,
        basis="Perbup 5/2026",
        is_confirmed=True,
        valid_from=date(2026, 1, 1),
        recorded_at=THAT_DAY,
    )
    assert load_policies(now=THAT_DAY) == len(POLICIES) - 1
    assert load_policies(now=THAT_DAY) == 0
    assert list(Policy.objects.filter(code=own.code)) == [own]
    assert not Policy.objects.exclude(pk=own.pk).filter(is_confirmed=True).exists()
    assert Policy.objects.filter(number__isnull=True).count() == sum(row.span is None for row in POLICIES.values())


@pytest.mark.django_db
def test_loading_the_reference_lists_loads_the_policies() -> None:
    Policy.objects.all().delete()
    said = StringIO()
    call_command("load_reference", stdout=said)
    assert f"Kebijakan tenggat: {len(POLICIES)} ditambahkan." in said.getvalue()
    call_command("load_reference", stdout=said)
    assert "Kebijakan tenggat sudah lengkap." in said.getvalue()


def test_the_page_for_bagian_hukum_is_not_stale() -> None:
    assert (ROOT / "docs/rules.md").read_text(encoding="utf-8") == rules_page(first_policies()), "run manage.py rules"


def test_the_page_shows_every_rule_with_its_strength_and_the_warning() -> None:
    page = rules_page(first_policies())
    assert "Wajib diperiksa Bagian Hukum" in page
    for rule in ALL:
        assert f"`{rule.code}`" in page
        assert str(rule.basis) in page
        assert rule.text in page
    assert page.count("· praktik, perlu dikonfirmasi") == sum(rule.strength is Strength.PRACTICE for rule in ALL)
    assert page.count("· belum ada angkanya") == sum(rule.strength is Strength.OPEN for rule in ALL)
    assert all(row.why in page for row in NOT_LIMITS)
