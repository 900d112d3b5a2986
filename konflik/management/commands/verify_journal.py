"""`manage.py verify_journal`: checks every stream and every anchor, names the first broken line of each."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from konflik.journal.models import JournalLine
from konflik.journal.selectors import breaks, breaks_against
from konflik.journal.tables import anchor_root


class Command(BaseCommand):
    help = "Memeriksa keutuhan riwayat dan menyebut baris pertama yang rusak."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--jangkar", type=Path, action="append", default=[], help="berkas jangkar yang disimpan di luar mesin ini")

    def handle(self, *, jangkar: list[Path], **options: object) -> None:
        found = list(breaks())
        for path in jangkar:
            found += list(breaks_against(_heads_of(path), f"berkas {path.name}"))
        for broken in found:
            self.stderr.write(f"RUSAK {broken.stream} baris {broken.position}: {broken.reason}")
        if found:
            raise CommandError(f"Riwayat tidak utuh: {len(found)} temuan.")
        self.stdout.write(f"Riwayat utuh: {JournalLine.objects.count()} baris.")


def _heads_of(path: Path) -> dict[str, list]:
    """The heads that an anchor file fixed. Raises CommandError for a file that cannot be read or was changed."""
    try:
        kept = json.loads(path.read_text())
        heads, root = kept["kepala"], kept["sidik"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CommandError(f"Berkas jangkar {path} tidak dapat dibaca.") from error
    if anchor_root(heads) != root:
        raise CommandError(f"Berkas jangkar {path} berubah: sidiknya tidak cocok.")
    return heads
