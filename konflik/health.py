"""`/health/`: does this installation do its work? For the supervisor, a monitor, a load balancer; no login, no secrets."""

import functools

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from konflik import alarm, environment, pulse
from konflik.notices.selectors.watch import is_stale, last_sweep
from konflik.watch.services.alarming import can_alarm

# Beat sends a pulse each minute; several missed in a row are a fault, one is not.
OLDEST_PULSE_SECONDS = 300
FINE = "baik"
BAD = "terganggu"


class UnappliedMigrationsError(Exception):
    """The database is older than the code."""


@require_safe
@login_not_required
@never_cache
def health(_request: HttpRequest) -> JsonResponse:
    """200 when all parts that are known to run do so, else 503; each part by name."""
    parts = {
        "basis_data": _database(),
        "migrasi": _migrations(),
        "pekerja": _alive(pulse.WORKER),
        "penjadwal": _alive(pulse.BEAT),
        "penyapuan": _sweeps(),
        "jangkar": BAD if settings.ANCHOR_ALARM_FILE.exists() else FINE,
    }
    is_fine = BAD not in parts.values()
    answer = {
        "status": FINE if is_fine else BAD,
        **parts,
        # No part of ours looks into files for malware, and nobody shall believe it does.
        "pemindai": "tidak dipasang",
        "surel_tanda_bahaya": _alarm_mail(),
        "umur_penyapuan_detik": _sweep_age(),
        "umur_pekerja_detik": pulse.age_seconds(pulse.WORKER),
        "umur_penjadwal_detik": pulse.age_seconds(pulse.BEAT),
        "umur_cadangan_detik": pulse.age_seconds(pulse.BACKUP),
        # Which start of the supervisor this web process belongs to; empty where it was started otherwise.
        "penanda": environment.text("KONFLIK_INSTANCE"),
    }
    return JsonResponse(answer, status=200 if is_fine else 503)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return BAD
    return FINE


def _sweeps() -> str:
    """Whether the last complete sweep is young enough; a process that has just begun gives the sweep time to come."""
    now = timezone.now()
    try:
        return BAD if is_stale(at=now, since=alarm.since(now)) else FINE
    except DatabaseError:
        return BAD


def _sweep_age() -> int | None:
    try:
        seen = last_sweep()
    except DatabaseError:
        return None
    return max(0, int((timezone.now() - seen).total_seconds())) if seen else None


def _alarm_mail() -> str:
    """Whether two people would get mail when the sweep stands still."""
    try:
        return FINE if can_alarm(timezone.now()) else "tidak dapat dikirim"
    except DatabaseError:
        return BAD


def _migrations() -> str:
    try:
        _refuse_unapplied_migrations()
    except (DatabaseError, UnappliedMigrationsError):
        return BAD
    return FINE


@functools.cache
def _refuse_unapplied_migrations() -> None:
    """Read from disk until all is well, then remembered: the code of a running process does not change."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise UnappliedMigrationsError


def _alive(name: str) -> str:
    age = pulse.age_seconds(name)
    if age is None:
        return "tidak diketahui"
    return FINE if age <= OLDEST_PULSE_SECONDS else BAD
