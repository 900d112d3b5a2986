"""Deadlines on the screen: the list by tabs, the page with its walk, the acts each with one form, data and print."""

from datetime import timedelta

import pytest
from django.test import Client

from konflik.clocks.models import Deadline
from konflik.clocks.tables import State
from konflik.desk.tables.deadlines import TABS, Tab
from konflik.law.events import Event
from tests.builders import DAY, HOUR, NOW, a_deadline, a_duty, happened
from tests.desk.conftest import World

ONE_HOUR_AGO = "2026-11-22T09:00"


@pytest.fixture
def status(world: World) -> Deadline:
    """A status declared 85 days ago: it ends soon, and its consultation is late."""
    happened(world.case, Event.STATUS_DECLARED, actor=world.people["staf"], at=NOW - 85 * DAY, now=NOW - 85 * DAY + HOUR)
    return Deadline.objects.get(case=world.case, rule="skk-berakhir")


@pytest.fixture
def oral(world: World) -> Deadline:
    """Help of the TNI asked for by word of mouth two hours ago."""
    return a_deadline(world.case, actor=world.people["staf"], at=NOW - 2 * HOUR)


def shown(client: Client, tab: str, **more: str) -> list[str]:
    return [row.deadline.rule for row in client.get("/tenggat/", {"keadaan": tab, **more}).context["rows"]]


@pytest.mark.parametrize("where", ["/tenggat/", "/admin/konflik/deadline/"])
def test_the_list_stands_in_both_houses(world: World, status: Deadline, where: str) -> None:
    page = world.client("staf").get(where, {"keadaan": "tenang"})
    assert page.status_code == 200
    assert "Status Keadaan Konflik berakhir" in page.text
    assert "24.00 WIB" in page.text
    assert "UU 7/2012 Pasal 22" in page.text


def test_each_deadline_stands_in_one_tab(world: World, status: Deadline, oral: Deadline) -> None:
    client = world.client("staf")
    assert "skk-konsultasi-perpanjangan" in shown(client, "lewat")
    assert "tni-permintaan-tertulis" in shown(client, "segera")
    assert "skk-berakhir" in shown(client, "tenang")
    listed = [
        rule for tab in ("lewat", "segera", "tenang", "ditangguhkan", "selesai") for rule in shown(client, tab, perkara=world.case.number)
    ]
    assert sorted(listed) == sorted(Deadline.objects.filter(case=world.case).values_list("rule", flat=True))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"aturan": "tni-permintaan-tertulis"}, True),
        ({"aturan": "skk-berakhir"}, False),
        ({"jabatan": "kepala_daerah"}, True),
        ({"jabatan": "kapolres"}, False),
        ({"wilayah": "bungku"}, True),
        ({"wilayah": "batanghari"}, True),
        ({"wilayah": "merangin"}, False),
        ({"q": "tertulis"}, True),
        ({"q": "tidak ada"}, False),
    ],
)
def test_each_filter_narrows(world: World, oral: Deadline, query: dict[str, str], found: bool) -> None:
    assert ("tni-permintaan-tertulis" in shown(world.client("staf"), "segera", **query)) is found


@pytest.mark.parametrize("query", ["aturan=tidak-ada", "jabatan=raja", "q=%00", "wilayah=%00"])
def test_an_unreadable_filter_is_refused_in_words(world: World, query: str) -> None:
    assert world.client("staf").get(f"/tenggat/?{query}").status_code == 400


@pytest.mark.parametrize("mark", ["x", "_", "99999999999999999999_1", "20261122T030000000000_999999999999999999999"])
def test_a_broken_mark_shows_the_first_page(world: World, mark: str) -> None:
    a_deadline(world.case, actor=world.people["staf"], at=NOW)
    client, tab = world.client("staf"), "/tenggat/?keadaan=segera"
    first, broken = client.get(tab), client.get(f"{tab}&sesudah={mark}")
    assert [row.deadline.pk for row in broken.context["rows"]] == [row.deadline.pk for row in first.context["rows"]] != []
    assert broken.context["page"].is_first


