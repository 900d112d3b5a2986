"""The journal in the admin: read by whoever may, within region and clearance; never written."""

import pytest
from django.contrib import admin

from accounts.postings.tables import Role
from konflik.cases.services.facts import add_note
from konflik.journal.models import JournalLine
from konflik.journal.selectors import open_to
from konflik.law.secrecy import Secrecy
from tests.builders import MUARO_JAMBI, NOW, PASER, a_case, a_user
from tests.desk.conftest import World

LIST = "/admin/konflik/journalline/"


def streams(world: World, name: str) -> set[str]:
    return set(open_to(world.people[name], at=NOW).values_list("stream", flat=True))


@pytest.fixture
def lines(world: World) -> dict[str, str]:
    """The streams of cases that differ in class and place."""
    boss = world.people["sekretaris"]
    return {
        "own": f"perkara:{world.case.pk}",
        "open": f"perkara:{a_case(actor=boss, title='Terbuka', secrecy=Secrecy.BIASA).pk}",
        "sealed": f"perkara:{a_case(actor=boss, title='Tertutup', secrecy=Secrecy.SANGAT_RAHASIA).pk}",
        "far": f"perkara:{a_case(actor=world.people['asing'], title='Di Paser', at=(PASER,)).pk}",
    }


def test_a_reader_sees_the_lines_of_region_and_clearance(world: World, lines: dict[str, str]) -> None:
    a_user(Role.STAF_SEKRETARIAT, MUARO_JAMBI)
    seen = streams(world, "sekretaris")
    assert {lines["own"], lines["open"], lines["sealed"], "kab:15.04"} <= seen
    assert not seen & {lines["far"], "kab:15.05", f"kab:{PASER}"}


def test_the_data_protection_officer_reads_up_to_the_own_class(world: World, lines: dict[str, str]) -> None:
    seen = streams(world, "pdp")
    assert {lines["open"], "kab:15.04"} <= seen
    assert not seen & {lines["own"], lines["sealed"], lines["far"]}


@pytest.mark.parametrize("name", ["staf", "polres", "camat", "fkdm", "provinsi", "admin", "bupati"])
def test_without_the_right_there_is_nothing_to_read(world: World, lines: dict[str, str], name: str) -> None:
    assert streams(world, name) == set()
    assert world.client(name).get(LIST).status_code in {302, 403}


def test_lines_of_the_installation_belong_to_no_region(world: World) -> None:
    a_user(Role.PENGAMAT_PROVINSI, "15")
    assert "pusat" in streams(world, "sekretaris")


def test_a_line_is_told_as_a_sentence_with_its_seal(world: World) -> None:
    line = add_note(case=world.case, text="Rapat di kantor camat", actor=world.people["staf"], now=NOW)
    page = world.client("sekretaris").get(f"{LIST}{line.pk}/change/").text
    for words in (
        "Catatan ditambahkan.",
        "Rapat di kantor camat",
        line.hash,
        line.previous_hash,
        world.case.number,
        "22 November 2026, 10.00 WIB",
    ):
        assert words in page


def test_a_line_out_of_reach_answers_like_none(world: World, lines: dict[str, str]) -> None:
    client = world.client("pdp")
    hidden = JournalLine.objects.filter(stream=lines["sealed"]).first()
    answers = [client.get(f"{LIST}{pk}/change/", follow=False) for pk in (hidden.pk, 987654)]
    assert len({(answer.status_code, answer.headers.get("Location")) for answer in answers}) == 1
    assert answers[0].status_code != 200


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("kejadian=note_added", 1),
        ("q=300/001", None),
        ("recorded_at_from=22-11-2026&recorded_at_to=22-11-2026", None),
        ("recorded_at_from=23-11-2026", 0),
    ],
)
def test_lines_are_found(world: World, query: str, wanted: int | None) -> None:
    add_note(case=world.case, text="Catatan", actor=world.people["staf"], now=NOW)
    found = world.client("sekretaris").get(f"{LIST}?{query}").context["cl"].result_list
    assert (len(found) == wanted) if wanted is not None else found


def test_nobody_writes_here(rf: object, world: World) -> None:
    request = rf.get(LIST)
    page = admin.site.get_model_admin(JournalLine)
    for user in world.people.values():
        request.user = user
        assert {ask(request) for ask in (page.has_add_permission, page.has_change_permission, page.has_delete_permission)} == {False}
    client = world.client("sekretaris")
    line = JournalLine.objects.filter(case=world.case).first()
    assert client.post(f"{LIST}{line.pk}/change/", {"event": "note_added"}).status_code == 403
    assert client.post(f"{LIST}{line.pk}/delete/", {"post": "yes"}).status_code == 403
    assert client.get(f"{LIST}add/").status_code == 403
