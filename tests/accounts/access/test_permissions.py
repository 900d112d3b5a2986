"""What somebody may do follows from the postings valid now, never from a flag."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.access.tables import ROLE_ACTS, Act
from accounts.postings.models import Posting
from accounts.postings.tables import Role
from accounts.users.models import User
from tests.accounts.access.coming_in import person

pytestmark = pytest.mark.django_db


def again(user: User) -> User:
    """The user as the next request reads it."""
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ANGGOTA_TIM])
def test_a_permission_is_an_act_of_the_role(role: Role) -> None:
    user = person(role)
    assert {act for act in Act if user.has_perm(f"accounts.{act}")} == ROLE_ACTS[role]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ANGGOTA_TIM])
def test_the_admin_opens_by_role(client: Client, role: Role) -> None:
    user = person(role)
    client.force_login(user)
    expected = 200 if Act.ENTER_ADMIN in ROLE_ACTS[role] else 302
    assert client.get(reverse("admin:index")).status_code == expected
    assert user.is_staff is (expected == 200)


def test_what_is_no_act_is_no_permission() -> None:
    user = person(Role.SEKRETARIS_TIM)
    assert not user.has_perm("accounts.change_user")
    assert not user.has_perm("konflik.delete_case")
    assert not user.is_superuser


def test_a_posting_that_ended_gives_nothing() -> None:
    user = person()
    yesterday = timezone.localdate() - timedelta(days=1)
    Posting.objects.filter(user=user).update(valid_until=yesterday)
    assert not again(user).is_staff


def test_a_posting_that_has_not_begun_gives_nothing() -> None:
    user = person()
    Posting.objects.filter(user=user).update(valid_from=timezone.localdate() + timedelta(days=2))
    assert not again(user).is_staff


def test_a_login_that_is_shut_gives_nothing(client: Client) -> None:
    user = person()
    client.force_login(user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert not again(user).has_perm("accounts.enter_admin")
    assert client.get(reverse("admin:index")).status_code == 302


def test_rights_withdrawn_count_at_the_next_request(client: Client) -> None:
    user = person()
    client.force_login(user)
    assert client.get(reverse("admin:index")).status_code == 200
    Posting.objects.filter(user=user).update(valid_until=timezone.localdate() - timedelta(days=1))
    assert client.get(reverse("admin:index")).status_code == 302


def test_whoever_may_not_enter_is_told_so(client: Client) -> None:
    client.force_login(person(Role.CAMAT))
    answer = client.get(reverse("admin:login"))
    assert answer.status_code == 403
    assert "tidak membuka ruang sekretariat" in answer.content.decode()


def test_the_admin_has_no_doors_of_its_own(client: Client) -> None:
    target = reverse("admin:index")
    assert client.get(reverse("admin:login"), {"next": target}).url == f"{reverse('account_login')}?next={target}"
    assert client.post(reverse("admin:login"), {"username": "orang", "password": "x"}).status_code == 302
    client.force_login(person())
    assert client.get(reverse("admin:password_change")).url == reverse("account_change_password")
    assert client.post(reverse("admin:logout")).url == reverse("account_logout")
    assert client.get(reverse("admin:index")).status_code == 200


def test_the_palette_keeps_nothing_that_a_withdrawn_right_would_show(client: Client) -> None:
    user = person(Role.ADMINISTRATOR_SISTEM)
    person(username="seseorang")
    client.force_login(user)
    search = reverse("admin:search")
    assert "seseorang" in client.get(search, {"s": "seseorang", "extended": "1"}).content.decode()
    Posting.objects.filter(user__username="seseorang").update(region="64.01")
    assert "seseorang" not in client.get(search, {"s": "seseorang", "extended": "1"}).content.decode()
    assert client.get(search, {"s": " "}).content == b""