def test_pages_go_on_by_key(world: World) -> None:
    for minutes in range(25):
        a_deadline(world.case, actor=world.people["staf"], at=NOW - timedelta(minutes=minutes))
    client = world.client("staf")
    first = client.get("/tenggat/?keadaan=segera&aturan=tni-permintaan-tertulis")
    mark = first.context["page"].next
    second = client.get(f"/tenggat/?keadaan=segera&aturan=tni-permintaan-tertulis&sesudah={mark}")
    pages = [[row.deadline.pk for row in page.context["rows"]] for page in (first, second)]
    assert [len(page) for page in pages] == [20, 5]
    assert not set(pages[0]) & set(pages[1])
    elsewhere = client.get(f"/tenggat/?keadaan=selesai&sesudah={mark}")
    assert elsewhere.context["page"].is_first, "a mark of one order leads nowhere in another"
    tampered = client.get(f"/tenggat/?keadaan=segera&aturan=tni-permintaan-tertulis&sesudah={mark[:-1]}")
    assert [row.deadline.pk for row in tampered.context["rows"]] == pages[0]


@pytest.mark.parametrize("page", ["/tenggat/{pk}/", "/admin/konflik/deadline/{pk}/change/", "/tenggat/{pk}/cetak/"])
def test_the_page_explains_the_date(world: World, status: Deadline, page: str) -> None:
    told = world.client("staf").get(page.format(pk=status.pk)).text
    for words in ("UU 7/2012 Pasal 22", "24.00 WIB", "90 hari", "Status Keadaan Konflik ditetapkan", "Bupati"):
        assert words in told, words


def test_the_other_reading_stands_beside_the_safe_one(world: World, status: Deadline) -> None:
    consultation = Deadline.objects.get(case=world.case, rule="skk-konsultasi-perpanjangan")
    assert "Bacaan lain" in world.client("staf").get(f"/tenggat/{consultation.pk}/").text


def test_the_same_as_data(world: World, status: Deadline) -> None:
    data = world.client("staf").get(f"/tenggat/{status.pk}/data.json").json()
    assert data["ground"]["code"] == "skk-berakhir"
    assert len(data["steps"]) == 90
    assert data["trigger"]["hash"]


@pytest.mark.parametrize(("day", "code"), [("2026-11-22", 200), ("2026-01-01", 200), ("", 200), ("x", 400), ("9999-01-01", 400)])
def test_what_was_known_on_a_day(world: World, status: Deadline, day: str, code: int) -> None:
    page = world.client("staf").get(f"/tenggat/{status.pk}/", {"diketahui": day})
    assert page.status_code == code
    if day == "2026-01-01":
        assert "belum tercatat" in page.text


FORMS = {
    "penuhi": {"evidence": "Surat 12/2026", "on": ONE_HOUR_AGO},
    "tangguhkan": {"basis": "Surat 13/2026", "begins": ONE_HOUR_AGO},
    "batalkan": {"reason": "Permintaan ditarik"},
}
AFTER = {"penuhi": State.MET, "tangguhkan": State.SUSPENDED, "batalkan": State.CANCELLED}


@pytest.mark.parametrize("act", FORMS)
@pytest.mark.parametrize("house", ["/tenggat/{pk}/", "/admin/konflik/deadline/{pk}/"])
def test_each_act_is_one_form(world: World, oral: Deadline, act: str, house: str) -> None:
    address = f"{house.format(pk=oral.pk)}{act}/"
    client = world.client("staf")
    assert client.get(address).status_code == 200
    done = client.post(address, {"seen_version": oral.version, **FORMS[act]})
    assert done.status_code == 302
    oral.refresh_from_db()
    assert oral.state == AFTER[act]


def test_a_suspended_one_runs_again(world: World, oral: Deadline) -> None:
    client = world.client("staf")
    client.post(f"/tenggat/{oral.pk}/tangguhkan/", {"seen_version": oral.version, "basis": "Surat 13", "begins": "2026-11-22T08:30"})
    oral.refresh_from_db()
    assert "Ditangguhkan" in client.get(f"/tenggat/{oral.pk}/").text
    done = client.post(
        f"/tenggat/{oral.pk}/jalankan/", {"seen_version": oral.version, "basis": "Surat 14", "ends": ONE_HOUR_AGO}, follow=True
    )
    oral.refresh_from_db()
    assert oral.state == State.RUNNING
    assert "Jatuh tempo sekarang 23 November 2026, 08.30 WIB." in done.text


