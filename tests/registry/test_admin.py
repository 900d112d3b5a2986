"""The pages of forums: what is shown, who may, and that a refusal stands at its field with nothing written."""

import re
from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.forms import DateField
from django.test import Client
from django.urls import reverse

from accounts.postings.models import Institution
from accounts.postings.tables import Role
from accounts.regions.models import Region
from forums.bodies.models import Body
from forums.bodies.services import BodyFacts
from forums.seats.models import Seat
from forums.seats.services import SeatFacts
from konflik.journal.models import JournalLine
from konflik.law.bodies import BODY_RULES, BodyKind, Element
from konflik.registry import services as registry
from tests.people import institution, somebody

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
BATANGHARI, PASER, BAJUBANG = "15.04", "64.01", "15.04.07"

PAGES_WITH_ADD = ["forums_body", "forums_seat", "accounts_institution"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(somebody("staf", Role.STAF_SEKRETARIAT, BATANGHARI, now=NOW).user)
    return client


def body(name: str = "Satgas Bajubang", kind: BodyKind = BodyKind.SATGAS, code: str = BATANGHARI) -> Body:
    facts = BodyFacts(kind=kind.value, name=name, region=Region.objects.get(pk=code), valid_from=date(2025, 1, 1))
    return registry.record_body(facts=facts, actor=None, now=NOW)


def man(of: Body) -> Seat:
    facts = SeatFacts(position="Anggota", person_name="Seorang", element=Element.MASYARAKAT.value, gender="l", valid_from=of.valid_from)
    return registry.record_seat(body=of, facts=facts, actor=None, now=NOW)


FORM = {
    "kind": "fkub",
    "name": "FKUB Batanghari",
    "region": BATANGHARI,
    "secretariat": "",
    "legal_basis": "",
    "decree_number": "SK 1/2026",
    "decree_on": "",
    "valid_from": "2026-01-01",
    "valid_until": "",
    "religions_present": ["islam", "kristen"],
    "note": "",
}


def test_a_body_is_added_through_the_service(staff):
    answer = staff.post(reverse("admin:forums_body_add"), FORM)
    assert answer.status_code == 302
    one = Body.objects.get()
    assert (one.legal_basis, one.religions_present) == (BODY_RULES[BodyKind.FKUB].basis, ["islam", "kristen"])
    assert JournalLine.objects.filter(event="body_recorded", actor__username="staf", payload__body=one.pk).count() == 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"region": PASER}, "region"),
        ({"region": BAJUBANG}, "region"),
        ({"region": "99.99"}, "region"),
        ({"valid_until": "2025-12-31"}, "valid_until"),
        ({"decree_on": "2099-01-01"}, "decree_on"),
        ({"valid_from": "kemarin"}, "valid_from"),
        ({"kind": "dewan"}, "kind"),
        ({"name": ""}, "name"),
    ],
)
def test_a_refusal_stands_at_its_field_and_nothing_is_written(staff, changed, field):
    before = JournalLine.objects.count()
    answer = staff.post(reverse("admin:forums_body_add"), {**FORM, **changed})
    assert answer.status_code == 200
    assert set(answer.context["adminform"].form.errors) == {field}
    assert (Body.objects.count(), JournalLine.objects.count()) == (0, before)


def test_another_kind_brings_its_own_basis(staff):
    one = body()
    address = reverse("admin:forums_body_change", args=[one.pk])
    kept = {**FORM, "name": one.name, "valid_from": "2025-01-01", "legal_basis": one.legal_basis}
    assert staff.post(address, {**kept, **_no_seats()}).status_code == 302
    one.refresh_from_db()
    assert one.legal_basis == BODY_RULES[BodyKind.FKUB].basis


def _no_seats() -> dict[str, str]:
    return {"seats-TOTAL_FORMS": "0", "seats-INITIAL_FORMS": "0"}


def test_the_list_and_the_page_say_what_is_wrong_and_by_which_article(staff):
    satgas = body()
    man(satgas)
    assert "Susunan belum sesuai" in staff.get(reverse("admin:forums_body_changelist")).content.decode()
    page = staff.get(reverse("admin:forums_body_change", args=[satgas.pk])).content.decode()
    assert "UU 7/2012 Pasal 47 ayat (4)" in page
    assert "Tambah kedudukan" in page


def test_a_seat_is_added_from_the_page_of_its_body(staff):
    satgas = body()
    step = staff.get(reverse("admin:forums_body_add_seat", args=[satgas.pk]))
    assert step.url == f"{reverse('admin:forums_seat_add')}?body={satgas.pk}"
    form = {"body": satgas.pk, "position": "Ketua", "office": "Tokoh", "element": "masyarakat", "gender": "p", "valid_from": "2025-02-01"}
    assert staff.post(step.url, form).url == seats_of(satgas)
    assert JournalLine.objects.filter(event="seat_recorded", payload__body=satgas.pk).exists()
    early = staff.post(step.url, {**form, "valid_from": "2024-02-01"})
    assert set(early.context["adminform"].form.errors) == {"valid_from"}
    assert Seat.objects.count() == 1


