"""The list of cases in the admin: who sees what, tabs, filters, search, export; nothing is saved or deleted there."""

import copy
from collections.abc import Callable, Iterator
from datetime import timedelta
from unittest import mock
from urllib.parse import urlencode

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import NoReverseMatch, reverse
from pytest_django import DjangoDbBlocker

from accounts.postings.tables import Role
from konflik.cases.admin import paging
from konflik.cases.models import Case, IssueType
from konflik.cases.services.access import grant_access
from konflik.cases.services.assigning import assign_handler
from konflik.desk.filters.cases import CaseFilterForm
from konflik.journal.models import JournalLine
from konflik.law.secrecy import Secrecy
from konflik.law.severity import Severity
from konflik.law.sources import Source
from konflik.law.stages import Stage
from tests.budgets import FRAME
from tests.builders import (
    BAJUBANG,
    BATANGHARI,
    BUNGKU,
    DAY,
    MUARO_JAMBI,
    NOW,
    PASER,
    a_case,
    a_case_in,
    a_party,
    a_user,
    an_institution,
    an_issue,
)
from tests.standing import standing

pytestmark = pytest.mark.django_db
LIST = "/admin/konflik/case/"


@pytest.fixture(autouse=True)
def _clock():
    with mock.patch("django.utils.timezone.now", return_value=NOW):
        yield


def client_of(role: Role, at: str = BATANGHARI) -> Client:
    client = Client()
    client.force_login(a_user(role, at))
    return client


def shown(client: Client, **query: str) -> set[str]:
    """The titles on the page."""
    response = client.get(f"{LIST}?{urlencode(query)}")
    assert response.status_code == 200, response.status_code
    return {case.title for case in response.context["cl"].result_list}


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, Case]]:
    """Cases that differ in everything one can filter by."""
    with standing(django_db_blocker, build) as made:
        yield made


@pytest.fixture
def cases(built: dict[str, Case], db: None) -> dict[str, Case]:
    return copy.deepcopy(built)


def build() -> dict[str, Case]:
    """Eight of them, by a short name."""
    staff, boss, far = a_user(), a_user(Role.SEKRETARIS_TIM), a_user(Role.SEKRETARIS_TIM, PASER)
    made = {
        "lahan": a_case(actor=staff, title="Lahan plasma", at=(BUNGKU,)),
        "batas": a_case(
            actor=staff, title="Batas desa", at=(BAJUBANG, MUARO_JAMBI), source=Source.BATAS_WILAYAH, issue_type=an_issue("batas")
        ),
        "lama": a_case(actor=staff, title="Perkara lama", at=(BATANGHARI,), opened_at=NOW - timedelta(days=700), severity=Severity.HIGH),
        "rahasia": a_case(actor=boss, title="Perkara rahasia", secrecy=Secrecy.RAHASIA),
        "sangat": a_case(actor=boss, title="Sangat rahasia", secrecy=Secrecy.SANGAT_RAHASIA),
        "paser": a_case(actor=far, title="Di Paser", at=(PASER,)),
        "henti": a_case_in(Stage.PENGHENTIAN, actor=staff, title="Kekerasan pasar"),
        "selesai": a_case_in(Stage.SELESAI, actor=staff, title="Sudah damai"),
    }
    a_party(made["lahan"], "PT Kebun Makmur", actor=staff)
    assign_handler(case=made["lahan"], seen_version=1, handler=None, institution=an_institution(), reason="Tugas", actor=staff, now=NOW)
    Case.objects.filter(pk=made["lama"].pk).update(updated_at=NOW - timedelta(days=15))
    return made


OWN = {"Lahan plasma", "Batas desa", "Perkara lama", "Perkara rahasia", "Kekerasan pasar", "Sudah damai"}


