"""What is wrong with a body: composition by the table of the law, and the end of its SK."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.regions.models import Region
from forums.bodies.models import Body
from forums.bodies.selectors import COMPLETENESS, ending
from forums.bodies.services import BodyFacts
from forums.seats.models import Seat
from forums.seats.selectors import seat_warning, seated, warnings_of
from forums.seats.services import SeatFacts
from konflik.law.bodies import FKUB_BASIS, SATGAS_WOMEN_BASIS, BodyKind, Element, Member, Religion, composition_warnings
from konflik.registry import services as registry

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
BATANGHARI = "15.04"


def people(*, women: int = 0, men: int = 0, officials: int = 0, religions: tuple[str, ...] = ()) -> list[Member]:
    return [
        *(Member(Element.MASYARAKAT, True) for _ in range(women)),
        *(Member(Element.MASYARAKAT, False) for _ in range(men)),
        *(Member(Element.PEMERINTAH, False) for _ in range(officials)),
        *(Member(Element.MASYARAKAT, False, religion) for religion in religions),
    ]


ALL = [religion.value for religion in Religion]

# kind, members, religions present, how many breaches, a word of the message
COMPOSITIONS = [
    (BodyKind.SATGAS, people(women=3, men=7), [], 0, ""),
    (BodyKind.SATGAS, people(women=2, men=8), [], 1, "paling sedikit 30 persen, yaitu 3 orang"),
    (BodyKind.SATGAS, people(women=1, men=3), [], 1, "yaitu 2 orang"),
    (BodyKind.SATGAS, people(women=2, men=4), [], 0, ""),
    (BodyKind.SATGAS, people(women=0, men=1), [], 1, "yaitu 1 orang"),
    (BodyKind.SATGAS, people(women=1), [], 0, ""),
    (BodyKind.SATGAS, people(officials=9), [], 0, ""),
    (BodyKind.SATGAS, people(women=3, men=7, officials=20), [], 0, ""),
    (BodyKind.SATGAS, [], [], 0, ""),
    (BodyKind.FKUB, people(religions=("islam",) * 17), [], 0, ""),
    (BodyKind.FKUB, people(religions=("islam",) * 18), [], 1, "Paling banyak 17"),
    (BodyKind.FKUB, people(men=1, religions=("islam",)), [], 1, "belum diisi pada 1 kedudukan"),
    (BodyKind.FKUB, people(officials=2, religions=("islam",)), ["islam"], 1, "belum diisi pada 2 kedudukan"),
    (BodyKind.FKUB, people(religions=("islam", "kristen", "katolik")), ["islam", "kristen", "katolik"], 0, ""),
    (BodyKind.FKUB, people(religions=("islam", "kristen")), ["islam", "kristen", "katolik", "hindu"], 1, "Katolik, Hindu"),
    (BodyKind.FKUB, people(men=18), ALL, 3, ""),
    (BodyKind.FKUB, [], ALL, 0, ""),
    (BodyKind.FORKOPIMDA, people(men=40), ALL, 0, ""),
    (BodyKind.TIM_TERPADU, people(men=40), ALL, 0, ""),
]


@pytest.mark.parametrize(("kind", "members", "present", "number", "words"), COMPOSITIONS)
def test_a_composition_is_measured_as_the_article_says(kind, members, present, number, words):
    found = composition_warnings(kind, members, present)
    assert len(found) == number
    assert all(words.lower() in warning.message.lower() for warning in found)
    assert {warning.basis for warning in found} <= {SATGAS_WOMEN_BASIS, FKUB_BASIS}


def body(
    kind: BodyKind = BodyKind.TIM_TERPADU,
    *,
    until: date | None = date(2026, 12, 31),
    since: date = date(2025, 1, 1),
    name: str = "Tim",
    at: str = BATANGHARI,
    **more,
) -> Body:
    """With a whole SK, unless told otherwise."""
    told = {"decree_number": "SK 1/2025", "decree_on": date(2024, 12, 20), **more}
    facts = BodyFacts(kind=kind.value, name=name, region=Region.objects.get(pk=at), valid_from=since, valid_until=until, **told)
    return registry.record_body(facts=facts, actor=None, now=NOW)


def seat(of: Body, number: int, **more) -> Seat:
    facts = {"position": "Anggota", "person_name": f"Orang {number}", "valid_from": of.valid_from, **more}
    return registry.record_seat(body=of, facts=SeatFacts(**facts), actor=None, now=NOW)


def warned(of: Body, day: date = TODAY) -> list[str]:
    return [warning.short for warning in warnings_of(seated(Body.objects.all()).get(pk=of.pk), day=day)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("left", "short"),
    [
        (61, None),
        (60, "SK berakhir dalam 60 hari"),
        (1, "SK berakhir dalam 1 hari"),
        (0, "SK berakhir hari ini"),
        (-1, "SK sudah berakhir"),
        (None, None),
    ],
)
def test_an_ending_decree_is_told_with_the_days_left(left, short):
    one = body(BodyKind.FORKOPIMDA, until=None if left is None else TODAY + timedelta(days=left))
    seat(one, 1)
    assert warned(one) == ([short] if short else [])
    assert list(ending(Body.objects.all(), day=TODAY)) == ([one] if short else [])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "name", "is_followed"),
    [(BodyKind.TIM_TERPADU, "Tim 2026", True), (BodyKind.SATGAS, "Satgas", True), (BodyKind.SATGAS, "Satgas lain", False)],
)
def test_a_later_decree_silences_the_old_one(kind, name, is_followed):
    first = body(kind, until=date(2025, 12, 31), name="Satgas" if kind is BodyKind.SATGAS else "Tim 2025")
    body(kind, since=date(2026, 1, 1), name=name)
    assert (warned(first) == []) is is_followed
    assert (not ending(Body.objects.all(), day=TODAY).exists()) is is_followed


DESA = "15.04.07.2001"
# kind, where, what is known of its SK, whether somebody sits in it, what is said to be missing
INCOMPLETE = [
    (
        BodyKind.SATGAS,
        BATANGHARI,
        {"decree_number": "", "decree_on": None, "until": None},
        False,
        ["SK belum lengkap", "Belum ada kedudukan"],
    ),
    (BodyKind.FKDM_DESA, DESA, {"decree_number": "", "decree_on": None, "until": None}, True, ["SK belum lengkap"]),
    (BodyKind.FKDM_DESA, DESA, {"decree_number": ""}, True, ["SK belum lengkap"]),
    (BodyKind.FKDM_DESA, DESA, {"decree_on": None}, True, ["SK belum lengkap"]),
    (BodyKind.FKDM_DESA, DESA, {"until": None}, True, ["SK belum lengkap"]),
    (BodyKind.FKDM_DESA, DESA, {}, False, ["Belum ada kedudukan"]),
    (BodyKind.FKDM_DESA, DESA, {}, True, []),
    (BodyKind.FORKOPIMDA, BATANGHARI, {"until": None}, True, []),
    (BodyKind.FORKOPIMDA, BATANGHARI, {"decree_number": "", "until": None}, True, ["SK belum lengkap"]),
    # Not begun: its seats begin with it.
    (BodyKind.TIM_TERPADU, BATANGHARI, {"since": date(2026, 6, 1)}, True, []),
    (BodyKind.TIM_TERPADU, BATANGHARI, {"since": date(2026, 6, 1)}, False, ["Belum ada kedudukan"]),
    # Over: only that is said.
    (BodyKind.SATGAS, BATANGHARI, {"decree_number": "", "until": date(2025, 12, 31)}, False, ["SK sudah berakhir"]),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "at", "decree", "is_seated", "missing"), INCOMPLETE)
def test_what_is_not_on_file_is_named(kind, at, decree, is_seated, missing):
    one = body(kind, at=at, **decree)
    if is_seated:
        seat(one, 1)
    assert warned(one) == missing


@pytest.mark.django_db
def test_the_missing_parts_of_a_decree_are_named_as_practice_not_as_law():
    one = body(BodyKind.SATGAS, decree_number="", decree_on=None, until=None)
    decree, nobody = warnings_of(seated(Body.objects.all()).get(pk=one.pk), day=TODAY)
    assert decree.message == "Belum diisi: nomor SK, tanggal SK, akhir masa berlaku SK."
    assert "lampiran SK" in nobody.message
    assert {decree.basis, nobody.basis} == {COMPLETENESS}


@pytest.mark.django_db
def test_a_successor_silences_what_is_missing_in_the_former():
    former = body(name="Tim 2025", decree_number="", until=date(2026, 12, 31))
    body(name="Tim 2026", since=date(2026, 1, 1))
    assert warned(former) == []


@pytest.mark.django_db
def test_the_seats_of_a_fkub_without_religion_are_named_by_article():
    fkub = body(BodyKind.FKUB)
    seat(fkub, 1, religion="islam")
    seat(fkub, 2, position="Sekretaris")
    (warning,) = warnings_of(seated(Body.objects.all()).get(pk=fkub.pk), day=TODAY)
    assert warning.message == "Agama yang diwakili belum diisi pada 1 kedudukan: Sekretaris · Orang 2."
    assert warning.basis == "PBM 9 dan 8/2006 Pasal 10"


@pytest.mark.parametrize("kind", list(BodyKind))
@pytest.mark.parametrize("religion", ["", "hindu"])
def test_only_a_seat_of_a_fkub_must_say_its_religion(kind, religion):
    found = seat_warning(kind.value, religion)
    assert (found is not None) is (kind is BodyKind.FKUB and not religion)
    assert found is None or found.basis == str(FKUB_BASIS)


@pytest.mark.django_db
def test_only_seats_held_today_count_and_deputies_are_not_second_members():
    satgas = body(BodyKind.SATGAS)
    community = {"element": Element.MASYARAKAT.value}
    men = [seat(satgas, number, gender="l", **community) for number in range(7)]
    for number in range(3):
        seat(satgas, 10 + number, gender="p", **community)
    assert warned(satgas) == []
    deputy = seat(satgas, 20, gender="l", deputy_of=men[0], **community)
    assert warned(satgas) == []
    registry.amend_seat(
        seat=deputy,
        facts=SeatFacts(position="Anggota", person_name="Orang 20", valid_from=satgas.valid_from, **community),
        actor=None,
        now=NOW,
    )
    assert warned(satgas) == ["Susunan belum sesuai"]
    registry.end_seat(seat=deputy, valid_until=TODAY - timedelta(days=1), actor=None, now=NOW)
    assert warned(satgas) == []
    assert warned(satgas, TODAY - timedelta(days=1)) == ["Susunan belum sesuai"]


@pytest.mark.django_db
def test_the_warnings_of_a_list_cost_two_queries(django_assert_num_queries):
    for number in range(5):
        seat(body(BodyKind.FKUB, name=f"FKUB {number}", since=date(2025, 1, number + 1)), number, religion="islam")
    with django_assert_num_queries(2):
        assert [warnings_of(one, day=TODAY) for one in seated(Body.objects.all())] == [[]] * 5
