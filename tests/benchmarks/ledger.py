"""The rows that the benchmark of notices runs on, and what it times."""

import time
from collections.abc import Callable, Iterator
from copy import copy
from datetime import UTC, datetime, timedelta

from django.core.management import call_command
from django.db import connection

from accounts.postings.services import PostingFacts
from accounts.postings.tables import InstitutionKind, Role
from accounts.regions.models import Region
from accounts.users.models import User
from accounts.users.services import UserFacts
from konflik.acts.services import Clocked, record
from konflik.bulk import insert
from konflik.clocks.models import Deadline
from konflik.clocks.services.following import Fixed
from konflik.journal.services import Entry
from konflik.law.events import Event
from konflik.notices.models import Notice
from konflik.notices.services.scanning import scan
from konflik.notices.services.sending import claim, deliver, new_worker, send_all
from konflik.notices.tables import State
from konflik.registry import services as registry
from tests.benchmarks.tasks import NOWHERE, batch, one
from tests.people import STARTED, institution

KABUPATEN = "15.04"
PEOPLE = 50
CHUNK = 50_000

CLAIM_AND_RECORD = """
WITH due AS (
    SELECT id FROM konflik_deadline WHERE next_notice_at <= %(now)s AND state = 'running'
    ORDER BY next_notice_at, id LIMIT 1000 FOR UPDATE SKIP LOCKED
), moved AS (
    UPDATE konflik_deadline AS d SET next_notice_at = %(later)s FROM due WHERE d.id = due.id
    RETURNING d.id, d.due_version, d.person_id, d.kabupaten_id
)
INSERT INTO konflik_notice (source, source_id, source_version, milestone, recipient_id, channel, "group", office, together, urgency,
    kabupaten_id, deadline_id, step, created_at, send_after, state, lease_by, sends, refusals, sent_at, receipt, fault, content_digest,
    must_confirm, confirmation, answers_for, secrecy)
SELECT 'deadline', id, due_version, 'H-7', person_id, 'bell', 'deadline', 'penanggung_jawab', 1, 'normal', kabupaten_id, id, 0,
    %(now)s, %(now)s, 'sent', '', 0, 0, %(now)s, '', '', '', false, '', '', 1
FROM moved ON CONFLICT ON CONSTRAINT notice_once DO NOTHING
"""

WAITING = """
INSERT INTO konflik_notice (source, source_id, source_version, milestone, recipient_id, channel, "group", office, together, urgency,
    kabupaten_id, deadline_id, step, created_at, send_after, state, lease_by, sends, refusals, receipt, fault, content_digest,
    must_confirm, confirmation, answers_for, secrecy)
SELECT 'deadline', id, due_version, 'H-7', person_id, 'email', 'deadline', 'penanggung_jawab', 2, 'normal', kabupaten_id, id, 0,
    %(now)s, %(now)s, 'pending', '', 0, 0, '', '', '', false, '', '', 1
FROM konflik_deadline WHERE id = ANY(%(keys)s)
"""
CLAIM_AND_MARK = """
WITH ready AS (
    SELECT id FROM konflik_notice WHERE state IN ('pending', 'uncertain') AND send_after <= %(now)s
    ORDER BY send_after, id LIMIT 1000 FOR UPDATE SKIP LOCKED
)
UPDATE konflik_notice AS n SET state = 'sent', sent_at = %(now)s, sends = 1 FROM ready WHERE n.id = ready.id
"""


