"""The first set-up: open while nobody can log in, written whole or not at all, leading on to what comes next."""

import stat
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.access.models import Installation
from accounts.access.services import InstallationFacts
from accounts.postings.models import Institution, Posting
from accounts.postings.services import InstitutionFacts
from accounts.postings.tables import InstitutionKind, Role
from accounts.regions.models import Region
from accounts.users.models import User
from accounts.users.services import UserFacts
from forums.bodies.services import BodyFacts
from forums.seats.services import SeatFacts
from konflik.journal.models import JournalLine
from konflik.registry import services as registry
from konflik.registry.selectors import Step, checklist, progress
from tests.people import somebody

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
CODE = "abcd-efgh-jkmn-pqrs"
GOOD = {
    "setup_code": CODE,
    "region": "15.04",
    "letterhead_government": "Pemerintah Kabupaten Batanghari",
    "letterhead_office": "Badan Kesatuan Bangsa dan Politik",
    "letterhead_address": "Muara Bulian",
    "name": "Administrator Kesbangpol",
    "username": "admin.utama",
    "email": "",
    "password1": "jembatan-tinggi-7",
    "password2": "jembatan-tinggi-7",
    "mail_host": "",
    "mail_port": "587",
    "mail_user": "",
    "mail_password": "",
    "mail_from": "",
}


@pytest.fixture(autouse=True)
def _real_use(settings: Settings, tmp_path: Path) -> Iterator[None]:
    settings.DEMO = False
    settings.MAIL_PASSWORD_FILE = tmp_path / "mail_password"
    settings.SETUP_CODE_FILE = tmp_path / "setup_code"
    settings.SETUP_CODE_FILE.write_text(CODE)
    cache.clear()
    yield
    cache.clear()


def nothing_written() -> bool:
    rows = (User, Installation, Institution, Posting, JournalLine)
    return not any(model.objects.exists() for model in rows)


def test_a_new_system_leads_to_the_set_up(client: Client) -> None:
    assert client.get("/").status_code == 302
    assert client.get(reverse("account_login")).url == reverse("setup")
    page = client.get(reverse("setup")).content.decode()
    assert 'value="15.04"' in page
    assert '<optgroup label="Jambi">' in page


def test_the_set_up_writes_everything_and_logs_in(client: Client) -> None:
    answer = client.post(reverse("setup"), GOOD)
    assert answer.url == reverse("checklist")
    row = Installation.objects.get()
    assert (row.region_id, row.letterhead_address) == ("15.04", "Muara Bulian")
    posting = Posting.objects.select_related("user", "institution").get()
    assert (posting.role, posting.region_id, posting.institution.name) == (
        Role.ADMINISTRATOR_SISTEM.value,
        "15.04",
        "Badan Kesatuan Bangsa dan Politik",
    )
    assert posting.user.check_password("jembatan-tinggi-7")
    events = list(JournalLine.objects.order_by("pk").values_list("event", flat=True))
    assert events[:4] == ["installation_set_up", "institution_recorded", "user_created", "posting_recorded"]
    assert client.session["_auth_user_id"] == str(posting.user.pk)
    # The first administrator owes the second factor like everybody else.
    assert client.get(reverse("checklist")).url == reverse("mfa_index")


def test_afterwards_the_page_does_not_exist(client: Client) -> None:
    client.post(reverse("setup"), GOOD)
    stranger = Client()
    for answer in (stranger.get(reverse("setup")), stranger.post(reverse("setup"), {**GOOD, "username": "penyusup"})):
        assert answer.status_code == 404
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("region", "", "harus diisi"),
        ("region", "15", "Pilih kabupaten atau kota"),
        ("region", "99.99", "Pilih"),
        ("letterhead_government", "", "harus diisi"),
        ("letterhead_office", "   ", "harus diisi"),
        ("name", "", "harus diisi"),
        ("username", "Ada Spasi", "huruf kecil"),
        ("email", "bukan surel", "surel|email"),
        ("password1", "pendek", "terlalu pendek"),
        ("password2", "lain-sekali-123", "tidak sama"),
        ("mail_port", "bukan angka", "angka|bulat"),
    ],
)
def test_a_bad_answer_is_refused_at_its_field_and_nothing_is_written(client: Client, field: str, value: str, words: str) -> None:
    answer = client.post(reverse("setup"), {**GOOD, field: value})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert nothing_written()
    marked = page.partition(f'name="{field}"')[0].rpartition("field-bad")[2]
    assert any(word in marked for word in words.split("|")), marked
    assert "jembatan-tinggi-7" not in page


