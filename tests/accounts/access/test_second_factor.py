"""The second factor: owed by staff and by whoever reads rahasia, proven in the session itself, never lost by a new password."""

import re
from itertools import product

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.access.tables import CONFINED_TO, ROLE_ACTS, ROLE_CLEARANCE, Act
from accounts.postings.tables import Role
from accounts.users.models import User
from accounts.users.services import login_link
from konflik.journal.models import JournalLine
from konflik.law.secrecy import Secrecy
from konflik.registry import services as registry
from tests.accounts.access.coming_in import NOW, PASSWORD, code, give_app, give_spare_codes, log_in, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict")]
SET_UP, PROVE = "mfa_index", "mfa_reauthenticate"


def second_step(client: Client, typed: str) -> object:
    return client.post(reverse("mfa_authenticate"), {"code": typed})


def home(client: Client) -> object:
    return client.get(reverse("account_change_password"))


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ANGGOTA_TIM])
def test_who_owes_it_is_confined_until_it_is_set_up(client: Client, role: Role) -> None:
    owes = Act.ENTER_ADMIN in ROLE_ACTS[role] or ROLE_CLEARANCE[role] >= Secrecy.RAHASIA
    person(role)
    log_in(client)
    answer = home(client)
    assert (answer.status_code, getattr(answer, "url", "")) == ((302, reverse(SET_UP)) if owes else (200, ""))


def every_address() -> list[str]:
    def walk(resolver: URLResolver, prefix: str) -> list[str]:
        found = []
        for entry in resolver.url_patterns:
            if isinstance(entry, URLPattern):
                path = re.sub(r"<int:[^>]+>|<object_id>|<path:[^>]+>", "1", prefix + str(entry.pattern))
                found.append("/" + re.sub(r"<[^>]+>", "x", path).replace("^", "").replace("$", ""))
            else:
                found += walk(entry, prefix + str(entry.pattern))
        return found

    return [path for path in walk(get_resolver(), "") if "(" not in path and "\\" not in path]


def test_no_other_page_answers_a_confined_session(client: Client) -> None:
    person()
    log_in(client)
    open_to_it = {reverse(name) for name in CONFINED_TO}
    addresses = [path for path in every_address() if path not in open_to_it]
    assert len(addresses) > 60
    for path in addresses:
        for method in (client.get, client.post):
            answer = method(path)
            assert (answer.status_code, getattr(answer, "url", "")) == (302, reverse(SET_UP)) or answer.status_code == 403, path


def test_a_program_is_told_in_its_own_words(client: Client) -> None:
    person()
    log_in(client)
    for method, path in product((client.get, client.post), ("/api/v1/cases/", "/api/v1/nowhere/", "/api/schema/")):
        answer = method(path)
        assert (answer.status_code, answer.headers["Content-Type"]) == (403, "application/problem+json")
        told = answer.json()
        assert (told["type"], told["status"], told["errors"]) == ("/api/masalah/verifikasi-wajib/", 403, [])
        assert "verifikasi dua langkah" in told["detail"]


def test_the_demo_is_exempt_and_says_so(client: Client, settings: object) -> None:
    settings.DEMO = True
    person()
    log_in(client)
    answer = home(client)
    assert answer.status_code == 200
    assert "Mode contoh: verifikasi dua langkah tidak diwajibkan" in answer.content.decode()


def test_real_use_has_no_such_banner(client: Client) -> None:
    person(Role.CAMAT)
    log_in(client)
    assert "Mode contoh" not in home(client).content.decode()


def test_setting_up_an_app_opens_the_session_and_leads_on(client: Client) -> None:
    person()
    log_in(client)
    wanted = reverse("checklist")
    assert client.get(wanted).url == reverse(SET_UP)
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r'class="code">([A-Z2-7]{32})<', page)[1]
    assert "Kode tidak cocok" in client.post(reverse("mfa_activate_totp"), {"code": "000000"}).content.decode()
    assert home(client).status_code == 302
    assert client.post(reverse("mfa_activate_totp"), {"code": code(secret)}).url == reverse("mfa_view_recovery_codes")
    codes = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert f'href="{wanted}"' in codes
    assert len(set(re.findall(r'<li class="code">(\d{8})</li>', codes))) == 10
    assert home(client).status_code == 200


def test_logging_in_takes_both_steps(client: Client) -> None:
    give_app(person())
    assert log_in(client).url.startswith(reverse("mfa_authenticate"))
    assert "_auth_user_id" not in client.session
    assert "Kode tidak cocok" in second_step(client, "000000").content.decode()
    assert "_auth_user_id" not in client.session
    assert second_step(client, code()).url == "/"
    assert home(client).status_code == 200


