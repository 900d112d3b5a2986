"""Lembar Harian: every number lies within what the reader may see, and an empty house says what to do next."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import override_settings

from accounts.postings.models import Posting
from accounts.postings.tables import Role
from forums.bodies.models import Body
from konflik.cases.models import Case
from konflik.cases.services.assigning import assign_handler
from konflik.desk.selectors import daily
from konflik.desk.tables.bars import bars
from konflik.law.secrecy import Secrecy
from konflik.law.stages import STAGE_LABELS, Stage
from konflik.stages.services.activities import update_activity
from konflik.stages.services.agreements import Term
from tests.builders import BATANGHARI, DAY, MUARO_JAMBI, NOW, PASER, a_case, a_case_in, an_activity, an_agreement, moved, region
from tests.desk.conftest import World
from tests.status.building import a_status, a_troubled_case

TODAY = date(2026, 11, 22)


def context(world: World, name: str = "staf") -> dict:
    response = world.client(name).get("/admin/")
    assert response.status_code == 200
    return response.context


def test_cases_are_counted_within_what_one_sees(world: World) -> None:
    staff, boss, far = (world.people[name] for name in ("staf", "sekretaris", "asing"))
    a_case(actor=staff, title="Baru")
    a_case(actor=staff, title="Lama", opened_at=NOW - 8 * DAY)
    a_case(actor=boss, title="Sangat rahasia", secrecy=Secrecy.SANGAT_RAHASIA)
    a_case(actor=far, title="Di Paser", at=(PASER,))
    a_case_in(Stage.SELESAI, actor=staff, title="Damai")
    for name, more in (("staf", 0), ("sekretaris", 1)):
        top = context(world, name)["overview"]
        assert top.by_stage == {Stage.PENCEGAHAN: 2 + more, Stage.PENGHENTIAN: 1, Stage.PEMULIHAN: 0}
        assert (top.running, top.new, top.unassigned) == (3 + more, 2 + more, 3 + more)
        assert (top.opened_this_year, top.closed_this_year) == (4 + more, 1)


@pytest.mark.parametrize(("days", "is_stuck"), [(13, False), (14, False), (15, True)])
def test_a_case_without_news_is_stuck_after_the_days_of_the_setting(world: World, days: int, is_stuck: bool) -> None:
    Case.objects.filter(pk=world.case.pk).update(updated_at=NOW - timedelta(days=days))
    assert context(world)["overview"].stuck == int(is_stuck)
    with override_settings(STUCK_DAYS=days + 1):
        assert context(world)["overview"].stuck == 0


def test_a_closed_case_is_never_stuck_nor_without_handler(world: World) -> None:
    closed = a_case_in(Stage.SELESAI, actor=world.people["staf"], title="Damai")
    Case.objects.filter(pk=closed.pk).update(updated_at=NOW - 99 * DAY)
    assign_handler(
        case=world.case,
        seen_version=world.case.version,
        handler=None,
        institution=world.polres,
        reason="Tugas",
        actor=world.people["staf"],
        now=NOW,
    )
    top = context(world)["overview"]
    assert (top.stuck, top.unassigned) == (0, 0)


def due(world: World, name: str = "staf") -> list[tuple[str, int]]:
    rows = context(world, name)["pressing"]
    return [(row.deadline.title.partition(": ")[2] or row.deadline.title, (row.deadline.last_day - TODAY).days) for row in rows]


def test_what_is_due_stands_in_order_with_its_basis_and_whose_it_is(world: World) -> None:
    staff = world.people["staf"]
    for title, end in (("Tiga hari lagi", 3), ("Minggu depan", 7), ("Kemarin", -1)):
        an_activity(world.case, actor=staff, title=title, planned_end=TODAY + timedelta(days=end))
    an_agreement(world.case, actor=staff, title="Damai pasar", terms=[Term("Pasar dibuka", due_on=TODAY + timedelta(days=2))])
    assert due(world) == [("Penyekatan simpang", -2), ("Kemarin", -1), ("Pasar dibuka", 2), ("Tiga hari lagi", 3)]
    first = context(world)["pressing"][0]
    assert (first.who, first.due.exact) == ("Polres Batanghari", "20 November 2026, 24.00 WIB")


def test_the_numbers_on_top_are_those_of_the_tabs_of_the_list(world: World) -> None:
    for end in (-1, 0, 3, 4):
        an_activity(world.case, actor=world.people["staf"], planned_end=TODAY + timedelta(days=end))
    on_top = {tab.name: number for tab, number in context(world)["clock_numbers"]}
    listed = world.client("staf").get("/tenggat/").context["tabs"]
    assert on_top == {tab.name: number for tab, number, _ in listed if tab.name in on_top} == {"lewat": "2", "segera": "2"}


def test_a_status_in_force_stands_on_top_for_those_who_may_see_its_case(world: World) -> None:
    status = a_status(a_troubled_case(actor=world.people["staf"], title="Bentrok"), actor=world.people["staf"])
    for name in ("staf", "sekretaris"):
        assert [one.status for one in context(world, name)["statuses"]] == [status]
    assert "Bentrok" in world.client("bupati").get("/").context["statuses"][0].status.case.title
    assert world.client("asing").get("/").context["statuses"] == []


def test_what_is_done_closed_or_elsewhere_is_not_due(world: World) -> None:
    staff, far = world.people["staf"], world.people["asing"]
    done = an_activity(world.case, actor=staff, title="Sudah", planned_end=TODAY)
    update_activity(activity=done, seen_version=1, changes={"status": "selesai"}, actor=staff, now=NOW)
    closed = a_case(actor=staff, title="Ditutup")
    an_activity(closed, actor=staff, title="Tidak perlu lagi", planned_end=TODAY)
    moved(closed, Stage.SELESAI, actor=staff)
    elsewhere = a_case(actor=far, title="Di Paser", at=(PASER,))
    an_activity(elsewhere, actor=far, title="Di Paser", planned_end=TODAY)
    sealed = a_case(actor=world.people["sekretaris"], title="Tertutup", secrecy=Secrecy.SANGAT_RAHASIA)
    an_activity(sealed, actor=world.people["sekretaris"], title="Diam-diam", planned_end=TODAY)
    assert [what for what, _ in due(world)] == ["Penyekatan simpang"]
    assert [what for what, _ in due(world, "sekretaris")] == ["Penyekatan simpang", "Diam-diam"]


def test_cases_per_kecamatan_and_stage(world: World) -> None:
    staff = world.people["staf"]
    a_case(actor=staff, title="Dua kecamatan", at=("15.04.07", "15.04.03"))
    a_case(actor=staff, title="Sekabupaten", at=(BATANGHARI,))
    found = {bar.label: dict(bar.numbers) for bar in daily.per_kecamatan(staff, at=NOW)}
    none = dict.fromkeys(daily.RUNNING, 0)
    assert found == {
        "Bajubang": {**none, Stage.PENCEGAHAN: 1, Stage.PENGHENTIAN: 1},
        region("15.04.03").name: {**none, Stage.PENCEGAHAN: 1},
        daily.WITHOUT_KECAMATAN: {**none, Stage.PENCEGAHAN: 1},
    }


def test_bars_start_at_zero_share_one_scale_and_say_their_sum() -> None:
    drawn = bars(
        [("A", {"pencegahan": 6, "penghentian": 2}), ("B", {"pencegahan": 0, "penghentian": 4})],
        {s.value: v for s, v in STAGE_LABELS.items()},
    )
    assert [(piece.start, piece.width) for piece in drawn[0].pieces] == [(0, 75), (75, 25)]
    assert [(piece.start, piece.width, piece.number) for piece in drawn[1].pieces] == [(0, 50, 4)]
    assert [bar.total for bar in drawn] == [8, 4]
    assert bars([], {}) == []


def a_body(at: str, until: date | None) -> Body:
    return Body.objects.create(
        kind="forkopimda",
        name=f"Forkopimda {at}",
        region=region(at),
        legal_basis="UU 23/2014",
        valid_from=date(2024, 1, 1),
        valid_until=until,
    )


@pytest.mark.parametrize(("days", "is_near"), [(60, True), (61, False), (0, True), (-3, True)])
def test_decrees_that_end_soon_in_the_own_region(world: World, days: int, is_near: bool) -> None:
    a_body(BATANGHARI, TODAY + timedelta(days=days))
    a_body(MUARO_JAMBI, TODAY)
    assert [row.label for row in context(world)["decrees"]] == ["Forkopimda 15.04"] * is_near
    badges = {item["title"]: item.get("badge") for group in context(world)["sidebar_navigation"] for item in group["items"]}
    assert badges["Forum"] == ("1" if is_near else None)


@pytest.mark.parametrize(("days", "is_near"), [(30, True), (31, False), (0, True), (-1, False)])
def test_postings_that_end_soon(world: World, days: int, is_near: bool) -> None:
    Posting.objects.filter(user=world.people["polres"]).update(valid_until=TODAY + timedelta(days=days))
    assert [row.label for row in context(world)["postings"]] == ["polres, Anggota tim"] * is_near


def test_the_last_lines_tell_only_what_one_may_see(world: World) -> None:
    a_case(actor=world.people["sekretaris"], title="Tertutup", secrecy=Secrecy.SANGAT_RAHASIA)
    a_case(actor=world.people["asing"], title="Di Paser", at=(PASER,))
    assert {happened.item.line.case_id for happened in context(world)["lines"]} == {world.case.pk}
    assert "R-300/001" not in world.client("staf").get("/admin/").text
    assert "R-300/001" in world.client("sekretaris").get("/admin/").text


@pytest.mark.parametrize("name", ["pdp", "admin"])
def test_who_may_not_see_cases_gets_no_number_of_them(world: World, name: str) -> None:
    shown = context(world, name)
    assert "overview" not in shown
    assert "Perkara berjalan" not in world.client(name).get("/admin/").text


def test_the_day_is_written_out(world: World) -> None:
    page = world.client("staf").get("/admin/").text
    assert "Minggu, 22 November 2026" in page
    assert "4 hal perlu dilihat" not in page
    assert f"{context(world)['to_do']} hal perlu dilihat" in page


@pytest.mark.parametrize("many", [1, 25])
def test_the_page_asks_the_database_equally_often(world: World, many: int, django_assert_max_num_queries: Callable) -> None:
    staff = world.people["staf"]
    for index in range(many):
        case = a_case(actor=staff, title=f"Perkara {index}", at=("15.04.07", "15.04.03"))
        an_activity(case, actor=staff, planned_end=TODAY)
        an_agreement(case, actor=staff, terms=[Term("Butir", due_on=TODAY)])
        a_body(BATANGHARI, TODAY) if index == 0 else None
        Case.objects.filter(pk=case.pk).update(updated_at=NOW - 20 * DAY)
    client = world.client("staf")
    client.get("/admin/")
    with django_assert_max_num_queries(30):
        client.get("/admin/")


def test_the_demo_is_marked(world: World) -> None:
    with override_settings(DEMO=True):
        assert "Data contoh" in world.client("staf").get("/admin/").text
    with override_settings(DEMO=False):
        world_client = world.client("fkdm")
        assert "Data contoh" not in world_client.get("/admin/").text


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        (
            "staf",
            (
                "Lembar Harian, Perkara, Tenggat, Kewajiban lain, Statistik, Kotak keluar, Forum, Kedudukan, Pengguna, Penugasan, "
                "Instansi, Wilayah, Jenis isu"
            ),
        ),
        (
            "sekretaris",
            (
                "Lembar Harian, Perkara, Tenggat, Kewajiban lain, Statistik, Kotak keluar, Forum, Kedudukan, Pengguna, Penugasan, "
                "Instansi, Kunci API, Langganan kejadian, Wilayah, Riwayat, Pengumuman, Jenis isu, Hari libur, Kebijakan tenggat"
            ),
        ),
        ("pdp", "Lembar Harian, Tenggat, Kewajiban lain, Pengguna, Penugasan, Wilayah, Riwayat, Jenis isu"),
        (
            "admin",
            (
                "Lembar Harian, Forum, Kedudukan, Pengguna, Penugasan, Instansi, Kunci API, Langganan kejadian, Wilayah, Pengumuman, "
                "Jenis isu, Hari libur, Kebijakan tenggat, Langkah penyiapan, Kop surat & surel, Pesan singkat"
            ),
        ),
    ],
)
def test_the_menu_offers_what_one_may_open(world: World, name: str, wanted: str) -> None:
    client = world.client(name)
    entries = [item for group in client.get("/admin/").context["sidebar_navigation"] for item in group["items"]]
    assert ", ".join(entry["title"] for entry in entries) == wanted
    assert {client.get(entry["link"]).status_code for entry in entries} <= {200, 302}


def test_the_menu_counts_running_cases(world: World) -> None:
    badges = {item["title"]: item.get("badge") for group in context(world)["sidebar_navigation"] for item in group["items"]}
    assert badges["Perkara"] == "1"


def test_roles_outside_do_not_come_in(world: World) -> None:
    for role in (Role.KEPALA_DAERAH, Role.ANGGOTA_TIM):
        name = {Role.KEPALA_DAERAH: "bupati", Role.ANGGOTA_TIM: "polres"}[role]
        assert world.client(name).get("/admin/").status_code in {302, 403}
