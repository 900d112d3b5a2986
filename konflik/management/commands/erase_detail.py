"""`manage.py erase_detail`: erases names and free text of one line of a history, on a request under UU 27/2022."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.users.models import User
from konflik.acts.services import erase_line_detail
from konflik.cases.models import Case
from konflik.journal.models import JournalLine


class Command(BaseCommand):
    """Shows what would go; erases with --hapus only."""

    help = "Menghapus rincian (nama dan teks bebas) satu baris riwayat perkara atas permintaan subjek data. Barisnya tetap ada."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which line, by whom, why."""
        parser.add_argument("perkara", help="nomor perkara")
        parser.add_argument("baris", type=int, help="urutan baris dalam riwayat perkara itu")
        parser.add_argument("--wilayah", default="", help="kode kabupaten/kota perkara, misalnya 15.04; bila nomornya ada di beberapa")
        parser.add_argument("--oleh", required=True, help="nama pengguna yang memutuskan penghapusan, biasanya petugas PDP")
        parser.add_argument("--alasan", required=True, help="alasan, misalnya nomor dan tanggal permintaan; jangan menyebut nama")
        parser.add_argument("--hapus", action="store_true", help="sungguh menghapus; tanpa ini barisnya hanya ditunjukkan")

    def handle(self, *, perkara: str, baris: int, wilayah: str, oleh: str, alasan: str, hapus: bool, **_options: Any) -> None:
        """Raises CommandError for an unknown case, line or user, a number that several kabupaten have, and a line without detail."""
        line = _line_of(_case_of(perkara, wilayah), baris)
        actor = User.objects.filter(username=oleh.strip().lower(), is_active=True).first()
        if actor is None:
            raise CommandError(f"Tidak ada pengguna aktif bernama {oleh}.")
        if not hapus:
            # What is to be erased does not go into a terminal's memory: only which parts there are.
            parts = ", ".join(sorted(line.detail.data)) if hasattr(line, "detail") else "tidak ada"
            self.stdout.write(f"{perkara} baris {baris} ({line.event}), rincian: {parts}. Tambahkan --hapus untuk menghapusnya.")
            return
        try:
            erase_line_detail(line=line, reason=alasan, actor=actor, now=timezone.now())
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from refused
        self.stdout.write(f"Rincian {perkara} baris {baris} dihapus. Cadangan lama masih memuatnya sampai cadangan itu dimusnahkan.")


def _case_of(number: str, region: str) -> Case:
    """A number is given once in each kabupaten: alone it names a case only as long as no other has it."""
    found = Case.objects.filter(number=number.strip()).select_related("kabupaten").order_by("kabupaten")
    cases = list(found.filter(kabupaten=region.strip()) if region else found)
    if not cases:
        raise CommandError(f"Tidak ada perkara bernomor {number}{f' di wilayah {region}' if region else ''}.")
    if len(cases) > 1:
        places = ", ".join(f"{case.kabupaten_id} {case.kabupaten}" for case in cases)
        raise CommandError(f"Perkara bernomor {number} ada di beberapa wilayah: {places}. Sebut salah satu dengan --wilayah.")
    return cases[0]


def _line_of(case: Case, position: int) -> JournalLine:
    line = JournalLine.objects.select_related("detail").filter(case_id=case.pk, position=position).first()
    if line is None:
        raise CommandError(f"Perkara {case.number} tidak memiliki baris {position}.")
    return line
