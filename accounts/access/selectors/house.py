"""Whose system this is, and which server sends its mail."""

from django.conf import settings

from accounts.access.models import Installation
from accounts.access.tables import MailServer
from accounts.regions.models import Region
from accounts.users.models import User


def is_fresh() -> bool:
    """Whether nobody can log in yet, so that the first set-up is open."""
    return not User.objects.exists()


def installation() -> Installation | None:
    """The row that says whose system this is; None before the first set-up."""
    return Installation.objects.select_related("region").first()


def house_of(region: Region) -> Installation | None:
    """The letterhead for a paper of `region`: that of the installation where it is its own, else None, so that none is borrowed."""
    house = installation()
    return house if house is not None and house.region_id == region.pk else None


def mail_server() -> MailServer | None:
    """The mail server of this installation, else the one of the environment; None where neither is set."""
    row = Installation.objects.exclude(mail_host="").first()
    if row is not None:
        sender = row.mail_from or settings.DEFAULT_FROM_EMAIL
        return MailServer(row.mail_host, row.mail_port, row.mail_user, kept_mail_password(), sender, settings.EMAIL_USE_TLS)
    if not settings.EMAIL_HOST:
        return None
    user, password = settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD
    return MailServer(settings.EMAIL_HOST, settings.EMAIL_PORT, user, password, settings.DEFAULT_FROM_EMAIL, settings.EMAIL_USE_TLS)


def kept_mail_password() -> str:
    """The password of the mail account, which stands in the data directory and never in the database."""
    try:
        return settings.MAIL_PASSWORD_FILE.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
