"""Activities: chosen from the list of the stage, updated by version, with real and planned dates in order."""

from datetime import date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.postings.tables import Role
from accounts.regions.models import Region
from konflik.cases.models import Case
from konflik.journal.models import JournalLine
from konflik.law.activities import ACTIVITY_KINDS, kinds_of
from konflik.law.stages import Stage
from konflik.stages.models import Activity
from konflik.stages.services.activities import plan_activity, update_activity
from konflik.stages.tables import ActivityStatus
from tests.builders import BATANGHARI, DAY, HOUR, NOW, a_case, a_case_in, a_plan, a_user, an_activity, moved
from tests.refusals import WHOLE, nothing_written, overtaken, refused

pytestmark = pytest.mark.django_db

LATER = NOW + HOUR
TODAY = date(2026, 11, 22)


@pytest.fixture
def clerk(db: None) -> Any:
    return a_user(Role.STAF_SEKRETARIAT)


@pytest.fixture
def case(clerk: Any) -> Case:
    return a_case(actor=clerk)


def update(activity: Activity, clerk: Any, *, now: datetime = LATER, seen_version: int | None = None, **changes: Any) -> Activity:
    seen = activity.version if seen_version is None else seen_version
    return update_activity(activity=activity, seen_version=seen, changes=changes, actor=clerk, now=now)


def last_line(case: Case) -> JournalLine:
    return JournalLine.objects.filter(case=case).order_by("-position").first()


def test_every_stage_offers_its_own_activities_and_no_other(clerk: Any) -> None:
    for stage in Stage:
        case = a_case_in(stage, actor=clerk)
        for kind in ACTIVITY_KINDS.values():
            plan = a_plan(a_case_of_nothing(), kind=kind.code)
            if kind.stage == stage:
                made = plan_activity(case=case, plan=plan, actor=clerk, now=NOW)
                assert (made.stage, made.kind, made.status, last_line(case).basis) == (stage.value, kind.code, "rencana", str(kind.basis))
            else:
                with pytest.raises(Exception, match="tidak termasuk daftar kegiatan tahap"):
                    plan_activity(case=case, plan=plan, actor=clerk, now=NOW)
        assert case.activities.count() == len(kinds_of(stage))


def a_case_of_nothing() -> Case:
    """Only its stage is looked at when a plan is made up."""
    return Case(stage="pencegahan")


def test_a_plan_is_kept_with_its_article_and_dates(case: Case, clerk: Any) -> None:
    activity = an_activity(case, actor=clerk, title=" Mediasi ", planned_start=TODAY, planned_end=TODAY + DAY)
    assert (activity.title, activity.status, activity.progress, activity.is_late_entry) == ("Mediasi", "rencana", 0, False)
    line = last_line(case)
    assert (line.event, line.basis) == ("activity_planned", "UU 7/2012 Pasal 6 ayat (1) huruf a")
    assert (line.payload["planned_end"], line.detail.data) == ("2026-11-23", {"title": "Mediasi"})


@pytest.mark.parametrize(
    ("told", "field", "says"),
    [
        ({"title": " "}, "title", "Tuliskan uraian kegiatan."),
        ({"kind": "uu-12-a"}, "kind", "Kegiatan ini tidak termasuk daftar kegiatan tahap Pencegahan."),
        ({"kind": "uu-99-a"}, "kind", "Kegiatan ini tidak termasuk daftar"),
        ({"planned_start": TODAY, "planned_end": TODAY - DAY}, "planned_end", "Rencana selesai tidak boleh sebelum rencana mulai."),
    ],
)
def test_a_plan_is_refused(case: Case, clerk: Any, told: dict[str, Any], field: str, says: str) -> None:
    plan = a_plan(case, **told)
    with refused(field, says):
        plan_activity(case=case, plan=plan, actor=clerk, now=NOW)


def test_a_plan_looks_at_the_stage_that_stands_not_at_the_one_on_the_screen(case: Case, clerk: Any) -> None:
    seen, plan = Case.objects.get(pk=case.pk), a_plan(case)
    moved(case, Stage.PENGHENTIAN, actor=clerk)
    with refused("kind", "Kegiatan ini tidak termasuk daftar kegiatan tahap Penghentian."):
        plan_activity(case=seen, plan=plan, actor=clerk, now=NOW)


@pytest.mark.parametrize(("end", "late"), [(date(2026, 11, 21), False), (date(2026, 11, 20), True), (None, False)])
def test_a_plan_that_was_over_before_it_was_entered_is_marked(case: Case, clerk: Any, end: date | None, late: bool) -> None:
    assert an_activity(case, actor=clerk, planned_end=end).is_late_entry is late


# update -------------------------------------------------------------------------------------------------------------------


def test_an_update_keeps_what_was_and_what_is(case: Case, clerk: Any) -> None:
    activity = an_activity(case, actor=clerk)
    changed = update(activity, clerk, status="berjalan", progress=40, result="Pertemuan pertama.", obstacles="Jalan rusak.")
    assert (changed.status, changed.progress, changed.started_on, changed.version) == ("berjalan", 40, TODAY, 2)
    assert (changed.updated_by, changed.updated_at) == (clerk, LATER)
    line = last_line(case)
    assert line.payload["status"] == ["rencana", "berjalan"]
    assert line.payload["started_on"] == [None, "2026-11-22"]
    assert line.detail.data == {"title": activity.title, "result": ["", "Pertemuan pertama."], "obstacles": ["", "Jalan rusak."]}
    case.refresh_from_db()
    assert case.updated_at == LATER


