"""A crowd: so many rows everywhere that a database weighs its plans as it does in a large installation.

Only for looking at plans: the rows are copies, their numbers are counted nowhere and their lines are no chain.
"""

from copy import copy
from datetime import timedelta
from typing import Any

from accounts.regions.models import Level, Region
from konflik.bulk import insert
from konflik.cases.models import Case, CasePlace
from konflik.journal.models import JournalLine
from konflik.law.stages import Stage
from konflik.stages.models import Activity
from konflik.stages.tables import ActivityStatus
from tests.builders import DAY, NOW
from tests.plans import look_over

CASES = 6000
RUNNING = 6
"""One of so many cases runs; every third of those has been silent for long, and nobody answers for it."""
ACTIVITIES = 4
"""Of each case; all of them done but the last one of a running case."""
YEARS = timedelta(days=2000)


def crowd(like: Case, *, at_home: int = 50) -> None:
    """Cases like `like`, each with a place, a line, and activities where `like` has one; and what the database then knows of them.

    One of `at_home` lies in the kabupaten of `like`, the others all over the country.
    """
    elsewhere = list(Region.objects.of_level(Level.KABUPATEN).exclude(pk=like.kabupaten_id))
    cases = [_case(like, turn, at_home, elsewhere[turn % len(elsewhere)]) for turn in range(1, CASES + 1)]
    insert(cases)
    place, activity, line = like.places.get(is_leading=True), like.activities.first(), like.journal.first()
    insert(_place(place, case) for case in cases)
    if activity is not None:
        insert(_activity(activity, case, is_last=turn == ACTIVITIES - 1) for case in cases for turn in range(ACTIVITIES))
    insert(_line(line, f"perkara:{case.pk}", 1, case_id=case.pk, kabupaten_id=case.kabupaten_id) for case in cases)
    insert(_line(line, "pusat tiruan", turn, case_id=None, kabupaten_id=None) for turn in range(1, CASES // at_home))
    look_over()


def _like(row: Any, **other: Any) -> Any:
    made = copy(row)
    made.pk = None
    for name, value in other.items():
        setattr(made, name, value)
    return made


def _case(like: Case, turn: int, at_home: int, elsewhere: Region) -> Case:
    told, age = turn // at_home, turn / CASES
    kabupaten = elsewhere if turn % at_home else like.kabupaten
    since, runs, is_left = NOW - YEARS * (1 - age), told % RUNNING == 0, told % (3 * RUNNING) == 0
    return _like(
        like,
        number=f"{like.number}-{turn}",
        sequence=like.sequence + turn,
        kabupaten_id=kabupaten.pk,
        province_id=kabupaten.province_id,
        stage=list(Stage)[told // RUNNING % 3].value if runs else Stage.SELESAI.value,
        opened_at=since,
        stage_since=since,
        recorded_at=NOW,
        updated_at=since if is_left else NOW - DAY * age,
        closed_at=None if runs else since,
        handler_id=None if is_left else like.recorded_by_id,
    )


def _place(like: CasePlace, case: Case) -> CasePlace:
    return _like(
        like, case_id=case.pk, region_id=case.kabupaten_id, kabupaten_id=case.kabupaten_id, kecamatan_id=None, province_id=case.province_id
    )


def _activity(like: Activity, case: Case, *, is_last: bool) -> Activity:
    day, is_open = case.opened_at.date(), is_last and case.closed_at is None
    status = ActivityStatus.RENCANA if is_open else ActivityStatus.SELESAI
    return _like(like, case_id=case.pk, status=status.value, planned_end=day, finished_on=None if is_open else day)


def _line(like: JournalLine, stream: str, position: int, **other: Any) -> JournalLine:
    return _like(like, stream=stream, position=position, previous_hash=f"{position - 1}", hash=f"{position}", **other)
