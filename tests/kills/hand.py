"""Who prepares the installation of a kill test and reads its ledger afterwards: `python -m tests.kills.hand`, told by orders."""

import sys
from collections.abc import Callable, Iterator
from copy import copy
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import django

django.setup()

# Django must be set up before its models can be imported.
from django.conf import settings  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402

from accounts.postings.models import Institution  # noqa: E402
from accounts.postings.services import PostingFacts  # noqa: E402
from accounts.postings.tables import InstitutionKind, Role  # noqa: E402
from accounts.regions.models import Region  # noqa: E402
from accounts.users.models import User  # noqa: E402
from accounts.users.services import UserFacts  # noqa: E402
from konflik.acts.services import Clocked, record  # noqa: E402
from konflik.bulk import insert  # noqa: E402
from konflik.cases.models import IssueType  # noqa: E402
from konflik.clocks.models import Deadline  # noqa: E402
from konflik.clocks.services.following import Fixed  # noqa: E402
from konflik.journal.models import JournalLine  # noqa: E402
from konflik.journal.selectors import breaks  # noqa: E402
from konflik.journal.services import Entry  # noqa: E402
from konflik.law.events import Event  # noqa: E402
from konflik.law.grammar.counting import end_of  # noqa: E402
from konflik.law.notices import milestones  # noqa: E402
from konflik.law.rulebook import RULES  # noqa: E402
from konflik.notices.models import Heartbeat, Notice  # noqa: E402
from konflik.notices.selectors.reach import reach_of_event  # noqa: E402
from konflik.notices.selectors.wording import key_of  # noqa: E402
from konflik.notices.services.reconciling import reconcile  # noqa: E402
from konflik.notices.tables import Channel, Source, State  # noqa: E402
from konflik.registry import services as registry  # noqa: E402
from konflik.serving.preparation import prepare as prepare_installation  # noqa: E402
from tests.kills.sink import AIMED  # noqa: E402
from tests.orders import obey  # noqa: E402
from tests.people import STARTED, institution  # noqa: E402

BATANGHARI, BAJUBANG = "15.04", "15.04.07"
RULE = "kegiatan-selesai"
TITLE = "Mediasi di kantor desa"
PEOPLE = 20
DAYS = (-4, -2, 0, 1, 2, 3)
"""Last days seen from today: of each deadline one reminder is due, earlier ones are superseded."""


def prepare() -> dict[str, Any]:
    """Tables, regions, static files; the offices of a kabupaten; people with a duty each; the cookie of a clerk."""
    prepare_installation(lambda text: print(text, file=sys.stderr))
    now = _now()
    agency = institution("Dinas Sosial", BATANGHARI, now=now, kind=InstitutionKind.PERANGKAT_DAERAH)
    for name, role, place in (
        ("bupati", Role.KEPALA_DAERAH, BATANGHARI),
        ("sekretaris", Role.SEKRETARIS_TIM, BATANGHARI),
        ("staf", Role.STAF_SEKRETARIAT, BATANGHARI),
        ("camat", Role.CAMAT, BAJUBANG),
    ):
        _somebody(name, role, place, now)
    for name in (AIMED, *(f"orang{turn}" for turn in range(PEOPLE))):
        _somebody(name, Role.ANGGOTA_TIM, BATANGHARI, now, agency)
    IssueType.objects.get_or_create(code="lahan", defaults={"label": "Lahan"})
    return {"cookie": _cookie(User.objects.get(username="staf")), "database": connection.vendor}


def _somebody(name: str, role: Role, place: str, now: datetime, agency: Institution | None = None) -> None:
    posting = PostingFacts(role=role.value, region=Region.objects.get(pk=place), valid_from=STARTED, institution=agency)
    facts = UserFacts(username=name, name=name, email=f"{name}@uji.example")
    registry.invite_user(facts=facts, posting=posting, actor=None, now=now)


def _cookie(user: User) -> str:
    client = Client()
    client.force_login(user)
    session = client.session
    session["account_authentication_methods_user"] = str(user.pk)
    session["account_authentication_methods"] = [{"method": name, "at": datetime.now(UTC).timestamp()} for name in ("password", "mfa")]
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def open_deadlines(*, number: int, within: float, seed: int, aimed: int = 0) -> int:
    """So many deadlines whose next reminder comes due at a random instant of the next `within` seconds; a mail and a bell each."""
    chance, now = Random(seed), _now()
    people = list(User.objects.filter(username__startswith="orang").order_by("pk"))
    person = User.objects.get(username=AIMED)
    first = _first(now)
    rows = [_like(first, turn, chance.choice(people), chance, now, within) for turn in range(number - aimed)]
    rows += [_like(first, number + turn, person, chance, now, within) for turn in range(aimed)]
    with transaction.atomic():
        insert(rows)
    return len(rows)


