"""People who log in. What somebody may do follows from the postings, never from a flag here."""

from django.contrib import auth
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username__iexact=username)


class User(AbstractBaseUser):
    """One login. `has_perm` asks the authentication backends, which ask the postings valid now."""

    username = models.CharField("nama pengguna", max_length=60, unique=True)
    email = models.EmailField("surel", blank=True)
    name = models.CharField("nama lengkap", max_length=120)
    phone = models.CharField("nomor telepon", max_length=30, blank=True)
    is_active = models.BooleanField("aktif", default=True)
    joined_at = models.DateTimeField("terdaftar pada")

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name", "email"]

    class Meta:
        verbose_name = "pengguna"
        verbose_name_plural = "pengguna"
        constraints = [
            models.UniqueConstraint(
                Lower("username"), name="user_username_once", violation_error_message="Nama pengguna ini sudah dipakai. Pilih nama lain."
            ),
            models.UniqueConstraint(
                Lower("email"),
                condition=~Q(email=""),
                name="user_email_once",
                violation_error_message="Alamat surel ini sudah dipakai pengguna lain.",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    @property
    def is_staff(self) -> bool:
        """Whether the admin opens for this person; Django's own pages ask for this name."""
        return self.has_perm("accounts.enter_admin")

    @property
    def is_superuser(self) -> bool:
        """Nobody is above the postings."""
        return False

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return self.is_active and _any_backend(self, "has_perm", perm, obj)

    def has_perms(self, perms: list[str], obj: object = None) -> bool:
        return all(self.has_perm(perm, obj) for perm in perms)

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active and _any_backend(self, "has_module_perms", app_label)


def _any_backend(user: User, question: str, *args: object) -> bool:
    for backend in auth.get_backends():
        answer = getattr(backend, question, None)
        try:
            if answer is not None and answer(user, *args):
                return True
        except PermissionDenied:
            return False
    return False
