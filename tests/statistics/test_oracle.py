"""The statistics against an independent calculation: pandas over the plain rows, for random questions on generated cases.

The oracle reads cases, moves and places, never the cells or the journal.
`KONFLIK_PROFILE=full` asks 200 questions on 100,000 cases and makes 10,000 random changes.
"""

import random
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from accounts.access.tables import ROLE_CLEARANCE
from accounts.postings.tables import Role
from accounts.regions.models import Region
from konflik.cases.models import Case, CasePlace
from konflik.cases.services.amending import amend_case, set_places
from konflik.cases.services.deciding import classify_case, set_severity
from konflik.counts.selectors import deviations
from konflik.counts.services import fold
from konflik.demo.sampling.services import make_sample
from konflik.law.regions import Depth
from konflik.law.secrecy import Secrecy
from konflik.law.severity import Severity
from konflik.law.sources import Source
from konflik.law.stages import STAGE_MOVES, Stage
from konflik.stages.models import StageMove
from konflik.stages.services.moves import reverse_move
from konflik.statistics.selectors.cases import cases
from konflik.statistics.selectors.sight import Sight
from konflik.statistics.selectors.times import stage_times
from konflik.statistics.tables.questions import CaseAnswer, CaseRow, Dimension, Period, Question
from tests.builders import JAMBI, a_user, moved
from tests.builders import NOW as LATER
from tests.profiles import CASES_COUNTED, CHANGES_COUNTED, QUESTIONS_ASKED
from tests.seeds import seeded

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
NUMBERS = ("opened", "closed", "reopened", "entered", "left", "standing")
READERS = ((Role.PENGAMAT_PROVINSI, JAMBI), (Role.SEKRETARIS_TIM, "15.04"), (Role.STAF_SEKRETARIAT, "15.05"))

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _sample(django_db_setup: None, django_db_blocker: DjangoDbBlocker):
    """Generated cases once for all tests here; each test runs in a savepoint above them."""
    with django_db_blocker.unblock(), transaction.atomic():
        make_sample(cases=CASES_COUNTED, seed=11, now=NOW, province=JAMBI)
        yield
        transaction.set_rollback(True)


