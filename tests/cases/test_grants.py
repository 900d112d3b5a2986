"""Access grants open reading for a time; and the trace that reading leaves."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction

from accounts.access.tables import Act
from accounts.postings.models import Posting
from accounts.postings.tables import Role
from forums.bodies.models import Body
from konflik.cases.models import AccessGrant, Case
from konflik.cases.services import access
from konflik.journal.models import JournalLine
from konflik.law.secrecy import Secrecy
from tests.builders import BATANGHARI, DAY, HOUR, NOW, PASER, a_case, a_user, region
from tests.cases import files
from tests.cases.test_documents import attach
from tests.refusals import WHOLE, nothing_written, refused

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)


@pytest.fixture
def secretary(db: None) -> Any:
    return a_user(Role.SEKRETARIS_TIM)


@pytest.fixture
def stranger(db: None) -> Any:
    return a_user(Role.ANGGOTA_TIM, at=PASER)


@pytest.fixture
def case(secretary: Any) -> Case:
    return a_case(actor=secretary, secrecy=Secrecy.RAHASIA)


def grant(case: Case, actor: Any, **told: Any) -> AccessGrant:
    plain = {"user": None, "body": None, "valid_from": NOW, "valid_until": NOW + 30 * DAY, "reason": "Pendampingan korban.", "now": NOW}
    return access.grant_access(**{"case": case, "actor": actor, **plain, **told})


def revoke(given: AccessGrant, actor: Any, *, now: datetime = NOW + DAY, reason: str = "Tugas selesai.") -> AccessGrant:
    return access.revoke_access(grant=given, reason=reason, actor=actor, now=now)


def sees(user: Any, case: Case, at: datetime) -> bool:
    return Case.objects.visible_to(user, at=at).filter(pk=case.pk).exists()


def test_a_grant_opens_the_case_from_until_and_no_longer(case: Case, secretary: Any, stranger: Any) -> None:
    grant(case, secretary, user=stranger, valid_from=NOW + HOUR, valid_until=NOW + 2 * HOUR)
    seen = {minutes: sees(stranger, case, NOW + minutes * timedelta(minutes=1)) for minutes in (0, 59, 60, 119, 120, 500)}
    assert seen == {0: False, 59: False, 60: True, 119: True, 120: False, 500: False}


def test_a_revoked_grant_shuts_at_once_and_stays_on_file(case: Case, secretary: Any, stranger: Any) -> None:
    given = grant(case, secretary, user=stranger)
    revoked = revoke(given, secretary)
    assert not sees(stranger, case, NOW + DAY)
    assert sees(stranger, case, NOW + DAY - SECOND), "what was open then, was open then"
    assert (revoked.revoked_by, revoked.revoke_reason) == (secretary, "Tugas selesai.")
    assert AccessGrant.objects.get() == given
    with refused(WHOLE, "Akses ini sudah dicabut."):
        revoke(given, secretary, now=NOW + 2 * DAY)
    lines = JournalLine.objects.filter(case=case, event__startswith="access_").order_by("position")
    assert [(line.event, line.payload["grant"]) for line in lines] == [("access_granted", given.pk), ("access_revoked", given.pk)]


def test_a_grant_to_a_body_opens_the_case_to_its_posted_members_only(case: Case, secretary: Any, stranger: Any) -> None:
    body = Body.objects.create(kind="satgas", name="Satgas", region=region(BATANGHARI), legal_basis="UU 7/2012", valid_from=NOW.date())
    Posting.objects.filter(user=stranger).update(body=body)
    other = a_user(Role.ANGGOTA_TIM, at=PASER)
    grant(case, secretary, body=body)
    assert (sees(stranger, case, NOW), sees(other, case, NOW)) == (True, False)
    Posting.objects.filter(user=stranger).update(valid_until=(NOW - DAY).date())
    assert not sees(stranger, case, NOW), "it goes with the posting"


def test_a_grant_opens_reading_and_no_other_act(case: Case, secretary: Any, stranger: Any) -> None:
    grant(case, secretary, user=stranger)
    open_to = {act for act in Act if Case.objects.visible_to(stranger, at=NOW, act=act).exists()}
    assert open_to == {Act.SEE_CASES}


def test_a_grant_outlives_no_login(case: Case, secretary: Any, stranger: Any) -> None:
    grant(case, secretary, user=stranger)
    stranger.is_active = False
    assert not sees(stranger, case, NOW)


def a_body() -> Body:
    return Body.objects.create(kind="satgas", name="Satgas", region=region(BATANGHARI), legal_basis="UU 7/2012", valid_from=NOW.date())


REFUSED = [
    ({"reason": " "}, "reason", "Tuliskan alasan pemberian akses."),
    ({"user": None}, "user", "Pilih satu: pengguna atau forum."),
    ({"body": "a body"}, "user", "Pilih satu: pengguna atau forum."),
    ({"user": "myself"}, "user", "Akses untuk diri sendiri diberikan oleh orang lain."),
    ({"valid_until": NOW}, "valid_until", "Waktu berakhir harus sesudah waktu mulai."),
    ({"valid_from": NOW - 2 * DAY, "valid_until": NOW}, "valid_until", "Waktu berakhir sudah lewat."),
    ({"valid_until": NOW + 366 * DAY + SECOND}, "valid_until", "Akses diberikan paling lama satu tahun."),
]


@pytest.mark.parametrize(("told", "field", "says"), REFUSED, ids=[row[2][:30] for row in REFUSED])
def test_a_grant_is_refused(case: Case, secretary: Any, stranger: Any, told: dict[str, Any], field: str, says: str) -> None:
    meant = {"myself": lambda: secretary, "a body": a_body}
    told = {"user": stranger, **{name: meant[value]() if value in meant else value for name, value in told.items()}}
    with refused(field, says):
        grant(case, secretary, **told)


def test_a_year_is_the_longest(case: Case, secretary: Any, stranger: Any) -> None:
    assert grant(case, secretary, user=stranger, valid_until=NOW + 366 * DAY)


def test_revoking_asks_for_a_reason(case: Case, secretary: Any, stranger: Any) -> None:
    given = grant(case, secretary, user=stranger)
    with refused("reason", "Tuliskan alasan pencabutan."):
        revoke(given, secretary, reason="")


def test_neither_a_case_nor_a_person_is_deleted_from_under_a_grant(case: Case, secretary: Any, stranger: Any) -> None:
    grant(case, secretary, user=stranger)
    for row in (case, stranger):
        with pytest.raises(models.ProtectedError):
            row.delete()


@pytest.mark.parametrize(
    "change",
    [{"user": None}, {"valid_until": NOW - DAY}, {"revoked_at": NOW}],
    ids=["nobody", "ends before it starts", "revoked by nobody"],
)
def test_the_database_guards_a_grant(case: Case, secretary: Any, stranger: Any, change: dict[str, Any]) -> None:
    grant(case, secretary, user=stranger)
    with pytest.raises(IntegrityError), transaction.atomic():
        AccessGrant.objects.update(**change)


# Reading leaves a trace ---------------------------------------------------------------------------------------------------


def reads(case: Case) -> int:
    return JournalLine.objects.filter(case=case, event__in=["sealed_case_read", "attachment_read"]).count()


@pytest.mark.parametrize("secrecy", Secrecy)
def test_opening_a_sealed_case_leaves_one_line_a_day_and_reader(secretary: Any, secrecy: Secrecy) -> None:
    case = a_case(actor=secretary, secrecy=secrecy)
    other = a_user(Role.KEPALA_DAERAH)
    midnight = datetime(2026, 11, 22, tzinfo=UTC)
    for reader, now in ((secretary, NOW), (secretary, NOW + HOUR), (other, NOW)):
        access.note_sealed_read(case=case, reader=reader, day_start=midnight, now=now)
    sealed = secrecy >= Secrecy.RAHASIA
    assert reads(case) == (2 if sealed else 0)
    access.note_sealed_read(case=case, reader=secretary, day_start=midnight + DAY, now=NOW + DAY)
    assert reads(case) == (3 if sealed else 0)


@pytest.mark.parametrize("secrecy", Secrecy)
def test_every_download_from_a_sealed_case_leaves_a_line(secretary: Any, secrecy: Secrecy) -> None:
    case = a_case(actor=secretary, secrecy=secrecy)
    attachment = attach(case, secretary, "surat.pdf", files.PDF)
    for _ in range(2):
        access.note_download(attachment=attachment, reader=secretary, now=NOW)
    assert reads(case) == (2 if secrecy >= Secrecy.RAHASIA else 0)


def test_reading_does_not_make_a_case_look_alive(case: Case, secretary: Any) -> None:
    rows = Case.objects.values().get()
    access.note_sealed_read(case=case, reader=secretary, day_start=NOW, now=NOW + DAY)
    assert Case.objects.values().get() == rows


def test_an_export_leaves_a_line_in_the_stream_of_the_kabupaten(secretary: Any) -> None:
    access.note_export(kabupaten_id=BATANGHARI, number=12, filters="tahap=pencegahan", reader=secretary, now=NOW)
    line = JournalLine.objects.get(event="cases_exported")
    assert (line.stream, line.actor, line.payload) == ("kab:15.04", secretary, {"number": 12, "filters": "tahap=pencegahan"})
    with nothing_written():
        assert line.case is None


def test_giving_and_taking_access_shows_in_when_the_case_was_last_touched(case: Case, secretary: Any, stranger: Any) -> None:
    given = grant(case, secretary, user=stranger, now=NOW + HOUR)
    case.refresh_from_db()
    assert case.updated_at == NOW + HOUR
    revoke(given, secretary, now=NOW + DAY)
    case.refresh_from_db()
    assert (case.updated_at, case.version) == (NOW + DAY, given.case.version)
