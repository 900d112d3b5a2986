"""The complete sweep: every step, none that stops another, the same rows whether it ran each minute or slept for days."""

import subprocess
import sys
from datetime import timedelta
from io import StringIO
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings as live
from django.core.management import CommandError, call_command
from django.utils.module_loading import import_string

from accounts.postings.tables import Role
from accounts.users.models import User
from konflik.celery import app
from konflik.clocks.models import Deadline
from konflik.notices.models import Heartbeat, Notice
from konflik.notices.tables import SWEEP, State
from konflik.rowwise import SomeFailed, each
from konflik.watch.services import sweep
from konflik.watch.services.sweeping import STEPS, Clock, running_from
from konflik.watch.tables import DELIVER_SECONDS
from tests.builders import DAY, HOUR, NOW, a_user
from tests.installation import ROOT
from tests.notices.making import MINUTE, asked_for_tni, reachable

pytestmark = pytest.mark.django_db


@pytest.fixture
def bupati() -> User:
    return reachable(a_user(Role.KEPALA_DAERAH))


def keys() -> set[tuple]:
    """The ledger without its own numbers."""
    return set(Notice.objects.values_list("deadline__thread", "source", "source_version", "milestone", "recipient__username", "channel"))


def test_a_complete_sweep_leaves_its_heartbeat(bupati: User) -> None:
    asked_for_tni(at=NOW)
    tally = sweep(now=NOW + 12 * HOUR)
    assert tally.is_complete
    assert list(tally.counts) == [name for name, _ in STEPS]
    assert tally.counts["scanned"] == 1
    beat = Heartbeat.objects.get(pk=SWEEP)
    assert beat.started_at == NOW + 12 * HOUR
    assert beat.started_at <= beat.finished_at < beat.started_at + MINUTE
    assert beat.tally["scanned"] == 1


def test_a_step_that_fails_stops_no_other_and_the_sweep_is_not_complete(bupati: User, caplog: pytest.LogCaptureFixture) -> None:
    def broken(clock: Clock) -> int:
        raise RuntimeError("rusak")

    sweep(now=NOW)
    asked_for_tni(at=NOW)
    tally = sweep(now=NOW + 12 * HOUR, steps=(("broken", broken), *STEPS))
    assert (tally.is_complete, tally.faults, tally.counts["scanned"]) == (False, ["broken"], 1)
    beat = Heartbeat.objects.get(pk=SWEEP)
    assert beat.finished_at < NOW + HOUR, "the last complete one"
    assert beat.tally["faults"] == ["broken"]


def test_after_an_outage_the_keys_of_a_deadline_are_those_of_an_undisturbed_run(bupati: User) -> None:
    def run(outage: timedelta) -> set[tuple]:
        Notice.objects.all().delete()
        Deadline.objects.filter(pk=deadline.pk).update(next_notice_at=first)
        now = NOW
        while now < NOW + 12 * DAY:
            if not NOW + 10 * HOUR < now < NOW + 10 * HOUR + outage:
                sweep(now=now)
            now += 2 * HOUR
        return {key for key in keys() if not key[3].startswith("T")}

    deadline = asked_for_tni(at=NOW)
    first = deadline.next_notice_at
    calm = run(timedelta(0))
    assert len(calm) == 8
    for outage in (3 * HOUR, DAY, 10 * DAY):
        assert run(outage) == calm, outage


def test_the_command_is_the_same_sweep_and_tells_cron_of_a_failure(bupati: User, monkeypatch: pytest.MonkeyPatch) -> None:
    out = StringIO()
    call_command("sweep", "--periksa", stdout=out)
    assert "tenggat diperiksa" in out.getvalue()
    assert "temuan pencocokan" in out.getvalue()
    monkeypatch.setattr("konflik.watch.services.sweeping.STEPS", ())
    monkeypatch.setattr("konflik.notices.services.scanning.scan_batch", lambda **_: 1 / 0)
    with pytest.raises(CommandError, match="tenggat diperiksa gagal"):
        call_command("sweep", stdout=StringIO())