class Oracle:
    """Every step and every stay of every case as one table each."""

    def __init__(self) -> None:
        zones = dict(Region.objects.filter(level=Depth.KABUPATEN).values_list("pk", "time_zone"))
        where = dict(CasePlace.objects.filter(is_leading=True).values_list("case_id", "kecamatan_id"))
        moves: dict[int, list[tuple[datetime, str, str]]] = {}
        standing = StageMove.objects.filter(corrected_by__isnull=True, is_reversal=False).order_by("case_id", "position")
        for case_id, at, source, target in standing.values_list("case_id", "moved_at", "source", "target"):
            moves.setdefault(case_id, []).append((at, source, target))
        steps, stays = [], []
        names = ("pk", "kabupaten_id", "source", "issue_type_id", "severity", "secrecy", "opened_at", "stage")
        for pk, kabupaten, source, issue, severity, secrecy, opened_at, stage in Case.objects.values_list(*names):
            own = moves.get(pk, [])
            first = own[0][1] if own else stage
            about = (pk, kabupaten[:2], kabupaten, where[pk] or "", source, issue, severity, secrecy)
            line = [(opened_at, "", first), *own]
            steps += [(*about, _day(at, zones[kabupaten]), left, entered) for at, left, entered in line]
            stays += [
                (*about, come[2], _day(gone[0], zones[kabupaten]), (gone[0] - come[0]) / timedelta(days=1)) for come, gone in pairwise(line)
            ]
        about = ["case", "province", "kabupaten", "kecamatan", "source", "issue_type", "severity", "secrecy"]
        self.steps = pd.DataFrame(steps, columns=[*about, "day", "from", "to"])
        self.stays = pd.DataFrame(stays, columns=[*about, "stage", "day", "days"])

    def rows(self, question: Question, seen: tuple[str, int]) -> list[CaseRow]:
        """The answer by another way."""
        steps = self._narrowed(self.steps, question, seen)
        columns = [self._column(by, question) for by in question.by if by is not Dimension.MONTH]
        found = []
        for month in question.period.months if Dimension.MONTH in question.by else [None]:
            first = max(month, question.period.first) if month else question.period.first
            last = min(_end(month), question.period.last) if month else question.period.last
            for key, numbers in self._numbers(steps[steps["day"] <= last], first, columns).items():
                told = dict(zip(columns, key, strict=True))
                found.append(CaseRow({by: told.get(self._column(by, question), month) for by in question.by}, **numbers))
        return found

    def times(self, question: Question, seen: tuple[str, int]) -> list[tuple[str, int, float, float]]:
        """Median and ninth decile of each stage."""
        stays = self._narrowed(self.stays, question, seen)
        stays = stays[(stays["day"] >= question.period.first) & (stays["day"] <= question.period.last) & (stays["stage"] != "selesai")]
        return [
            (stage, len(part), round(part["days"].quantile(0.5), 3), round(part["days"].quantile(0.9), 3))
            for stage, part in stays.groupby("stage")
        ]

    def _narrowed(self, table: Any, question: Question, seen: tuple[str, int]) -> Any:
        code, upto = seen
        table = table[(table["province"] == code) | (table["kabupaten"] == code)]
        table = table[table["secrecy"] <= upto]
        if question.region:
            column = ("province", "kabupaten", "kecamatan")[question.region.count(".")]
            table = table[table[column] == question.region]
        for dimension, values in question.only.items():
            table = table[table[dimension.value].isin(values)]
        return table

    def _column(self, by: Dimension, question: Question) -> str:
        return question.level.name.lower() if by is Dimension.REGION and question.level else by.value

    def _numbers(self, steps: Any, first: date, columns: list[str]) -> dict[tuple[Any, ...], dict[str, int]]:
        """Each number by `columns`; what moved counts from `first`, what stands is where each case went last."""
        within = steps[steps["day"] >= first]
        came, now = within[within["from"] != ""], steps.groupby("case", sort=False).tail(1)
        counted = {
            "opened": (within[within["from"] == ""], "to"),
            "closed": (within[within["to"] == "selesai"], "from"),
            "reopened": (within[within["from"] == "selesai"], "to"),
            "entered": (came, "to"),
            "left": (came, "from"),
            "standing": (now if "stage" in columns else now[now["to"] != "selesai"], "to"),
        }
        found: dict[tuple[Any, ...], dict[str, int]] = defaultdict(lambda: dict.fromkeys(NUMBERS, 0))
        for name, (part, stage) in counted.items():
            keys = [part[stage if column == "stage" else column] for column in columns]
            for key, number in zip(*self._sizes(part, keys), strict=True):
                found[key][name] = number
        return found

    def _sizes(self, part: Any, keys: list[Any]) -> tuple[list[tuple[Any, ...]], list[int]]:
        if not keys:
            return ([()], [len(part)]) if len(part) else ([], [])
        sizes = part.groupby(keys).size()
        return [key if isinstance(key, tuple) else (key,) for key in sizes.index], sizes.tolist()


def _day(at: datetime, zone: str) -> date:
    return at.astimezone(ZoneInfo(zone)).date()


