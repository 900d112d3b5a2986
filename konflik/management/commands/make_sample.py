"""Generate cases in bulk."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from konflik.demo.sampling.grounds import NoRegionError
from konflik.demo.sampling.services import make_sample


class Command(BaseCommand):
    """`manage.py make_sample --cases N [--seed S] [--province 15]`; thin, the work is done in konflik.demo."""

    help = "Membuat perkara contoh dalam jumlah besar untuk uji beban, lengkap dengan riwayat dan sel hitungan."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many, from which seed, and where."""
        parser.add_argument("--cases", type=int, required=True, metavar="N", help="banyaknya perkara")
        parser.add_argument("--seed", type=int, default=1, metavar="S", help="benih acak; benih yang sama memberi perkara yang sama")
        parser.add_argument("--province", default="", metavar="KODE", help="hanya provinsi ini, misalnya 15 untuk Jambi")

    def handle(self, *_args: Any, cases: int, seed: int, province: str, **_options: Any) -> None:
        """Generate and say in one line what was done."""
        if cases < 1:
            raise CommandError("Banyaknya perkara paling sedikit satu.")
        try:
            lines = make_sample(cases=cases, seed=seed, now=timezone.now(), province=province, progress=self._progress)
        except NoRegionError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Sampel dibuat: {_number(cases)} perkara dengan {_number(lines)} baris riwayat.")

    def _progress(self, done: int, total: int) -> None:
        """One line that rewrites itself on a terminal, and only the last one elsewhere."""
        if self.stdout.isatty() or done == total:
            self.stdout.write(f"Membuat perkara … {_number(done)} dari {_number(total)}", ending="\n" if done == total else "\r")


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")