def test_a_mail_server_needs_a_sender(client: Client) -> None:
    answer = client.post(reverse("setup"), {**GOOD, "mail_host": "surel.contoh.go.id"})
    assert answer.status_code == 400
    assert "Isi alamat pengirim" in answer.content.decode().partition('name="mail_from"')[0].rpartition("field-bad")[2]
    assert nothing_written()


def test_the_mail_password_is_kept_in_its_file(client: Client, settings: Settings, django_capture_on_commit_callbacks: object) -> None:
    more = {"mail_host": "surel.contoh.go.id", "mail_from": "tim@contoh.go.id", "mail_password": "kata-sandi-surel-91"}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("setup"), {**GOOD, **more})
    assert settings.MAIL_PASSWORD_FILE.read_text() == "kata-sandi-surel-91"
    assert "kata-sandi-surel-91" not in str(list(JournalLine.objects.values()))


def facts(**more: object) -> InstallationFacts:
    plain = {"region": Region.objects.get(pk="15.04"), "letterhead_government": "Pemkab", "letterhead_office": "Kesbangpol"}
    return InstallationFacts(**{**plain, **more})


def test_whoever_comes_second_is_refused_whole() -> None:
    admin = UserFacts(username="admin", name="Admin")
    registry.begin_installation(facts=facts(), administrator=admin, now=NOW)
    with pytest.raises(ValidationError, match="sudah disiapkan"):
        registry.begin_installation(facts=facts(), administrator=UserFacts(username="lain", name="Lain"), now=NOW)
    with pytest.raises(ValidationError, match="sudah disiapkan"):
        registry.set_up_installation(facts=facts(), actor=None, now=NOW)
    assert (User.objects.count(), Installation.objects.count()) == (1, 1)


