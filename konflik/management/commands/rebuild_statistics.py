"""`manage.py rebuild_statistics [--check]`: counts every number anew from the journal, and names or replaces what differs."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from konflik.cases.models import Case
from konflik.counts.selectors import deviations
from konflik.counts.services import rebuild


class Command(BaseCommand):
    help = "Menghitung ulang sel statistik dari riwayat; dengan --check hanya menyebut sel yang berbeda."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="hanya memeriksa, tidak mengubah apa pun")

    def handle(self, *, check: bool, **_options: object) -> None:
        if check:
            self._check()
        else:
            self.stdout.write(f"Statistik dihitung ulang dari riwayat: {rebuild()} sel.")

    def _check(self) -> None:
        is_outermost = not connection.in_atomic_block
        with transaction.atomic():
            if is_outermost and connection.vendor == "postgresql":
                # Cells and journal as they stood at one instant, while others go on working.
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            found, cases = deviations(), Case.objects.count()
        for wrong in found:
            cell = " ".join(str(part) for part in wrong.cell if part not in {"", None})
            self.stderr.write(f"SALAH {cell}: tersimpan {wrong.held}, seharusnya {wrong.counted}")
        if found:
            raise CommandError(f"{len(found)} sel tidak sama dengan hitungan ulang. Jalankan rebuild_statistics tanpa --check.")
        self.stdout.write(f"Semua sel benar: {cases} perkara dihitung ulang.")