def test_a_code_is_taken_once(client: Client) -> None:
    give_app(person())
    used = code()
    log_in(client)
    second_step(client, used)
    other = Client()
    log_in(other)
    assert "Kode tidak cocok" in second_step(other, used).content.decode()


def test_a_spare_code_lets_in_once(client: Client) -> None:
    user = person()
    give_app(user)
    spare = give_spare_codes(user)[0]
    log_in(client)
    assert second_step(client, spare).url == "/"
    other = Client()
    log_in(other)
    assert "Kode tidak cocok" in second_step(other, spare).content.decode()


def test_guessing_codes_is_held_up(client: Client) -> None:
    give_app(person())
    log_in(client)
    for _ in range(6):
        second_step(client, "000000")
    assert "_auth_user_id" not in client.session
    assert second_step(client, code()).status_code == 200


def test_a_factor_set_up_elsewhere_does_not_open_a_session_begun_without(client: Client) -> None:
    user = person()
    log_in(client)
    give_app(user)
    answer = home(client)
    assert answer.url == f"{reverse(PROVE)}?next=%2Fakun%2Fsandi%2Fganti%2F"
    assert client.get(reverse("mfa_activate_totp")).url.startswith(reverse(PROVE))
    assert client.get(reverse("mfa_add_webauthn")).url.startswith(reverse(PROVE))
    assert client.post(reverse(PROVE), {"code": code(), "next": "/akun/sandi/ganti/"}).url == "/akun/sandi/ganti/"
    assert home(client).status_code == 200


def test_a_session_made_without_the_login_page_is_confined(client: Client) -> None:
    client.force_login(person())
    assert home(client).url == reverse(SET_UP)


def test_a_one_time_link_does_not_take_the_factor_off(client: Client) -> None:
    user = person()
    give_app(user)
    link = login_link(user=user)
    new = "perahu-lebar-90"
    client.post(reverse("account_link", args=[link.uid, link.token]), {"password1": new, "password2": new})
    assert Authenticator.objects.filter(user=user).exists()
    assert log_in(client, password=new).url.startswith(reverse("mfa_authenticate"))
    assert "_auth_user_id" not in client.session


def test_a_forgotten_password_does_not_take_the_factor_off(client: Client, settings: object) -> None:
    settings.EMAIL_HOST = "surel.contoh.go.id"
    user = person()
    give_app(user)
    User.objects.filter(pk=user.pk).update(email="orang@contoh.go.id")
    client.post(reverse("account_reset_password"), {"email": "orang@contoh.go.id"})
    link = re.search(r"/akun/tautan/\S+", mail.outbox[0].body)[0]
    new = "perahu-lebar-90"
    assert client.post(link, {"password1": new, "password2": new}).url == reverse("account_login")
    assert log_in(client, password=new).url.startswith(reverse("mfa_authenticate"))


def both_steps(client: Client, user: User) -> None:
    give_app(user)
    log_in(client)
    second_step(client, code())


def test_the_last_factor_stays_on_whoever_owes_it(client: Client) -> None:
    user = person()
    both_steps(client, user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.post(reverse("mfa_deactivate_totp"))
    assert "mewajibkan verifikasi dua langkah" in page.content.decode()
    assert Authenticator.objects.filter(user=user).count() == 1


def test_the_last_key_stays_too(client: Client) -> None:
    user = person()
    app = give_app(user)
    log_in(client)
    second_step(client, code())
    key = Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "Kunci 1", "credential": {}})
    app.delete()
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert client.post(reverse("mfa_remove_webauthn", args=[key.pk])).url == reverse("mfa_list_webauthn")
    assert Authenticator.objects.filter(pk=key.pk).exists()


def test_who_does_not_owe_it_may_take_it_off(client: Client) -> None:
    user = person(Role.CAMAT)
    both_steps(client, user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert client.post(reverse("mfa_deactivate_totp")).url == reverse("mfa_index")
    assert not Authenticator.objects.filter(user=user).exists()


def test_changing_the_factor_asks_for_the_password_again_after_a_while(client: Client, settings: object) -> None:
    user = person(Role.CAMAT)
    both_steps(client, user)
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session.save()
    assert client.get(reverse("mfa_deactivate_totp")).url.startswith(reverse("account_reauthenticate"))


def test_a_lost_phone_is_released_by_the_office_and_told_in_the_journal(client: Client) -> None:
    user, office = person(), person(Role.ADMINISTRATOR_SISTEM, username="kantor")
    give_app(user)
    registry.release_second_factor(user=user, actor=office, now=NOW)
    assert not Authenticator.objects.filter(user=user).exists()
    line = JournalLine.objects.order_by("-pk").first()
    assert (line.event, line.actor, line.payload) == ("second_factor_released", office, {"user": user.pk})
    log_in(client)
    assert home(client).url == reverse(SET_UP)