def test_one_clock_runs_through_all_steps_so_that_leases_begin_when_they_say(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks, seen = [0.0], []
    monkeypatch.setattr("konflik.watch.services.sweeping.time", SimpleNamespace(monotonic=lambda: ticks[0]))
    monkeypatch.setattr("konflik.watch.services.sweeping.deliver", lambda *, clock, until: seen.append((clock(), until)) or {})

    def slow(clock: Clock) -> int:
        ticks[0] += 600
        return 1

    assert sweep(now=NOW, steps=(("slow", slow), STEPS[-1])).is_complete
    assert seen == [(NOW + 10 * MINUTE, NOW + 10 * MINUTE + DELIVER_SECONDS)]
    assert Heartbeat.objects.get(pk=SWEEP).finished_at == NOW + 10 * MINUTE


BAD_ROWS = {
    "scanned": ("konflik.notices.services.scanning.reach_of_deadline", lambda deadline, **_: deadline.pk),
    "lapsed": ("konflik.acts.services.lapsing.hold", None),
    "delivered": ("konflik.notices.services.sending._why_not", lambda notice, *_: notice.deadline_id),
}
"""Where each step is made to fail for one row, and which deadline that row is about; None: the first one asked for."""


@pytest.mark.parametrize("step", BAD_ROWS)
def test_one_bad_row_stops_no_other_of_its_step(step: str, bupati: User, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1" if step == "delivered" else "", 1
    made = [asked_for_tni(at=NOW, thread=f"status:{number}") for number in range(3)]
    if step == "lapsed":
        Deadline.objects.update(rule="skk-berakhir", last_day=made[0].due_at.date(), next_notice_at=made[0].due_at)
    if step == "delivered":
        sweep(now=NOW + 12 * HOUR, steps=tuple(one for one in STEPS if one[0] == "scanned"))
    path, about = BAD_ROWS[step]
    real, calls = import_string(path), []

    def failing(*args: Any, **told: Any) -> Any:
        calls.append(args)
        if (about is None and len(calls) == 1) or (about is not None and about(*args, **told) == made[0].pk):
            raise ValueError("Nama Orang")
        return real(*args, **told)

    monkeypatch.setattr(path, failing)
    wanted = Notice.objects.filter(state=State.PENDING.value).count() if step == "delivered" else len(made)
    steps = tuple((name, do) for name, do in STEPS if name == step)
    tally = sweep(now=NOW + 25 * HOUR, steps=steps)
    assert (tally.faults, tally.counts[step]) == ([step], wanted - 1)


def test_a_bad_row_is_logged_by_its_key_alone(caplog: pytest.LogCaptureFixture) -> None:
    def fails(row: int) -> int:
        if row == 2:
            raise ValueError("Nama Orang")
        return 1

    with pytest.raises(SomeFailed) as seen:
        each([1, 2, 3], fails, what="row")
    assert seen.value.done == 2
    assert [record.getMessage() for record in caplog.records] == ["row 2 failed: ValueError"]


def test_the_clock_of_a_pass_begins_at_its_now_and_runs_on() -> None:
    clock = running_from(NOW)
    first, second = clock(), clock()
    assert NOW <= first <= second < NOW + MINUTE


def test_the_worker_knows_every_task_of_the_schedule_and_they_carry_nothing() -> None:
    code = "from konflik.celery import app; app.loader.import_default_modules(); print(*app.tasks)"
    known = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    wanted = {entry["task"] for entry in live.CELERY_BEAT_SCHEDULE.values()} | {"konflik.deliver"}
    assert wanted <= set(known)
    assert not any(entry.get("args") or entry.get("kwargs") for entry in live.CELERY_BEAT_SCHEDULE.values())
    assert app.conf.task_acks_late
