"""What happens to clocks is told in sentences too: with both dates, and why."""

from datetime import UTC, date, datetime

import pytest

from konflik.acts.services import (
    apply_calendar,
    begin_periods,
    cancel_deadline,
    correct_duty,
    extend_deadline,
    meet_deadline,
    record_policy,
    resume_deadline,
    suspend_deadline,
)
from konflik.desk.selectors.history import told
from konflik.desk.tables.facts import ERASED
from konflik.desk.tables.sentences.clocks import CLOCKS
from konflik.journal.models import JournalLine
from tests.acts.building import LETTER, a_decree, a_duty, days, deadline_of
from tests.builders import BATANGHARI, HOUR, NOW, a_user, region

pytestmark = pytest.mark.django_db

FRIDAY = datetime(2026, 11, 20, 2, tzinfo=UTC)
TITLE = "Pemberitahuan tertulis atas permintaan informasi publik"


def everything() -> list[str]:
    clerk = a_user()
    duty = a_duty(clerk, at=FRIDAY)
    plain = {"actor": clerk}
    apply_calendar(decree=a_decree({date(2026, 11, 25): "Libur A"}), actor=None, now=NOW)
    correct_duty(duty=duty, received_at=FRIDAY - days(1), reference="Agenda 13", reason="Salah baca", now=NOW, **plain)
    row = deadline_of(duty)
    row = suspend_deadline(deadline=row, begins=NOW, basis=LETTER, seen_version=row.version, now=NOW, **plain)
    row = resume_deadline(deadline=row, ends=NOW + days(3), basis="Surat 2", seen_version=row.version, now=NOW + days(3), **plain)
    row = extend_deadline(deadline=row, reason="Data di kecamatan", on=NOW + days(3), seen_version=row.version, now=NOW + days(3), **plain)
    meet_deadline(deadline=row, evidence="Surat 9", on=NOW + days(17), seen_version=row.version, now=NOW + days(17), **plain)
    other = deadline_of(a_duty(clerk, "pdp-akses"))
    cancel_deadline(deadline=other, reason="Ditarik pemohon", seen_version=1, now=NOW + HOUR, **plain)
    told_of = {"kabupaten": region(BATANGHARI), "number": 10, "unit": "days", "basis": "SK 9/2026", "valid_from": date(2026, 12, 1)}
    record_policy(code="tim-terpadu-sk-berakhir", actor=None, now=NOW, **told_of)
    begin_periods(now=NOW)
    lines = JournalLine.objects.filter(event__in=[event.value for event in CLOCKS]).order_by("pk")
    assert {line.event for line in lines} == {event.value for event in CLOCKS}
    return [item.text for item in told(lines, clerk, region(BATANGHARI), at=NOW)]


def test_told_without_codes_or_gaps() -> None:
    texts = everything()
    for text in texts:
        assert text.endswith("."), text
        for gap in ("None", "–", ERASED, "tidak dikenal", "_", "{", "[", ".."):
            assert gap not in text, text
    whole = "\n".join(texts)
    for sentence in (
        f"Kewajiban dicatat: {TITLE}. Perihal: Data penanganan. Bukti: Agenda 12/2026.",
        "Hari libur menurut SKB 1/2026 diberlakukan: 1 tenggat bergeser, 0 lebih cepat.",
        f"Tenggat “{TITLE}: Data penanganan” bergeser karena SKB 1/2026. Jatuh tempo dari 4 Desember 2026 menjadi 7 Desember 2026.",
        "bergeser karena pemicunya diperbaiki. Jatuh tempo dari 7 Desember 2026 menjadi 4 Desember 2026.",
        "ditangguhkan sejak 22 November 2026, 10.00 WIB. Dasar: Surat 300/12/Kesbangpol/2026. Jatuh tempo dari",
        "menjadi belum ada tanggal.",
        "diperpanjang. Alasan: Data di kecamatan.",
        "dipenuhi. Bukti: Surat 9.",
        "dibatalkan. Alasan: Ditarik pemohon.",
        "10 hari, berlaku sejak 1 Desember 2026. Dasar: SK 9/2026.",
    ):
        assert sentence in whole, f"{sentence}\n{whole}"
