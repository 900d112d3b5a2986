"""Opening a case from the page."""

import pytest

from konflik.cases.models import Case
from tests.desk.conftest import ROLES, World

FORM = {
    "title": "Portal di jalan kebun",
    "chronology": "Warga memasang portal.",
    "places": "Bungku, Bajubang",
    "source": "d",
    "secrecy": "2",
    "opened_at": "2026-11-22T08:00",
    "severity": "1",
    "qualification": "potensi",
    "stage": "pencegahan",
}


def send(world: World, name: str = "staf", **told: object) -> object:
    """`name` sends the form."""
    return world.client(name).post("/perkara/baru/", {**FORM, "issue_type": world.case.issue_type_id, **told})


@pytest.mark.parametrize("name", ROLES)
def test_is_open_to_the_desk_only(world: World, name: str) -> None:
    may = name in ("staf", "sekretaris", "asing")
    assert world.client(name).get("/perkara/baru/").status_code == (200 if may else 403)


def test_opens_with_its_number_and_place(world: World) -> None:
    answer = send(world)
    case = Case.objects.get(title=FORM["title"])
    assert answer.url == f"/perkara/{case.pk}/"
    assert case.places.get().region_id == "15.04.07.2001"
    assert case.opened_at.isoformat() == "2026-11-22T01:00:00+00:00"
    assert case.number in world.client("staf").get(answer.url).text


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"title": ""}, "title"),
        ({"places": ""}, "places"),
        ({"places": "Negeri Antah Berantah"}, "places"),
        ({"places": "15"}, "places"),
        ({"places": "64.01"}, "places"),
        ({"opened_at": "2026-11-23T08:00"}, "opened_at"),
        ({"opened_at": "kemarin"}, "opened_at"),
        ({"source": "z"}, "source"),
        ({"secrecy": "4"}, "secrecy"),
        ({"stage": "penghentian", "stage_since": "2026-11-21T08:00"}, "stage_since"),
    ],
)
def test_refuses_at_the_field_and_opens_nothing(world: World, told: dict, field: str) -> None:
    before = Case.objects.count()
    answer = send(world, **told)
    assert answer.status_code == 400
    assert answer.context["form"].errors[field]
    assert Case.objects.count() == before


def test_a_running_case_is_entered_midway(world: World) -> None:
    assert send(world, opened_at="2025-01-05T08:00", stage="penghentian", stage_since="2025-02-01T08:00").status_code == 302
    case = Case.objects.get(title=FORM["title"])
    assert (case.stage, case.is_late_entry) == ("penghentian", True)
    assert "Dicatat susulan" in world.client("staf").get(f"/perkara/{case.pk}/").text
