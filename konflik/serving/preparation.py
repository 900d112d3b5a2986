"""What must be in place before the first request; each step is skipped when it was done already."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from konflik import environment
from konflik.clocks.models import Deadline

Say = Callable[[str], None]


def prepare(say: Say) -> None:
    """Migration, regions, reference lists, demo, deadlines, static files. Raises CommandError, DatabaseError or OSError as they come."""
    migrate(say)
    load_regions(say)
    call_command("load_reference")
    load_demo(say)
    open_clocks(say)
    build_static(say)


def migrate(say: Say) -> None:
    """Brings the database up to the code."""
    executor = MigrationExecutor(connection)
    if plan := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say(f"Menyiapkan basis data: {len(plan)} langkah …")
        call_command("migrate", interactive=False, verbosity=0)


def load_regions(say: Say) -> None:
    """All regions of the country, or those of the province in KONFLIK_PROVINCE; the command knows its own stamp."""
    say("Memeriksa data wilayah …")
    province = environment.text("KONFLIK_PROVINCE")
    call_command("load_regions", **({"province": province} if province else {}))


def load_demo(say: Say) -> None:
    """The example cases, unless KONFLIK_DEMO=0."""
    if settings.DEMO:
        say("Memeriksa data peragaan …")
        call_command("load_demo")


def open_clocks(say: Say) -> None:
    """Deadlines of what an older version has recorded, once: where there is none at all yet."""
    if not Deadline.objects.exists():
        say("Memeriksa tenggat …")
        call_command("open_clocks")


def build_static(say: Say) -> None:
    """Collects and compresses css, js and icons where any of them changed since the last time."""
    stamp = environment.data_subdir("run") / "static.stamp"
    wanted = _static_state()
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if manifest.exists() and stamp.exists() and stamp.read_text() == wanted:
        return
    say("Menyusun berkas statis …")
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(wanted)


def _static_state() -> str:
    """Names, sizes and times of all source files."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            state = Path(storage.path(name)).stat()
            digest.update(f"{name} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()
