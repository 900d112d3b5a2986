"""Recurring duties begin once for each period, for each kabupaten in use or each body of the kind, after any gap."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.users.models import User
from forums.bodies.models import Body
from forums.bodies.services import BodyFacts
from konflik.acts.services import begin_periods, record_policy
from konflik.acts.services.periods import recurring_rules
from konflik.clocks.models import Deadline
from konflik.clocks.selectors import recount
from konflik.journal.models import JournalLine
from konflik.law.bodies import BodyKind
from konflik.law.grammar.deadlines import Strength
from konflik.registry.services import record_body
from tests.builders import BATANGHARI, MUARO_JAMBI, NOW, a_user, region
from tests.refusals import nothing_written

pytestmark = pytest.mark.django_db

MONTHLY = "forkopimda-laporan-bulanan"


@pytest.fixture
def clerk(db: None) -> User:
    return a_user()


@pytest.fixture
def forkopimda(clerk: User) -> Body:
    facts = BodyFacts(kind=BodyKind.FORKOPIMDA.value, name="Forkopimda", region=region(BATANGHARI), valid_from=date(2024, 1, 1))
    return record_body(facts=facts, actor=None, now=NOW)


def periods(rule: str = MONTHLY) -> list[str]:
    return list(Deadline.objects.filter(rule=rule).order_by("starts_at").values_list("period", flat=True))


def at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 3, tzinfo=UTC)


def test_the_period_that_runs_begins_and_only_once(forkopimda: Body) -> None:
    assert begin_periods(now=NOW) > 0
    deadline = Deadline.objects.get(rule=MONTHLY)
    assert (deadline.period, deadline.last_day, deadline.body, deadline.kabupaten_id) == (
        "2026-11",
        date(2026, 11, 30),
        forkopimda,
        BATANGHARI,
    )
    assert deadline.starts_at == datetime(2026, 10, 31, 17, tzinfo=UTC), "00:00 WIB of 1 November"
    assert not deadline.is_late_entry
    line = deadline.trigger
    assert (line.event, line.actor, line.payload["period"], line.payload["body"]) == ("duty_period_begun", None, "2026-11", forkopimda.pk)
    with nothing_written():
        assert begin_periods(now=NOW) == 0


def test_every_period_slept_through_is_made_up_for(forkopimda: Body) -> None:
    begin_periods(now=NOW)
    begin_periods(now=at(2027, 3, 2))
    assert periods() == ["2026-11", "2026-12", "2027-01", "2027-02", "2027-03"]
    late = dict(Deadline.objects.filter(rule=MONTHLY).values_list("period", "is_late_entry"))
    assert late == {"2026-11": False, "2026-12": True, "2027-01": True, "2027-02": True, "2027-03": False}
    with nothing_written():
        assert begin_periods(now=at(2027, 3, 2)) == 0


def test_no_period_is_made_up_for_before_the_body_was_there(forkopimda: Body) -> None:
    begin_periods(now=NOW)
    Body.objects.filter(pk=forkopimda.pk).update(valid_from=date(2027, 2, 10))
    begin_periods(now=at(2027, 3, 2))
    assert periods() == ["2026-11", "2027-02", "2027-03"]


def test_a_day_begins_in_its_own_zone(forkopimda: Body) -> None:
    begin_periods(now=datetime(2026, 11, 30, 16, 59, tzinfo=UTC))
    assert periods() == ["2026-11"]
    begin_periods(now=datetime(2026, 11, 30, 17, 0, tzinfo=UTC))
    assert periods() == ["2026-11", "2026-12"]


def test_a_body_whose_decree_is_over_owes_nothing(forkopimda: Body) -> None:
    Body.objects.filter(pk=forkopimda.pk).update(valid_until=date(2026, 11, 21))
    begin_periods(now=NOW)
    assert periods() == []


def test_duties_of_the_kabupaten_begin_where_it_is_in_use(clerk: User) -> None:
    rule = next(rule for rule in recurring_rules() if rule.body_kind is None and rule.strength is Strength.TEXT)
    begin_periods(now=NOW)
    assert set(Deadline.objects.filter(rule=rule.code).values_list("kabupaten", flat=True)) == {BATANGHARI}
    a_user(at=MUARO_JAMBI)
    begin_periods(now=NOW)
    assert set(Deadline.objects.filter(rule=rule.code).values_list("kabupaten", flat=True)) == {BATANGHARI, MUARO_JAMBI}


def test_a_rule_without_a_figure_is_off_and_one_entered_begins_with_the_next_period(clerk: User) -> None:
    off = next(rule for rule in recurring_rules() if rule.clock.rhythm is None and rule.body_kind is not None)
    kind = str(off.body_kind)
    record_body(
        facts=BodyFacts(kind=kind, name="Tim", region=region(BATANGHARI), valid_from=date(2024, 1, 1), decree_number="1"),
        actor=None,
        now=NOW,
    )
    begin_periods(now=NOW)
    assert periods(off.code) == []
    told = {"kabupaten": None, "basis": "SK Bupati", "actor": None, "now": NOW}
    record_policy(code=off.code, number=3, unit="months", valid_from=date(2026, 11, 15), **told)
    before = JournalLine.objects.count()
    begin_periods(now=NOW)
    assert (periods(off.code), JournalLine.objects.count()) == ([], before), "no line for what does not open"
    begin_periods(now=at(2027, 2, 15))
    deadline = Deadline.objects.get(rule=off.code)
    assert (deadline.period, deadline.last_day) == ("2027-TW1", date(2027, 3, 31))
    assert recount(deadline).due_at == deadline.due_at


def test_a_sweep_asks_little_when_nothing_begins(forkopimda: Body) -> None:
    begin_periods(now=NOW)
    with CaptureQueriesContext(connection) as asked:
        begin_periods(now=NOW)
    statements = [one["sql"] for one in asked.captured_queries]
    silent = len({rule.code for rule in recurring_rules() if rule.strength is not Strength.TEXT})
    assert len(statements) <= 8 + silent, "\n".join(statements)
    if connection.vendor == "sqlite":
        walks = [one for one in statements if 'FROM "konflik_deadline"' in one]
        with connection.cursor() as cursor:
            for walk in walks:
                cursor.execute(f"EXPLAIN QUERY PLAN {walk}")
                plan = " ".join(row[-1] for row in cursor.fetchall())
                assert "deadline_once_per" in plan, plan
