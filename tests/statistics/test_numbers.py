"""Numbers of cases for a reader: the same from cells and from the journal, and never of a case that the reader may not see."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from accounts.postings.tables import Role
from konflik.clocks.models import Deadline
from konflik.counts.services import fold
from konflik.desk.selectors.statistics import late_clocks
from konflik.law.regions import Depth
from konflik.law.secrecy import Secrecy
from konflik.law.stages import Stage
from konflik.statistics.selectors.cases import cases
from konflik.statistics.selectors.sight import Sight
from konflik.statistics.selectors.times import stage_times
from konflik.statistics.selectors.work import activities, deadlines, figures
from konflik.statistics.tables.questions import Basis, Dimension, Period, Question
from tests.builders import BAJUBANG, BATANGHARI, BUNGKU, DAY, JAMBI, NOW, PASER, a_case, a_case_in, a_figure, a_user, an_activity, moved

pytestmark = pytest.mark.django_db

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
AUTUMN = Period(date(2026, 9, 1), date(2026, 11, 30))


@pytest.fixture
def clerk(db: None) -> Any:
    return a_user(Role.STAF_SEKRETARIAT)


def of(user: Any) -> Sight:
    return Sight(user, NOW)


def test_what_was_opened_moved_and_closed_and_what_stands(clerk: Any) -> None:
    a_case_in(Stage.PEMULIHAN, actor=clerk)
    a_case_in(Stage.SELESAI, actor=clerk)
    old = a_case(actor=clerk, opened_at=NOW - 60 * DAY)
    moved(old, Stage.SELESAI, actor=clerk, at=NOW - 30 * DAY)
    found = cases(Question(NOVEMBER, BATANGHARI), sight=of(clerk))
    assert (found.total.opened, found.total.closed, found.total.standing) == (2, 1, 1)
    assert found.settled_share == 0.5
    by_stage = cases(Question(NOVEMBER, by=(Dimension.STAGE,)), sight=of(clerk))
    standing = {row.key[Dimension.STAGE]: row.standing for row in by_stage.rows}
    assert standing == {"pencegahan": 0, "penghentian": 0, "pemulihan": 1, "selesai": 2}
    by_month = cases(Question(AUTUMN, JAMBI, by=(Dimension.MONTH,)), sight=of(clerk))
    assert [(row.opened, row.closed, row.standing) for row in by_month.rows] == [(1, 0, 1), (0, 1, 0), (2, 1, 1)]


QUESTIONS = [
    Question(AUTUMN),
    Question(AUTUMN, BATANGHARI, by=(Dimension.STAGE, Dimension.MONTH)),
    Question(AUTUMN, JAMBI, by=(Dimension.REGION,), level=Depth.KECAMATAN),
    Question(AUTUMN, by=(Dimension.REGION, Dimension.SOURCE), level=Depth.PROVINCE),
    Question(AUTUMN, BAJUBANG, by=(Dimension.ISSUE_TYPE,)),
    Question(NOVEMBER.before, only={Dimension.SOURCE: ["d"]}),
]


@pytest.mark.parametrize("question", QUESTIONS, ids=str)
def test_cells_and_journal_give_the_same(clerk: Any, question: Question) -> None:
    a_case_in(Stage.SELESAI, actor=clerk)
    fold()
    a_case_in(Stage.PENGHENTIAN, actor=clerk, at=(BAJUBANG,), opened_at=NOW - 40 * DAY)
    a_case(actor=clerk, at=(BATANGHARI,), opened_at=NOW - 40 * DAY, stage=Stage.PEMULIHAN, stage_since=NOW - 3 * DAY)
    by_cells = cases(question, sight=of(clerk))
    by_journal = cases(Question(**{**vars(question), "known_at": NOW}), sight=of(clerk))
    assert (by_cells.basis, by_journal.basis) == (Basis.CELLS, Basis.JOURNAL)
    assert by_cells.rows == by_journal.rows
    assert by_cells.total == by_journal.total


def test_what_was_known_on_a_day_is_not_what_is_known_now(clerk: Any) -> None:
    case = a_case(actor=clerk, now=NOW - 10 * DAY, opened_at=NOW - 20 * DAY)
    moved(case, Stage.SELESAI, actor=clerk, at=NOW - 12 * DAY)
    then = cases(Question(NOVEMBER, known_at=NOW - 5 * DAY), sight=of(clerk)).total
    before = cases(Question(NOVEMBER, known_at=NOW - 11 * DAY), sight=of(clerk)).total
    today = cases(Question(NOVEMBER), sight=of(clerk)).total
    assert (before.opened, then.opened, then.closed, today.closed) == (0, 1, 0, 1)


@pytest.mark.parametrize(
    ("role", "at", "seen"),
    [
        (Role.SEKRETARIS_TIM, BATANGHARI, 3),
        (Role.STAF_SEKRETARIAT, BATANGHARI, 3),
        (Role.ANGGOTA_TIM, BATANGHARI, 2),
        (Role.PENGAMAT_PROVINSI, JAMBI, 2),
        (Role.CAMAT, BAJUBANG, 1),
        (Role.STAF_SEKRETARIAT, PASER, 0),
        (Role.ADMINISTRATOR_SISTEM, BATANGHARI, 0),
    ],
)
def test_a_number_counts_what_its_reader_may_see(clerk: Any, role: Role, at: str, seen: int) -> None:
    a_case(actor=clerk, at=(BUNGKU,))
    a_case(actor=clerk, at=(BATANGHARI,))
    a_case(actor=clerk, at=(BATANGHARI,), secrecy=Secrecy.RAHASIA)
    reader = of(a_user(role, at))
    assert cases(Question(NOVEMBER), sight=reader).total.opened == seen
    assert cases(Question(NOVEMBER, known_at=NOW), sight=reader).total.opened == seen


def test_time_in_a_stage(clerk: Any) -> None:
    for days in (2, 4, 10):
        case = a_case(actor=clerk, opened_at=NOW - 15 * DAY)
        moved(case, Stage.PENGHENTIAN, actor=clerk, at=NOW - (15 - days) * DAY)
    [found] = stage_times(Question(NOVEMBER), sight=of(clerk))
    assert (found.stage, found.number, found.median, found.p90) == ("pencegahan", 3, 4.0, 8.8)
    assert stage_times(Question(NOVEMBER.before), sight=of(clerk)) == ()


def test_activities_deadlines_and_figures(clerk: Any) -> None:
    case = a_case(actor=clerk)
    an_activity(case, actor=clerk, planned_end=date(2026, 11, 20))
    a_figure(case, actor=clerk)
    [work] = activities(Question(NOVEMBER, BUNGKU[:8]), sight=of(clerk))
    assert (work.done, work.open, work.overdue) == (0, 1, 1)
    [deadline] = deadlines(Question(NOVEMBER, JAMBI), sight=of(clerk))
    assert (deadline.due, deadline.overdue, deadline.met) == (1, 1, 0)
    assert figures(Question(NOVEMBER), sight=of(clerk)) == ()
    case.figures.update(is_authoritative=True)
    [figure] = figures(Question(NOVEMBER), sight=of(clerk))
    assert (figure.measure, figure.source, figure.value, figure.cases) == ("houses", "polri", "3.00", 1)
    for ask in (activities, deadlines, figures):
        assert ask(Question(NOVEMBER), sight=of(a_user(at=PASER))) == ()
        assert ask(Question(NOVEMBER, known_at=NOW - DAY), sight=of(clerk)) == ()


def test_the_period_before_is_as_long() -> None:
    assert NOVEMBER.before == Period(date(2026, 10, 1), date(2026, 10, 31))
    assert AUTUMN.before == Period(date(2026, 6, 1), date(2026, 8, 31))
    assert Period(date(2026, 11, 8), date(2026, 11, 14)).before == Period(date(2026, 11, 1), date(2026, 11, 7))


@pytest.mark.parametrize(("seconds", "late"), [(-1, 0), (0, 1)])
def test_a_deadline_is_overdue_at_its_very_instant_as_on_the_pages(clerk: Any, seconds: int, late: int) -> None:
    an_activity(a_case(actor=clerk), actor=clerk, planned_end=date(2026, 11, 25))
    at = Deadline.objects.get(rule="kegiatan-selesai").due_at + timedelta(seconds=seconds)
    [told] = deadlines(Question(NOVEMBER), sight=Sight(clerk, at))
    assert (told.overdue, told.running) == (late, 1 - late)
    assert late_clocks(clerk, None, at=at).count() == late


def test_an_activity_is_late_by_the_day_of_its_own_kabupaten(db: None) -> None:
    clerk = a_user(Role.STAF_SEKRETARIAT, at=PASER)
    an_activity(a_case(actor=clerk, at=(PASER,)), actor=clerk, planned_end=date(2026, 11, 25))
    midnight_wita = datetime(2026, 11, 25, 16, tzinfo=UTC)
    for at, late in ((midnight_wita - timedelta(seconds=1), 0), (midnight_wita, 1)):
        for known_at in (None, at):
            [told] = activities(Question(NOVEMBER, known_at=known_at), sight=Sight(clerk, at))
            assert told.overdue == late
