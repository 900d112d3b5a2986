"""What is due so long after the end of a fiscal year."""

from datetime import date

from konflik.law.bodies import BodyKind
from konflik.law.grammar.basis import PP_5_2009_AMENDED, UU_23_2014
from konflik.law.grammar.clocks import every
from konflik.law.grammar.deadlines import DeadlineRule, Example
from konflik.law.grammar.durations import months
from konflik.law.offices import Office
from konflik.law.periodic.unfixed import DESK

YEARLY_RULES: tuple[DeadlineRule, ...] = (
    DeadlineRule(
        code="parpol-lpj-bpk",
        number="D48",
        title="Laporan pertanggungjawaban bantuan keuangan partai politik disampaikan kepada BPK",
        basis=PP_5_2009_AMENDED.pasal("12A", "1"),
        text="Laporan disampaikan kepada BPK 1 (satu) tahun sekali, paling lambat 1 (satu) bulan setelah tahun anggaran berakhir.",
        is_quoted=False,
        clock=every(12, then=months(1)),
        duty_of=Office.PARTAI_POLITIK,
        told=DESK,
        addressed_to="Badan Pemeriksa Keuangan",
        warn_days_before=(30, 14, 7, 3, 1, 0),
        body_kind=BodyKind.TIM_VERIFIKASI_PARPOL,
        example=Example(start="2026-12-31 09:00", last_day="2027-01-31"),
    ),
    DeadlineRule(
        code="parpol-pemeriksaan-bpk",
        number="D49",
        title="Pemeriksaan BPK atas bantuan keuangan partai politik selesai",
        basis=PP_5_2009_AMENDED.pasal("12A", "2"),
        text="BPK memeriksa laporan paling lambat 3 (tiga) bulan setelah tahun anggaran berakhir.",
        is_quoted=False,
        clock=every(12, then=months(3)),
        duty_of=Office.BPK,
        told=DESK,
        body_kind=BodyKind.TIM_VERIFIKASI_PARPOL,
        example=Example(start="2026-05-05 09:00", last_day="2027-03-31"),
    ),
    DeadlineRule(
        code="lkpj-dprd",
        number="D68",
        title="Laporan keterangan pertanggungjawaban kepada DPRD",
        basis=UU_23_2014.pasal(71, "2"),
        text="Kepala daerah menyampaikan laporan keterangan pertanggungjawaban paling lambat 3 (tiga) bulan setelah tahun anggaran berakhir.",
        is_quoted=False,
        clock=every(12, then=months(3)),
        duty_of=Office.KEPALA_DAERAH,
        told=(Office.SEKRETARIS_DAERAH, *DESK),
        addressed_to="DPRD kabupaten/kota",
        warn_days_before=(60, 30, 14, 7, 3, 1, 0),
        since=date(2014, 10, 2),
        example=Example(start="2026-06-30 09:00", last_day="2027-03-31"),
    ),
)
