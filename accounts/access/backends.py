"""Where Django and allauth ask this house: who logs in, what they may, which mail server, in which words."""

import time
from collections.abc import Sequence
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.app_settings import REAUTHENTICATION_TIMEOUT
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ImproperlyConfigured
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import EmailMessage
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import base36_to_int, urlsafe_base64_encode

from accounts.access.selectors import acts_of, mail_server, needs_second_factor
from accounts.access.tables import Act
from accounts.users.models import User
from accounts.users.services import set_password

HELD = "permissions_held"


class PostingBackend(AuthenticationBackend):
    """Logs in by user name or e-mail; a permission is an act that some posting valid now gives, never a flag."""

    def get_all_permissions(self, user_obj: User, obj: object = None) -> set[str]:
        """`accounts.<act>` for every act. Read once for each user object, which lives as long as one request."""
        if HELD not in user_obj.__dict__:
            user_obj.__dict__[HELD] = {f"accounts.{act}" for act in acts_of(user_obj, at=timezone.now())}
        return user_obj.__dict__[HELD]

    def has_perm(self, user_obj: User, perm: str, obj: object = None) -> bool:
        """Whether the act is among them."""
        return perm in self.get_all_permissions(user_obj, obj)

    def has_module_perms(self, user_obj: User, app_label: str) -> bool:
        """Every section of the admin is listed to whoever may enter it; each page then asks for itself."""
        return self.has_perm(user_obj, f"accounts.{Act.ENTER_ADMIN}")


class AccountAdapter(DefaultAccountAdapter):
    """Closed sign-up, Indonesian words, mail from the office."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "Akun ini tidak aktif.",
        "email_password_mismatch": "Nama pengguna, surel, atau kata sandi tidak cocok. Periksa lalu coba lagi.",
        "username_password_mismatch": "Nama pengguna, surel, atau kata sandi tidak cocok. Periksa lalu coba lagi.",
        "incorrect_password": "Kata sandi tidak cocok.",
        "enter_current_password": "Kata sandi yang sekarang tidak cocok.",
        "incorrect_code": "Kode tidak cocok. Tunggu kode berikutnya lalu coba lagi.",
        "too_many_login_attempts": "Terlalu banyak percobaan masuk yang gagal. Tunggu 15 menit, lalu coba lagi.",
        "rate_limited": "Terlalu banyak permintaan. Tunggu beberapa menit, lalu coba lagi.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: logins are made by the secretariat."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that our outermost proxy wrote down; where a proxy was passed by, the one that nobody can write: who asked us."""
        try:
            return super().get_client_ip(request)
        except ImproperlyConfigured:
            return request.META["REMOTE_ADDR"]

    def get_from_email(self) -> str:
        """The sender written down for this installation."""
        server = mail_server()
        return server.sender if server else settings.DEFAULT_FROM_EMAIL

    def format_email_subject(self, subject: str) -> str:
        """Without the host's name, which says nothing to the reader."""
        return subject

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The same page as that of a one-time link: one way to choose a password."""
        uid, _, token = key.partition("-")
        person = urlsafe_base64_encode(force_bytes(base36_to_int(uid)))
        return self.request.build_absolute_uri(reverse("account_link", args=[person, token]))

    def set_password(self, user: User, password: str) -> None:
        """Through the service."""
        set_password(user=user, password=password)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not of whoever has typed the password within the last minutes: logging in counts."""
        return super().is_reauthentication_required(app=app, **kwargs) and not _typed_recently(context.request)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Indonesian words; who must have a second factor cannot take off the last one."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": "Penugasan Anda mewajibkan verifikasi dua langkah. Pasang cara lain dahulu.",
        "cannot_generate_recovery_codes": "Kode cadangan dibuat setelah verifikasi dua langkah terpasang.",
        "incorrect_code": "Kode tidak cocok. Tunggu kode berikutnya lalu coba lagi.",
    }

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Whether another factor stays, or none is needed."""
        others = Authenticator.objects.filter(user=authenticator.user).exclude(type=Authenticator.Type.RECOVERY_CODES)
        if others.exclude(pk=authenticator.pk).exists():
            return True
        return settings.DEMO or not needs_second_factor(authenticator.user, at=timezone.now())

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:  # noqa: A002 - allauth's name
        """Counted, so that two keys are told apart."""
        return f"Kunci {Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1}"


class InstallationMail(EmailBackend):
    """Sends through the server of this installation; where none is set it sends nothing, and says so by the count."""

    def __init__(self, fail_silently: bool = False, **options: Any) -> None:  # noqa: FBT001 - Django's signature
        self.server = mail_server()
        if self.server is not None:
            options |= {
                "host": self.server.host,
                "port": self.server.port,
                "username": self.server.user,
                "password": self.server.password,
                "use_ssl": self.server.is_ssl,
                "use_tls": self.server.is_starttls,
            }
        super().__init__(fail_silently=fail_silently, **options)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """How many were handed to the server."""
        return super().send_messages(email_messages) or 0 if self.server is not None else 0


def _typed_recently(request: HttpRequest) -> bool:
    typed = [record["at"] for record in get_authentication_records(request, request.user) if record["method"] == "password"]
    return bool(typed) and time.time() - typed[-1] < REAUTHENTICATION_TIMEOUT