def ready(client: Client) -> User:
    """The administrator with both factors behind him."""
    client.post(reverse("setup"), GOOD)
    user = User.objects.get()
    TOTP.activate(user, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    session = client.session
    session["account_authentication_methods"] = [*session["account_authentication_methods"], {"method": "mfa", "at": 0}]
    session.save()
    return user


def test_the_checklist_tells_what_is_still_missing(client: Client) -> None:
    ready(client)
    page = client.get(reverse("checklist")).content.decode()
    assert "1 dari 6 langkah selesai" in page, "the letterhead stands since the set-up; mail is not counted"
    for address in ("institution/add", "body/add", "seat/add", "user/add"):
        assert f"{address}/" in page
    for role in (Role.SEKRETARIS_TIM, Role.STAF_SEKRETARIAT):
        somebody(role.value, role, "15.04", now=NOW)
    assert "2 dari 6 langkah selesai" in client.get(reverse("checklist")).content.decode()


def step(title: str) -> Step:
    (found,) = (one for one in checklist(at=NOW) if one.title == title)
    return found


def test_the_letterhead_is_done_without_mail() -> None:
    assert not step("Kop surat").is_done
    registry.set_up_installation(facts=facts(), actor=None, now=NOW)
    assert step("Kop surat").is_done
    assert not step("Server surel (SMTP)").is_done


def test_mail_may_be_left_out_and_the_step_says_what_happens_then(settings: Settings) -> None:
    settings.EMAIL_HOST = ""
    mail = step("Server surel (SMTP)")
    assert (mail.is_optional, mail.is_done) == (True, False)
    assert "tautan masuk tampil di layar" in mail.why
    settings.EMAIL_HOST = "surel.contoh.go.id"
    assert step("Server surel (SMTP)").is_done
    assert mail not in progress(at=NOW).needed


def test_lembar_harian_leads_to_the_set_up_until_it_is_finished(client: Client) -> None:
    ready(client)
    sheet = reverse("admin:index")
    page = client.get(sheet).content.decode()
    assert "1 dari 6 langkah selesai" in page
    assert "Berikutnya: Instansi anggota tim." in page
    place = Region.objects.get(pk="15.04")
    facts_of_polres = InstitutionFacts(name="Polres Batanghari", kind=InstitutionKind.POLRI.value, region=place)
    polres = registry.record_institution(facts=facts_of_polres, actor=None, now=NOW)
    for role in (Role.SEKRETARIS_TIM, Role.STAF_SEKRETARIAT, Role.KEPALA_DAERAH, Role.ANGGOTA_TIM, Role.CAMAT):
        home = "15.04.07" if role is Role.CAMAT else "15.04"
        somebody(role.value, role, home, now=NOW, of=polres if role is Role.ANGGOTA_TIM else None)
    begins = date(2026, 1, 1)
    body = registry.record_body(
        facts=BodyFacts(kind="tim_terpadu", name="Tim Terpadu", region=place, valid_from=begins), actor=None, now=NOW
    )
    registry.record_seat(body=body, facts=SeatFacts(position="Ketua", office="Bupati", valid_from=begins), actor=None, now=NOW)
    assert progress(at=NOW).following is None
    assert "langkah selesai" not in client.get(sheet).content.decode()


def test_who_does_not_manage_the_system_is_not_sent_there(client: Client, settings: Settings) -> None:
    settings.DEMO = True
    client.force_login(somebody("staf", Role.STAF_SEKRETARIAT, "15.04", now=NOW).user)
    assert "langkah selesai" not in client.get(reverse("admin:index")).content.decode()


def test_every_button_of_the_checklist_leads_somewhere(client: Client) -> None:
    ready(client)
    page = client.get(reverse("checklist")).content.decode()
    for address in {part.partition('"')[0] for part in page.split('href="/admin/')[1:]}:
        assert client.get(f"/admin/{address}", follow=True).status_code == 200, address


def test_the_checklist_is_for_who_manages_the_installation(client: Client, settings: Settings) -> None:
    settings.DEMO = True
    client.force_login(somebody("staf", Role.STAF_SEKRETARIAT, "15.04", now=NOW).user)
    assert client.get(reverse("checklist")).status_code == 403


def test_the_installation_is_amended_in_the_admin_and_told(
    client: Client, settings: Settings, django_capture_on_commit_callbacks: object
) -> None:
    ready(client)
    page = reverse("admin:accounts_installation_change", args=[1])
    assert client.get(reverse("admin:accounts_installation_changelist")).url == page
    assert client.get(reverse("admin:accounts_installation_add")).status_code == 403
    sent = {name: GOOD[name] for name in GOOD if name.startswith(("letterhead", "mail"))}
    sent |= {
        "letterhead_address": "Jalan Baru 1",
        "mail_host": "surel.contoh.go.id",
        "mail_from": "tim@contoh.go.id",
        "mail_password": "baru-91",
    }
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(page, sent).status_code == 302
    assert Installation.objects.get().letterhead_address == "Jalan Baru 1"
    assert settings.MAIL_PASSWORD_FILE.read_text() == "baru-91"
    assert JournalLine.objects.order_by("-pk").first().event == "installation_amended"
    with django_capture_on_commit_callbacks(execute=True):
        client.post(page, {**sent, "mail_password": ""})
    assert settings.MAIL_PASSWORD_FILE.read_text() == "baru-91"
    answer = client.post(page, {**sent, "mail_from": ""})
    assert "Isi alamat pengirim" in answer.content.decode()
    assert "baru-91" not in answer.content.decode()


GIVEN = ["--region", "15.04", "--government", "Pemkab", "--office", "Kesbangpol", "--name", "Admin", "--username", "admin"]


def test_the_command_does_the_same_and_prints_the_link(client: Client) -> None:
    out = StringIO()
    call_command("setup", *GIVEN, "--url", "https://konflik.contoh.go.id/", stdout=out)
    link = out.getvalue().split()[-1]
    assert link.startswith("https://konflik.contoh.go.id/akun/tautan/")
    assert client.get(link.removeprefix("https://konflik.contoh.go.id")).status_code == 200
    with pytest.raises(CommandError, match="sudah disiapkan"):
        call_command("setup", *GIVEN, stdout=out)


@pytest.mark.parametrize(
    ("instead", "words"),
    [
        ({"--region": "99.99"}, "Kode wilayah 99.99 tidak ada"),
        ({"--region": "15"}, "Pilih kabupaten atau kota"),
        ({"--username": "Ada Spasi"}, "huruf kecil"),
        ({"--mail-host": "surel.contoh.go.id"}, "Belum diisi: Alamat pengirim"),
        ({"--mail-host": "surel.contoh.go.id", "--mail-from": "bukan"}, "Alamat pengirim: "),
        ({"--mail-host": "surel.contoh.go.id", "--mail-from": "a@contoh.go.id", "--mail-port": "lima"}, "Port server surel"),
    ],
)
def test_the_command_refuses_in_words_and_writes_nothing(instead: dict[str, str], words: str) -> None:
    given = {**dict(zip(GIVEN[::2], GIVEN[1::2], strict=True)), **instead}
    with pytest.raises(CommandError, match=words):
        call_command("setup", *[part for pair in given.items() for part in pair], stdout=StringIO())
    assert nothing_written()


def test_the_command_says_what_is_missing_where_nobody_can_answer() -> None:
    with pytest.raises(CommandError, match="Belum diisi: Kode kabupaten/kota"):
        call_command("setup", stdout=StringIO())


@pytest.mark.parametrize(
    ("given", "words"), [("", "harus diisi"), ("abcd-efgh-jkmn-pqrt", "tidak cocok"), ("é", "tidak cocok"), ("-", "tidak cocok")]
)
def test_whoever_comes_first_without_the_code_gets_nothing(client: Client, given: str, words: str) -> None:
    answer = client.post(reverse("setup"), {**GOOD, "setup_code": given})
    assert answer.status_code == 400
    assert words in " ".join(answer.context["form"].errors["setup_code"])
    assert CODE not in answer.content.decode()
    assert nothing_written()


def test_the_code_is_taken_as_people_type_it_and_ends_with_the_set_up(
    client: Client, settings: Settings, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(reverse("setup"), {**GOOD, "setup_code": " ABCD efgh jkmnpqrs "}).status_code == 302
    assert not settings.SETUP_CODE_FILE.exists()
    assert Client().get(reverse("setup")).status_code == 404


def test_the_code_is_made_once_for_the_owner_alone(settings: Settings) -> None:
    settings.SETUP_CODE_FILE.unlink()
    code = registry.setup_code()
    assert code == registry.setup_code() == settings.SETUP_CODE_FILE.read_text()
    assert stat.S_IMODE(settings.SETUP_CODE_FILE.stat().st_mode) == 0o600
    assert len(set(code)) > 4
    assert list(settings.SETUP_CODE_FILE.parent.glob("setup_code*")) == [settings.SETUP_CODE_FILE]


def test_the_command_asks_for_no_code_and_ends_it(settings: Settings, django_capture_on_commit_callbacks: object) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        call_command("setup", *GIVEN, stdout=StringIO())
    assert not settings.SETUP_CODE_FILE.exists()