def test_an_extension_opens_the_further_deadline(world: World) -> None:
    duty = a_duty("kip-jawaban", actor=world.people["staf"], title="Permintaan informasi")
    first = Deadline.objects.get(thread=duty.thread)
    client = world.client("staf")
    done = client.post(f"/tenggat/{first.pk}/perpanjang/", {"seen_version": first.version, "reason": "Surat 15", "on": "2026-11-22T09:30"})
    assert done.status_code == 302
    assert set(Deadline.objects.filter(thread=duty.thread).values_list("rule", "state")) == {
        ("kip-jawaban", "extended"),
        ("kip-perpanjangan", "running"),
    }


@pytest.mark.parametrize(
    ("act", "wrong", "field"),
    [
        ("penuhi", {"evidence": ""}, "evidence"),
        ("penuhi", {"on": "2026-11-23T09:00"}, "on"),
        ("penuhi", {"on": "kemarin"}, "on"),
        ("tangguhkan", {"begins": "2026-11-01T09:00"}, "begins"),
        ("tangguhkan", {"basis": "x" * 201}, "basis"),
        ("batalkan", {"reason": " "}, "reason"),
    ],
)
def test_bad_input_is_refused_at_its_field(world: World, oral: Deadline, act: str, wrong: dict[str, str], field: str) -> None:
    page = world.client("staf").post(f"/tenggat/{oral.pk}/{act}/", {"seen_version": oral.version, **FORMS[act], **wrong})
    assert page.status_code == 400
    assert field in page.context["form"].errors
    oral.refresh_from_db()
    assert oral.state == State.RUNNING


def test_who_was_overtaken_keeps_what_was_typed(world: World, oral: Deadline) -> None:
    page = world.client("staf").post(f"/tenggat/{oral.pk}/penuhi/", {"seen_version": oral.version - 1, **FORMS["penuhi"]})
    assert page.status_code == 409
    assert "Surat 12/2026" in page.text
    assert f'name="seen_version" value="{oral.version}"' in page.text


def test_only_lawful_buttons_are_drawn(world: World, oral: Deadline, status: Deadline) -> None:
    client = world.client("staf")
    assert [one.name for one in client.get(f"/tenggat/{oral.pk}/").context["actions"]] == ["meet", "suspend", "cancel"]
    assert client.get(f"/tenggat/{status.pk}/").context["actions"] == []
    assert client.get(f"/tenggat/{oral.pk}/jalankan/").status_code == 400
    assert world.client("bupati").get(f"/tenggat/{oral.pk}/").context["actions"] == []
    assert world.client("bupati").get(f"/tenggat/{oral.pk}/penuhi/").status_code == 403


def test_the_case_its_tasks_and_the_day_show_it(world: World, oral: Deadline) -> None:
    title = "Permintaan tertulis bantuan TNI"
    assert title in world.client("staf").get(f"/perkara/{world.case.pk}/").text
    assert title in world.client("staf").get(f"/admin/konflik/case/{world.case.pk}/change/?bagian=tenggat").text
    assert title in world.client("bupati").get("/").text
    assert title in world.client("staf").get("/admin/").text


def test_what_may_not_be_seen_is_not_there(world: World, oral: Deadline) -> None:
    for name in ("asing", "admin"):
        assert world.client(name).get(f"/tenggat/{oral.pk}/").status_code == 404
        assert world.client(name).post(f"/tenggat/{oral.pk}/penuhi/", FORMS["penuhi"]).status_code == 404


@pytest.mark.parametrize("tab", TABS, ids=lambda tab: tab.name)
def test_each_tab_begins_with_what_matters_most(tab: Tab) -> None:
    """What is due soonest; of what stands still or is over the latest."""
    column = {"ditangguhkan": "-opened_at", "selesai": "-closed_at"}.get(tab.name, "due_at")
    assert tab.order.columns[0] == column
