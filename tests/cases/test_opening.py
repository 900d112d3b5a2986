"""Opening a case: what is written, what is refused, and old cases entered mid-way."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from accounts.postings.models import Posting
from accounts.postings.tables import Role
from accounts.regions.models import Region
from konflik.cases.models import Case
from konflik.cases.services.opening import open_case
from konflik.counts.models import CaseGain, MonthGain
from konflik.counts.selectors import deviations
from konflik.journal.models import JournalLine
from konflik.law.qualifications import Qualification
from konflik.law.secrecy import Secrecy
from konflik.law.severity import Severity
from konflik.law.sources import Source
from konflik.law.stages import Stage
from tests.builders import (
    BAJUBANG,
    BATANGHARI,
    BUNGKU,
    DAY,
    HOUR,
    JAMBI,
    MUARO_JAMBI,
    NOW,
    PASER,
    a_case,
    a_user,
    an_issue,
    an_opening,
    region,
)
from tests.refusals import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_kept")]

SECOND = timedelta(seconds=1)


@pytest.fixture
def clerk(db: None) -> Any:
    return a_user(Role.STAF_SEKRETARIAT)


def test_a_case_stands_with_all_that_was_said(clerk: Any) -> None:
    case = a_case(
        actor=clerk,
        at=(BUNGKU, MUARO_JAMBI),
        title="  Batas Desa Bungku  ",
        chronology=" Patok digeser. ",
        source=Source.BATAS_WILAYAH,
        secrecy=Secrecy.TERBATAS,
        severity=Severity.HIGH,
        qualification=Qualification.PERISTIWA,
    )
    case.refresh_from_db()
    assert (case.title, case.chronology) == ("Batas Desa Bungku", "Patok digeser.")
    assert (case.province_id, case.kabupaten_id) == ("15", BATANGHARI)
    assert (case.stage, case.stage_since, case.closed_at) == ("pencegahan", case.opened_at, None)
    assert (case.number, case.series, case.year, case.sequence) == ("300/001/TIMDU/2026", "terbuka", 2026, 1)
    assert (case.version, case.recorded_by, case.recorded_at, case.is_late_entry) == (1, clerk, NOW, False)
    places = case.places.order_by("-is_leading")
    assert [(place.region_id, place.kecamatan_id, place.kabupaten_id, place.is_leading) for place in places] == [
        (BUNGKU, BAJUBANG, BATANGHARI, True),
        (MUARO_JAMBI, None, MUARO_JAMBI, False),
    ]
    assert [(entry.level, entry.since) for entry in case.severities.all()] == [(Severity.HIGH, case.opened_at)]
    assert [entry.qualification for entry in case.qualifications.all()] == ["peristiwa"]
    [line] = JournalLine.objects.filter(case=case)
    assert (line.event, line.basis, line.actor, line.occurred_at) == ("case_opened", "UU 7/2012 Pasal 5 huruf c", clerk, case.opened_at)
    assert line.payload["places"] == [BUNGKU, MUARO_JAMBI]
    assert line.detail.data == {"title": "Batas Desa Bungku", "chronology": "Patok digeser."}
    assert CaseGain.objects.get().gain == MonthGain.objects.get().gain == 1
    assert (MonthGain.objects.get().kecamatan, MonthGain.objects.get().month) == (BAJUBANG, date(2026, 11, 1))
    assert deviations() == []


def provinces() -> list[Region]:
    return [region(JAMBI)]


def twice() -> list[Region]:
    return [region(BUNGKU), region(MUARO_JAMBI), region(BUNGKU)]


def ended() -> list[Region]:
    gone = region(BUNGKU)
    Region.objects.filter(pk=gone.pk).update(valid_until=date(2026, 11, 21))
    return [gone]


REFUSED = [
    ("title", {"title": "   "}, "Isi judul perkara."),
    ("chronology", {"chronology": ""}, "Isi kronologi singkat."),
    ("places", {"places": []}, "Pilih paling sedikit satu wilayah."),
    ("places", {"places": provinces}, "Pilih kabupaten/kota, kecamatan, atau desa"),
    ("places", {"places": twice}, "Satu wilayah terpilih dua kali."),
    ("places", {"places": ended}, "Wilayah Bungku (15.04.07.2001) sudah tidak berlaku."),
    ("opened_at", {"opened_at": NOW + SECOND}, "Waktu ini belum terjadi."),
    ("stage_since", {"stage_since": NOW + SECOND}, "Waktu ini belum terjadi."),
    ("stage_since", {"opened_at": NOW - HOUR, "stage_since": NOW - HOUR - SECOND}, "Awal tahap tidak boleh sebelum perkara dibuka."),
    ("issue_type", {"issue_type": "retired"}, "Jenis isu ini tidak dipakai lagi."),
]


@pytest.mark.parametrize(("field", "told", "says"), REFUSED, ids=[f"{row[0]}-{row[2][:24]}" for row in REFUSED])
def test_an_opening_is_refused_at_its_field(clerk: Any, field: str, told: dict[str, Any], says: str) -> None:
    told = {name: value() if callable(value) else value for name, value in told.items()}
    if told.get("issue_type") == "retired":
        told["issue_type"] = an_issue("usang")
        told["issue_type"].is_active = False
        told["issue_type"].save()
    opening = replace(an_opening(), **told)
    with refused(field, says):
        open_case(opening=opening, actor=clerk, now=NOW)


def test_a_region_ends_with_the_day_of_its_own_zone(clerk: Any) -> None:
    """23.30 in Jambi is already tomorrow in Paser, where the region ended."""
    evening = datetime.fromisoformat("2026-11-22T23:30:00+07:00")
    Region.objects.filter(pk__in=[BATANGHARI, PASER]).update(valid_until=date(2026, 11, 22))
    a_case(actor=clerk, now=evening, at=(BATANGHARI,))
    with refused("places", "Wilayah"):
        a_case(actor=clerk, now=evening, at=(PASER,))


def test_the_same_title_is_refused_only_while_it_runs_and_is_seen(clerk: Any) -> None:
    first = a_case(actor=clerk, title="Portal jalan batu bara")
    with refused("title", f"Perkara dengan judul ini sudah ada dan masih berjalan: {first.number}."):
        a_case(actor=clerk, title=" portal JALAN batu bara ")
    both = a_user(Role.STAF_SEKRETARIAT, PASER)
    Posting.objects.create(user=both, role=Role.STAF_SEKRETARIAT.value, region_id=BATANGHARI, valid_from=NOW.date())
    assert a_case(actor=both, at=(PASER,), title="Portal jalan batu bara").sequence == 1, "another kabupaten has its own portal"
    Case.objects.filter(pk=first.pk).update(stage="selesai", closed_at=NOW)
    assert a_case(actor=clerk, title="Portal jalan batu bara").sequence == 2


def test_a_refusal_does_not_tell_of_a_case_that_one_may_not_see(clerk: Any) -> None:
    secretary = a_user(Role.SEKRETARIS_TIM)
    a_case(actor=secretary, title="Anak korban", secrecy=Secrecy.SANGAT_RAHASIA)
    assert a_case(actor=clerk, title="Anak korban").number == "300/001/TIMDU/2026"


@pytest.mark.parametrize(("stage", "late"), [(stage, late) for stage in Stage for late in (False, True)], ids=str)
def test_a_case_is_entered_in_the_middle_of_its_way(clerk: Any, stage: Stage, late: bool) -> None:
    opened = NOW - (400 * DAY if late else 2 * HOUR)
    since = opened + HOUR
    case = a_case(actor=clerk, stage=stage, opened_at=opened, stage_since=since)
    case.refresh_from_db()
    assert (case.stage, case.stage_since, case.is_late_entry) == (stage.value, since, late)
    assert case.closed_at == (since if stage is Stage.SELESAI else None)
    line = JournalLine.objects.get(case=case)
    assert (line.occurred_at, line.recorded_at) == (opened, NOW)
    assert (line.payload["stage"], line.payload["late"]) == (stage.value, late)
    assert case.moves.count() == 0
    assert deviations() == []


@pytest.mark.parametrize(("ago", "late"), [(24 * HOUR, False), (24 * HOUR + SECOND, True)])
def test_what_is_entered_a_day_later_is_marked_dicatat_susulan(clerk: Any, ago: timedelta, late: bool) -> None:
    assert a_case(actor=clerk, opened_at=NOW - ago).is_late_entry is late
