"""Writing what is said about this installation, and handing over one-time links. Pure writes; the journal line is the caller's."""

import os
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string

from accounts.access.models import Installation
from accounts.access.selectors import mail_server
from accounts.regions.models import Level, Region
from accounts.users.models import User

DONE_BEFORE = "Sistem ini sudah disiapkan. Masuklah dengan akun administrator."


@dataclass(frozen=True, kw_only=True)
class InstallationFacts:
    """Whose system this is. The password of the mail account is no fact: it never reaches database or journal."""

    WORDS: ClassVar[frozenset[str]] = frozenset({"mail_user", "mail_from"})

    region: Region
    letterhead_government: str
    letterhead_office: str
    letterhead_address: str = ""
    mail_host: str = ""
    mail_port: int = 587
    mail_user: str = ""
    mail_from: str = ""

    @classmethod
    def of(cls, row: Installation) -> "InstallationFacts":
        """The facts as they stand."""
        return cls(**{field.name: getattr(row, field.name) for field in fields(cls)})


def record_installation(*, facts: InstallationFacts, now: datetime) -> Installation:
    """The one row. Raises ValidationError at the field, or as a whole where it stands already."""
    row = _filled(Installation(set_up_at=now), facts)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise ValidationError(DONE_BEFORE) from error
    return row


def amend_installation(*, row: Installation, facts: InstallationFacts) -> Installation:
    """Bring the row to `facts`. Raises ValidationError at the field."""
    row = _filled(row, facts)
    row.save()
    return row


def keep_mail_password(password: str) -> None:
    """Write the password of the mail account into the data directory; an empty one is taken away."""
    keep_secret(settings.MAIL_PASSWORD_FILE, password)


def keep_secret(path: Path, secret: str) -> None:
    """Write a secret into its file, for the owner's eyes only and whole or not at all; an empty one is taken away (ADR 0009)."""
    if not secret:
        path.unlink(missing_ok=True)
        return
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(secret)
    draft.replace(path)


def release_second_factor(*, user: User) -> bool:
    """Take every second factor off `user`; False where there was none."""
    released, _ = Authenticator.objects.filter(user=user).delete()
    return released > 0


def mail_login_link(*, user: User, url: str) -> bool:
    """Send `user` the one-time link; False where there is no mail server or no address, so that it must be handed over."""
    server = mail_server()
    if server is None or not user.email:
        return False
    body = render_to_string("account/email/login_link.txt", {"user": user, "url": url})
    return EmailMessage("Tautan untuk membuat kata sandi", body, server.sender, [user.email]).send(fail_silently=True) == 1


def _filled(row: Installation, facts: InstallationFacts) -> Installation:
    if facts.region.level != Level.KABUPATEN:
        raise ValidationError({"region": "Pilih kabupaten atau kota."})
    if facts.mail_host.strip() and not facts.mail_from.strip():
        raise ValidationError({"mail_from": "Isi alamat pengirim untuk server surel ini."})
    for field in fields(facts):
        value = getattr(facts, field.name)
        setattr(row, field.name, value.strip() if isinstance(value, str) else value)
    row.full_clean(validate_unique=False, validate_constraints=False)
    return row