@pytest.mark.parametrize(
    ("role", "at", "wanted"),
    [
        (Role.STAF_SEKRETARIAT, BATANGHARI, OWN),
        (Role.SEKRETARIS_TIM, BATANGHARI, OWN | {"Sangat rahasia"}),
        (Role.STAF_SEKRETARIAT, MUARO_JAMBI, {"Batas desa"}),
        (Role.SEKRETARIS_TIM, PASER, {"Di Paser"}),
    ],
)
def test_each_role_sees_its_own_cases(cases: dict[str, Case], role: Role, at: str, wanted: set[str]) -> None:
    assert shown(client_of(role, at)) == wanted


@pytest.mark.parametrize("role", [Role.PETUGAS_PDP, Role.ADMINISTRATOR_SISTEM])
def test_who_may_enter_but_not_see_cases_is_refused(cases: dict[str, Case], role: Role) -> None:
    client = client_of(role)
    assert client.get(LIST).status_code == 403
    assert client.get(f"{LIST}unduh/csv/").status_code == 403
    assert "Perkara" not in [entry["title"] for group in client.get("/admin/").context["sidebar_navigation"] for entry in group["items"]]


@pytest.mark.parametrize("role", [Role.KEPALA_DAERAH, Role.ANGGOTA_TIM])
def test_who_may_not_enter_the_admin_is_turned_away(cases: dict[str, Case], role: Role) -> None:
    assert client_of(role).get(LIST).status_code in {302, 403}


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ({"stage": "pencegahan"}, {"Lahan plasma", "Batas desa", "Perkara lama", "Perkara rahasia"}),
        ({"stage": "penghentian"}, {"Kekerasan pasar"}),
        ({"stage": "selesai"}, {"Sudah damai"}),
        ({"attention": "macet"}, {"Perkara lama"}),
        ({"attention": "baru"}, OWN - {"Perkara lama"}),
        ({"attention": "tanpa-penanggung-jawab"}, OWN - {"Lahan plasma", "Sudah damai"}),
        ({"attention": "susulan"}, {"Perkara lama"}),
        ({"attention": "entah"}, OWN),
        ({"source": "c"}, {"Batas desa"}),
        ({"issue_type": "batas"}, {"Batas desa"}),
        ({"severity": "high"}, {"Perkara lama"}),
        ({"secrecy": "rahasia"}, {"Perkara rahasia"}),
        ({"secrecy": "sangat_rahasia"}, set()),
        ({"place": BUNGKU}, OWN - {"Batas desa", "Perkara lama"}),
        ({"place": BAJUBANG}, OWN - {"Perkara lama"}),
        ({"place": BATANGHARI}, OWN),
        ({"place": "15"}, OWN),
        ({"place": MUARO_JAMBI}, {"Batas desa"}),
        ({"place": PASER}, set()),
        ({"place": "99.99"}, set()),
        ({"place": "1.2.3.4.5"}, set()),
        ({"place": "bajubang"}, set()),
        ({"year": "2024"}, {"Perkara lama"}),
        ({"year": "kemarin"}, OWN),
        ({"opened_at_from": "01-01-2024", "opened_at_to": "31-12-2025"}, {"Perkara lama"}),
        ({"opened_at_from": "22-11-2026"}, OWN - {"Perkara lama"}),
        ({"opened_at_to": "21-11-2026"}, {"Perkara lama"}),
        ({"opened_at_to": "besok"}, OWN),
        ({"q": "plasma"}, {"Lahan plasma"}),
        ({"q": "kebun makmur"}, {"Lahan plasma"}),
        ({"q": "PASAR kekerasan"}, {"Kekerasan pasar"}),
        ({"q": "300/002"}, {"Batas desa"}),
        ({"q": "R-300"}, {"Perkara rahasia"}),
        ({"q": "Paser"}, set()),
        ({"q": "lahan", "stage": "selesai"}, set()),
    ],
    ids=lambda value: urlencode(value) if isinstance(value, dict) else "",
)
def test_the_list_is_narrowed(cases: dict[str, Case], query: dict[str, str], wanted: set[str]) -> None:
    assert shown(client_of(Role.STAF_SEKRETARIAT), **query) == wanted


