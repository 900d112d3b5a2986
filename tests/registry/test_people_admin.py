"""The pages of people: invitation with a link shown once, postings recorded and ended, nobody outside one's regions."""

import re
from datetime import UTC, date, datetime

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.postings.models import Posting
from accounts.postings.tables import Role
from accounts.users.models import User
from konflik.journal.models import JournalLine
from tests.people import institution, somebody

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
BATANGHARI, PASER = "15.04", "64.01"

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client: Client) -> Client:
    client.force_login(somebody("kantor", Role.ADMINISTRATOR_SISTEM, BATANGHARI, now=NOW).user)
    return client


def invitation(**more: str) -> dict[str, str]:
    plain = {"username": "baru", "name": "Orang Baru", "email": "", "phone": "", "role": "camat", "tenure": "definitif", "decree": ""}
    return {**plain, "region": "15.04.07", "institution": "", "valid_from": "2026-01-02", "valid_until": "", **more}


ADD = "admin:accounts_user_add"


def test_an_invitation_makes_login_posting_and_link_at_once(office: Client) -> None:
    answer = office.post(reverse(ADD), invitation())
    page = answer.content.decode()
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert "tidak dikirim lewat surel" in page
    link = re.search(r"http://testserver(/akun/tautan/[^<\s]+)", page)[1]
    assert Client().get(link).status_code == 200
    user = User.objects.get(username="baru")
    posting = user.postings.get()
    assert (posting.role, posting.region_id, posting.valid_from) == ("camat", "15.04.07", date(2026, 1, 2))
    assert not user.has_usable_password()
    events = list(JournalLine.objects.order_by("-pk").values_list("event", flat=True)[:3])
    assert events == ["login_link_issued", "posting_recorded", "user_created"]


@pytest.mark.parametrize(
    ("more", "field", "words"),
    [
        ({"username": "KANTOR"}, "username", "sudah dipakai"),
        ({"username": "ada spasi"}, "username", "huruf kecil"),
        ({"name": ""}, "name", "harus diisi"),
        ({"role": "raja"}, "role", ""),
        ({"region": PASER, "role": "staf_sekretariat"}, "region", "di luar penugasan Anda"),
        ({"region": BATANGHARI}, "region", "Camat"),
        ({"role": "anggota_tim", "region": BATANGHARI}, "institution", "mewakili satu instansi"),
        ({"valid_until": "2025-12-31"}, "valid_until", "tidak boleh sebelum"),
    ],
)
def test_a_bad_invitation_is_refused_at_its_field_with_nothing_written(
    office: Client, more: dict[str, str], field: str, words: str
) -> None:
    before = (User.objects.count(), Posting.objects.count(), JournalLine.objects.count())
    answer = office.post(reverse(ADD), invitation(**more))
    assert answer.status_code == 200
    assert words in " ".join(answer.context["adminform"].form.errors[field])
    assert (User.objects.count(), Posting.objects.count(), JournalLine.objects.count()) == before


def test_a_link_is_asked_for_then_shown_and_mailed(office: Client, settings: Settings) -> None:
    settings.EMAIL_HOST = "surel.contoh.go.id"
    user = somebody("orang", Role.CAMAT, "15.04.07", now=NOW).user
    User.objects.filter(pk=user.pk).update(email="orang@contoh.go.id")
    page = f"{reverse('admin:accounts_user_changelist')}{user.pk}/tautan-masuk/"
    lines = JournalLine.objects.count()
    assert "Buat tautan masuk" in office.get(page).content.decode()
    assert (JournalLine.objects.count(), mail.outbox) == (lines, [])
    answer = office.post(page)
    assert "sudah dikirim ke orang@contoh.go.id" in answer.content.decode()
    assert JournalLine.objects.order_by("-pk").first().event == "login_link_issued"
    link = re.search(r"/akun/tautan/\S+", mail.outbox[0].body)[0]
    assert link not in answer.content.decode(), "what went by mail is not shown to whoever asked for it"


def test_the_link_of_a_shut_login_is_refused_in_words(office: Client) -> None:
    user = somebody("orang", Role.CAMAT, "15.04.07", now=NOW).user
    User.objects.filter(pk=user.pk).update(is_active=False)
    answer = office.post(f"{reverse('admin:accounts_user_changelist')}{user.pk}/tautan-masuk/", follow=True)
    assert "Akun ini tidak aktif" in answer.content.decode()


