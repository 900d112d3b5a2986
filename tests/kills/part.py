"""Web, worker or beat as the supervisor runs them, with waits that are short enough for a test.

`python -m tests.kills.part web PORT | worker NUMBER | beat NUMBER`
"""

import os
import sys
from datetime import timedelta

import django

from konflik.serving import commands

SWEEP_EVERY_SECONDS = 2.0
SHORT = {"WAIT_LEASE": timedelta(seconds=8), "SEND_LEASE": timedelta(seconds=8), "UNSURE_PAUSE": timedelta(seconds=2)}
"""Longer than any mail of the sink takes on a busy machine; in production minutes."""


def main(name: str, told: str) -> None:
    """Becomes that process."""
    if name == "web":
        os.execv(sys.executable, commands.web("127.0.0.1", int(told)))  # noqa: S606 - our own words
    django.setup()
    from konflik.celery import app  # noqa: PLC0415 - Django must be set up before
    from konflik.notices.services import sending  # noqa: PLC0415

    for constant, value in SHORT.items():
        setattr(sending, constant, value)
    app.conf.beat_schedule["sweep"]["schedule"] = SWEEP_EVERY_SECONDS
    command = commands.worker() if name == "worker" else commands.beat()
    arguments = command[len(commands.CELERY) :]
    if name == "worker":
        arguments += ["--hostname", f"{told}@%h"]
    elif told != "0":
        arguments[arguments.index("--schedule") + 1] += told
    app.start(arguments)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
