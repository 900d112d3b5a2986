"""What a channel notes is told in words that say what to look at, never in those of the machine."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from konflik.notices.selectors.faults import fault_words
from konflik.notices.tables import FINDING_LABELS


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("TimeoutError", "Server tidak menjawab."),
        ("gaierror", "Server tidak dapat dihubungi. Periksa nama server dan sambungan internet."),
        ("SMTPServerDisconnected", "Sambungan terputus sebelum pesan selesai dikirim."),
        ("550 5.1.1 no such user here", "Server surel menolak pesan atau alamatnya (kode 550)."),
        ("450 4.2.1 mailbox busy", "Server surel menolak untuk sementara (kode 450)."),
        ("HTTP 403", "Layanan pesan singkat menolak kunci rahasia (kode 403)."),
        ("HTTP 429", "Layanan pesan singkat sedang penuh (kode 429)."),
        ("HTTP 502", "Layanan pesan singkat terganggu (kode 502)."),
        ("ZeroDivisionError", "Gangguan yang belum dikenal."),
        ("penerima tidak punya alamat surel", "Penerima tidak punya alamat surel."),
        ("pengirim berhenti sebelum ada jawaban", "Pengirim berhenti sebelum ada jawaban."),
    ],
)
def test_in_words(fault: str, words: str) -> None:
    assert fault_words(fault) == words


def test_every_kind_of_finding_has_its_words() -> None:
    source = (Path(settings.BASE_DIR) / "konflik/notices/services/reconciling.py").read_text()
    kinds = set(re.findall(r'Finding\("(\w+)"|yield "(\w+)",| if .* else "(\w+)", LINES', source))
    named = {kind for group in kinds for kind in group if kind}
    assert len(named) > 8
    assert named == set(FINDING_LABELS)
