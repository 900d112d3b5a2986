"""A wrong record of an activity is put right by a line that names the line before it; both values stay on file."""

from datetime import date
from typing import Any

import pytest

from konflik.cases.models import Case
from konflik.clocks.models import Deadline
from konflik.clocks.tables import State
from konflik.journal.models import JournalLine
from konflik.law.activities import kinds_of
from konflik.law.stages import Stage
from konflik.stages.models import Activity
from konflik.stages.services.activities import update_activity
from konflik.stages.services.correcting import correct_activity
from konflik.statistics.selectors.earlier import activities_then
from tests.builders import DAY, HOUR, NOW, PASER, a_case, a_user, an_activity, an_institution, moved
from tests.refusals import WHOLE, overtaken, refused

pytestmark = pytest.mark.django_db

LATER = NOW + HOUR
PREVENTING, STOPPING, RECOVERING = (kinds_of(stage)[1].code for stage in (Stage.PENCEGAHAN, Stage.PENGHENTIAN, Stage.PEMULIHAN))


@pytest.fixture
def staff() -> Any:
    return a_user()


@pytest.fixture
def activity(staff: Any) -> Activity:
    """Planned while the case was being prevented; it stands in penghentian now."""
    case = a_case(actor=staff)
    found = an_activity(case, actor=staff, planned_end=date(2026, 12, 1))
    moved(case, Stage.PENGHENTIAN, actor=staff)
    found.refresh_from_db()
    return found


def correct(activity: Activity, staff: Any, *, reason: str = "Salah catat", seen_version: int = 1, **changes: Any) -> Activity:
    return correct_activity(activity=activity, seen_version=seen_version, changes=changes, reason=reason, actor=staff, now=LATER)


def last_line(activity: Activity) -> JournalLine:
    return JournalLine.objects.filter(case_id=activity.case_id, payload__activity=activity.pk).latest("pk")


def test_the_line_names_the_one_it_corrects_and_keeps_both_values(staff: Any, activity: Activity) -> None:
    planned = last_line(activity)
    first = correct(activity, staff, planned_end=date(2026, 12, 9), title="Mediasi di kantor camat")
    line = last_line(activity)
    assert (line.event, line.corrects_id, line.actor) == ("activity_corrected", planned.pk, staff)
    assert line.payload["fields"] == ["planned_end", "title"]
    assert line.payload["planned_end"] == ["2026-12-01", "2026-12-09"]
    assert "title" not in line.payload, "words stay where they can be erased"
    told = line.detail.data
    assert (told["title"], told["former_title"], told["reason"]) == ("Mediasi di kantor camat", "Mediasi di kantor desa", "Salah catat")
    correct(first, staff, seen_version=2, planned_end=None)
    assert last_line(activity).corrects_id == line.pk, "what is corrected again names the last correction"


@pytest.mark.parametrize(("end", "is_late"), [(date(2024, 12, 1), True), (date(2026, 12, 9), False), (None, False)])
def test_a_corrected_end_decides_anew_whether_it_was_entered_late(staff: Any, activity: Activity, end: date | None, is_late: bool) -> None:
    Activity.objects.filter(pk=activity.pk).update(is_late_entry=not is_late)
    assert correct(activity, staff, planned_end=end).is_late_entry is is_late


def test_a_kind_brings_its_stage_along_where_the_case_stood_in_it(staff: Any, activity: Activity) -> None:
    for kind, stage in ((PREVENTING, Stage.PENCEGAHAN), (STOPPING, Stage.PENGHENTIAN)):
        activity = correct(activity, staff, seen_version=activity.version, kind=kind)
        assert (activity.kind, activity.stage) == (kind, stage)
    with refused("kind", "Perkara ini tidak pernah berada pada tahap Pemulihan"):
        correct(activity, staff, seen_version=activity.version, kind=RECOVERING)
    with refused("kind", "Perkara ini tidak pernah berada pada tahap itu"):
        correct(activity, staff, seen_version=activity.version, kind="uu-99")


def test_a_stage_to_come_gives_no_kinds(staff: Any) -> None:
    case = a_case(actor=staff)
    found = an_activity(case, actor=staff)
    with refused("kind", "Perkara ini tidak pernah berada pada tahap Penghentian"):
        correct(found, staff, kind=STOPPING)