def test_a_lost_factor_is_released_after_asking(office: Client) -> None:
    user = somebody("orang", Role.CAMAT, "15.04.07", now=NOW).user
    TOTP.activate(user, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    page = f"{reverse('admin:accounts_user_changelist')}{user.pk}/lepas-dua-langkah/"
    assert "bertemu muka" in office.get(page).content.decode()
    assert user.authenticator_set.exists()
    assert "dilepas" in office.post(page, follow=True).content.decode()
    assert not user.authenticator_set.exists()
    assert "belum memasang" in office.post(page, follow=True).content.decode()


def test_people_of_other_regions_do_not_exist_here(office: Client) -> None:
    user = somebody("jauh", Role.STAF_SEKRETARIAT, PASER, now=NOW).user
    listed = reverse("admin:accounts_user_changelist")
    assert "jauh" not in office.get(listed).content.decode()
    assert "jauh" not in office.get(reverse("admin:accounts_posting_changelist")).content.decode()
    for part in ("change/", "tautan-masuk/", "penugasan/", "lepas-dua-langkah/"):
        for answer in (office.get(f"{listed}{user.pk}/{part}"), office.post(f"{listed}{user.pk}/{part}", {})):
            assert answer.status_code == 302
            assert answer.url == reverse("admin:index")
    found = office.get(
        reverse("admin:autocomplete"), {"app_label": "accounts", "model_name": "posting", "field_name": "user", "term": "jauh"}
    )
    assert found.json()["results"] == []


@pytest.mark.parametrize("odd", ["abc", "0", "99999999999999999999999", "1_2E3"])
def test_an_address_with_anything_in_it_is_no_fault_of_ours(office: Client, odd: str) -> None:
    listed = reverse("admin:accounts_user_changelist")
    bodies = reverse("admin:forums_body_changelist")
    pages = [f"{listed}{odd}/{part}" for part in ("change/", "tautan-masuk/", "penugasan/", "lepas-dua-langkah/")]
    pages += [f"{bodies}{odd}/{part}" for part in ("change/", "tambah-kedudukan/")]
    for page in pages:
        for answer in (office.get(page), office.post(page)):
            assert answer.status_code in {302, 404, 405}, page
            assert answer.status_code != 302 or answer.url == reverse("admin:index"), page
    asked = (("accounts_posting", "user"), ("accounts_posting", "region"), ("forums_seat", "body"), ("accounts_institution", "region"))
    for name, field in asked:
        page = reverse(f"admin:{name}_add")
        assert office.get(page, {field: odd}).status_code == 200, (name, field)
        assert office.post(page, {field: odd}).status_code == 200, (name, field)


def test_whoever_may_only_look_sees_no_buttons(client: Client) -> None:
    client.force_login(somebody("staf", Role.STAF_SEKRETARIAT, BATANGHARI, now=NOW).user)
    user = somebody("orang", Role.CAMAT, "15.04.07", now=NOW).user
    listed = reverse("admin:accounts_user_changelist")
    page = client.get(f"{listed}{user.pk}/change/").content.decode()
    assert "orang" in page
    assert "Buat tautan masuk" not in page
    assert client.post(f"{listed}{user.pk}/tautan-masuk/").status_code == 403
    assert client.get(reverse(ADD)).status_code == 403
    assert client.get(reverse("admin:accounts_posting_add")).status_code == 403


def test_a_posting_is_recorded_and_ended_but_never_rewritten(office: Client) -> None:
    polres = institution("Polres Batanghari", BATANGHARI, now=NOW)
    user = somebody("orang", Role.CAMAT, "15.04.07", now=NOW).user
    sent = {"user": user.pk, "role": "anggota_tim", "tenure": "plh", "region": BATANGHARI, "institution": polres.pk}
    answer = office.post(
        reverse("admin:accounts_posting_add"), {**sent, "seat": "", "decree": "SK 7", "valid_from": "2026-02-01", "valid_until": ""}
    )
    assert answer.status_code == 302
    posting = Posting.objects.get(role="anggota_tim")
    page = reverse("admin:accounts_posting_change", args=[posting.pk])
    office.post(page, {"valid_until": "2026-12-31", "role": "kepala_daerah", "region": PASER, "valid_from": "2020-01-01"})
    posting.refresh_from_db()
    assert (posting.role, posting.region_id, posting.valid_from, posting.valid_until) == (
        "anggota_tim",
        BATANGHARI,
        date(2026, 2, 1),
        date(2026, 12, 31),
    )
    answer = office.post(page, {"valid_until": ""})
    assert "Isi tanggal terakhir" in " ".join(answer.context["adminform"].form.errors["valid_until"])
    answer = office.post(page, {"valid_until": "2025-01-01"})
    assert "tidak boleh sebelum" in " ".join(answer.context["adminform"].form.errors["valid_until"])
    assert JournalLine.objects.order_by("-pk").first().event == "posting_ended"


def test_nobody_gives_himself_a_role(office: Client) -> None:
    me = User.objects.get(username="kantor")
    sent = {"user": me.pk, "role": "sekretaris_tim", "tenure": "definitif", "region": BATANGHARI, "valid_from": "2026-02-01"}
    answer = office.post(reverse("admin:accounts_posting_add"), {**sent, "institution": "", "seat": "", "decree": "", "valid_until": ""})
    assert "kepada diri sendiri" in " ".join(answer.context["adminform"].form.errors["role"])
    assert me.postings.count() == 1


def test_a_login_is_amended_and_shut(office: Client) -> None:
    user = somebody("orang", Role.CAMAT, "15.04.07", now=NOW).user
    page = reverse("admin:accounts_user_change", args=[user.pk])
    none_inline = {"postings-TOTAL_FORMS": "0", "postings-INITIAL_FORMS": "0"}
    sent = {"username": "orang", "name": "Nama Benar", "email": "o@contoh.go.id", "phone": "", **none_inline}
    assert office.post(page, sent).status_code == 302
    user.refresh_from_db()
    assert (user.name, user.email, user.is_active) == ("Nama Benar", "o@contoh.go.id", False)


@pytest.mark.parametrize("name", ["accounts_user", "accounts_posting", "accounts_institution", "accounts_region"])
def test_a_list_asks_no_more_with_more_rows(office: Client, name: str, django_assert_max_num_queries: object) -> None:
    for number in range(12):
        somebody(f"orang{number}", Role.CAMAT, "15.04.07", now=NOW)
        institution(f"Instansi {number}", BATANGHARI, now=NOW)
    with django_assert_max_num_queries(20):
        assert office.get(reverse(f"admin:{name}_changelist")).status_code == 200
