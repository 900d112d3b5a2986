"""People in their offices, and deadlines that fall due: one line each, through the services."""

from datetime import datetime, timedelta
from typing import Any

from accounts.postings.models import Institution, Posting
from accounts.postings.services import PostingFacts
from accounts.postings.tables import InstitutionKind, Role
from accounts.users.models import User
from konflik.acts.services import Clocked, record
from konflik.clocks.models import Deadline
from konflik.journal.services import Entry
from konflik.law.events import Event
from konflik.notices.models import Notice
from konflik.notices.tables import Channel, State
from konflik.registry import services as registry
from tests.builders import BATANGHARI, NOW, a_user, region
from tests.people import STARTED, institution

MINUTE = timedelta(minutes=1)
TNI = "tni-permintaan-tertulis"
"""1 x 24 hours, on the kepala daerah: reminders 12, 6, 3 and 1 hours before, and after."""


def an_agency(kind: InstitutionKind, at: str = BATANGHARI, name: str = "") -> Institution:
    """One agency of that kind."""
    return institution(name or f"{kind.value} {at}", at, now=NOW, kind=kind)


def a_member(kind: InstitutionKind, at: str = BATANGHARI) -> User:
    """Somebody who sits in the team for an agency of that kind."""
    return a_user(Role.ANGGOTA_TIM, at, of=an_agency(kind, at))


def posted(user: User, role: Role, at: str = BATANGHARI, **told: Any) -> Posting:
    """One more posting."""
    facts = PostingFacts(role=role.value, region=region(at), valid_from=told.pop("since", STARTED), **told)
    return registry.record_posting(user=user, facts=facts, actor=None, now=NOW)


def reachable(user: User, *, email: str = "", phone: str = "") -> User:
    """With an address."""
    User.objects.filter(pk=user.pk).update(email=email or f"{user.username}@contoh.go.id", phone=phone)
    user.refresh_from_db()
    return user


def asked_for_tni(*, at: datetime, now: datetime | None = None, thread: str = "status:1", case_id: int | None = None) -> Deadline:
    """The oral request of `at` that starts 24 hours, recorded at `now`."""
    entry = Entry(event=Event.TNI_REQUESTED_ORALLY.value, occurred_at=at, case_id=case_id, kabupaten_id=BATANGHARI)
    line = record(entry, now=now or at, clocked=Clocked(thread=thread))
    return Deadline.objects.get(trigger=line, rule=TNI)


def rows(**told: Any) -> list[Notice]:
    """Rows of the ledger in the order in which they were written."""
    return list(Notice.objects.filter(**told).order_by("pk"))


def milestones(deadline: Deadline, **told: Any) -> list[tuple[str, str]]:
    """(milestone, state) of the bell rows of a deadline."""
    found = rows(deadline=deadline, channel=Channel.BELL.value, **told)
    return [(row.milestone, row.state) for row in found]


def a_pending_mail(user: User, *, now: datetime = NOW, **told: Any) -> Notice:
    """One row that waits to be sent by mail."""
    plain: dict[str, Any] = {
        "source": "digest",
        "source_id": user.pk,
        "milestone": f"2026-11-{Notice.objects.count() % 28 + 1:02}",
        "recipient": user,
        "channel": Channel.EMAIL.value,
        "group": "system",
        "urgency": "normal",
        "created_at": now,
        "send_after": now,
        "state": State.PENDING.value,
        "together": 1,
        "source_version": Notice.objects.count(),
    }
    return Notice.objects.create(**{**plain, **told})
