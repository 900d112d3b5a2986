"""As known on a day: what was answered live at an instant is answered again, whatever was recorded since.

The oracle is the past itself: while a clerk works at random through the services, live answers are written down as they are given;
afterwards each of them is asked for by its instant.
"""

import random
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from accounts.postings.tables import Role
from accounts.regions.models import Region
from accounts.users.models import User
from konflik.acts.services import cancel_deadline, extend_deadline, meet_deadline, resume_deadline, suspend_deadline
from konflik.cases.models import Case
from konflik.cases.services.amending import amend_case, set_places
from konflik.cases.services.facts import correct_figure, declare_figure
from konflik.clocks.models import Deadline
from konflik.law.figures import FigureSource, Measure
from konflik.law.sources import Source
from konflik.law.stages import STAGE_MOVES, Stage
from konflik.stages.models import Activity
from konflik.stages.services.activities import update_activity
from konflik.stages.services.moves import reverse_move
from konflik.stages.tables import ActivityStatus
from konflik.statistics.selectors.cases import cases
from konflik.statistics.selectors.sight import Sight
from konflik.statistics.selectors.work import activities, deadlines, figures
from konflik.statistics.tables.questions import Dimension, Period, Question
from tests.builders import BAJUBANG, BATANGHARI, BUNGKU, DAY, HOUR, JAMBI, NOW, a_case, a_count, a_deadline, a_figure, a_user, an_activity
from tests.builders import moved as moved_on
from tests.profiles import CHANGES_COUNTED
from tests.seeds import seeded

pytestmark = pytest.mark.django_db

YEAR = Period(date(2026, 6, 1), date(2027, 8, 31))
SOME = Period(date(2026, 11, 10), date(2026, 12, 20))
QUESTIONS = [
    Question(YEAR),
    Question(SOME, BATANGHARI),
    Question(YEAR, JAMBI, only={Dimension.SOURCE: ["d", "b"]}),
    Question(YEAR, BAJUBANG),
]
ASKED = (activities, deadlines, figures)


def answers(at: datetime, *, known_at: datetime | None = None) -> list[Any]:
    """Every number, live at `at` or as known at an earlier instant; the cases of whole months come from cells or the journal."""
    sight, told = Sight(None, at), [replace(question, known_at=known_at) for question in QUESTIONS]
    rows = [ask(question, sight=sight) for ask in ASKED for question in told]
    return [*rows, *((answer.rows, answer.total) for answer in (cases(question, sight=sight) for question in told))]


