"""Somebody with a hand on the database takes rows away, holds them back or sets them aside: each of these is found (S37)."""

import random
from collections.abc import Callable

import pytest
from django.db.models import F

from accounts.postings.tables import Role
from accounts.users.models import User
from konflik.acts.services import record
from konflik.clocks.models import Deadline
from konflik.journal.services import Entry
from konflik.law.events import Event
from konflik.notices.models import Heartbeat, Notice
from konflik.notices.selectors.watch import findings
from konflik.notices.services.scanning import scan
from konflik.notices.services.sending import deliver
from konflik.notices.tables import FINDING_LABELS, RECONCILE, Channel, State
from konflik.watch.services import reconcile_all
from tests.builders import BATANGHARI, DAY, HOUR, NOW, a_user
from tests.notices import mail_server as servers
from tests.notices.mail_server import serving
from tests.notices.making import MINUTE, asked_for_tni, reachable
from tests.profiles import LONG

pytestmark = pytest.mark.django_db
THEN = NOW + 18 * HOUR
"""When the sabotage is done: two reminders have gone out."""
LOOK = THEN + 20 * MINUTE
SABOTAGES = 300 if "races" in LONG else 60


@pytest.fixture
def deadlines(settings: object) -> list[Deadline]:
    """Deadlines with their reminders out by bell and mail, a line that was told, and nothing wrong."""
    settings.EMAIL_HOST, settings.EMAIL_USE_TLS = "127.0.0.1", False
    for role in (Role.KEPALA_DAERAH, Role.SEKRETARIS_TIM):
        reachable(a_user(role))
    Heartbeat.objects.create(pk=RECONCILE, started_at=NOW, tally={"since_line": 0})
    made = [asked_for_tni(at=NOW, thread=f"status:{number}") for number in range(4)]
    with serving(servers.good) as server:
        settings.EMAIL_PORT = server.port
        for hours in (0, 12, 18):
            scan(now=NOW + hours * HOUR)
            deliver(clock=lambda: NOW + hours * HOUR, until=NOW + DAY)  # noqa: B023
    Notice.objects.filter(channel=Channel.BELL.value).update(confirmed_at=THEN, confirmation="Siap.")
    return made


def kinds(found: list) -> set[str]:
    return {one.kind for one in found if one.kind != "unreached"}


def test_where_all_is_well_nothing_is_found(deadlines: list[Deadline]) -> None:
    assert kinds(reconcile_all(now=LOOK)) == set()


Sabotage = Callable[[Notice], object]


def one(notice: Notice) -> object:
    return Notice.objects.filter(pk=notice.pk)


SABOTAGE: dict[str, tuple[Sabotage, dict, str]] = {
    "a row taken away": (lambda row: one(row).delete(), {}, "incomplete"),
    "a mail taken away": (lambda row: one(row).delete(), {"channel": "email"}, "incomplete"),
    "all rows of a reminder taken away": (
        lambda row: Notice.objects.filter(deadline=row.deadline, milestone="J-6").delete(),
        {"milestone": "J-6"},
        "missing",
    ),
    "all rows of a line taken away": (lambda row: Notice.objects.filter(line=row.line).delete(), {"source": "line"}, "missing"),
    "parked": (lambda row: one(row).update(state="parked", sends=2), {"channel": "email"}, "waits_for_person"),
    "failed": (lambda row: one(row).update(state="failed"), {"channel": "email"}, "waits_for_person"),
    "cancelled": (lambda row: one(row).update(state="cancelled"), {"channel": "email"}, "wrongly_cancelled"),
    "a bell cancelled": (lambda row: one(row).update(state="cancelled"), {"channel": "bell"}, "wrong_bell"),
    "superseded though it went out": (lambda row: one(row).update(state="superseded"), {"channel": "email"}, "wrongly_superseded"),
    "superseded by nothing": (
        lambda row: one(row).update(state="superseded", sent_at=None),
        {"channel": "email", "milestone": "J-6"},
        "wrongly_superseded",
    ),
    "put off": (
        lambda row: one(row).update(state="pending", send_after=LOOK + 40 * DAY),
        {"channel": "email"},
        "held",
    ),
    "leased for ever": (
        lambda row: one(row).update(state="pending", lease_by="x", lease_until=LOOK + 40 * DAY),
        {"channel": "email"},
        "held",
    ),
    "left lying": (lambda row: one(row).update(state="pending", send_after=THEN), {"channel": "email"}, "stuck"),
    "called sent without proof": (
        lambda row: one(row).update(state="sent", sent_at=THEN, sends=0),
        {"channel": "email"},
        "unproven",
    ),
    "ladder taken off": (
        lambda row: one(row).update(confirmed_at=None, confirmation="", confirm_until=THEN, must_confirm=True, climbed_at=None),
        {"channel": "bell"},
        "ladder",
    ),
    "deadline put to sleep": (
        lambda row: Deadline.objects.filter(pk=row.deadline_id).update(next_notice_at=None),
        {"source": "deadline"},
        "asleep",
    ),
    "deadline put off": (
        lambda row: Deadline.objects.filter(pk=row.deadline_id).update(next_notice_at=LOOK + 40 * DAY),
        {"source": "deadline"},
        "asleep",
    ),
    "version of the date put back": (
        lambda row: Deadline.objects.filter(pk=row.deadline_id).update(due_version=F("due_version") - 1),
        {"source": "deadline"},
        "ahead_of_date",
    ),
}


