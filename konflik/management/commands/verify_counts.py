"""`manage.py verify_counts`: counts every cell anew from the cases and the journal and names the ones that differ."""

from dataclasses import astuple

from django.core.management.base import BaseCommand, CommandError

from konflik.cases.models import Case
from konflik.counts.selectors import deviations


class Command(BaseCommand):
    help = "Menghitung ulang sel statistik dari perkara dan riwayat, lalu menyebut sel yang berbeda."

    def handle(self, **options: object) -> None:
        found = deviations()
        for wrong in found:
            cell = " ".join(str(part) for part in astuple(wrong.key))
            self.stderr.write(f"SALAH {cell}: tersimpan {wrong.held}, seharusnya {wrong.counted}")
        if found:
            raise CommandError(f"{len(found)} sel tidak sama dengan hitungan ulang.")
        self.stdout.write(f"Semua sel benar: {Case.objects.count()} perkara dihitung ulang.")
