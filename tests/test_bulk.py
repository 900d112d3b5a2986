"""Inserting many rows: as ordinary inserts would, with keys that ordinary inserts go on after."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from accounts.postings.models import Institution
from accounts.postings.tables import Role
from accounts.regions.models import Region
from forums.bodies.models import Body
from forums.seats.models import Seat
from konflik.bulk import insert
from konflik.cases.models import Case, Figure, IssueType
from konflik.demo.sampling.services import make_sample
from konflik.journal.models import JournalLine
from konflik.journal.selectors import breaks
from konflik.journal.services import Entry, append, begin_streams
from tests.people import somebody

NOW = datetime(2026, 3, 2, 2, 0, 0, 123456, tzinfo=UTC)
BATANGHARI = "15.04"

pytestmark = pytest.mark.django_db


def institutions(*names: str) -> list[Institution]:
    return [Institution(name=name, kind="polri", region_id=BATANGHARI) for name in names]


def test_keys_go_on_from_both_sides():
    first = Institution.objects.create(name="Nol", kind="polri", region_id=BATANGHARI)
    rows = institutions("Satu", "Dua")
    insert(rows)
    last = Institution.objects.create(name="Tiga", kind="polri", region_id=BATANGHARI)
    assert [row.pk for row in (*rows, last)] == [first.pk + 1, first.pk + 2, first.pk + 3]
    assert Institution.objects.get(name="Dua").pk == rows[1].pk


def test_every_type_comes_back_as_it_went_in():
    user = somebody("staf", Role.STAF_SEKRETARIAT, BATANGHARI, now=NOW).user
    make_sample(cases=1, seed=1, now=NOW, province="15")
    figure = Figure(
        case=Case.objects.get(),
        measure="land_hectares",
        value=Decimal("12.50"),
        source="polri",
        as_of=NOW,
        recorded_by=user,
        recorded_at=NOW,
    )
    insert([figure])
    kept = Figure.objects.get(pk=figure.pk)
    assert (kept.value, kept.as_of, kept.is_authoritative, kept.corrects) == (Decimal("12.50"), NOW, False, None)
    body = Body(
        kind="fkub",
        name="FKUB ‘ñ’",
        region=Region.objects.get(pk=BATANGHARI),
        legal_basis="-",
        valid_from=date(2026, 1, 1),
        religions_present=["islam"],
    )
    insert([body])
    assert Body.objects.values_list("name", "valid_from", "valid_until", "religions_present").get() == (
        body.name,
        date(2026, 1, 1),
        None,
        ["islam"],
    )


def test_a_row_that_hangs_on_one_saved_later_finds_its_key():
    body = Body(kind="fkub", name="FKUB", region_id=BATANGHARI, legal_basis="-", valid_from=date(2026, 1, 1))
    seat = Seat(body=body, position="Ketua", office="Ketua", valid_from=date(2026, 1, 1))
    insert([body])
    insert([seat])
    assert Seat.objects.get().body == body


def test_a_row_that_the_database_refuses_undoes_all_of_them():
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(institutions("Sama", "Sama"))
    assert not Institution.objects.exists()


def test_keys_of_words_are_kept_and_nothing_inserts_nothing():
    insert([])
    insert([IssueType(code="baru", label="Isu baru")])
    assert IssueType.objects.get(pk="baru").is_active


def test_a_stream_that_has_begun_is_not_begun_again():
    entry = Entry("note_added", NOW, kabupaten_id=BATANGHARI, payload={"at": NOW}, detail={"text": "Catatan"})
    assert begin_streams([(entry, NOW), (entry, NOW)]) == 2
    assert append(entry, now=NOW).position == 3
    assert list(breaks()) == []
    with pytest.raises(IntegrityError), transaction.atomic():
        begin_streams([(entry, NOW)])
    assert JournalLine.objects.count() == 3
