"""Helpers of the tests of coming in: a person with a password, codes of an authenticator app."""

import time
from datetime import UTC, datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.postings.tables import Role
from accounts.users.models import User
from accounts.users.services import set_password
from tests.people import somebody

NOW = datetime.now(UTC)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PASSWORD = "jembatan-tinggi-7"
REGION_OF = {Role.CAMAT: "15.04.07", Role.PELAPOR_LAPANGAN: "15.04.07", Role.PENGAMAT_PROVINSI: "15"}


def person(role: Role = Role.STAF_SEKRETARIAT, username: str = "orang", region: str = "") -> User:
    """One user with a posting in force and a password."""
    user = somebody(username, role, region or REGION_OF.get(role, "15.04"), now=NOW).user
    set_password(user=user, password=PASSWORD)
    return user


def log_in(client: Client, login: str = "orang", password: str = PASSWORD, **more: str) -> HttpResponse:
    """Send the login form."""
    return client.post(reverse("account_login"), {"login": login, "password": password, **more})


def code(secret: str = SECRET) -> str:
    """What the app shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def give_app(user: User) -> Authenticator:
    """An authenticator app that `user` set up some day."""
    return TOTP.activate(user, SECRET).instance


def give_spare_codes(user: User) -> list[str]:
    """The spare codes of `user`."""
    return RecoveryCodes.activate(user).get_unused_codes()
