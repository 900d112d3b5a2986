"""Accounts of aid to political parties that something starts (PP 5/2009 Pasal 12A-15). The yearly ones stand in `periodic`."""

from konflik.law.grammar.basis import PP_5_2009_AMENDED
from konflik.law.grammar.clocks import within
from konflik.law.grammar.deadlines import DeadlineRule, Example
from konflik.law.grammar.durations import months
from konflik.law.offices import Office

PARTY_RULES: tuple[DeadlineRule, ...] = (
    DeadlineRule(
        code="parpol-hasil-bpk",
        number="D50",
        title="Hasil pemeriksaan BPK atas bantuan keuangan disampaikan kepada partai politik",
        basis=PP_5_2009_AMENDED.pasal("12A", "3"),
        text="Hasil pemeriksaan disampaikan kepada partai politik paling lambat 1 (satu) bulan setelah pemeriksaan selesai.",
        is_quoted=False,
        clock=within(months(1)),
        duty_of=Office.BPK,
        told=(Office.KEPALA_KESBANGPOL, Office.SEKRETARIAT),
        addressed_to="partai politik",
        is_entered=True,
        example=Example(start="2026-03-31 16:00", last_day="2026-04-30"),
    ),
    DeadlineRule(
        code="parpol-lpj-kepala-daerah",
        number="D51",
        title="Laporan pertanggungjawaban partai politik disampaikan kepada kepala daerah",
        basis=PP_5_2009_AMENDED.pasal(13),
        text="Partai politik menyampaikan laporan pertanggungjawaban paling lambat 1 (satu) bulan setelah diperiksa BPK.",
        is_quoted=False,
        clock=within(months(1)),
        duty_of=Office.PARTAI_POLITIK,
        told=(Office.KEPALA_DAERAH, Office.KEPALA_KESBANGPOL, Office.SEKRETARIAT),
        addressed_to="bupati/wali kota",
        warn_days_before=(14, 7, 3, 1, 0),
        is_entered=True,
        example=Example(start="2026-04-15 09:00", last_day="2026-05-15"),
    ),
)
