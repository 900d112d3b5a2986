"""Whose system this is, and the first person who may enter it."""

from dataclasses import replace
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.access import services as access
from accounts.access.models import Installation
from accounts.access.selectors import is_fresh
from accounts.access.services import DONE_BEFORE, InstallationFacts
from accounts.access.tables import Act
from accounts.postings.services import InstitutionFacts, PostingFacts
from accounts.postings.tables import InstitutionKind, Role
from accounts.regions.selectors import zone_of
from accounts.users.models import User
from accounts.users.services import UserFacts
from konflik.law.events import Event
from konflik.registry.services.first_code import forget_setup_code
from konflik.registry.services.people import Invitation, invite_user, record_institution
from konflik.registry.services.writing import refuse_outside, write_change, write_new


@transaction.atomic
def set_up_installation(*, facts: InstallationFacts, actor: User | None, now: datetime) -> Installation:
    """Write down the kabupaten, the letterhead and the mail server, once. Raises ValidationError as the pure write does."""
    row = access.record_installation(facts=facts, now=now)
    write_new(Event.INSTALLATION_SET_UP, facts, key={}, region=facts.region, actor=actor, now=now)
    return row


@transaction.atomic
def begin_installation(*, facts: InstallationFacts, administrator: UserFacts, mail_password: str = "", now: datetime) -> Invitation:
    """The first set-up: the installation, its office as an institution, and the first administrator with a one-time link.

    Only while nobody can log in. Raises ValidationError: at the field as the writes do, as a whole where somebody was faster.
    """
    if not is_fresh():
        raise ValidationError(DONE_BEFORE)
    set_up_installation(facts=facts, actor=None, now=now)
    office = InstitutionFacts(name=facts.letterhead_office.strip(), kind=InstitutionKind.KESBANGPOL.value, region=facts.region)
    posting = PostingFacts(
        role=Role.ADMINISTRATOR_SISTEM.value,
        region=facts.region,
        institution=record_institution(facts=office, actor=None, now=now),
        decree="Penyiapan awal sistem",
        valid_from=now.astimezone(zone_of(facts.region)).date(),
    )
    made = invite_user(facts=replace(administrator, is_active=True), posting=posting, actor=None, now=now)
    transaction.on_commit(lambda: access.keep_mail_password(mail_password))
    transaction.on_commit(forget_setup_code)
    return made


@transaction.atomic
def amend_installation(
    *, installation: Installation, facts: InstallationFacts, mail_password: str | None = None, actor: User | None, now: datetime
) -> Installation:
    """Bring the installation to `facts`; a `mail_password` of None stays as it is, "" is taken away.

    Raises ValidationError: outside the postings of `actor`, another kabupaten, or as the pure write does.
    """
    row = Installation.objects.select_for_update(of=("self",)).select_related("region").get(pk=installation.pk)
    refuse_outside(actor, Act.MANAGE_INSTALLATION, row.region, now=now)
    before = InstallationFacts.of(row)
    if facts.region != before.region:
        raise ValidationError({"region": "Kabupaten sebuah sistem tidak berganti. Siapkan sistem baru untuk kabupaten lain."})
    row = access.amend_installation(row=row, facts=facts)
    write_change(Event.INSTALLATION_AMENDED, before, InstallationFacts.of(row), key={}, region=row.region, actor=actor, now=now)
    if mail_password is not None:
        transaction.on_commit(lambda: access.keep_mail_password(mail_password))
    return row
