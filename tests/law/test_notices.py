"""When a limit reminds: before its end, on its last day, after it."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from konflik.law.grammar.clocks import Counting
from konflik.law.grammar.counting import end_of
from konflik.law.grammar.deadlines import DeadlineRule
from konflik.law.notices import OVERDUE_AFTER_DAYS, milestones
from konflik.law.rulebook import RULES

WIT = ZoneInfo("Asia/Jayapura")
LAST = date(2026, 5, 30)


def test_a_day_limit_reminds_in_the_morning_of_its_region() -> None:
    rule = RULES.rules["btt-pemberitahuan-dprd"]
    found = milestones(rule, due_at=end_of(LAST, WIT), last_day=LAST, zone=WIT)
    assert [one.code for one in found] == ["H-14", "H-7", "H-3", "H-1", "H-0", "L+0", "L+1", "L+3", "L+7", "L+14", "L+28"]
    on_the_last_day = next(one for one in found if one.code == "H-0")
    assert on_the_last_day.at == datetime(2026, 5, 29, 22, tzinfo=UTC), "seven in the morning in WIT"
    assert next(one for one in found if one.code == "L+0").at == datetime(2026, 5, 30, 15, tzinfo=UTC)


def test_an_hour_limit_reminds_so_many_hours_before() -> None:
    due = datetime(2026, 3, 3, 2, tzinfo=UTC)
    found = milestones(RULES.rules["tni-permintaan-tertulis"], due_at=due, last_day=None, zone=WIT)
    early = [(one.code, due - one.at) for one in found if not one.is_overdue]
    assert early == [(f"J-{number}", timedelta(hours=number)) for number in (12, 6, 3, 1)]


@pytest.mark.parametrize("rule", RULES.rules.values(), ids=lambda rule: rule.code)
def test_reminders_come_in_their_order_and_each_once(rule: DeadlineRule) -> None:
    last_day = None if rule.clock.counting is Counting.INSTANT else LAST
    found = milestones(rule, due_at=end_of(LAST, WIT), last_day=last_day, zone=WIT)
    assert [one.at for one in found] == sorted({one.at for one in found})
    assert len({one.code for one in found}) == len(found)
    after = [one for one in found if one.is_overdue]
    assert len(after) == (1 if rule.ends_by_itself else len(OVERDUE_AFTER_DAYS))
    assert all((one.at >= end_of(LAST, WIT)) == one.is_overdue for one in found)
