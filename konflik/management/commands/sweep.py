"""`manage.py sweep`: the same sweep as Celery's, for cron or a systemd timer."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from konflik.watch import services

WORDS = {
    "calendar": "tenggat disesuaikan dengan kalender",
    "periods": "masa laporan dimulai",
    "lapsed": "masa berlaku berakhir",
    "status": "status berakhir",
    "scanned": "tenggat diperiksa",
    "climbed": "pemberitahuan diteruskan ke atasan",
    "digests": "ringkasan dibuat",
    "frozen": "bulan statistik dibekukan",
    "delivered": "pengiriman diselesaikan",
}


class Command(BaseCommand):
    """Thin: the work is done in konflik.watch."""

    help = "Menjalankan satu penyapuan lengkap: tenggat, pengingat, eskalasi, ringkasan, pengiriman."

    def add_arguments(self, parser: CommandParser) -> None:
        """--periksa for the reconciliation."""
        parser.add_argument("--periksa", action="store_true", help="cocokkan juga tenggat dengan pemberitahuannya")

    def handle(self, *_args: Any, periksa: bool, **_options: Any) -> None:
        """Raises CommandError where a step failed, so that cron tells somebody."""
        tally = services.sweep(now=timezone.now())
        for name, number in tally.counts.items():
            self.stdout.write(f"{number} {WORDS.get(name, name)}")
        if periksa:
            self.stdout.write(f"{len(services.reconcile_all(now=timezone.now()))} temuan pencocokan")
        if not tally.is_complete:
            raise CommandError(f"Penyapuan tidak lengkap: {', '.join(WORDS.get(name, name) for name in tally.faults)} gagal. Lihat log.")
