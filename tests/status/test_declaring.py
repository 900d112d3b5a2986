"""A status is declared on both conditions with evidence, after the consultation, for at most 90 days."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.postings.tables import Role
from konflik.cases.models import Case
from konflik.clocks.models import Deadline
from konflik.journal.models import JournalLine
from konflik.law.stages import Stage
from konflik.law.status import REQUIREMENTS, Scale
from konflik.status.models import ConflictStatus
from konflik.status.selectors.reading import is_status_in_force
from konflik.status.services import assess_criteria, declare, record_consultation
from konflik.status.tables import Purpose
from tests.builders import BUNGKU, DAY, HOUR, NOW, PASER, a_case, a_user, region
from tests.refusals import WHOLE, refused
from tests.status.building import LAST_DAY, START, TODAY, a_consultation, a_decree, a_status, a_troubled_case, an_assessment, evidence_for

pytestmark = pytest.mark.django_db
END = datetime(2027, 2, 19, 17, 0, tzinfo=NOW.tzinfo)
"""24.00 WIB of day 90, counted from 22 November 2026."""


@pytest.fixture
def clerk(db: None) -> Any:
    return a_user(Role.STAF_SEKRETARIAT)


@pytest.fixture
def case(clerk: Any) -> Case:
    return a_troubled_case(actor=clerk)


@pytest.fixture
def ready(case: Case, clerk: Any) -> Case:
    an_assessment(case, actor=clerk)
    a_consultation(case, actor=clerk)
    return case


def lines_of(case: Case) -> list[str]:
    return list(JournalLine.objects.filter(case=case).order_by("position").values_list("event", flat=True))


def test_a_decree_lasts_its_days_and_ends_at_24_local(ready: Case, clerk: Any) -> None:
    status = declare(case=ready, decree=a_decree(), actor=clerk, now=NOW)
    assert (status.days, status.decreed_until, status.ends_at, status.ends_on) == (90, END, END, LAST_DAY)
    assert [str(area.region) for area in status.areas.all()] == [str(region(BUNGKU))]
    line = JournalLine.objects.filter(case=ready).latest("pk")
    assert (line.event, line.occurred_at, line.basis) == ("status_declared", START, "UU 7/2012 Pasal 16")
    assert line.payload["until"] == "2027-02-19T17:00:00.000000+00:00"


def test_in_force_is_a_question_of_instants(ready: Case, clerk: Any) -> None:
    declare(case=ready, decree=a_decree(), actor=clerk, now=NOW)
    tick = timedelta(microseconds=1)
    for at, is_so in ((START - tick, False), (START, True), (END - tick, True), (END, False), (END + DAY, False)):
        assert is_status_in_force(ready, at=at) is is_so, at


def test_the_clocks_of_the_law_start_with_the_decree(ready: Case, clerk: Any) -> None:
    status = declare(case=ready, decree=a_decree(), actor=clerk, now=NOW)
    dates = dict(Deadline.objects.filter(thread=status.thread, last_day__isnull=False).values_list("rule", "last_day"))
    assert dates["skk-berakhir"] == LAST_DAY
    assert dates["skk-konsultasi-perpanjangan"] == LAST_DAY - 10 * DAY


def test_a_shorter_decree_moves_both_dates(ready: Case, clerk: Any) -> None:
    status = declare(case=ready, decree=a_decree(ends_on=TODAY + 29 * DAY), actor=clerk, now=NOW)
    dates = dict(Deadline.objects.filter(thread=status.thread, last_day__isnull=False).values_list("rule", "last_day"))
    assert dates["skk-berakhir"] == date(2026, 12, 21)
    assert dates["skk-konsultasi-perpanjangan"] == date(2026, 12, 11)


def test_a_short_decree_asks_for_no_consultation_before_its_own_start(ready: Case, clerk: Any) -> None:
    status = declare(case=ready, decree=a_decree(ends_on=TODAY + 4 * DAY), actor=clerk, now=NOW)
    assert Deadline.objects.get(thread=status.thread, rule="skk-konsultasi-perpanjangan").last_day == TODAY


def test_under_another_scale_only_the_end_is_watched_here(case: Case, clerk: Any) -> None:
    an_assessment(case, actor=clerk, scale=Scale.PROVINSI)
    a_consultation(case, actor=clerk)
    status = declare(case=case, decree=a_decree(), actor=clerk, now=NOW)
    assert list(Deadline.objects.filter(thread=status.thread).values_list("rule", flat=True)) == ["skk-berakhir"]


@pytest.mark.parametrize("requirement", REQUIREMENTS, ids=lambda one: one.code)
def test_each_requirement_needs_its_evidence(case: Case, clerk: Any, requirement: Any) -> None:
    without = evidence_for(Scale.KABUPATEN, *(sign.code for sign in requirement.signs))
    an_assessment(case, actor=clerk, evidence=without)
    a_consultation(case, actor=clerk)
    with refused("criteria", f"Belum ada bukti bahwa {requirement.text}. Dasar: {requirement.basis}."):
        declare(case=case, decree=a_decree(), actor=clerk, now=NOW)


def test_nothing_on_file_is_refused_with_all_that_is_missing(case: Case, clerk: Any) -> None:
    for field, says in (("criteria", "Belum ada bukti"), ("consulted_on", "Catat dahulu konsultasi dengan pimpinan DPRD")):
        with refused(field, says):
            declare(case=case, decree=a_decree(), actor=clerk, now=NOW)


# fmt: off
UNLAWFUL = [
    # field           begins with                                                    decree
    ("number",        "Bagian ini harus diisi.",                                     {"number": " "}),
    ("decided_on",    "Tanggal ini belum tiba.",                                     {"decided_on": TODAY + DAY}),
    ("consulted_on",  "Konsultasi harus mendahului penetapan.",                      {"decided_on": TODAY - DAY}),
    ("effective_at",  "Status tidak berlaku surut.",                                 {"effective_at": START - DAY}),
    ("effective_at",  "Waktu ini lebih dari 7 hari ke depan.",                       {"effective_at": NOW + 8 * DAY}),
    ("ends_on",       "Tanggal berakhir tidak boleh sebelum tanggal mulai.",         {"ends_on": TODAY - DAY}),
    ("ends_on",       "Status berlaku paling lama 90 hari. Tanggal terakhir", {"ends_on": LAST_DAY + DAY}),
    ("areas",         "Isi paling sedikit satu wilayah.",                            {"areas": []}),
    ("areas",         "",                                                            {"areas": [PASER]}),
]
# fmt: on


@pytest.mark.parametrize(("field", "says", "decree"), UNLAWFUL)
def test_what_a_decree_may_not_say(ready: Case, clerk: Any, field: str, says: str, decree: dict) -> None:
    if decree.get("areas"):
        decree = {"areas": [region(code) for code in decree["areas"]]}
    with refused(field, says):
        declare(case=ready, decree=a_decree(**decree), actor=clerk, now=NOW)


def test_a_status_belongs_to_penghentian(clerk: Any) -> None:
    case = a_case(actor=clerk)
    an_assessment(case, actor=clerk)
    a_consultation(case, actor=clerk)
    assert case.stage == Stage.PENCEGAHAN
    with refused(WHOLE, "Status hanya ditetapkan atas konflik yang sedang dihentikan."):
        declare(case=case, decree=a_decree(), actor=clerk, now=NOW)


def test_one_status_at_a_time_and_a_new_one_rests_on_new_findings(ready: Case, clerk: Any) -> None:
    declare(case=ready, decree=a_decree(ends_on=TODAY + 9 * DAY), actor=clerk, now=NOW)
    with refused(WHOLE, "Status Keadaan Konflik untuk perkara ini sudah ditetapkan"):
        declare(case=ready, decree=a_decree(), actor=clerk, now=NOW)
    later = NOW + 30 * DAY
    again = a_decree(decided_on=(later).date(), effective_at=later, ends_on=later.date() + 20 * DAY)
    with refused("criteria", "Belum ada bukti"):
        declare(case=ready, decree=again, actor=clerk, now=later)
    an_assessment(ready, actor=clerk, now=later)
    a_consultation(ready, actor=clerk, now=later)
    declare(case=ready, decree=again, actor=clerk, now=later)
    # Nobody had swept: the old end is told first, at its own instant.
    assert [event for event in lines_of(ready) if event in ("status_declared", "status_ended")] == [
        "status_declared",
        "status_ended",
        "status_declared",
    ]


def test_an_assessment_is_kept_with_its_evidence(case: Case, clerk: Any) -> None:
    assessment = an_assessment(case, actor=clerk, evidence={"crowd_grows": " Dua ribu orang ", "anarchy": " "})
    assert {sign.sign: sign.evidence for sign in assessment.signs.all()} == {"crowd_grows": "Dua ribu orang"}
    assert lines_of(case)[-1] == "status_assessed"


@pytest.mark.parametrize(
    ("field", "says", "told"),
    [
        ("assessed_by", "Bagian ini harus diisi.", {"assessed_by": ""}),
        ("assessed_at", "Waktu ini belum terjadi.", {"assessed_at": NOW + HOUR}),
        (WHOLE, "Isi bukti paling sedikit satu tanda.", {"evidence": {"anarchy": " "}}),
        ("several_kabupaten", "Tanda ini tidak berlaku pada skala yang dipilih.", {"evidence": {"several_kabupaten": "ada"}}),
    ],
)
def test_what_an_assessment_may_not_say(case: Case, clerk: Any, field: str, says: str, told: dict) -> None:
    plain = {"evidence": evidence_for(), "assessed_by": "Polres", "assessed_at": NOW}
    with refused(field, says):
        assess_criteria(case=case, scale=Scale.KABUPATEN, actor=clerk, now=NOW, **{**plain, **told})


@pytest.mark.parametrize(
    ("field", "says", "told"),
    [
        ("held_on", "Tanggal ini belum tiba.", {"held_on": TODAY + DAY}),
        ("counterpart", "Bagian ini harus diisi.", {"counterpart": " "}),
        ("minutes", "Isi nomor berita acara, atau tuliskan pokok pembicaraan.", {"minutes": ""}),
        ("purpose", "Pilih status yang akan diperpanjang.", {"purpose": Purpose.EXTENSION}),
    ],
)
def test_what_a_consultation_may_not_say(case: Case, clerk: Any, field: str, says: str, told: dict) -> None:
    plain = {"purpose": Purpose.DECLARATION, "held_on": TODAY, "counterpart": "Ketua DPRD", "minutes": "BA 1", "notes": ""}
    with refused(field, says):
        record_consultation(case=case, status=None, actor=clerk, now=NOW, **{**plain, **told})


# fmt: off
EVASIONS = [
    {"days": 91},
    {"days": 0},
    {"days": 89},
    {"decreed_until": END + DAY},
    {"decreed_until": END - DAY},
    {"days": 91, "decreed_until": END + DAY},
    {"effective_at": START - DAY},
    {"extended_until": END},
    {"extended_until": END + 31 * DAY},
    {"extended_until": END - DAY},
    {"revoked_at": END + DAY, "revocation_number": "1", "revocation_reason": "aman"},
    {"revoked_at": START - HOUR, "revocation_number": "1", "revocation_reason": "aman"},
    {"revoked_at": NOW, "revocation_number": "1"},
    {"ended_noted_at": END - HOUR},
]
# fmt: on


@pytest.mark.parametrize("columns", EVASIONS)
def test_the_database_itself_knows_the_90_days(clerk: Any, columns: dict) -> None:
    status = a_status(actor=clerk)
    with pytest.raises(IntegrityError), transaction.atomic():
        ConflictStatus.objects.filter(pk=status.pk).update(**columns)


def test_not_even_raw_sql_gets_past_it(clerk: Any) -> None:
    status = a_status(actor=clerk)
    for change in ("days = 120", "decreed_until = '2030-01-01 00:00:00+00'", "decreed_until = 'selamanya'"):
        with pytest.raises(Exception, match=r"(?i)constraint|invalid input|syntax"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE konflik_conflictstatus SET {change} WHERE id = %s", [status.pk])