def _first(now: datetime) -> Deadline:
    """One deadline through the door; the others are its copies. It lies so far ahead that nothing of it is due."""
    thread, person = f"uji:{Deadline.objects.count()}", User.objects.get(username="bupati")
    fixed = Fixed(RULE, thread, (now + timedelta(days=300)).date(), title=TITLE, person_id=person.pk)
    entry = Entry(event=Event.ACTIVITY_UPDATED.value, occurred_at=now, actor=person, kabupaten_id=BATANGHARI)
    record(entry, now=now, clocked=Clocked(thread=thread, fixed=(fixed,)))
    return Deadline.objects.get(thread=thread)


def _like(first: Deadline, turn: int, person: User, chance: Random, now: datetime, within: float) -> Deadline:
    made = copy(first)
    zone = ZoneInfo(first.zone)
    last_day = now.astimezone(zone).date() + timedelta(days=chance.choice(DAYS))
    made.pk, made.thread, made.person_id = None, f"{first.thread}-{turn}", person.pk
    made.fixed_on = made.last_day = last_day
    made.due_at = end_of(last_day, zone)
    made.next_notice_at = now + timedelta(seconds=chance.uniform(0, within))
    return made


def waiting() -> dict[str, int]:
    """What the ledger still has to do: deadlines to look at, mails to send."""
    due = Deadline.objects.filter(next_notice_at__lte=_now()).count()
    mails = Notice.objects.filter(channel=Channel.EMAIL.value)
    by_itself = (State.PENDING.value, State.SENDING.value, State.UNCERTAIN.value)
    return {"due": due, "mails": mails.filter(state__in=by_itself).count(), "sent": mails.filter(state=State.SENT.value).count()}


def ledger() -> list[dict[str, Any]]:
    """Every mail of the ledger."""
    rows = Notice.objects.filter(channel=Channel.EMAIL.value).select_related("recipient").order_by("pk")
    return [
        {"key": key_of(row), "pk": row.pk, "to": row.recipient.email, "state": row.state, "sends": row.sends, "refusals": row.refusals}
        for row in rows
    ]


def missing() -> list[str]:
    """What should stand in the ledger and does not, found without its code: reminders of deadlines, messages of acts."""
    return [*_missing_reminders(), *_missing_messages()]


def _missing_reminders() -> Iterator[str]:
    rows = Notice.objects.filter(source=Source.DEADLINE.value).values_list("deadline_id", "milestone", "recipient_id", "channel", "state")
    found = {tuple(row[:4]): row[4] for row in rows}
    begun = Heartbeat.objects.order_by("-finished_at").values_list("started_at", flat=True)[0]
    for deadline in Deadline.objects.filter(person__isnull=False).select_related("trigger"):
        zone = ZoneInfo(deadline.zone)
        every = milestones(RULES.rules[deadline.rule], due_at=deadline.due_at, last_day=deadline.last_day, zone=zone)
        reached = [one.code for one in every if one.at <= begun]
        for code in reached:
            for channel in (Channel.BELL.value, Channel.EMAIL.value):
                state = found.get((deadline.pk, code, deadline.person_id, channel))
                if state is None:
                    yield f"deadline {deadline.pk} {code} {channel}: no row"
                elif code == reached[-1] and state == State.SUPERSEDED.value:
                    yield f"deadline {deadline.pk} {code} {channel}: superseded by nothing"


def _missing_messages() -> Iterator[str]:
    rows = Notice.objects.filter(source=Source.LINE.value).values_list("source_id", "recipient_id", "channel")
    found = set(rows)
    for line in JournalLine.objects.filter(event=Event.CASE_OPENED.value).select_related("case"):
        reach = reach_of_event(line.event, kabupaten_id=line.kabupaten_id, case_id=line.case_id, at=line.recorded_at)
        if not reach.recipients:
            yield f"line {line.pk}: nobody is told"
        for recipient in reach.recipients:
            for channel in (Channel.BELL.value, Channel.EMAIL.value):
                if (line.pk, recipient.user.pk, channel) not in found:
                    yield f"line {line.pk} {recipient.why} {channel}: no row"


def house() -> dict[str, Any]:
    """How the rest stands: chain of the journal, cases, what the reconciliation finds."""
    return {
        "breaks": [str(found) for found in breaks()],
        "cases": list(JournalLine.objects.filter(event=Event.CASE_OPENED.value).values_list("case_id", flat=True)),
        "findings": [[found.kind, found.table, found.pk] for found in reconcile(now=_now())],
    }


def _now() -> datetime:
    return datetime.now(UTC)


ORDERS: dict[str, Callable[..., Any]] = {order.__name__: order for order in (prepare, open_deadlines, waiting, ledger, missing, house)}

if __name__ == "__main__":
    obey(ORDERS)
