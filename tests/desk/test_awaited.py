"""Tugas saya: what waits for an answer by name stands first, the urgent before the rest, no more than five."""

from datetime import timedelta

from konflik.clocks.models import Deadline
from konflik.desk.selectors.deadlines import mine
from konflik.law.events import Event
from konflik.notices.models import Notice
from tests.acts.building import started
from tests.builders import NOW
from tests.desk.conftest import World
from tests.reading import read

WAITS = "Menunggu tanggapan Anda"


def violence(world: World) -> Notice:
    """What the bupati was told when the case came back into penghentian."""
    return Notice.objects.get(recipient=world.people["bupati"], line__event=Event.VIOLENCE_RECURRED.value, channel="bell", step=0)


def again(notice: Notice, number: int, **changed: object) -> Notice:
    """The same notice once more, as of another occasion."""
    copy = Notice.objects.get(pk=notice.pk)
    copy.pk, copy.milestone = None, f"H-{number}"
    for name, value in changed.items():
        setattr(copy, name, value)
    copy.save(force_insert=True)
    return copy


def test_what_awaits_an_answer_stands_first_with_its_limit_and_one_way_to_it(alarmed: World) -> None:
    notice = violence(alarmed)
    page = alarmed.client("bupati").get("/").text
    assert WAITS in page
    assert f'href="/pemberitahuan/{notice.pk}/"' in page
    assert "ditanggapi paling lambat 22 November 2026" in read(page)


def test_once_answered_it_is_gone_and_it_never_was_for_others(alarmed: World) -> None:
    Notice.objects.filter(recipient=alarmed.people["bupati"]).exclude(pk=violence(alarmed).pk).update(must_confirm=False)
    assert WAITS in alarmed.client("bupati").get("/").text
    Notice.objects.filter(pk=violence(alarmed).pk).update(confirmed_at=NOW, confirmation="Saya ke lokasi")
    assert WAITS not in alarmed.client("bupati").get("/").text
    assert WAITS not in alarmed.client("pdp").get("/").text


def test_the_urgent_come_first_and_beyond_five_there_is_a_way_to_all(alarmed: World) -> None:
    notice = violence(alarmed)
    calm = again(notice, 90, urgency="normal", confirm_until=NOW - timedelta(days=1))
    pressing = [again(notice, number, confirm_until=NOW + timedelta(minutes=number)) for number in range(5)]
    answer = alarmed.client("bupati").get("/")
    shown = [one.told.notice.pk for one in answer.context["awaited"]]
    assert shown == [one.pk for one in pressing]
    assert calm.pk not in shown
    assert "Lihat semua pemberitahuan" in answer.text


def test_who_keeps_deadlines_finds_the_near_ones_of_others_that_he_is_reminded_of(world: World) -> None:
    row = started(world.case, world.people["staf"])
    Deadline.objects.filter(pk=row.pk).update(duty_of="gubernur", due_at=NOW + timedelta(days=2))
    told = {"milestone": "H-3", "group": "deadline", "urgency": "normal", "channel": "bell", "state": "sent", "together": 1, "sent_at": NOW}
    key = {"source": "deadline", "source_id": row.pk, "source_version": row.due_version, "deadline": row, "kabupaten": row.kabupaten}
    Notice.objects.filter(deadline=row).delete()
    assert row not in [one.deadline for one in mine(world.people["staf"], at=NOW)]
    Notice.objects.create(recipient=world.people["staf"], created_at=NOW, send_after=NOW, **key, **told)
    assert row in [one.deadline for one in mine(world.people["staf"], at=NOW)]
    Deadline.objects.filter(pk=row.pk).update(due_at=NOW + timedelta(days=20))
    assert row not in [one.deadline for one in mine(world.people["staf"], at=NOW)]
