"""The page of one case in the admin: tabs, lawful moves, only the acts that are open, the same services as the team pages."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest

from konflik.cases.models import Case
from konflik.cases.services.deciding import qualify_case, set_severity
from konflik.cases.services.facts import add_note
from konflik.desk.forms.actions import ACTION_BY_NAME, CASE_ACTIONS, CaseAction
from konflik.desk.selectors.history import PAGE
from konflik.desk.tables.office import ON_TOP, TABS
from konflik.journal.models import JournalLine
from konflik.law.figures import FigureSource, Measure
from konflik.law.qualifications import Qualification
from konflik.law.secrecy import Secrecy
from konflik.law.severity import Severity
from konflik.law.stages import STAGE_MOVES, Stage
from tests.builders import BUNGKU, HOUR, NOW, PASER, a_case, a_case_in, a_figure, a_party, an_activity, an_agreement
from tests.desk.acting import a_grant, address, sent
from tests.desk.conftest import World
from tests.reading import read

NAMES = [tab.name for tab in TABS]
NOWHERE = 987654
INPUT = re.compile(r"<(?:input|select|textarea)\b[^>]*\bname=\"([^\"]+)\"")


def base(case: Case | int) -> str:
    return f"/admin/konflik/case/{case if isinstance(case, int) else case.pk}/"


def page(world: World, tab: str = "", name: str = "sekretaris", case: Case | None = None) -> object:
    return world.client(name).get(f"{base(case or world.case)}change/", {"bagian": tab} if tab else {})


# Tabs ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tab", "words"),
    [
        (
            "ringkasan",
            ["Menunggu pada perkara ini", "Penyekatan simpang", "Keterangan perkara", "UU 7/2012 Pasal 5 huruf d", "Ubah data perkara"],
        ),
        ("kronologi", ["Warga memasang portal di jalan kebun."]),
        ("pihak", ["Warga simpang", "Jalan ditutup", "Debu masuk rumah", "Sopir angkutan", "Catat pihak"]),
        ("angka", ["Rumah rusak", "Polres/Polsek", "Tambah angka", "tidak dijumlahkan"]),
        ("kegiatan", ["Penyekatan simpang", "tahap sekarang", "Rencanakan kegiatan"]),
        ("kesepakatan", ["Kesepakatan damai", "Portal dibuka", "Catat kesepakatan"]),
        ("dokumen", ["Foto simpang", "foto.jpg", "Lampirkan dokumen"]),
        ("riwayat", ["Perkara 300/001/TIMDU/2026 dibuka", "Perpindahan tahap", "Perbaiki catatan", "Batalkan perpindahan ini"]),
        ("akses", ["Belum ada akses khusus", "Berikan akses"]),
    ],
)
def test_each_tab_shows_its_part(world: World, tab: str, words: list[str]) -> None:
    response = page(world, tab)
    assert response.context["tab"].name == tab
    assert [word for word in words if word not in response.text] == []


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("", "ringkasan"),
        ("entah", "ringkasan"),
        ("atas", "ringkasan"),
        ("hubungan", "ringkasan"),
        ("kesepakatan", "kesepakatan"),
    ],
)
def test_parts_of_acts_lead_to_their_tab(world: World, asked: str, given: str) -> None:
    assert page(world, asked).context["tab"].name == given


def test_every_act_returns_to_a_tab_that_exists() -> None:
    known = set(NAMES) | {part for tab in TABS for part in tab.parts}
    assert {action.part for action in CASE_ACTIONS} <= known
    assert set(ON_TOP) <= set(ACTION_BY_NAME)


def test_access_is_a_tab_only_for_whoever_gives_it(world: World) -> None:
    a_grant(world)
    assert "provinsi" in page(world, "akses").text
    response = page(world, "akses", "staf")
    assert response.context["tab"].name == "ringkasan"
    assert "bagian=akses" not in response.text


def test_the_history_is_read_page_by_page(world: World) -> None:
    for index in range(PAGE + 5):
        add_note(case=world.case, text=f"Catatan ke-{index}", actor=world.people["staf"], now=NOW)
    first = page(world, "riwayat").context["page"]
    assert len(first.items) == PAGE
    second = world.client("staf").get(f"{base(world.case)}change/", {"bagian": "riwayat", "sebelum": first.older}).context["page"]
    shown = [item.line.pk for item in (*first.items, *second.items)]
    assert len(shown) == len(set(shown)) == JournalLine.objects.filter(case=world.case).count()


# Buttons -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stage", list(Stage))
def test_a_button_for_every_lawful_move_and_for_no_other(world: World, stage: Stage) -> None:
    case = a_case_in(stage, actor=world.people["staf"], title=f"Perkara {stage}")
    text = page(world, case=case).text
    drawn = set(re.findall(rf"{base(case)}pindah/(\w+)/", text))
    assert drawn == {str(move.target) for move in STAGE_MOVES.moves_from(stage)}


def links(world: World, name: str, case: Case) -> set[str]:
    """Every act that the tabs offer."""
    text = "".join(page(world, tab, name, case).text for tab in NAMES)
    return set(re.findall(rf'href="{base(case)}([^"?]+)', text)) - {"change/"}


def test_only_acts_that_are_open_are_offered_and_every_offer_leads_somewhere(world: World) -> None:
    a_grant(world)
    for name in ("staf", "sekretaris"):
        client = world.client(name)
        offered = links(world, name, world.case)
        assert offered
        for path in offered:
            response = client.get(f"{base(world.case)}{path}")
            if response.streaming:
                assert b"".join(response.streaming_content)
            assert (path, response.status_code) == (path, 200)
    assert "kualifikasi/" in links(world, "sekretaris", world.case)
    assert "kualifikasi/" not in links(world, "staf", world.case)


def test_a_grant_opens_the_page_without_a_single_act(world: World) -> None:
    from_far = world.people["asing"]
    grant = a_grant(world)
    type(grant).objects.filter(pk=grant.pk).update(user=from_far)
    assert links(world, "asing", world.case) == {f"dokumen/{world.document.pk}/"}
    for action in CASE_ACTIONS:
        assert world.client("asing").get(in_admin(world, action)).status_code == 403


def test_the_page_itself_has_no_field_to_fill_in(world: World) -> None:
    for tab in NAMES:
        assert set(INPUT.findall(page(world, tab).text)) <= {"csrfmiddlewaretoken", "s"}


def test_the_generic_form_of_django_is_not_there(world: World) -> None:
    client = world.client("sekretaris")
    before = Case.objects.filter(pk=world.case.pk).values().get()
    assert client.post(f"{base(world.case)}change/", {"title": "Lain", "stage": "selesai"}).status_code == 405
    assert client.get(f"{base(world.case)}").status_code == 404
    assert Case.objects.filter(pk=world.case.pk).values().get() == before


# Acts ----------------------------------------------------------------------------------------------------------------


def in_admin(world: World, action: CaseAction, case: Case | None = None) -> str:
    return address(world, action, case=case).replace("/perkara/", "/admin/konflik/case/")


@pytest.mark.parametrize("action", CASE_ACTIONS, ids=lambda action: action.name)
def test_every_act_can_be_done_here_and_returns_to_its_tab(world: World, action: CaseAction) -> None:
    client = world.client("sekretaris")
    path = in_admin(world, action)
    form = client.get(path)
    assert form.status_code == 200
    assert "nav-sidebar" in form.text
    assert "Lembar Harian" in form.text
    lines = JournalLine.objects.count()
    done = client.post(path, sent(world, action))
    assert done.status_code == 302, done.text
    assert done["Location"] == f"{base(world.case)}change/?bagian={action.part}"
    assert JournalLine.objects.count() > lines
    assert "Tersimpan." in client.get(done["Location"]).text


def test_a_missing_fact_is_refused_at_its_field_with_the_article(world: World) -> None:
    response = world.client("staf").post(f"{base(world.case)}pindah/pemulihan/", {"seen_version": world.case.version})
    assert response.status_code == 400
    errors = response.context["form"].errors
    assert set(errors) == {"violence_stopped_at", "security_statement"}
    assert "UU 7/2012 Pasal 36 ayat (1)" in errors["violence_stopped_at"][0]
    world.case.refresh_from_db()
    assert world.case.stage == Stage.PENGHENTIAN


def test_two_people_at_once_see_both_values(world: World) -> None:
    client = world.client("staf")
    sent_first = {**sent(world, ACTION_BY_NAME["amend"]), "title": "Judul pertama"}
    assert client.post(f"{base(world.case)}ubah/", sent_first).status_code == 302
    overtaken = client.post(f"{base(world.case)}ubah/", {**sent_first, "title": "Judul kedua"})
    assert overtaken.status_code == 409
    assert "Judul pertama" in overtaken.text
    assert "Judul kedua" in overtaken.text


# Opening -------------------------------------------------------------------------------------------------------------

NEW = {
    "title": "Sengketa pasar",
    "places": BUNGKU,
    "opened_at": "2026-11-22T08:00",
    "source": "a",
    "chronology": "Pedagang menutup jalan.",
    "secrecy": "2",
    "severity": "1",
    "qualification": "potensi",
    "stage": "pencegahan",
}


def opened(world: World, name: str = "staf", **told: str) -> object:
    return world.client(name).post("/admin/konflik/case/add/", {**NEW, "issue_type": world.case.issue_type_id, **told})


def test_a_case_is_opened_here(world: World) -> None:
    response = opened(world, other_1="15.05")
    case = Case.objects.get(title="Sengketa pasar")
    assert response["Location"].startswith(f"{base(case)}change/")
    assert sorted(case.places.values_list("region_id", flat=True)) == [BUNGKU, "15.05"]


def test_a_running_case_is_entered_mid_way(world: World) -> None:
    opened(world, opened_at="2024-03-01T08:00", stage="penghentian", stage_since="2024-04-01T08:00")
    case = Case.objects.get(title="Sengketa pasar")
    assert (case.stage, case.is_late_entry, case.stage_since.month) == ("penghentian", True, 4)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("secrecy", "4"),
        ("places", PASER),
        ("places", "tidakada"),
        ("opened_at", "2026-11-23T08:00"),
        ("title", ""),
        ("source", "z"),
        ("chronology", ""),
    ],
)
def test_a_bad_opening_is_refused_at_its_field(world: World, field: str, value: str) -> None:
    before = Case.objects.count()
    response = opened(world, **{field: value})
    assert response.status_code == 400
    assert field in response.context["form"].errors
    assert Case.objects.count() == before


def test_who_may_not_open_gets_no_form(world: World) -> None:
    assert world.client("pdp").get("/admin/konflik/case/add/").status_code == 403
    assert world.client("admin").get("/admin/konflik/case/add/").status_code == 403


# What may not be seen ------------------------------------------------------------------------------------------------


def test_opening_a_sealed_case_leaves_one_line_a_day(world: World) -> None:
    sealed = a_case(actor=world.people["sekretaris"], title="Tertutup", secrecy=Secrecy.RAHASIA)
    for tab in NAMES:
        page(world, tab, "staf", sealed)
    read = JournalLine.objects.filter(event="sealed_case_read", case=sealed)
    assert [line.actor for line in read] == [world.people["staf"]]


# Budget --------------------------------------------------------------------------------------------------------------


@pytest.fixture
def full(world: World) -> World:
    """Much of everything on one case."""
    staff = world.people["staf"]
    for index in range(12):
        a_party(world.case, f"Pihak {index}", actor=staff)
        an_activity(world.case, actor=staff, title=f"Kegiatan {index}")
        a_figure(world.case, actor=staff, measure=list(Measure)[index], source=FigureSource.DINSOS)
        add_note(case=world.case, text=f"Catatan {index}", actor=staff, now=NOW)
    an_agreement(world.case, actor=staff, title="Kesepakatan kedua")
    a_grant(world)
    return world


@pytest.mark.parametrize(
    "path", [*(f"change/?bagian={tab}" for tab in NAMES), "pindah/pemulihan/", "kesepakatan-baru/", "ubah/", "cetak/", "riwayat/"]
)
def test_no_page_of_a_case_asks_more_than_thirty_times(full: World, path: str, django_assert_max_num_queries: Callable) -> None:
    client = full.client("sekretaris")
    client.get(f"{base(full.case)}{path}")
    with django_assert_max_num_queries(30):
        assert client.get(f"{base(full.case)}{path}").status_code == 200


def test_links_stay_in_the_admin(world: World) -> None:
    for tab in NAMES:
        found = re.findall(r'href="(/[^"]*)"', page(world, tab).text)
        outside = {urlsplit(link).path for link in found if link.startswith("/perkara/")}
        assert outside == set()


def test_how_a_case_was_judged_stands_with_day_decider_and_reason_the_newest_first(world: World) -> None:
    case, boss = Case.objects.get(pk=world.case.pk), world.people["sekretaris"]
    told = {"actor": boss, "now": NOW}
    case = set_severity(case=case, seen_version=case.version, level=Severity.HIGH, since=NOW - HOUR, reason="Dua desa bersiaga", **told)
    qualify_case(
        case=case,
        seen_version=case.version,
        qualification=Qualification.KONFLIK,
        decided_by="Rapat Tim Terpadu",
        decided_at=NOW - HOUR / 2,
        reason="Benturan fisik antarkelompok",
        **told,
    )
    page = read(world.client("sekretaris").get(f"/admin/konflik/case/{case.pk}/change/").text)
    story = page[page.index("Riwayat penilaian") :]
    expected = ("Rapat Tim Terpadu", "Benturan fisik antarkelompok", "Kerawanan tinggi", "Dua desa bersiaga")
    places = [story.index(words) for words in expected]
    assert places == sorted(places)
