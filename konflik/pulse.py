"""Signs of life of worker, beat and backup: a file each, whose age /health/ tells. Standard library only."""

import os
import time
from pathlib import Path

from konflik import environment

WORKER = "worker"
BEAT = "beat"
BACKUP = "backup"


def path_of(name: str) -> Path:
    """The file that `name` touches."""
    return environment.data_subdir("run") / f"{name}.alive"


def beat_once(name: str) -> None:
    """`name` is alive now."""
    path_of(name).write_text(str(os.getpid()))


def forget(name: str) -> None:
    """Before a start: an old sign must not pass for a new one."""
    path_of(name).unlink(missing_ok=True)


def age_seconds(name: str) -> int | None:
    """How long ago the last sign was; None where there never was one."""
    try:
        return max(0, int(time.time() - path_of(name).stat().st_mtime))
    except FileNotFoundError:
        return None
