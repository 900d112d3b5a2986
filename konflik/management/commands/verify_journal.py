"""`manage.py verify_journal`: checks every stream and every anchor, names the first broken line of each."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from konflik.journal.models import JournalLine
from konflik.journal.selectors import breaks, breaks_against


class Command(BaseCommand):
    help = "Memeriksa keutuhan riwayat dan menyebut baris pertama yang rusak."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--jangkar", type=Path, action="append", default=[], help="berkas jangkar yang disimpan di luar mesin ini")

    def handle(self, *, jangkar: list[Path], **options: object) -> None:
        found = list(breaks())
        for path in jangkar:
            kept = json.loads(path.read_text())
            found += list(breaks_against(kept["kepala"], f"berkas {path.name}"))
        for broken in found:
            self.stderr.write(f"RUSAK {broken.stream} baris {broken.position}: {broken.reason}")
        if found:
            raise CommandError(f"Riwayat tidak utuh: {len(found)} temuan.")
        self.stdout.write(f"Riwayat utuh: {JournalLine.objects.count()} baris.")
