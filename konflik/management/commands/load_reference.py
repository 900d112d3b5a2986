"""Load the lists that every installation starts with; a second run finds nothing to do."""

from typing import Any

from django.core.management.base import BaseCommand

from konflik.cases.services.reference import load_issue_types


class Command(BaseCommand):
    """`manage.py load_reference`."""

    help = "Memuat daftar acuan awal (jenis isu). Isian yang sudah diubah tidak disentuh."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Load and say in one line what was done."""
        added = load_issue_types()
        self.stdout.write(f"Jenis isu: {added} ditambahkan." if added else "Jenis isu sudah lengkap.")