def seats_of(one: Body) -> str:
    return f"{reverse('admin:forums_body_change', args=[one.pk])}#seats"


def test_after_a_seat_one_is_back_at_its_body_or_in_the_list_one_came_from(staff):
    satgas = body()
    form = {"body": satgas.pk, "position": "Ketua", "office": "Tokoh", "element": "masyarakat", "gender": "p", "valid_from": "2025-02-01"}
    assert staff.post(reverse("admin:forums_seat_add"), {**form, "_addanother": ""}).url == reverse("admin:forums_seat_add")
    one = Seat.objects.get()
    page = reverse("admin:forums_seat_change", args=[one.pk])
    assert staff.post(page, form).url == seats_of(satgas)
    filtered = staff.post(f"{page}?_changelist_filters=masa%3Dkini", form).url
    assert filtered == f"{reverse('admin:forums_seat_changelist')}?masa=kini"
    assert f'href="{seats_of(satgas)}"' in staff.get(f"{reverse('admin:forums_seat_add')}?body={satgas.pk}").content.decode()


WHY = "anggota FKUB adalah pemuka agama"


@pytest.mark.parametrize(
    ("kind", "religion", "is_warned"), [(BodyKind.FKUB, "", True), (BodyKind.FKUB, "islam", False), (BodyKind.SATGAS, "", False)]
)
def test_a_seat_without_religion_is_saved_with_a_warning_in_a_fkub_only(staff, kind, religion, is_warned):
    one = body("Forum", kind)
    form = {"body": one.pk, "position": "Anggota", "person_name": "A", "element": "masyarakat", "religion": religion}
    answer = staff.post(reverse("admin:forums_seat_add"), {**form, "valid_from": "2025-02-01"}, follow=True)
    said = [str(message) for message in answer.context["messages"]]
    assert Seat.objects.count() == 1
    assert any(WHY in text and "PBM 9 dan 8/2006 Pasal 10" in text for text in said) is is_warned


@pytest.mark.parametrize(("kind", "is_told"), [(BodyKind.FKUB, True), (BodyKind.SATGAS, False)])
def test_the_form_of_a_seat_says_beforehand_why_the_religion_is_needed(staff, kind, is_told):
    seat = man(body("Forum", kind))
    pages = [reverse("admin:forums_seat_change", args=[seat.pk]), f"{reverse('admin:forums_seat_add')}?body={seat.body_id}"]
    for page in pages:
        assert (WHY in staff.get(page).content.decode()) is is_told
    refused = staff.post(reverse("admin:forums_seat_add"), {"body": seat.body_id})
    assert (WHY in refused.content.decode()) is is_told


def test_the_form_of_a_seat_tells_nothing_of_a_body_elsewhere(staff):
    elsewhere = body("FKUB Paser", BodyKind.FKUB, PASER)
    assert WHY not in staff.get(f"{reverse('admin:forums_seat_add')}?body={elsewhere.pk}").content.decode()


def test_a_new_body_says_what_is_still_missing(staff):
    one = body()
    page = staff.get(reverse("admin:forums_body_change", args=[one.pk])).content.decode()
    assert "Belum diisi: nomor SK, tanggal SK, akhir masa berlaku SK." in page
    assert "Belum ada kedudukan." in page
    assert "Sesuai" not in staff.get(reverse("admin:forums_body_changelist")).content.decode()


FORMS = ["forums_body", "forums_seat", "accounts_institution", "accounts_posting"]


@pytest.mark.parametrize("name", FORMS)
def test_a_form_marks_what_may_stay_empty_and_takes_days_in_the_field_of_the_browser(staff, name):
    client = Client()
    client.force_login(somebody("admin", Role.ADMINISTRATOR_SISTEM, BATANGHARI, now=NOW).user) if name == "accounts_posting" else None
    page = (client if name == "accounts_posting" else staff).get(reverse(f"admin:{name}_add"))
    form, html = page.context["adminform"].form, page.content.decode()
    shown = [field for field in form.visible_fields() if field.field.widget.__class__.__name__ != "UnfoldBooleanWidget"]
    optional = [field for field in shown if not field.field.required and getattr(field.field.widget, "input_type", "") != "checkbox"]
    days = [field for field in form.fields.values() if isinstance(field, DateField)]
    assert html.count("(boleh kosong)") >= len([field for field in optional if not field.use_fieldset])
    assert html.count('type="date"') == len(days)
    # Django's own field for days warns of a zone, which a day has not.
    assert "vDateField" not in html