class Clerk:
    """Works on a few cases; each act is recorded an hour after the last, or days after, and tells of something that was before."""

    def __init__(self, user: User, chance: random.Random) -> None:
        self.user, self.chance, self.now = user, chance, NOW
        self.cases = [a_case(actor=user, opened_at=NOW - 9 * DAY, at=(place,)).pk for place in (BUNGKU, BATANGHARI, BAJUBANG)]
        self.acts = (self.plan, self.update, self.request, self.close, self.pause, self.move, self.reverse, self.count, self.amend)

    def begin(self) -> None:
        """One of everything that is counted, an hour on."""
        self.now += HOUR
        case = Case.objects.get(pk=self.cases[0])
        an_activity(case, actor=self.user, now=self.now, planned_end=self.day(0))
        a_deadline(case, actor=self.user, at=self.now - HOUR, now=self.now)
        figure = a_figure(case, actor=self.user, now=self.now, as_of=self.now - HOUR)
        declare_figure(figure=figure, reason="Surat 5", actor=self.user, now=self.now)
        moved_on(case, Stage.PENGHENTIAN, actor=self.user, at=self.now - HOUR / 2, now=self.now)

    def work(self) -> None:
        """One act; what the law refuses is not done."""
        self.now += self.chance.choice((HOUR, HOUR, DAY, 6 * DAY))
        try:
            self.chance.choice(self.acts)(Case.objects.select_related("kabupaten").get(pk=self.chance.choice(self.cases)))
        except ValidationError:
            return

    def plan(self, case: Case) -> None:
        if case.stage != Stage.SELESAI:
            an_activity(case, actor=self.user, now=self.now, planned_end=self.day(30))

    def update(self, case: Case) -> None:
        activity = self.one(Activity.objects.filter(case=case))
        status = self.chance.choice(list(ActivityStatus)).value
        changes: dict[str, Any] = {"status": status, "obstacles": "Hujan."}
        if status == ActivityStatus.SELESAI:
            changes["finished_on"] = min(self.day(0), self.now.date() - DAY)
        elif self.chance.random() < 0.5:
            changes["planned_end"] = self.day(60)
        update_activity(activity=activity, seen_version=activity.version, changes=changes, actor=self.user, now=self.now)

    def request(self, case: Case) -> None:
        a_deadline(case, actor=self.user, at=self.now - HOUR, now=self.now)

    def close(self, case: Case) -> None:
        told = self.deadline(case)
        earlier = max(told["deadline"].starts_at, self.now - 3 * DAY)
        kind = self.chance.choice(("meet", "meet", "cancel", "extend"))
        if kind == "meet":
            meet_deadline(evidence="Surat 1", on=earlier, **told)
        elif kind == "cancel":
            cancel_deadline(reason="Salah.", **told)
        else:
            extend_deadline(reason="Surat 2", on=earlier, **told)

    def pause(self, case: Case) -> None:
        told = self.deadline(case)
        if told["deadline"].suspensions.filter(ends__isnull=True).exists():
            resume_deadline(ends=self.now, basis="Surat 4", **told)
        else:
            suspend_deadline(begins=self.now - HOUR, basis="Surat 3", **told)

    def move(self, case: Case) -> None:
        target = Stage(self.chance.choice(STAGE_MOVES.moves_from(case.stage)).target)
        moved_on(case, target, actor=self.user, at=self.now - HOUR / 2, now=self.now)

    def reverse(self, case: Case) -> None:
        last = case.moves.filter(corrected_by__isnull=True, is_reversal=False).order_by("position").last()
        if last is not None:
            reverse_move(move=last, reason="Salah.", seen_version=case.version, actor=self.user, now=self.now)

    def count(self, case: Case) -> None:
        number, measure = self.chance.randrange(1, 50), self.chance.choice((Measure.DEAD, Measure.HOUSES))
        source = self.chance.choice(list(FigureSource))
        standing = list(case.figures.filter(measure=measure.value, corrected_by__isnull=True))
        kind = self.chance.choice(("add", "correct", "declare", "declare"))
        if kind == "add" or not standing:
            a_figure(case, actor=self.user, now=self.now, measure=measure, value=number, source=source, as_of=self.now - HOUR)
        elif kind == "correct":
            count = a_count(measure, number, source=source, as_of=self.now - HOUR)
            correct_figure(figure=self.chance.choice(standing), count=count, reason="Salah.", actor=self.user, now=self.now)
        else:
            declare_figure(figure=self.chance.choice(standing), reason="Surat 5", actor=self.user, now=self.now)

    def amend(self, case: Case) -> None:
        told = {"case": case, "seen_version": case.version, "actor": self.user, "now": self.now}
        if self.chance.random() < 0.5:
            amend_case(changes={"source": self.chance.choice(list(Source)).value}, **told)
        else:
            set_places(places=[Region.objects.get(pk=self.chance.choice((BUNGKU, BATANGHARI)))], **told)

    def deadline(self, case: Case) -> dict[str, Any]:
        row = self.one(Deadline.objects.filter(case=case).open())
        return {"deadline": row, "seen_version": row.version, "actor": self.user, "now": self.now}

    def one(self, rows: Any) -> Any:
        found = list(rows.order_by("pk"))
        if not found:
            raise ValidationError("none")
        return self.chance.choice(found)

    def day(self, ahead: int) -> date:
        return self.now.date() + timedelta(days=self.chance.randint(-3, ahead))


def test_what_was_answered_then_is_answered_again() -> None:
    clerk = Clerk(a_user(Role.SEKRETARIS_TIM), seeded("as known"))
    told = [(clerk.now, answers(clerk.now))]
    for act in [clerk.begin, *[clerk.work] * CHANGES_COUNTED]:
        act()
        told.append((clerk.now, answers(clerk.now)))
    # Else their being equal would say nothing.
    assert all(told[1][1][place] != told[0][1][place] for place in range(0, len(QUESTIONS) * (len(ASKED) + 1), len(QUESTIONS)))
    for at, live in told:
        for place, (found, expected) in enumerate(zip(answers(clerk.now + 9 * DAY, known_at=at), live, strict=True)):
            assert found == expected, (at, place)
