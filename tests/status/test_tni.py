"""Help of the TNI: asked for under a status in force, spoken first, written within 24 hours to all nine, ended with the status."""

from typing import Any

import pytest

from accounts.postings.tables import Role
from konflik.clocks.models import Deadline
from konflik.clocks.tables import State
from konflik.journal.models import JournalLine
from konflik.law.status import TNI_COPIES
from konflik.status.models import ConflictStatus, TniRequest
from konflik.status.services import lapse, record_tni_approval, record_tni_order, record_tni_refusal, tell_tni_end
from tests.builders import DAY, HOUR, NOW, a_user
from tests.refusals import WHOLE, refused
from tests.status.building import ADVISERS, COPIES, START, a_consultation, a_spoken_request, a_status, a_written_request, an_extension
from tests.status.test_declaring import END

pytestmark = pytest.mark.django_db
SPOKEN = START + HOUR / 2


@pytest.fixture
def clerk(db: None) -> Any:
    return a_user(Role.STAF_SEKRETARIAT)


@pytest.fixture
def status(clerk: Any) -> ConflictStatus:
    return a_status(actor=clerk)


@pytest.fixture
def spoken(status: ConflictStatus, clerk: Any) -> TniRequest:
    return a_spoken_request(status, actor=clerk)


def deadline(status: ConflictStatus, rule: str) -> Deadline:
    return Deadline.objects.get(thread=status.thread, rule=rule)


def test_the_word_starts_24_hours_and_the_letter_meets_them(status: ConflictStatus, spoken: TniRequest, clerk: Any) -> None:
    due = deadline(status, "tni-permintaan-tertulis")
    assert (due.due_at, due.state) == (SPOKEN + 24 * HOUR, State.RUNNING.value)
    a_written_request(status, spoken, actor=clerk)
    assert deadline(status, "tni-permintaan-tertulis").state == State.MET.value
    events = JournalLine.objects.filter(case=status.case, event__startswith="tni_").order_by("position").values_list("event", flat=True)
    assert list(events) == ["tni_requested_orally", "tni_requested"]


@pytest.mark.parametrize(
    ("field", "says", "given"),
    [
        ("spoken_to", "Bagian ini harus diisi.", {"spoken_to": ""}),
        ("spoken_at", "Waktu ini belum terjadi.", {"spoken_at": NOW + HOUR}),
        ("spoken_at", "Pada waktu ini status tidak berlaku.", {"spoken_at": START - HOUR}),
        ("advised_by", "Catat dahulu pertimbangan", {"advised_by": ADVISERS[:2]}),
    ],
)
def test_what_a_spoken_request_may_not_say(status: ConflictStatus, clerk: Any, field: str, says: str, given: dict) -> None:
    with refused(field, says):
        a_spoken_request(status, actor=clerk, **given)


def test_only_under_a_status_in_force_and_one_at_a_time(status: ConflictStatus, clerk: Any) -> None:
    with refused("status", "Bantuan TNI hanya dapat diminta setelah Status Keadaan Konflik ditetapkan"):
        a_spoken_request(status, actor=clerk, now=END, spoken_at=END - HOUR)
    first = a_spoken_request(status, actor=clerk)
    with refused("status", "Masih ada permintaan bantuan TNI yang berjalan."):
        a_spoken_request(status, actor=clerk)
    record_tni_refusal(asked=first, declined_at=NOW, note="Lewat telepon", actor=clerk, now=NOW)
    a_spoken_request(status, actor=clerk)


def test_whoever_was_refused_by_word_owes_no_letter(status: ConflictStatus, spoken: TniRequest, clerk: Any) -> None:
    record_tni_refusal(asked=spoken, declined_at=NOW, note="Lewat telepon", actor=clerk, now=NOW)
    assert deadline(status, "tni-permintaan-tertulis").state == State.CANCELLED.value


