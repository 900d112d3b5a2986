"""`manage.py freeze_statistics`: freezes every month that is due. The sweep does the same."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from konflik.statistics.services import freeze_months


class Command(BaseCommand):
    """Thin: the work is done in konflik.statistics."""

    help = "Membekukan angka terbit untuk setiap bulan yang sudah waktunya; bulan yang sudah beku tidak berubah."

    def handle(self, **_options: object) -> None:
        self.stdout.write(f"{freeze_months(now=timezone.now())} bulan dibekukan.")