class Ledger:
    """Deadlines of one kabupaten and fifty people, `due` of which come due in each race."""

    def __init__(self, *, due: int, worker: bool) -> None:
        self.due, self.worker = due, worker
        self.now = datetime.now(UTC)
        call_command("migrate", verbosity=0)
        if not Region.objects.exists():
            call_command("load_regions", province="15")
            self._people()
        self.first = Deadline.objects.order_by("pk").first() or self._first()
        self.now = self.first.opened_at + timedelta(hours=1)
        self.keys: list[int] = []

    def _people(self) -> None:
        agency = institution("Dinas Sosial", KABUPATEN, now=self.now, kind=InstitutionKind.PERANGKAT_DAERAH)
        place = Region.objects.get(pk=KABUPATEN)
        for turn in range(PEOPLE):
            posting = PostingFacts(role=Role.ANGGOTA_TIM.value, region=place, valid_from=STARTED, institution=agency)
            facts = UserFacts(username=f"orang{turn}", name=f"Orang {turn}", email=f"orang{turn}@uji.example")
            registry.invite_user(facts=facts, posting=posting, actor=None, now=self.now)

    def _first(self) -> Deadline:
        """Opened through the door; the others are its copies. Of its reminders the first, H-7, is reached, and no other."""
        person = User.objects.order_by("pk").first()
        fixed = Fixed("kegiatan-selesai", "uji:0", (self.now + timedelta(days=6)).date(), person_id=person.pk)
        entry = Entry(event=Event.ACTIVITY_UPDATED.value, occurred_at=self.now, actor=person, kabupaten_id=KABUPATEN)
        record(entry, now=self.now, clocked=Clocked(thread="uji:0", fixed=(fixed,)))
        return Deadline.objects.get()

    def grow(self, number: int) -> None:
        """So many open deadlines, and what the database then knows of them."""
        # The worker sweeps when it starts, which begins periods of their own.
        copies = Deadline.objects.filter(rule=self.first.rule)
        begun, there = time.monotonic(), copies.count()
        people = list(User.objects.filter(username__startswith="orang").values_list("pk", flat=True))
        for chunk in range(there, number, CHUNK):
            insert(self._like(turn, people[turn % PEOPLE]) for turn in range(chunk, min(chunk + CHUNK, number)))
        Deadline.objects.filter(next_notice_at__lte=self.now).update(next_notice_at=self.now + timedelta(days=100))
        self._tidy()
        step = max(1, number // self.due)
        self.keys = list(copies.order_by("pk").values_list("pk", flat=True)[::step][: self.due])
        print(f"{number - there:,} deadlines laid down in {time.monotonic() - begun:.0f} s")

    def _like(self, turn: int, person: int) -> Deadline:
        made = copy(self.first)
        made.pk, made.thread, made.person_id = None, f"uji:{turn}", person
        made.next_notice_at = self.now + timedelta(days=3, seconds=turn % 1_000_000)
        return made

    def _tidy(self) -> None:
        with connection.cursor() as cursor:
            for table in ("konflik_deadline", "konflik_notice"):
                cursor.execute(f"VACUUM ANALYZE {table}")

    def _make_due(self, number: int) -> None:
        """No notices, and so many deadlines of which one reminder is due and not yet written."""
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE konflik_notice")
        Deadline.objects.filter(pk__in=self.keys[:number]).update(next_notice_at=self.now - timedelta(minutes=1))
        self._tidy()

    def races(self) -> dict[str, Callable[[], float]]:
        """What is timed, by its name; each answers with seconds for `due` reminders."""
        plain = {"sql claim + record": self.claim_by_sql, "scan": self.scan, "sql claim + mark": self.mark_by_sql, "claim, mark": self.send}
        plain["row by row"] = self.row_by_row
        return {**plain, "claim, Celery, mark": self.through_celery, "one task per notice": self.one_by_one} if self.worker else plain

    def claim_by_sql(self) -> float:
        """The limit: one statement for each thousand, with every index and constraint that the real tables have."""
        self._make_due(self.due)
        begun = time.perf_counter()
        with connection.cursor() as cursor:
            while True:
                cursor.execute(CLAIM_AND_RECORD, {"now": self.now, "later": self.now + timedelta(days=100)})
                if not cursor.rowcount:
                    break
        return self._stopped(begun)

    def scan(self) -> float:
        """The same by the service."""
        self._make_due(self.due)
        begun = time.perf_counter()
        scan(now=self.now)
        return self._stopped(begun)

    def mark_by_sql(self) -> float:
        """The limit of handing out: one statement for each thousand."""
        self._make_waiting()
        begun = time.perf_counter()
        with connection.cursor() as cursor:
            while True:
                cursor.execute(CLAIM_AND_MARK, {"now": self.now})
                if not cursor.rowcount:
                    break
        return self._all_sent(begun)

    def send(self) -> float:
        """The service in one process: lease a batch, mark it."""
        self._make_waiting()
        begun = time.perf_counter()
        while ids := claim(worker=(name := new_worker()), now=self.now):
            send_all(ids=ids, worker=name, now=self.now, senders=NOWHERE)
        return self._all_sent(begun)

    def row_by_row(self) -> float:
        """As mail is sent: every row steps to `sending` and on by itself. Only a twentieth, the rest is reckoned up."""
        few = self.due // 20
        self._make_waiting(few)
        begun = time.perf_counter()
        deliver(clock=lambda: self.now, until=self.now + timedelta(minutes=1), senders=NOWHERE)
        return self._all_sent(begun, few) * 20

    def through_celery(self) -> float:
        """Leased here, handed over as ids in one message for each batch, marked by the worker."""
        self._make_waiting()
        begun = time.perf_counter()
        while ids := claim(worker=(name := new_worker()), now=self.now):
            batch.delay(ids, name)
        return self._all_sent(begun)

    def one_by_one(self) -> float:
        """As Celery is often used: a message for each notice. Only a twentieth, the rest is reckoned up."""
        few = self.due // 20
        self._make_waiting(few)
        begun = time.perf_counter()
        while ids := claim(worker=(name := new_worker()), now=self.now):
            for notice_id in ids:
                one.delay(notice_id, name)
        return self._all_sent(begun, few) * 20

    def _make_waiting(self, number: int | None = None) -> None:
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE konflik_notice")
            cursor.execute(WAITING, {"now": self.now, "keys": self.keys[:number]})
        self._tidy()

    def _all_sent(self, begun: float, number: int | None = None) -> float:
        waiting = Notice.objects.exclude(state=State.SENT.value)
        while waiting.exists():
            time.sleep(0.002)
        took = time.perf_counter() - begun
        assert Notice.objects.filter(sends=1).count() == (number or self.due), "each exactly once"
        return took

    def _stopped(self, begun: float) -> float:
        took = time.perf_counter() - begun
        assert Notice.objects.count() == self.due, f"{Notice.objects.count()} rows for {self.due} reminders"
        return took

    def sweep(self, due: int) -> float:
        """Seconds of one scan with so many due."""
        self._make_due(due)
        begun = time.perf_counter()
        scan(now=self.now)
        return time.perf_counter() - begun

    def plan(self) -> Iterator[str]:
        """How PostgreSQL finds what is due."""
        due = Deadline.objects.filter(next_notice_at__lte=self.now, state="running").order_by("next_notice_at", "pk")[:1000]
        yield from due.explain(analyze=True).splitlines()
