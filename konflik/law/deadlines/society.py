"""Houses of worship and organisations (PBM 9 dan 8/2006; PP 58/2016)."""

from datetime import date

from konflik.law.grammar.basis import PBM_2006, PP_58_2016
from konflik.law.grammar.clocks import valid_for, within
from konflik.law.grammar.deadlines import DeadlineRule, Example, Strength
from konflik.law.grammar.durations import days
from konflik.law.offices import Office

PBM_IN_FORCE = date(2006, 3, 21)

SOCIETY_RULES: tuple[DeadlineRule, ...] = (
    DeadlineRule(
        code="rumah-ibadat-keputusan",
        number="D42",
        title="Keputusan atas permohonan pendirian rumah ibadat",
        basis=PBM_2006.pasal(16, "2"),
        text="Bupati/wali kota memberikan keputusan dalam jangka waktu tertentu sejak permohonan pendirian rumah ibadat diajukan panitia.",
        is_quoted=False,
        clock=within(None),
        duty_of=Office.KEPALA_DAERAH,
        told=(Office.SEKRETARIS_DAERAH, Office.KEPALA_KESBANGPOL, Office.KAKANKEMENAG, Office.SEKRETARIAT),
        addressed_to="panitia pembangunan rumah ibadat",
        warn_days_before=(30, 14, 7, 3, 1, 0),
        strength=Strength.PRACTICE,
        is_entered=True,
        since=PBM_IN_FORCE,
        example=Example(start="2026-02-10 10:00", last_day="2026-05-11"),
    ),
    DeadlineRule(
        code="rumah-ibadat-izin-sementara-berakhir",
        number="D43",
        title="Izin sementara pemanfaatan bangunan gedung sebagai rumah ibadat berakhir",
        basis=PBM_2006.pasal(19, "2"),
        text="Surat keterangan pemberian izin sementara berlaku untuk jangka waktu tertentu.",
        is_quoted=False,
        clock=valid_for(None),
        duty_of=Office.KEPALA_DAERAH,
        told=(Office.KEPALA_KESBANGPOL, Office.KAKANKEMENAG, Office.CAMAT, Office.SEKRETARIAT),
        warn_days_before=(90, 60, 30, 14, 7, 0),
        strength=Strength.PRACTICE,
        is_entered=True,
        since=PBM_IN_FORCE,
        example=Example(start="2024-02-29 08:00", last_day="2026-02-28", note="berlaku sejak 29 Februari"),
    ),
    DeadlineRule(
        code="ormas-pertimbangan",
        number="D54",
        title="Pertimbangan pimpinan DPRD, Kajari, dan Kapolres atas penghentian sementara kegiatan ormas",
        basis=PP_58_2016.pasal(66),
        text=(
            "Bupati/wali kota meminta pertimbangan pimpinan DPRD, kepala kejaksaan, dan kepala kepolisian. Bila dalam 14 (empat belas) hari "
            "pertimbangan tidak diberikan, bupati/wali kota berwenang menjatuhkan sanksi."
        ),
        is_quoted=False,
        clock=within(days(14)),
        duty_of=Office.PIMPINAN_DPRD,
        told=(Office.KAJARI, Office.KAPOLRES, Office.KEPALA_DAERAH, Office.KEPALA_KESBANGPOL, Office.SEKRETARIAT),
        addressed_to="bupati/wali kota",
        is_entered=True,
        since=date(2016, 12, 6),
        example=Example(start="2026-03-10 09:00", last_day="2026-03-24"),
    ),
)
