"""Background work: Celery wakes tasks, the database remembers them."""

import os
from contextlib import suppress

from celery import Celery
from celery.signals import beat_init, before_task_publish, worker_init, worker_ready

from konflik import checks, pulse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "konflik.settings")

PULSE_TASK = "konflik.pulse"
SWEEP_TASK = "konflik.sweep"

app = Celery("konflik")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["konflik"])


@app.task(name=PULSE_TASK)
def take_pulse() -> None:
    """Every minute from beat through the broker to the worker: proves the whole chain."""
    pulse.beat_once(pulse.WORKER)


@worker_init.connect
@beat_init.connect
def _refuse_to_start_unsafe(**_: object) -> None:
    checks.refuse_to_start_unsafe()


@worker_ready.connect
def _worker_is_ready(**_: object) -> None:
    pulse.beat_once(pulse.WORKER)
    # What came due while nothing ran is caught up at once.
    with suppress(Exception):
        app.send_task(SWEEP_TASK, expires=300)


@beat_init.connect
def _beat_is_ready(**_: object) -> None:
    pulse.beat_once(pulse.BEAT)


@before_task_publish.connect(sender=PULSE_TASK)
def _beat_goes_on(**_: object) -> None:
    pulse.beat_once(pulse.BEAT)