@pytest.mark.parametrize("one", TNI_COPIES, ids=lambda one: one.code)
def test_each_of_the_nine_gets_a_copy(status: ConflictStatus, spoken: TniRequest, clerk: Any, one: Any) -> None:
    with refused("copies", f"Belum ditembuskan kepada {one.text}. Dasar: {one.basis}."):
        a_written_request(status, spoken, actor=clerk, copies=[code for code in COPIES if code != one.code])


@pytest.mark.parametrize("part", ["reason", "area", "logistics", "number"])
def test_each_part_of_pasal_47_is_needed(status: ConflictStatus, spoken: TniRequest, clerk: Any, part: str) -> None:
    with refused(part, "Bagian ini harus diisi."):
        a_written_request(status, spoken, actor=clerk, **{part: " "})


def test_the_letter_follows_the_word_once(status: ConflictStatus, spoken: TniRequest, clerk: Any) -> None:
    with refused("written_at", "Surat menyusul permintaan lisan."):
        a_written_request(status, spoken, actor=clerk, written_at=START)
    written = a_written_request(status, spoken, actor=clerk)
    with refused(WHOLE, "Permintaan tertulis ini sudah dicatat."):
        a_written_request(status, written, actor=clerk)


def test_approved_then_ordered_then_ended_with_the_status(status: ConflictStatus, spoken: TniRequest, clerk: Any) -> None:
    asked = a_written_request(status, spoken, actor=clerk)
    with refused(WHOLE, "Catat dahulu persetujuan Presiden."):
        record_tni_order(asked=asked, ordered_at=NOW, order="Sprin 1", actor=clerk, now=NOW)
    asked = record_tni_approval(asked=asked, approved_at=NOW, approval="Telepon Mensesneg", actor=clerk, now=NOW)
    with refused(WHOLE, "Jawaban atas permintaan ini sudah dicatat."):
        record_tni_refusal(asked=asked, declined_at=NOW, note="x", actor=clerk, now=NOW)
    record_tni_order(asked=asked, ordered_at=NOW + HOUR, order="Sprin 1", actor=clerk, now=NOW + HOUR)
    ends = deadline(status, "tni-bantuan-berakhir")
    assert (ends.due_at, ends.state) == (END, State.RUNNING.value)
    assert TniRequest.objects.helping(END - HOUR).exists()
    assert not TniRequest.objects.helping(END).exists()
    with refused("sent_at", "Bantuan TNI belum berakhir."):
        tell_tni_end(status=status, number="1", sent_at=NOW, actor=clerk, now=NOW + DAY)
    lapse(now=END)
    assert deadline(status, "tni-bantuan-berakhir").state == State.CANCELLED.value
    tell_tni_end(status=status, number="300/300", sent_at=END + HOUR, actor=clerk, now=END + HOUR)
    with refused("sent_at", "Sudah disampaikan."):
        tell_tni_end(status=ConflictStatus.objects.get(pk=status.pk), number="2", sent_at=END, actor=clerk, now=END + HOUR)


def test_the_end_of_the_help_moves_with_the_status(status: ConflictStatus, clerk: Any) -> None:
    asked = a_written_request(status, actor=clerk)
    asked = record_tni_approval(asked=asked, approved_at=NOW, approval="Telepon Mensesneg", actor=clerk, now=NOW)
    record_tni_order(asked=asked, ordered_at=NOW, order="Sprin 1", actor=clerk, now=NOW)
    status.refresh_from_db()
    a_consultation(status.case, of=status, actor=clerk, now=END - 15 * DAY)
    an_extension(status, actor=clerk, now=END - 15 * DAY)
    assert deadline(status, "tni-bantuan-berakhir").due_at == END + 30 * DAY


def test_a_request_under_way_stops_with_the_status(status: ConflictStatus, spoken: TniRequest, clerk: Any) -> None:
    with refused("status", "Status sudah berakhir."):
        record_tni_approval(asked=spoken, approved_at=END - HOUR, approval="x", actor=clerk, now=END)
    lapse(now=END)
    assert not JournalLine.objects.filter(event="tni_ended").exists(), "no help was given that could end"
