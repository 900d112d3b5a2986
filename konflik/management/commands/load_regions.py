"""Load the shipped list of regions; a second run finds nothing to do."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.regions.services import load_regions
from accounts.regions.tables import BadRegionFileError, read_region_list


class Command(BaseCommand):
    """`manage.py load_regions [--province 15] [--force]`."""

    help = "Memuat daftar wilayah Kemendagri: seluruh Indonesia, atau satu provinsi saja."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """A province for a quick load, and loading again."""
        parser.add_argument("--province", default="", metavar="KODE", help="hanya provinsi ini, misalnya 15 untuk Jambi")
        parser.add_argument("--force", action="store_true", help="muat lagi walaupun daftar ini sudah dimuat")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, load and say in one line what was done."""
        try:
            regions = read_region_list()
            loaded = load_regions(
                regions=regions,
                now=timezone.now(),
                province=options["province"],
                force=options["force"],
                progress=self._progress,
            )
        except BadRegionFileError as error:
            raise CommandError(str(error)) from error
        if loaded.is_same:
            self.stdout.write(f"Wilayah sudah termuat: {_number(loaded.total)} wilayah menurut {regions.decree}.")
            return
        self.stdout.write(
            f"Wilayah termuat: {_number(loaded.total)} ({_number(loaded.added)} baru, {_number(loaded.ended)} berakhir) "
            f"menurut {regions.decree}."
        )

    def _progress(self, done: int, total: int) -> None:
        """One line that rewrites itself on a terminal, and only the last one elsewhere."""
        is_terminal = self.stdout.isatty()
        if is_terminal or done == total:
            end = "\n" if done == total else "\r"
            self.stdout.write(f"Memuat wilayah … {_number(done)} dari {_number(total)}", ending=end)


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")
