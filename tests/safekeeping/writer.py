"""Works on a case until it is told to stop: fifty writes a second, every tenth with a file. Run as a process of its own.

Says `writing` when it begins; after each confirmed write it notes how many there are in the file given to it.
"""

import io
import os
import sys
import time
from datetime import datetime
from pathlib import Path

from django.core.management import call_command
from django.utils import timezone

from konflik.cases.models import Case
from konflik.cases.services.documents import attach
from tests import builders

COMMAND = "import django; django.setup(); from tests.safekeeping.writer import main; main()"
EVERY_SECONDS = 1 / 50
STEPS_WITH_FILE = 10


def main() -> None:
    """Until the file `stop` stands beside the progress."""
    progress = Path(sys.argv[1])
    call_command("load_regions", province="15")
    actor = builders.a_user()
    now = timezone.now()
    case = builders.a_case(actor=actor, now=now, opened_at=now)
    sys.stdout.write("writing\n")
    sys.stdout.flush()
    number, started = 0, time.monotonic()
    while not progress.with_name("stop").exists():
        number += 1
        write(case, number, now=timezone.now())
        half = progress.with_suffix(".part")
        half.write_text(str(number))
        half.replace(progress)
        time.sleep(max(0.0, started + number * EVERY_SECONDS - time.monotonic()))
    sys.stdout.write(f"wrote {number} in {time.monotonic() - started:.1f} s\n")


def write(case: Case, number: int, *, now: datetime) -> None:
    """One figure, or one file."""
    actor = case.recorded_by
    if number % STEPS_WITH_FILE:
        builders.a_figure(case, actor=actor, now=now, value=number, as_of=now)
        return
    content = b"%PDF-1.4\n" + os.urandom(20_000)
    attach(
        case=case,
        name=f"berkas-{number}.pdf",
        content=io.BytesIO(content),
        size=len(content),
        title=f"Berkas {number}",
        actor=actor,
        now=now,
    )