@pytest.mark.parametrize(
    "query",
    [
        "stage=pencegahan",
        "source=c",
        "issue_type=batas",
        "severity=high",
        "secrecy=rahasia",
        "year=2024",
        f"place={BAJUBANG}",
        "q=kebun+makmur",
    ],
)
def test_the_admin_the_page_and_the_api_narrow_by_the_same_words(cases: dict[str, Case], query: str) -> None:
    client = client_of(Role.STAF_SEKRETARIAT)
    told = {row["title"] for row in client.get(f"/api/v1/cases/?{query}").json()["results"]}
    assert told
    assert told == {case.title for case in client.get(f"{LIST}?{query}").context["cl"].result_list}
    if query.partition("=")[0] in CaseFilterForm.base_fields:
        assert told == {case.title for case in client.get(f"/perkara/?{query}").context["page"].rows}


def test_the_day_of_a_range_is_the_local_day(cases: dict[str, Case]) -> None:
    Case.objects.filter(pk=cases["lahan"].pk).update(opened_at=NOW.replace(hour=0, minute=30) - DAY)
    assert "Lahan plasma" in shown(client_of(Role.STAF_SEKRETARIAT), opened_at_from="21-11-2026", opened_at_to="21-11-2026")


@pytest.mark.parametrize("query", ["severity=tinggi", "source=zz", "p=abc", "o=99", "stage=", "nonsense=1", "place__x=1"])
def test_bad_input_is_no_error(cases: dict[str, Case], query: str) -> None:
    assert client_of(Role.STAF_SEKRETARIAT).get(f"{LIST}?{query}", follow=True).status_code == 200


@pytest.mark.parametrize("name", ["q", "place", "stage", "issue_type", "opened_at_from", "attention", "o"])
def test_a_nul_in_the_address_is_a_bad_request(cases: dict[str, Case], name: str) -> None:
    response = client_of(Role.STAF_SEKRETARIAT).get(f"{LIST}?{name}=%00")
    assert response.status_code == 400
    assert 'lang="id"' in response.text


def test_tabs_keep_the_other_filters_and_mark_the_open_one(cases: dict[str, Case]) -> None:
    client = client_of(Role.STAF_SEKRETARIAT)
    tabs = client.get(f"{LIST}?place={BUNGKU}&stage=selesai&q=damai&p=1").context["list_tabs"]
    assert [tab.label for tab in tabs] == ["Semua", "Pencegahan", "Penghentian", "Pemulihan", "Selesai", "Macet"]
    assert [tab.label for tab in tabs if tab.is_current] == ["Selesai"]
    assert tabs[0].query == f"?place={BUNGKU}&q=damai"
    assert tabs[5].query == f"?attention=macet&place={BUNGKU}&q=damai"
    assert [tab.label for tab in client.get(LIST).context["list_tabs"] if tab.is_current] == ["Semua"]


def test_a_row_says_number_stage_place_source_class_and_late_entry(cases: dict[str, Case]) -> None:
    page = client_of(Role.STAF_SEKRETARIAT).get(f"{LIST}?q=lama").text
    case = cases["lama"]
    for words in (
        case.number,
        'tag-pencegahan">Pencegahan',
        "Kab. Batanghari",
        "Sumber daya alam",
        "Tinggi",
        "Dicatat susulan",
        "Belum ada",
        "15 hari lalu",
    ):
        assert words in page


def test_a_grant_opens_reading_but_not_taking_out(cases: dict[str, Case]) -> None:
    neighbour = a_user(Role.STAF_SEKRETARIAT, MUARO_JAMBI)
    grant_access(
        case=cases["rahasia"],
        user=neighbour,
        body=None,
        valid_from=NOW - DAY,
        valid_until=NOW + DAY,
        reason="Bantu",
        actor=a_user(Role.SEKRETARIS_TIM),
        now=NOW,
    )
    client = Client()
    client.force_login(neighbour)
    assert shown(client) == {"Batas desa", "Perkara rahasia"}
    taken = b"".join(client.get(f"{LIST}unduh/csv/").streaming_content).decode()
    assert "Perkara rahasia" not in taken


