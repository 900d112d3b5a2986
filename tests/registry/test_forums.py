"""Bodies and seats: written once, told in the journal, refused at their field."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from accounts.postings.services import PostingFacts
from accounts.postings.tables import Role
from accounts.regions.models import Region
from forums.bodies.models import Body
from forums.bodies.services import BodyFacts
from forums.seats.models import Seat
from forums.seats.services import SeatFacts
from konflik.journal.models import JournalLine
from konflik.journal.selectors import breaks
from konflik.law.bodies import BODY_RULES, BodyKind
from konflik.registry import services as registry
from tests.people import somebody

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
BATANGHARI, PASER, BAJUBANG, BUNGKU = "15.04", "64.01", "15.04.07", "15.04.07.2001"

pytestmark = pytest.mark.django_db


def facts(**more) -> BodyFacts:
    plain = {
        "kind": BodyKind.FKUB.value,
        "name": "FKUB Batanghari",
        "region": Region.objects.get(pk=BATANGHARI),
        "valid_from": date(2025, 1, 1),
    }
    return BodyFacts(**{**plain, **more})


def body(**more) -> Body:
    return registry.record_body(facts=facts(**more), actor=None, now=NOW)


def seat(of: Body, **more) -> Seat:
    plain = {"position": "Anggota", "person_name": "Seseorang", "valid_from": of.valid_from}
    return registry.record_seat(body=of, facts=SeatFacts(**{**plain, **more}), actor=None, now=NOW)


def last_line() -> JournalLine:
    return JournalLine.objects.select_related("detail").order_by("-pk").first()


def test_a_new_body_takes_the_basis_of_its_kind_and_leaves_a_line():
    one = body(decree_number="SK 12/2025", religions_present=("kristen", "islam"), valid_until=date(2029, 12, 31))
    line = last_line()
    assert one.legal_basis == BODY_RULES[BodyKind.FKUB].basis
    assert (line.event, line.stream) == ("body_recorded", "kab:15.04")
    assert line.payload == {
        "body": one.pk,
        "kind": "fkub",
        "region": BATANGHARI,
        "valid_from": "2025-01-01",
        "valid_until": "2029-12-31",
        "religions_present": ["islam", "kristen"],
    }
    assert line.detail.data["decree_number"] == "SK 12/2025"
    assert list(breaks()) == []


def test_an_amended_body_tells_only_what_changed():
    one = body()
    registry.amend_body(body=one, facts=facts(valid_until=date(2026, 12, 31), note="Diperpanjang"), actor=None, now=NOW)
    line = last_line()
    assert line.event == "body_amended"
    assert line.payload == {"body": one.pk, "before": {"valid_until": None}, "after": {"valid_until": "2026-12-31"}}
    assert line.detail.data["before"] == {"note": ""}
    assert line.detail.data["after"]["note"] == "Diperpanjang"


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"kind": "dewan"}, "kind"),
        ({"name": " "}, "name"),
        ({"valid_until": date(2024, 12, 31)}, "valid_until"),
        ({"decree_on": TODAY + timedelta(days=1)}, "decree_on"),
        ({"religions_present": ("matahari",)}, "religions_present"),
        ({"region": BAJUBANG}, "region"),
        ({"kind": BodyKind.FKDM_DESA.value}, "region"),
        ({"name": "fkub batanghari"}, "name"),
    ],
)
def test_a_bad_body_is_refused_at_its_field_and_nothing_stays(more, field):
    body()
    before = JournalLine.objects.count()
    if "region" in more:
        more = {**more, "region": Region.objects.get(pk=more["region"])}
    with pytest.raises(ValidationError) as refused:
        body(**{"name": "Forum lain", **more})
    assert set(refused.value.message_dict) == {field}
    assert (Body.objects.count(), JournalLine.objects.count()) == (1, before)


def test_an_ended_region_takes_no_new_body():
    Region.objects.filter(pk=BUNGKU).update(valid_until=date(2025, 12, 31))
    with pytest.raises(ValidationError, match="tidak berlaku"):
        body(kind=BodyKind.FKDM_DESA.value, name="FKDM", region=Region.objects.get(pk=BUNGKU))


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"person_name": ""}, "person_name"),
        ({"position": ""}, "position"),
        ({"valid_until": date(2024, 1, 1)}, "valid_until"),
        ({"valid_from": date(2024, 12, 31)}, "valid_from"),
        ({"valid_from": date(2027, 1, 1)}, "valid_from"),
        ({"element": "lain"}, "element"),
        ({"gender": "x"}, "gender"),
    ],
)
def test_a_bad_seat_is_refused_at_its_field(more, field):
    one = body(valid_until=date(2026, 12, 31))
    with pytest.raises(ValidationError) as refused:
        seat(one, **more)
    assert set(refused.value.message_dict) == {field}
    assert not Seat.objects.exists()


def test_a_deputy_stands_in_for_another_seat_of_the_same_body():
    one, other = body(), body(name="Forum lain", kind=BodyKind.FPK.value)
    first = seat(one)
    assert seat(one, deputy_of=first).deputy_of == first
    for refused in (
        lambda: seat(other, deputy_of=first),
        lambda: registry.amend_seat(seat=first, facts=_with(first, deputy_of=first), actor=None, now=NOW),
    ):
        with pytest.raises(ValidationError) as error:
            refused()
        assert set(error.value.message_dict) == {"deputy_of"}


def _with(row: Seat, **more) -> SeatFacts:
    return SeatFacts(position=row.position, person_name=row.person_name, valid_from=row.valid_from, **more)


def test_a_religion_is_written_down_in_a_fkub_only():
    assert seat(body(), religion="hindu").religion == "hindu"
    with pytest.raises(ValidationError) as refused:
        seat(body(kind=BodyKind.FORKOPIMDA.value, name="Forkopimda"), religion="hindu")
    assert set(refused.value.message_dict) == {"religion"}


def test_the_chain_keeps_neither_name_nor_religion_of_a_seat():
    seat(body(), person_name="Siti Aminah", office="Ketua adat", religion="islam", gender="p")
    line = last_line()
    assert set(line.payload) == {"seat", "body", "valid_from", "element"}
    assert line.detail.data == {
        "position": "Anggota",
        "person_name": "Siti Aminah",
        "office": "Ketua adat",
        "gender": "p",
        "religion": "islam",
    }


@pytest.mark.parametrize(
    ("role", "home", "is_allowed"),
    [
        (Role.STAF_SEKRETARIAT, BATANGHARI, True),
        (Role.ADMINISTRATOR_SISTEM, BATANGHARI, True),
        (Role.STAF_SEKRETARIAT, PASER, False),
        (Role.CAMAT, BAJUBANG, False),
        (Role.KEPALA_DAERAH, BATANGHARI, False),
        (Role.PELAPOR_LAPANGAN, BUNGKU, False),
    ],
)
def test_bodies_and_seats_are_written_in_the_own_region_by_who_may(role, home, is_allowed):
    actor = somebody("penulis", role, home, now=NOW).user
    one = body()
    attempts = [
        lambda: registry.record_body(facts=facts(name="Baru"), actor=actor, now=NOW),
        lambda: registry.amend_body(body=one, facts=facts(note="Baru"), actor=actor, now=NOW),
        lambda: registry.record_seat(
            body=one, facts=SeatFacts(position="Ketua", office="Ketua", valid_from=one.valid_from), actor=actor, now=NOW
        ),
    ]
    for attempt in attempts:
        if is_allowed:
            attempt()
            continue
        with pytest.raises(ValidationError, match="di luar penugasan"):
            attempt()
    assert JournalLine.objects.filter(actor=actor).count() == (3 if is_allowed else 0)


def test_a_body_is_not_carried_off_to_another_kabupaten():
    actor = somebody("staf", Role.STAF_SEKRETARIAT, BATANGHARI, now=NOW).user
    one = body()
    with pytest.raises(ValidationError, match="di luar penugasan"):
        registry.amend_body(body=one, facts=facts(region=Region.objects.get(pk=PASER)), actor=actor, now=NOW)


def test_a_posting_on_a_seat_ends_with_it():
    one = body(kind=BodyKind.TIM_TERPADU.value, name="Tim")
    user = somebody("staf", Role.STAF_SEKRETARIAT, BATANGHARI, now=NOW).user
    held = seat(one, user=user, valid_until=date(2027, 1, 31))
    given = PostingFacts(role=Role.SEKRETARIS_TIM.value, region=one.region, valid_from=date(2026, 1, 1), seat_id=held.pk)
    posting = registry.record_posting(user=user, facts=given, actor=None, now=NOW)
    assert (posting.body_id, posting.valid_until) == (one.pk, date(2027, 1, 31))

    registry.end_seat(seat=held, valid_until=date(2026, 2, 28), actor=None, now=NOW)
    posting.refresh_from_db()
    assert posting.valid_until == date(2026, 2, 28)
    assert list(JournalLine.objects.order_by("-pk").values_list("event", flat=True)[:2]) == ["posting_ended", "seat_amended"]


def test_a_seat_of_somebody_else_carries_no_posting():
    one = body(kind=BodyKind.TIM_TERPADU.value, name="Tim")
    held = seat(one, user=somebody("pemilik", Role.STAF_SEKRETARIAT, BATANGHARI, now=NOW).user)
    other = somebody("lain", Role.STAF_SEKRETARIAT, BATANGHARI, now=NOW).user
    given = PostingFacts(role=Role.SEKRETARIS_TIM.value, region=one.region, valid_from=date(2026, 1, 1), seat_id=held.pk)
    with pytest.raises(ValidationError) as refused:
        registry.record_posting(user=other, facts=given, actor=None, now=NOW)
    assert set(refused.value.message_dict) == {"seat"}


@pytest.mark.parametrize(
    ("role", "home", "names"),
    [
        (Role.STAF_SEKRETARIAT, BATANGHARI, {"FKUB Batanghari", "FKDM Bungku"}),
        (Role.CAMAT, BAJUBANG, {"FKDM Bungku"}),
        (Role.PENGAMAT_PROVINSI, "15", {"FKUB Batanghari", "FKDM Bungku"}),
        (Role.STAF_SEKRETARIAT, PASER, {"FKUB Paser"}),
        (Role.PELAPOR_LAPANGAN, BUNGKU, set()),
    ],
)
def test_bodies_are_seen_by_the_region_of_the_posting(role, home, names):
    for name, kind, code in (
        ("FKUB Batanghari", BodyKind.FKUB, BATANGHARI),
        ("FKDM Bungku", BodyKind.FKDM_DESA, BUNGKU),
        ("FKUB Paser", BodyKind.FKUB, PASER),
    ):
        seat(body(name=name, kind=kind.value, region=Region.objects.get(pk=code)))
    user = somebody("pembaca", role, home, now=NOW).user
    assert set(Body.objects.visible_to(user, at=NOW).values_list("name", flat=True)) == names
    assert set(Seat.objects.visible_to(user, at=NOW).values_list("body__name", flat=True)) == names
