"""What a line says, and that it hashes the same wherever it is read back."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from django.db import transaction

from accounts.postings.tables import Role
from konflik.acts.services import record
from konflik.journal import services
from konflik.journal.models import GENESIS, JournalDetail, JournalHead, JournalLine
from konflik.journal.selectors import breaks, history_of
from konflik.journal.services import Entry, append
from konflik.journal.tables import detail_digest, line_hash
from tests.builders import a_user
from tests.journal.writing import NOW, write

pytestmark = pytest.mark.django_db

WIT = timezone(timedelta(hours=9))
EVERYTHING = Entry(
    event="figure_recorded",
    occurred_at=datetime(2026, 12, 31, 23, 59, 59, 999999, tzinfo=WIT),
    case_id=424242,
    kabupaten_id="15.04",
    basis="PP 2/2015 Pasal 12",
    payload={
        "z": 1,
        "a": Decimal("12.50"),
        "besar": 2**53 + 1,
        "kosong": None,
        "benar": True,
        "pada": datetime(2026, 3, 1, 7, 30, 0, 1, tzinfo=WIT),
        "hari": date(2026, 3, 1),
        "bertingkat": {"é": ["ñ", "漢字", "🌾", '"\\/<&>', "\u2028"], "A": {}},
    },
    detail={"nama": "Ōe", "teks": "baris\nbaru\ttab"},
)
# Worked out once; both databases must give it back for ever, or every journal in the field would stop verifying.
DETAIL_DIGEST = "0aa15b729c82027d3679a68bd5745c4e2e6ba387b4e9a5fe5b12425e2ee9a190"
HASH = "0249a24f531606d10196bfe99a1b44e980049aa4a262ef36d10c3dc069e61431"


def test_a_line_hashes_the_same_on_both_databases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services.secrets, "token_hex", lambda _size: "5a" * 16)
    written = append(EVERYTHING, now=datetime(2027, 1, 1, 0, 0, 0, 7, tzinfo=UTC))
    read = JournalLine.objects.select_related("detail").get(pk=written.pk)
    assert line_hash(read) == read.hash == written.hash
    assert detail_digest(read.detail.salt, read.detail.data) == read.detail_digest
    assert read.detail_digest == DETAIL_DIGEST
    assert read.hash == HASH
    assert read.payload == written.payload
    assert read.payload["a"] == "12.50"
    assert read.payload["pada"] == "2026-02-28T22:30:00.000001+00:00"


@pytest.mark.parametrize("value", [1.5, {"dalam": [0.1]}, float("nan"), float("inf")])
def test_a_float_is_refused_because_databases_write_it_differently(value: object) -> None:
    with pytest.raises((TypeError, ValueError)), transaction.atomic():
        append(Entry(event="note_added", occurred_at=NOW, case_id=1, payload={"x": value}), now=NOW)
    assert not JournalLine.objects.exists()


def test_a_value_the_journal_does_not_know_is_refused() -> None:
    with pytest.raises(TypeError, match="cannot keep a set"):
        append(Entry(event="note_added", occurred_at=NOW, case_id=1, payload={"x": {1}}), now=NOW)


@pytest.mark.parametrize(
    ("entry", "stream"),
    [
        ({"case_id": 5, "kabupaten_id": "15.04"}, "perkara:5"),
        ({"kabupaten_id": "15.04"}, "kab:15.04"),
        ({}, "pusat"),
    ],
)
def test_one_stream_per_case_one_per_kabupaten_one_for_the_office(entry: dict, stream: str) -> None:
    line = append(Entry(event="note_added", occurred_at=NOW, **entry), now=NOW)
    assert (line.stream, line.position, line.previous_hash) == (stream, 1, GENESIS)


def test_each_line_is_chained_to_the_one_before_in_its_stream() -> None:
    first, second = write(3), write(2, case_id=8)
    for lines in (first, second):
        assert [line.position for line in lines] == list(range(1, len(lines) + 1))
        assert [line.previous_hash for line in lines] == [GENESIS, *(line.hash for line in lines[:-1])]
        head = JournalHead.objects.get(stream=lines[0].stream)
        assert (head.position, head.hash) == (lines[-1].position, lines[-1].hash)
    assert list(breaks()) == []


def test_free_text_stands_beside_the_line_under_a_salt_of_its_own() -> None:
    one = append(Entry(event="note_added", occurred_at=NOW, case_id=1, detail={"teks": "sama"}), now=NOW)
    other = append(Entry(event="note_added", occurred_at=NOW, case_id=1, detail={"teks": "sama"}), now=NOW)
    assert "sama" not in str(one.payload)
    assert one.detail_digest != other.detail_digest, "without a salt of its own the digest could be guessed"
    assert JournalDetail.objects.get(line=one).data == {"teks": "sama"}


def test_an_act_without_detail_leaves_none() -> None:
    line = record(Entry(event="note_added", occurred_at=NOW, case_id=1), now=NOW)
    assert line.detail_digest == ""
    assert not JournalDetail.objects.exists()


def test_the_history_of_a_case_is_its_own_newest_first() -> None:
    lines = write(3)
    write(2, case_id=8)
    late = append(Entry(event="note_added", occurred_at=NOW - timedelta(days=30), case_id=7, corrects=lines[0]), now=NOW)
    assert list(history_of(7, a_user(Role.STAF_SEKRETARIAT), at=NOW)) == [*reversed(lines), late]
    assert late.corrects == lines[0]


def test_a_line_is_seen_by_who_sees_its_case_and_outlives_the_case() -> None:
    clerk = a_user(Role.STAF_SEKRETARIAT)
    write(2, case_id=999_999)
    assert not JournalLine.objects.visible_to(clerk, at=NOW).exists()
    assert not JournalDetail.objects.visible_to(clerk, at=NOW).exists()
    assert JournalLine.objects.filter(case_id=999_999).count() == 2