def test_the_clock_follows_what_is_right(staff: Any, activity: Activity) -> None:
    running = Deadline.objects.get(thread=f"kegiatan:{activity.pk}", state=State.RUNNING.value)
    assert running.last_day == date(2026, 12, 1)
    activity = correct(activity, staff, planned_end=date(2026, 12, 9))
    assert Deadline.objects.get(thread=f"kegiatan:{activity.pk}", state=State.RUNNING.value).last_day == date(2026, 12, 9)
    activity = correct(activity, staff, seen_version=2, status="selesai", finished_on=date(2026, 11, 21))
    assert (activity.progress, activity.finished_on) == (100, date(2026, 11, 21))
    assert not Deadline.objects.filter(thread=f"kegiatan:{activity.pk}", state=State.RUNNING.value).exists()
    activity = correct(activity, staff, seen_version=3, status="berjalan", progress=40)
    assert (activity.finished_on, activity.progress) == (None, 40)
    assert Deadline.objects.filter(thread=f"kegiatan:{activity.pk}", state=State.RUNNING.value).exists()


REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"reason": "  ", "progress": 5}, "reason", "Tuliskan alasan perbaikan"),
    ({}, WHOLE, "Tidak ada yang berbeda"),
    ({"planned_end": date(2026, 12, 1)}, WHOLE, "Tidak ada yang berbeda"),
    ({"result": "Baik"}, WHOLE, "Kolom ini tidak dapat diperbaiki"),
    ({"case": 1}, WHOLE, "Kolom ini tidak dapat diperbaiki"),
    ({"title": "  "}, "title", "Tuliskan uraian"),
    ({"progress": 101}, "progress", "Isi kemajuan"),
    ({"status": "ditunda"}, "status", "Pilih status"),
    ({"started_on": date(2026, 11, 23)}, "started_on", "Tanggal ini belum tiba"),
    ({"finished_on": date(2026, 11, 20)}, "finished_on", "Tanggal selesai hanya diisi"),
    ({"planned_start": date(2026, 12, 2)}, "planned_end", "Rencana selesai tidak boleh"),
]


@pytest.mark.parametrize(("wrong", "field", "says"), REFUSED)
def test_what_cannot_be_is_refused_and_leaves_nothing(staff: Any, activity: Activity, wrong: dict[str, Any], field: str, says: str) -> None:
    with refused(field, says):
        correct(activity, staff, **wrong)


def test_an_institution_works_in_the_kabupaten(staff: Any, activity: Activity) -> None:
    right = an_institution("Dinas Sosial Batanghari")
    assert correct(activity, staff, institution=right).institution == right
    assert last_line(activity).payload["institution"][1] == right.pk
    with refused("institution", "Pilih instansi"):
        correct(activity, staff, seen_version=2, institution=an_institution("Polres Paser", at=PASER))


def test_the_activities_of_a_closed_case_stay_as_they_are(staff: Any, activity: Activity) -> None:
    Case.objects.filter(pk=activity.case_id).update(stage=Stage.SELESAI, closed_at=NOW)
    with refused(WHOLE, "Perkara ini sudah selesai"):
        correct(activity, staff, progress=5)


def test_who_comes_too_late_is_told_what_stands(staff: Any, activity: Activity) -> None:
    update_activity(activity=activity, seen_version=1, changes={"progress": 30}, actor=staff, now=LATER)
    with overtaken(activity, progress=30):
        correct(activity, staff, progress=5)


def test_numbers_of_an_earlier_day_know_what_was_on_file_then(staff: Any, activity: Activity) -> None:
    old = (activity.stage, activity.kind, date(2026, 12, 1))
    correct(activity, staff, kind=STOPPING, planned_end=None)
    rows = Activity.objects.filter(pk=activity.pk)
    [then] = activities_then(rows, at=LATER - HOUR / 2)
    [now] = activities_then(rows, at=LATER + DAY)
    assert (then.stage, then.kind, then.planned_end) == old
    assert (now.stage, now.kind, now.planned_end) == (Stage.PENGHENTIAN, STOPPING, None)
