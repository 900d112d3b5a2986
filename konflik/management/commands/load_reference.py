"""Load the lists that every installation starts with; a second run finds nothing to do."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from konflik.acts.services import load_calendar
from konflik.cases.services.reference import load_issue_types
from konflik.clocks.services.reference import load_policies


class Command(BaseCommand):
    """`manage.py load_reference`."""

    help = "Memuat daftar acuan awal (jenis isu, hari libur, kebijakan tenggat). Isian yang sudah diubah tidak disentuh."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Load and say in one line what was done."""
        added = load_issue_types()
        self.stdout.write(f"Jenis isu: {added} ditambahkan." if added else "Jenis isu sudah lengkap.")
        decrees = load_calendar(now=timezone.now())
        self.stdout.write(f"Hari libur: {decrees} keputusan diberlakukan." if decrees else "Hari libur sudah lengkap.")
        policies = load_policies(now=timezone.now())
        self.stdout.write(f"Kebijakan tenggat: {policies} ditambahkan." if policies else "Kebijakan tenggat sudah lengkap.")
