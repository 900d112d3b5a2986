"""How I am told: the page of choices, the calendar address shown once, the calendar that needs no login."""

import re
from datetime import time

import pytest
from django.test import Client
from icalendar import Calendar

from accounts.users.models import User
from konflik.law.telling import Group
from konflik.notices.models import CalendarFeed, Gateway, Habit
from konflik.notices.selectors.ways import ways
from konflik.notices.tables import Channel
from tests.builders import NOW, an_activity
from tests.desk.conftest import World
from tests.reading import read

PATH = "/saya/pemberitahuan/"


def new_address(client: Client) -> str:
    """The path of a new calendar, read from the page that shows it once."""
    page = client.post(f"{PATH}kalender/")
    return re.search(r"https?://testserver(/kalender/[^<\s]+\.ics)", page.text)[1]


def test_what_was_chosen_is_what_the_ledger_follows(world: World) -> None:
    User.objects.filter(username="polres").update(email="polres@contoh.go.id", phone="+62811")
    user = User.objects.get(username="polres")
    form = {"email_status": "on", "gateway_case": "on", "quiet_from": "21:00", "quiet_until": "05:30", "digest": "team"}
    answer = world.client("polres").post(PATH, form)
    assert answer.status_code == 302
    known = ways(NOW)
    known.has_mail = known.has_gateway = True
    assert known.channels(user, Group.STATUS) == [Channel.BELL, Channel.EMAIL]
    assert known.channels(user, Group.CASE) == [Channel.BELL, Channel.GATEWAY]
    assert known.channels(user, Group.DEADLINE) == [Channel.BELL]
    habit = Habit.objects.get(user=user)
    assert (habit.quiet_from, habit.quiet_until, habit.digest) == (time(21), time(5, 30), "team")


def test_the_page_shows_what_holds_without_a_choice(world: World) -> None:
    page = world.client("polres").get(PATH)
    initial = {name: field.initial for name, field in page.context["form"].fields.items() if name.startswith(("email", "gateway"))}
    assert all(initial[f"email_{group.value}"] for group in Group)
    assert [group for group in Group if initial[f"gateway_{group.value}"]] == [Group.STATUS]
    text = read(page.text)
    assert text.count("Selalu") == len(Group)
    assert "Status Keadaan Konflik dan kekerasan tetap disampaikan seketika" in text


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"quiet_from": "21:00"}, "quiet_until"),
        ({"quiet_from": "21:00", "quiet_until": "21:00"}, "quiet_until"),
        ({"quiet_from": "malam"}, "quiet_from"),
        ({"quiet_until": "\x00"}, "quiet_until"),
        ({"digest": "dunia"}, "digest"),
    ],
)
def test_what_makes_no_sense_is_said_at_its_field_and_nothing_is_written(world: World, form: dict[str, str], field: str) -> None:
    answer = world.client("polres").post(PATH, form)
    assert answer.status_code == 400
    assert field in answer.context["form"].errors
    assert not Habit.objects.exists()


def test_a_channel_that_does_not_reach_says_what_is_missing(world: World) -> None:
    text = read(world.client("polres").get(PATH).text)
    assert "Server surel belum dipasang pada sistem ini." in text
    assert "Layanan pesan singkat belum dipasang pada sistem ini." in text
    Gateway.objects.create(name="Layanan", url="https://pesan.contoh.go.id/", is_active=True)
    assert "Nomor telepon Anda belum dicatat." in read(world.client("polres").get(PATH).text)


def test_the_calendar_address_is_shown_once_and_opens_without_a_login(world: World) -> None:
    client = world.client("polres")
    path = new_address(client)
    assert path not in client.get(PATH).text
    answer = Client().get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    assert answer["Cache-Control"] == "private, no-cache"


def test_the_calendar_names_dates_but_nothing_of_a_case_above_biasa(world: World) -> None:
    an_activity(world.case, actor=world.people["staf"], title="Patroli rahasia", institution=world.polres, planned_end=NOW.date())
    content = Client().get(new_address(world.client("polres"))).content
    events = Calendar.from_ical(content).walk("VEVENT")
    said = " ".join(str(event["SUMMARY"]) for event in events)
    for words in (world.case.title, "Patroli rahasia", "Bungku"):
        assert words not in said


def test_the_same_dates_are_not_sent_twice(world: World) -> None:
    path = new_address(world.client("polres"))
    etag = Client().get(path)["ETag"]
    again = Client().get(path, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")


def test_an_address_ends_with_a_new_one_with_its_revocation_and_with_the_login(world: World) -> None:
    client = world.client("polres")
    first, second = new_address(client), new_address(client)
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    assert client.post(f"{PATH}kalender/cabut/").status_code == 302
    assert Client().get(second).status_code == 404
    third = new_address(client)
    User.objects.filter(username="polres").update(is_active=False)
    assert Client().get(third).status_code == 404


@pytest.mark.parametrize("token", ["x", "%00", "a" * 400, "..%2F", "ü"])
def test_a_made_up_address_is_not_there(world: World, token: str) -> None:
    new_address(world.client("polres"))
    assert Client().get(f"/kalender/{token}.ics").status_code == 404


def test_only_the_digest_of_the_secret_is_kept(world: World) -> None:
    path = new_address(world.client("polres"))
    assert path.split("/")[-1].removesuffix(".ics") not in str(list(CalendarFeed.objects.values()))