# Export --------------------------------------------------------------------------------------------------------------


def test_the_export_is_the_filtered_list(cases: dict[str, Case]) -> None:
    client = client_of(Role.STAF_SEKRETARIAT)
    response = client.get(f"{LIST}unduh/csv/?q=lama")
    text = b"".join(response.streaming_content).decode()
    assert response["Content-Disposition"].startswith('attachment; filename="perkara-')
    assert "Perkara lama" in text
    assert "Lahan plasma" not in text
    line = JournalLine.objects.get(event="cases_exported")
    # Searched words may be names, and the chain is for ever.
    assert line.payload == {"number": 1, "filters": "q=…"}


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize("role", [Role.STAF_SEKRETARIAT, Role.SEKRETARIS_TIM])
def test_both_forms_for_whoever_may(cases: dict[str, Case], role: Role, form: str) -> None:
    assert client_of(role).get(f"{LIST}unduh/{form}/").status_code == 200


def test_an_unknown_form_is_404(cases: dict[str, Case]) -> None:
    assert client_of(Role.STAF_SEKRETARIAT).get(f"{LIST}unduh/ods/").status_code == 404
    assert not JournalLine.objects.filter(event="cases_exported").exists()


def bulk(client: Client, action: str, *chosen: Case) -> object:
    return client.post(LIST, {"action": action, "_selected_action": [case.pk for case in chosen], "index": "0"})


def test_chosen_rows_are_taken_out_and_nothing_else(cases: dict[str, Case]) -> None:
    response = bulk(client_of(Role.STAF_SEKRETARIAT), "export_csv", cases["lahan"], cases["paser"], cases["sangat"])
    text = b"".join(response.streaming_content).decode()
    assert "Lahan plasma" in text
    assert "Di Paser" not in text
    assert "Sangat rahasia" not in text


# Nothing is saved or deleted here ------------------------------------------------------------------------------------


def test_the_only_bulk_actions_are_exports(cases: dict[str, Case]) -> None:
    form = client_of(Role.SEKRETARIS_TIM).get(LIST).context["action_form"]
    assert [name for name, _ in form.fields["action"].choices if name] == ["export_xlsx", "export_csv"]


def test_there_is_no_page_for_deleting() -> None:
    with pytest.raises(NoReverseMatch):
        reverse("admin:konflik_case_delete", args=[1])


def test_deleting_by_hand_is_refused(cases: dict[str, Case]) -> None:
    client = client_of(Role.SEKRETARIS_TIM)
    bulk(client, "delete_selected", cases["lahan"])
    for path in (f"{LIST}{cases['lahan'].pk}/delete/", f"{LIST}{cases['lahan'].pk}/history/"):
        assert client.post(path, {"post": "yes"}).status_code == 404
    assert Case.objects.filter(pk=cases["lahan"].pk).exists()


@pytest.mark.parametrize("asked", ["has_change_permission", "has_delete_permission"])
def test_no_role_changes_or_deletes_by_the_generic_form(rf: object, cases: dict[str, Case], asked: str) -> None:
    request = rf.get(LIST)
    for role in Role:
        request.user = a_user(
            role, {Role.PENGAMAT_PROVINSI: "15", Role.CAMAT: BAJUBANG, Role.PELAPOR_LAPANGAN: BUNGKU}.get(role, BATANGHARI)
        )
        assert not getattr(admin.site.get_model_admin(Case), asked)(request)