def _end(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def a_question(rng: random.Random) -> Question:
    """Any period, region, dimensions and filters; every second one in whole months, as the cells have them."""
    first = date(2021, 1, 1) + timedelta(days=rng.randrange(1900))
    last = first + timedelta(days=rng.choice((0, 6, 30, 90, 400)))
    if rng.random() < 0.5:
        first, last = first.replace(day=1), _end(last.replace(day=1))
    kecamatan = CasePlace.objects.exclude(kecamatan=None).order_by("?").values_list("kecamatan_id", flat=True)[0]
    region = rng.choice(("", JAMBI, kecamatan[:5], "15.04", kecamatan))
    by = tuple(rng.sample(list(Dimension), rng.randint(0, 3)))
    depth = region.count(".") + 1 if region else 1
    level = Depth(rng.randint(depth, 3)) if Dimension.REGION in by else None
    only: dict[Dimension, Any] = {}
    if rng.random() < 0.3:
        only[Dimension.SOURCE] = rng.sample([source.value for source in Source], 2)
    if rng.random() < 0.2:
        only[Dimension.ISSUE_TYPE] = ["agraria", "ormas", "antarwarga"]
    if rng.random() < 0.15:
        only[Dimension.SEVERITY] = [1, 3]
    return Question(Period(first, last), region, by, level, only)


def plain(rows: Any) -> list[tuple[Any, ...]]:
    kept = [row for row in rows if any(getattr(row, name) for name in NUMBERS)]
    return sorted((tuple(map(str, row.key.values())), *(getattr(row, name) for name in NUMBERS)) for row in kept)


def total(answer: CaseAnswer) -> tuple[int, ...]:
    return tuple(getattr(answer.total, name) for name in NUMBERS)


def test_random_questions_have_the_answers_of_an_independent_count() -> None:
    rng, oracle = seeded("questions"), Oracle()
    readers = [(Sight(a_user(role, at), NOW), (at, int(ROLE_CLEARANCE[role]))) for role, at in READERS]
    for _ in range(QUESTIONS_ASKED):
        question, (sight, seen) = a_question(rng), rng.choice(readers)
        answer = cases(question, sight=sight)
        assert plain(answer.rows) == plain(oracle.rows(question, seen)), question
        whole = oracle.rows(Question(question.period, question.region, only=question.only), seen)
        assert total(answer) == (tuple(getattr(whole[0], name) for name in NUMBERS) if whole else (0,) * 6), question
        times = [(row.stage, row.number, row.median, row.p90) for row in stage_times(question, sight=sight)]
        assert sorted(times) == [pytest.approx(row, abs=0.002) for row in sorted(oracle.times(question, seen))], question


def test_random_changes_leave_numbers_that_a_recount_confirms() -> None:
    rng, clerk = seeded("changes"), a_user(Role.SEKRETARIS_TIM)
    keys = list(Case.objects.order_by("pk").values_list("pk", flat=True)[:500])
    for number in range(CHANGES_COUNTED):
        change(Case.objects.select_related("kabupaten").get(pk=rng.choice(keys)), rng, clerk)
        if number % 20 == 0:
            fold()
    assert deviations() == []
    oracle, question = Oracle(), Question(Period(date(2020, 1, 1), date(2026, 12, 31)), by=(Dimension.STAGE, Dimension.SOURCE))
    assert plain(cases(question, sight=Sight(None, LATER)).rows) == plain(oracle.rows(question, (JAMBI, int(max(Secrecy)))))


def change(case: Case, rng: random.Random, clerk: Any) -> None:
    """Something that moves the numbers, through its service."""
    told = {"case": case, "seen_version": case.version, "actor": clerk, "now": LATER}
    kind = rng.choice(("move", "move", "reverse", "amend", "grade", "class", "place"))
    if kind == "move":
        moved(case, Stage(rng.choice(STAGE_MOVES.moves_from(case.stage)).target), actor=clerk, now=LATER)
    elif kind == "reverse":
        last = case.moves.filter(corrected_by__isnull=True, is_reversal=False).order_by("position").last()
        if last is not None:
            reverse_move(move=last, reason="Salah.", seen_version=case.version, actor=clerk, now=LATER)
    elif kind == "amend":
        amend_case(changes={"source": rng.choice(list(Source)).value}, **told)
    elif kind == "grade":
        set_severity(level=rng.choice(list(Severity)), since=LATER, reason="Berubah.", **told)
    elif kind == "class":
        # Staff of another kabupaten reach no class here: only what the clerk's own office may give.
        secrecy = rng.choice([one for one in Secrecy if one != case.secrecy])
        if case.kabupaten_id == "15.04":
            classify_case(secrecy=secrecy, reason="Berubah.", **told)
    else:
        inside = Region.objects.filter(kabupaten=case.kabupaten_id, level__gte=2).order_by("pk")
        set_places(places=[inside[rng.randrange(30)]], **told)
