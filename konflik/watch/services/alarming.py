"""The alarm of the watch on the watch: raised by the web process itself, which stands beside Celery and not behind it."""

import logging
from collections import Counter
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from accounts.access.selectors import installation, mail_server
from accounts.postings.models import Posting
from accounts.postings.tables import Role
from accounts.regions.selectors import zone_of
from accounts.users.models import User
from konflik.notices.models import Heartbeat
from konflik.notices.selectors.watch import is_stale
from konflik.notices.services.channels.dialogue import hand_over
from konflik.notices.services.channels.outcomes import Outcome
from konflik.notices.tables import MOST_SENDS, SWEEP

log = logging.getLogger(__name__)

SUBJECT = "konflik: penyapuan tenggat tidak berjalan"
TEXT = """Penyapuan tenggat sudah lebih dari 15 menit tidak selesai. Pengingat tenggat tidak terkirim selama gangguan ini.

Yang dilakukan: buka {site}/health/, periksa proses pekerja dan penjadwal, lalu jalankan manage.py sweep.
Setelah penyapuan berjalan lagi, pengingat yang tertunda dikirim dengan sendirinya.
"""


ENOUGH = 2
"""So many different people must have the mail (S32)."""
TRIED_AGAIN_AFTER = timedelta(minutes=5)
"""Longer than one dialogue with a mail server that hangs lasts with each of those who are tried in one look."""


def alarm(*, now: datetime, since: datetime) -> int:
    """Mail two different people for each time the sweep has stood still, and say how many this look has reached.

    Goes on with every look until two were reached, with somebody else where a mailbox refuses; a mail that may have arrived
    is sent once more at most. `since`: when this process began; it gives as much grace.
    """
    if not is_stale(at=now, since=since):
        return 0
    Heartbeat.objects.get_or_create(pk=SWEEP, defaults={"started_at": since})
    # Several web processes watch; one of them has the turn.
    free = Q(alarmed_at__isnull=True) | Q(alarmed_at__lte=now - TRIED_AGAIN_AFTER)
    if len(reached_by_alarm()) >= ENOUGH or not Heartbeat.objects.filter(free, pk=SWEEP).update(alarmed_at=now):
        return 0
    log.error("the last complete sweep is too long ago")
    told: dict[str, list[int]] = {"reached": [], "unsure": [], **Heartbeat.objects.values_list("alarmed", flat=True).get(pk=SWEEP)}
    before = len(told["reached"])
    for user in _to_try(told, now):
        if len(told["reached"]) >= ENOUGH:
            break
        outcome = _mail(user, now)
        if outcome in {Outcome.TAKEN, Outcome.UNKNOWN}:
            told["reached" if outcome is Outcome.TAKEN else "unsure"].append(user.pk)
            # Written at once: whoever has the next turn must not write to the same person again.
            Heartbeat.objects.filter(pk=SWEEP, alarmed_at=now).update(alarmed=told)
    reached = len(told["reached"]) - before
    if not told["reached"] and not told["unsure"]:
        # Nobody at all has heard of it: the next look tries again at once, mail may have been set up since.
        Heartbeat.objects.filter(pk=SWEEP, alarmed_at=now).update(alarmed_at=None)
    return reached


def reached_by_alarm() -> list[int]:
    """Whom the alarm of this standstill has surely reached."""
    told = Heartbeat.objects.filter(pk=SWEEP).values_list("alarmed", flat=True).first() or {}
    return list(told.get("reached", []))


def _to_try(told: dict[str, list[int]], now: datetime) -> list[User]:
    """Those who were not written to yet, then those whose mail may have arrived, each of them once more."""
    unsure = Counter(told["unsure"])
    left = [user for user in people_to_alarm(now) if user.pk not in told["reached"] and unsure[user.pk] < MOST_SENDS]
    return sorted(left, key=lambda user: unsure[user.pk])


def people_to_alarm(now: datetime) -> list[User]:
    """Who can be written to, in the order in which they are tried: a secretary of the team and an administrator of the system,

    of each role the one posted first, the house first; then everybody else who holds one of the two.
    """
    house = installation()
    today = timezone.localdate(now, zone_of(house.region) if house is not None else None)
    firsts: dict[int, User] = {}
    others: dict[int, User] = {}
    for role in (Role.SEKRETARIS_TIM, Role.ADMINISTRATOR_SISTEM):
        rows = Posting.objects.valid_at(today).filter(role=role.value, user__is_active=True).exclude(user__email="")
        held = sorted(rows.select_related("user"), key=lambda one: (house is None or one.region_id != house.region_id, one.pk))
        user = next((one.user for one in held if one.user_id not in firsts), None)
        if user is not None:
            firsts[user.pk] = user
        others.update({one.user_id: one.user for one in held})
    return list({**firsts, **others}.values())


def can_alarm(now: datetime) -> bool:
    """Whether there is a mail server and two people to write to."""
    return mail_server() is not None and len(people_to_alarm(now)) >= ENOUGH


def _mail(user: User, now: datetime) -> Outcome:
    server = mail_server()
    if server is None:
        return Outcome.REFUSED
    mail = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    mail["From"], mail["To"], mail["Subject"] = server.sender, user.email, SUBJECT
    mail["Date"] = format_datetime(now)
    mail.set_content(TEXT.format(site=settings.SITE_URL))
    return hand_over(server, to=user.email, message=mail.as_bytes()).outcome