def test_done_is_a_hundred_percent_on_a_day(case: Case, clerk: Any) -> None:
    activity = update(an_activity(case, actor=clerk), clerk, status="selesai", progress=70)
    assert (activity.progress, activity.finished_on) == (100, TODAY)
    other = update(an_activity(case, actor=clerk), clerk, status="selesai", finished_on=TODAY - DAY)
    assert other.finished_on == TODAY - DAY
    assert update(other, clerk, result="Notula menyusul.").finished_on == TODAY - DAY
    again = update(activity, clerk, status="berjalan", finished_on=TODAY)
    assert (again.status, again.finished_on) == ("berjalan", None), "the date that only stood in the form goes with the status"


@pytest.mark.parametrize(
    ("zone", "day"), [("Asia/Jakarta", date(2026, 11, 22)), ("Asia/Makassar", date(2026, 11, 23)), ("Asia/Jayapura", date(2026, 11, 23))]
)
def test_today_is_that_of_the_region(case: Case, clerk: Any, zone: str, day: date) -> None:
    activity = an_activity(case, actor=clerk)
    Region.objects.filter(pk=BATANGHARI).update(time_zone=zone)
    activity = Activity.objects.get(pk=activity.pk)
    late_evening = datetime.fromisoformat("2026-11-22T23:30:00+07:00")
    assert update(activity, clerk, now=late_evening, status="selesai").finished_on == day


REFUSED = [
    ({"progress": 101}, "progress", "Isi kemajuan dengan angka 0 sampai 100."),
    ({"progress": -1}, "progress", "Isi kemajuan dengan angka 0 sampai 100."),
    ({"progress": "40"}, "progress", "Isi kemajuan dengan angka 0 sampai 100."),
    ({"progress": True}, "progress", "Isi kemajuan dengan angka 0 sampai 100."),
    ({"progress": None}, "progress", "Isi kemajuan dengan angka 0 sampai 100."),
    ({"status": "entah"}, "status", "Pilih status kegiatan dari daftar."),
    ({"status": "tertunda"}, "obstacles", "Tuliskan kendala yang membuat kegiatan tertunda."),
    ({"status": "tertunda", "obstacles": "  "}, "obstacles", "Tuliskan kendala"),
    ({"started_on": TODAY + DAY}, "started_on", "Tanggal ini belum tiba."),
    ({"status": "selesai", "finished_on": TODAY + DAY}, "finished_on", "Tanggal ini belum tiba."),
    ({"status": "berjalan", "finished_on": TODAY}, "finished_on", "Tanggal selesai hanya diisi untuk kegiatan yang berstatus selesai."),
    ({"finished_on": TODAY}, "finished_on", "Tanggal selesai hanya diisi untuk kegiatan yang berstatus selesai."),
    (
        {"status": "selesai", "started_on": TODAY, "finished_on": TODAY - DAY},
        "finished_on",
        "Tanggal selesai tidak boleh sebelum tanggal mulai.",
    ),
    ({"planned_start": TODAY, "planned_end": TODAY - DAY}, "planned_end", "Rencana selesai tidak boleh sebelum rencana mulai."),
    ({"institution": 1}, WHOLE, "Kolom ini tidak dapat diubah di sini: institution."),
    ({"case": 1, "kind": "uu-6-b"}, WHOLE, "Kolom ini tidak dapat diubah di sini: case, kind."),
]


@pytest.mark.parametrize(
    ("changes", "field", "says"), REFUSED, ids=[f"{row[1]}-{row[2][:30]}-{index}" for index, row in enumerate(REFUSED)]
)
def test_an_update_is_refused(case: Case, clerk: Any, changes: dict[str, Any], field: str, says: str) -> None:
    activity = an_activity(case, actor=clerk)
    with refused(field, says):
        update(activity, clerk, **changes)


def test_two_people_on_one_activity_lose_nothing(case: Case, clerk: Any) -> None:
    activity = an_activity(case, actor=clerk)
    first = update(activity, clerk, progress=30)
    with overtaken(first, progress=30, version=2):
        update(activity, clerk, progress=50)
    with overtaken(first, progress=30):
        update(first, clerk, progress=50, seen_version=1)
    with nothing_written():
        assert update(first, clerk, progress=30).version == 2


def test_the_activities_of_a_closed_case_stay_until_it_is_reopened(case: Case, clerk: Any) -> None:
    activity = an_activity(case, actor=clerk)
    moved(case, Stage.SELESAI, actor=clerk, at=NOW)
    with refused(WHOLE, "Perkara ini sudah selesai"), nothing_written():
        update(activity, clerk, status="selesai")
    moved(case, Stage.PENCEGAHAN, actor=clerk, at=NOW)
    assert update(activity, clerk, now=LATER, status="selesai").progress == 100


@pytest.mark.parametrize("status", ActivityStatus)
def test_every_status_can_be_set(case: Case, clerk: Any, status: ActivityStatus) -> None:
    activity = update(an_activity(case, actor=clerk), clerk, status=status, obstacles="Hujan.")
    activity.refresh_from_db()
    assert activity.status == status.value


@pytest.mark.parametrize(
    "change",
    [
        {"progress": 101},
        {"status": "entah"},
        {"status": "selesai"},
        {"kind": "uu-99-a"},
        {"stage": "damai"},
        {"planned_start": TODAY, "planned_end": TODAY - DAY},
        {"started_on": TODAY, "finished_on": TODAY - DAY},
    ],
    ids=str,
)
def test_the_database_guards_an_activity(case: Case, clerk: Any, change: dict[str, Any]) -> None:
    an_activity(case, actor=clerk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Activity.objects.update(**change)
