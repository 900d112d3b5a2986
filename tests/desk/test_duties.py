"""Kewajiban lain: shown before it is saved, saved once, put right."""

from typing import Any

import pytest
from django.test import Client

from konflik.clocks.models import Deadline, Duty
from tests.builders import HOUR, NOW, a_duty
from tests.desk.conftest import World

PAGE = "/kewajiban/baru/"
SENT = {
    "rule": "pdp-kegagalan",
    "title": "Berkas terkirim ke alamat yang salah",
    "applicant": "",
    "received_at": "2026-11-22T09:00",
    "reference": "Agenda 12/2026",
    "note": "",
}


def saved(client: Client, page: str = PAGE, **more: Any) -> Any:
    """Sent, looked at, sent again as the page proposes."""
    looked = client.post(page, {**SENT, **more})
    return client.post(page, {**SENT, **more, "seen_start": looked.context["form"].mark, "by_hand": "on"})


def test_it_is_shown_before_it_is_saved(world: World) -> None:
    page = world.client("staf").post(PAGE, {**SENT, "by_hand": "on"})
    assert page.status_code == 200
    assert "25 November 2026, 09.00 WIB" in page.text
    assert not Duty.objects.exists()


@pytest.mark.parametrize("page", [PAGE, "/admin/konflik/duty/baru/"])
def test_then_it_is_saved_with_its_clock(world: World, page: str) -> None:
    done = saved(world.client("staf"), page)
    assert done.status_code == 302
    duty = Duty.objects.get()
    assert Deadline.objects.get(thread=duty.thread).rule == "pdp-kegagalan"
    assert "Berkas terkirim" in world.client("staf").get(f"/kewajiban/{duty.pk}/").text


def test_what_changed_since_it_was_shown_is_shown_again(world: World) -> None:
    client = world.client("staf")
    looked = client.post(PAGE, {**SENT, "by_hand": "on"})
    later = client.post(PAGE, {**SENT, "by_hand": "on", "received_at": "2026-11-22T08:00", "seen_start": looked.context["form"].mark})
    assert later.status_code == 200
    assert not Duty.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"rule": "tidak-ada"}, "rule"),
        ({"rule": "skk-berakhir"}, "rule"),
        ({"title": ""}, "title"),
        ({"reference": ""}, "reference"),
        ({"received_at": "besok"}, "received_at"),
    ],
)
def test_bad_input_is_refused_at_its_field(world: World, wrong: dict[str, str], field: str) -> None:
    page = world.client("staf").post(PAGE, {**SENT, **wrong, "by_hand": "on"})
    assert page.status_code == 400
    assert field in page.context["form"].errors
    assert not Duty.objects.exists()


def test_a_time_to_come_is_refused_when_saving(world: World) -> None:
    done = saved(world.client("staf"), received_at="2026-11-23T09:00")
    assert done.status_code in {200, 400}
    assert "received_at" in done.context["form"].errors
    assert not Duty.objects.exists()


def test_where_nobody_would_be_reminded_it_says_so(world: World) -> None:
    page = world.client("staf").post(PAGE, SENT)
    if not page.context["form"].start.reach.recipients:
        assert "Tidak seorang pun akan diingatkan" in page.text
    else:
        assert "Yang diingatkan" in page.text


def test_the_list_narrows_and_shows_the_clock(world: World) -> None:
    a_duty(actor=world.people["staf"])
    client = world.client("staf")
    assert [row.duty.rule for row in client.get("/kewajiban/?q=berkas").context["rows"]] == ["pdp-kegagalan"]
    assert client.get("/kewajiban/?q=lain").context["rows"] == []
    assert client.get("/kewajiban/?aturan=raja").status_code == 400
    assert "WIB" in client.get("/admin/konflik/duty/").text


def test_a_wrong_hour_is_put_right(world: World) -> None:
    duty = a_duty(actor=world.people["staf"])
    client = world.client("staf")
    page = f"/kewajiban/{duty.pk}/perbaiki/"
    sent = {"received_at": "2026-11-22T08:00", "reference": "Agenda 12/2026", "reason": "Salah jam"}
    assert client.post(page, {**sent, "reason": ""}).status_code == 400
    assert client.post(page, sent).status_code == 302
    due = Deadline.objects.get(thread=duty.thread).due_at
    assert f"{due:%Y-%m-%d %H:%M}" == "2026-11-25 01:00"


def test_elsewhere_it_is_not_there(world: World) -> None:
    duty = a_duty(actor=world.people["staf"])
    assert world.client("asing").get(f"/kewajiban/{duty.pk}/").status_code == 404
    assert world.client("bupati").get(f"/kewajiban/{duty.pk}/").status_code == 200
    assert world.client("bupati").get(PAGE).status_code == 403


@pytest.mark.parametrize("page", ["/kewajiban/", "/admin/konflik/duty/"])
def test_the_list_goes_on_by_key_the_newest_first(world: World, page: str) -> None:
    staff = world.people["staf"]
    made = [a_duty(actor=staff, title=f"Berkas {hour}", received_at=NOW - (hour + 1) * HOUR).pk for hour in range(25)]
    client = world.client("staf")
    first = client.get(page)
    second = client.get(f"{page}?sesudah={first.context['page'].next}")
    assert [duty.pk for answer in (first, second) for duty in answer.context["page"].rows] == made
    assert not second.context["page"].next
