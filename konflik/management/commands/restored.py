"""`manage.py restored --backup-of WHEN`: says that the database is that of a backup, so that no old notice is sent again.

`manage.py restore` does it by itself; by hand it is for a database that was brought back by other means (WAL archive, a disk image).
"""

from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from konflik.notices.services.restoring import begin_after_restore


class Command(BaseCommand):
    """Thin: the work is done in konflik.notices."""

    help = "Menandai bahwa basis data dipulihkan dari cadangan: yang mungkin sudah terkirim menunggu keputusan petugas."

    def add_arguments(self, parser: CommandParser) -> None:
        """Of when the backup is."""
        parser.add_argument("--backup-of", required=True, help="waktu cadangan, misalnya 2026-11-27T10:00+07:00")

    def handle(self, *_args: Any, backup_of: str, **_options: Any) -> None:
        """Raises CommandError where the time makes no sense or lies ahead."""
        now = timezone.now()
        try:
            made_at = datetime.fromisoformat(backup_of)
        except ValueError as error:
            raise CommandError("Tuliskan waktu cadangan lengkap dengan zonanya, misalnya 2026-11-27T10:00+07:00.") from error
        if timezone.is_naive(made_at) or made_at > now:
            raise CommandError("Waktu cadangan harus memuat zonanya dan tidak boleh di masa depan.")
        number = begin_after_restore(made_at=made_at, now=now)
        self.stdout.write(f"{number} pemberitahuan mungkin sudah terkirim dan menunggu keputusan di kotak keluar.")