@pytest.mark.parametrize("address", PAGES_WITH_ADD)
def test_the_button_above_a_list_says_what_it_adds(staff, address):
    shown = staff.get(reverse(f"admin:{address}_changelist")).content.decode()
    name = apps.get_model(*address.split("_"))._meta.verbose_name
    assert re.search(rf'<a class="addlink[^>]*>Tambah {name}</a>', shown)


def test_a_refused_form_says_so_in_plain_words(staff):
    page = staff.post(reverse("admin:forums_body_add"), {**FORM, "name": "", "kind": ""}).content.decode()
    assert "Perbaiki isian yang ditandai di bawah ini." in page
    assert "dibawah" not in page


def test_a_seat_is_changed_through_the_service(staff):
    seat = man(body())
    form = {"position": "Wakil", "person_name": "Seorang", "element": "masyarakat", "gender": "l", "valid_from": "2025-01-01"}
    assert staff.post(reverse("admin:forums_seat_change", args=[seat.pk]), form).status_code == 302
    seat.refresh_from_db()
    assert seat.position == "Wakil"
    assert JournalLine.objects.filter(event="seat_amended", payload__seat=seat.pk).count() == 1


def test_an_institution_is_added_and_named_once(staff):
    form = {"name": "Polres Batanghari", "kind": "polri", "region": BATANGHARI, "is_active": "on"}
    assert staff.post(reverse("admin:accounts_institution_add"), form).status_code == 302
    again = staff.post(reverse("admin:accounts_institution_add"), form)
    assert set(again.context["adminform"].form.errors) == {"name"}
    assert Institution.objects.count() == 1


def test_a_choice_of_institution_offers_those_of_the_own_region_that_are_in_use(staff):
    mine = institution("Dinas Sosial", BATANGHARI, now=NOW)
    institution("Dinas Sosial", PASER, now=NOW)
    answer = staff.get("/admin/autocomplete/", {"term": "dinas", "app_label": "forums", "model_name": "body", "field_name": "secretariat"})
    assert [row["id"] for row in answer.json()["results"]] == [str(mine.pk)]


FILTERS = {
    "admin:forums_body_changelist": [{"sk": "perhatian"}, {"sk": "berakhir"}, {"sk": "berlaku"}, {"kind__exact": "fkub"}],
    "admin:forums_seat_changelist": [{"masa": "kini"}, {"masa": "lalu"}, {"gender__exact": "p"}],
    "admin:accounts_institution_changelist": [{"is_active__exact": "1"}, {"kind__exact": "polri"}],
}
PAGES = list(FILTERS)


@pytest.mark.parametrize(("address", "filters"), FILTERS.items())
def test_every_list_opens_with_its_filters(staff, address, filters):
    body()
    assert staff.get(reverse(address)).status_code == 200
    for chosen in filters:
        assert staff.get(reverse(address), {"q": "a", **chosen}).status_code == 200


@pytest.mark.parametrize("address", ["admin:forums_body_change", "admin:forums_seat_change"])
def test_what_lies_elsewhere_answers_like_what_does_not_exist(staff, address):
    elsewhere = man(body(code=PASER))
    number = elsewhere.body_id if "body" in address else elsewhere.pk
    answers = [staff.get(reverse(address, args=[pk])) for pk in (number, 999999)]
    assert answers[0].status_code == answers[1].status_code == 302
    assert answers[0].url == answers[1].url


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize(
    ("role", "code", "home"), [(Role.PETUGAS_PDP, 403, BATANGHARI), (Role.SEKRETARIS_TIM, 200, BATANGHARI), (Role.CAMAT, 403, BAJUBANG)]
)
def test_who_may_open_the_lists(client, address, role, code, home):
    client.force_login(somebody("orang", role, home, now=NOW).user)
    assert client.get(reverse(address), follow=True).status_code == code


def test_nothing_is_ever_deleted(staff):
    one = body()
    assert staff.post(reverse("admin:forums_body_delete", args=[one.pk]), {"post": "yes"}).status_code == 403
    assert Body.objects.exists()


def test_what_must_be_chosen_starts_empty(staff):
    form = staff.get(reverse("admin:forums_body_add")).context["adminform"].form
    assert next(iter(form.fields["kind"].choices)) == ("", "Pilih …")


def test_a_long_list_costs_no_more_queries(staff, django_assert_max_num_queries):
    for number in range(60):
        man(body(f"Satgas {number}"))
    with django_assert_max_num_queries(30):
        page = staff.get(reverse("admin:forums_body_changelist")).content.decode()
    assert page.count("Susunan belum sesuai") == 50
    with django_assert_max_num_queries(30):
        staff.get(reverse("admin:forums_body_change", args=[Body.objects.first().pk]))
