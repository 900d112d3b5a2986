"""`manage.py restore FILE --into DIR`: brings a backup back into an empty place and proves that it is whole."""

from getpass import getpass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from konflik import environment
from konflik.management.commands.backup import PASSPHRASE
from konflik.safekeeping.databases import SafekeepingError
from konflik.safekeeping.restore import begin_again, check_journal, restore_backup
from konflik.safekeeping.sealing import SealError, is_sealed


class Command(BaseCommand):
    """Thin: the work is done in konflik.safekeeping."""

    help = "Memulihkan cadangan ke direktori kosong (dan basis data PostgreSQL kosong), lalu memeriksa semuanya."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Where from, where to."""
        parser.add_argument("file", type=Path, help="arsip cadangan")
        parser.add_argument("--into", type=Path, required=True, help="direktori data yang baru; harus kosong atau belum ada")

    def handle(self, *_args: Any, file: Path, into: Path, **_options: Any) -> None:
        """Raises CommandError, which says what was wrong."""
        try:
            with file.open("rb") as archive:
                sealed = is_sealed(archive)
            passphrase = (environment.text(PASSPHRASE) or getpass("Kata sandi cadangan: ")) if sealed else None
            manifest = restore_backup(source=file, into=into, passphrase=passphrase)
            self.stdout.write(f"Cadangan dari {manifest['made_at']}: semua tabel dan berkas sama dengan saat dicadangkan.")
            self.stdout.write(check_journal(into.resolve()))
            self.stdout.write(begin_again(into.resolve(), manifest["made_at"]))
        except (SafekeepingError, SealError, OSError) as error:
            raise CommandError(f"Pemulihan gagal. {error}") from error
        self.stdout.write(f"Pemulihan selesai. Jalankan dengan KONFLIK_DATA_DIR={into}")
