"""Whose system this is."""

from datetime import datetime

from django.db import transaction

from accounts.access import services as access
from accounts.access.models import Installation
from accounts.access.services import InstallationFacts
from accounts.users.models import User
from konflik.law.events import Event
from konflik.registry.services.writing import write_new


@transaction.atomic
def set_up_installation(*, facts: InstallationFacts, actor: User | None, now: datetime) -> Installation:
    """Write down the kabupaten, the letterhead and the mail server, once. Raises ValidationError as the pure write does."""
    row = access.record_installation(facts=facts, now=now)
    write_new(Event.INSTALLATION_SET_UP, facts, key={}, region=facts.region, actor=actor, now=now)
    return row
