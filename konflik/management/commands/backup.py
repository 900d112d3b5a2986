"""`manage.py backup FILE [--encrypt]`: one archive of database and files, taken while the work goes on."""

from getpass import getpass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import timezone

from konflik import environment, pulse
from konflik.safekeeping.backup import take_backup
from konflik.safekeeping.databases import SafekeepingError
from konflik.safekeeping.sealing import SealError

PASSPHRASE = "KONFLIK_BACKUP_PASSPHRASE"  # noqa: S105


class Command(BaseCommand):
    """Thin: the work is done in konflik.safekeeping."""

    help = "Membuat cadangan basis data dan berkas ke dalam satu arsip."

    def add_arguments(self, parser: CommandParser) -> None:
        """The passphrase is never an argument: lists of processes show arguments."""
        parser.add_argument("file", type=Path, help="nama arsip yang akan dibuat")
        parser.add_argument("--encrypt", action="store_true", help=f"dengan kata sandi dari {PASSPHRASE} atau yang diketik")

    def handle(self, *_args: Any, file: Path, encrypt: bool, **_options: Any) -> None:
        """Raises CommandError; nothing is left at `file` then."""
        passphrase = (environment.text(PASSPHRASE) or _typed_twice()) if encrypt else None
        try:
            manifest = take_backup(
                target=file.resolve(), connection=connection, files=Path(settings.MEDIA_ROOT), passphrase=passphrase, now=timezone.now()
            )
        except (SafekeepingError, SealError, OSError) as error:
            raise CommandError(f"Cadangan gagal dibuat. {error}") from error
        pulse.beat_once(pulse.BACKUP)
        rows = sum(state["rows"] for state in manifest["tables"].values())
        self.stdout.write(f"Cadangan selesai: {file} ({len(manifest['tables'])} tabel, {rows} baris, {file.stat().st_size} bita).")


def _typed_twice() -> str:
    passphrase = getpass("Kata sandi cadangan: ")
    if passphrase != getpass("Ulangi kata sandi: "):
        raise CommandError("Kedua kata sandi tidak sama.")
    return passphrase