def test_adding_follows_the_act(rf: object) -> None:
    request = rf.get(LIST)
    allowed = set()
    for role in (Role.STAF_SEKRETARIAT, Role.SEKRETARIS_TIM, Role.PETUGAS_PDP, Role.ADMINISTRATOR_SISTEM, Role.ANGGOTA_TIM):
        request.user = a_user(role)
        if admin.site.get_model_admin(Case).has_add_permission(request):
            allowed.add(role)
    assert allowed == {Role.STAF_SEKRETARIAT, Role.SEKRETARIS_TIM}


# Look-up, counting, reference list -----------------------------------------------------------------------------------


def autocomplete(client: Client, term: str, model: str = "case", field: str = "parent") -> list[str]:
    query = urlencode({"app_label": "konflik", "model_name": model, "field_name": field, "term": term})
    return [row["text"] for row in client.get(f"/admin/autocomplete/?{query}").json()["results"]]


def test_looking_up_a_case_finds_what_one_may_see(cases: dict[str, Case]) -> None:
    client = client_of(Role.STAF_SEKRETARIAT)
    assert autocomplete(client, "plasma") == [str(cases["lahan"])]
    assert autocomplete(client, "Paser") == []
    assert autocomplete(client, "Sangat") == []


def test_looking_up_a_region_finds_every_level() -> None:
    client = client_of(Role.STAF_SEKRETARIAT)
    assert autocomplete(client, "bungku, bajubang", "caseplace", "region") == ["Desa Bungku, Kec. Bajubang, Kab. Batanghari"]


def test_the_palette_puts_cases_before_regions(cases: dict[str, Case]) -> None:
    a_case(actor=a_user(), title="Jalan batu rusak")
    results = client_of(Role.STAF_SEKRETARIAT).get("/admin/search/?extended=1&s=batu").context["results"]
    assert "Jalan batu rusak" in str(results.object_list[0].title)
    assert any(str(found.description) == "wilayah" for found in results.object_list)


def test_long_lists_are_counted_to_a_cap(cases: dict[str, Case], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "COUNTED_TO", 3)
    response = client_of(Role.STAF_SEKRETARIAT).get(LIST)
    assert response.context["cl"].paginator.count == 4
    assert response.context["cl"].paginator.is_capped


def test_the_list_shows_which_region_is_chosen(cases: dict[str, Case]) -> None:
    page = client_of(Role.STAF_SEKRETARIAT).get(f"{LIST}?place={BUNGKU}").content.decode()
    assert f'<option value="{BUNGKU}" selected>' in page
    assert f'<option value="{PASER}"' not in client_of(Role.STAF_SEKRETARIAT).get(f"{LIST}?place=99.99").content.decode()


@pytest.mark.parametrize("many", [1, 30])
def test_the_list_asks_the_database_equally_often(many: int, django_assert_max_num_queries: Callable) -> None:
    staff = a_user()
    for index in range(many):
        case = a_case(actor=staff, title=f"Perkara {index}")
        assign_handler(case=case, seen_version=1, handler=staff, institution=an_institution(), reason="Tugas", actor=staff, now=NOW)
    client = Client()
    client.force_login(staff)
    client.get(LIST)
    with django_assert_max_num_queries(12 + FRAME):
        client.get(f"{LIST}?place={BUNGKU}&q=perkara")


def test_the_reference_list_is_kept_by_whoever_may(db: None) -> None:
    path = "/admin/konflik/issuetype/"
    sent = {"label": "Konflik pasar", "code": "pasar", "is_active": "on"}
    assert client_of(Role.STAF_SEKRETARIAT).post(f"{path}add/", sent).status_code == 403
    assert client_of(Role.SEKRETARIS_TIM).post(f"{path}add/", sent).status_code == 302
    boss = client_of(Role.SEKRETARIS_TIM)
    boss.post(f"{path}pasar/change/", {**sent, "code": "lain", "label": "Pasar"})
    assert IssueType.objects.get(code="pasar").label == "Pasar"
    assert boss.post(f"{path}pasar/delete/", {"post": "yes"}).status_code == 403