@pytest.mark.parametrize("name", SABOTAGE)
def test_each_kind_of_sabotage_is_found(deadlines: list[Deadline], name: str) -> None:
    act, on, kind = SABOTAGE[name]
    act(Notice.objects.filter(**on).order_by("-pk")[0])
    found = reconcile_all(now=LOOK)
    assert kind in kinds(found)
    assert set(findings()) == set(found), "the outbox page shows them"
    assert all(one.kind in FINDING_LABELS for one in found)


def test_random_sabotage_is_found_every_time(deadlines: list[Deadline]) -> None:
    dice = random.Random(20261122)
    before = list(Notice.objects.values()), list(Deadline.objects.values())
    for _ in range(SABOTAGES):
        act, on, kind = SABOTAGE[dice.choice(list(SABOTAGE))]
        act(dice.choice(list(Notice.objects.filter(**on))))
        assert kind in kinds(reconcile_all(now=LOOK))
        Notice.objects.all().delete()
        Notice.objects.bulk_create(Notice(**row) for row in before[0])
        for row in before[1]:
            Deadline.objects.filter(pk=row["id"]).update(**row)
    assert kinds(reconcile_all(now=LOOK)) == set()


def test_what_merely_waits_its_turn_is_no_finding(deadlines: list[Deadline]) -> None:
    record(Entry(Event.BTT_PAID.value, LOOK, kabupaten_id=BATANGHARI), now=LOOK)
    assert Notice.objects.filter(state=State.PENDING.value).exists()
    assert kinds(reconcile_all(now=LOOK + MINUTE)) == set()
    assert "stuck" in kinds(reconcile_all(now=LOOK + HOUR))


def test_that_nobody_could_be_told_is_a_finding_of_its_own(deadlines: list[Deadline]) -> None:
    User.objects.update(is_active=False)
    record(Entry(Event.BTT_PAID.value, LOOK, kabupaten_id=BATANGHARI), now=LOOK)
    assert "unreached" in {one.kind for one in reconcile_all(now=LOOK + HOUR)}


def test_what_was_taken_over_from_old_files_was_told_to_nobody_and_is_no_finding(deadlines: list[Deadline]) -> None:
    record(Entry(Event.BTT_PAID.value, LOOK - 8 * DAY, kabupaten_id=BATANGHARI), now=LOOK)
    assert [one for one in reconcile_all(now=LOOK + HOUR) if one.table == "line" and one.kind == "missing"] == []


def test_lines_from_before_the_first_reconciliation_are_not_asked_for() -> None:
    record(Entry(Event.BTT_PAID.value, NOW, kabupaten_id=BATANGHARI), now=NOW)
    assert [one for one in reconcile_all(now=NOW + HOUR) if one.table == "line"] == []
    record(Entry(Event.BTT_PAID.value, NOW, kabupaten_id=BATANGHARI), now=NOW + HOUR)
    assert len([one for one in reconcile_all(now=NOW + 2 * HOUR) if one.table == "line"]) == 1
