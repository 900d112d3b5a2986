"""Writing people who log in. Pure writes: the journal line is made by konflik.registry, the only caller."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.contrib.auth.hashers import make_password
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from accounts.users.models import User
from accounts.users.selectors import user_of_link

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,59}")
TAKEN = {"username": "Nama pengguna ini sudah dipakai. Pilih nama lain.", "email": "Alamat surel ini sudah dipakai pengguna lain."}


@dataclass(frozen=True, kw_only=True)
class UserFacts:
    """What is written down about a login."""

    WORDS: ClassVar[frozenset[str]] = frozenset({"username", "name", "email", "phone"})

    username: str
    name: str
    email: str = ""
    phone: str = ""
    is_active: bool = True

    @classmethod
    def of(cls, user: User) -> "UserFacts":
        """The facts as they stand."""
        return cls(username=user.username, name=user.name, email=user.email, phone=user.phone, is_active=user.is_active)


@dataclass(frozen=True)
class LoginLink:
    """The two parts of a one-time link. The token dies with the first password set through it, or after three days."""

    uid: str
    token: str


def create_user(*, facts: UserFacts, now: datetime) -> User:
    """A login without a password; a one-time link lets the person choose one.

    Raises ValidationError at the field: a bad or taken user name, a bad or taken e-mail address, no name.
    """
    user = User(joined_at=now)
    user.set_unusable_password()
    return _write(user, facts)


def amend_user(*, user: User, facts: UserFacts) -> User:
    """Bring `user` to `facts`, deactivation included. Raises ValidationError as `create_user` does."""
    return _write(user, facts)


def login_link(*, user: User) -> LoginLink:
    """A one-time link. Raises ValidationError where the login is not active."""
    if not user.is_active:
        raise ValidationError("Akun ini tidak aktif. Aktifkan dahulu sebelum membuat tautan masuk.")
    return LoginLink(urlsafe_base64_encode(force_bytes(user.pk)), default_token_generator.make_token(user))


def set_password(*, user: User, password: str) -> None:
    """The password that the person has chosen; the edge has asked the validators. Every link made before is dead."""
    user.set_password(password)
    user.save(update_fields=["password"])


@transaction.atomic
def set_password_by_link(*, uid: str, token: str, password: str) -> bool:
    """The password chosen through a one-time link. False where the link no longer opens.

    The link is asked again under the lock of its row: of two that are sent at once, one wins.
    """
    user = user_of_link(uid=uid, token=token, hold=True)
    if user is None:
        return False
    set_password(user=user, password=password)
    return True


def share_password(*, users: Iterable[User], password: str) -> None:
    """One password for several logins, hashed once. For the demo only, whose password is printed on screen anyway."""
    User.objects.filter(pk__in=[user.pk for user in users]).update(password=make_password(password))


def _write(user: User, facts: UserFacts) -> User:
    user.username, user.email = facts.username.strip().lower(), facts.email.strip().lower()
    user.name, user.phone, user.is_active = facts.name.strip(), facts.phone.strip(), facts.is_active
    if not USERNAME.fullmatch(user.username):
        raise ValidationError({"username": "Pakai 3 sampai 60 huruf kecil, angka, titik, garis bawah, atau tanda hubung."})
    user.full_clean(validate_unique=False, validate_constraints=False)
    _refuse_taken(user)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:
        # Somebody else took the name between the question and the write.
        _refuse_taken(user)
        raise
    return user


def _refuse_taken(user: User) -> None:
    others = User.objects.exclude(pk=user.pk)
    errors = {
        field: message
        for field, message in TAKEN.items()
        if getattr(user, field) and others.filter(**{f"{field}__iexact": getattr(user, field)}).exists()
    }
    if errors:
        raise ValidationError(errors)
