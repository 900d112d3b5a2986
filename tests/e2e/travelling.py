"""A process of the installation whose clock is set by a file: how far from the true time it goes, in seconds.

`python -m tests.e2e.travelling FILE serve HOST PORT` follows the file while it runs; `… FILE manage COMMAND …` goes at the
time the file says and ends.
"""

import runpy
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import time_machine

EVERY = 0.05


def moved(file: Path) -> datetime:
    """What time it is by the file."""
    true = time_machine.escape_hatch.time.time() if time_machine.escape_hatch.is_travelling() else time.time()
    return datetime.fromtimestamp(true + float(file.read_text()), UTC)


def follow(file: Path, traveller: Any) -> None:
    """Moves with the file until the process ends."""
    last = file.read_text()
    while True:
        time.sleep(EVERY)
        if (now := file.read_text()) and now != last:
            last = now
            traveller.move_to(moved(file))


def main(file: Path, kind: str, *words: str) -> None:
    """The house is imported only after the clock is set."""
    traveller = time_machine.travel(moved(file), tick=True).start()
    threading.Thread(target=follow, args=(file, traveller), daemon=True).start()
    sys.argv = ["manage.py", *words]
    if kind == "serve":
        runpy.run_module("konflik.serving.plain_server", run_name="__main__")
    else:
        runpy.run_path("manage.py", run_name="__main__")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
