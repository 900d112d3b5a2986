"""Reports of the forums of a kabupaten (PP 12/2022 Pasal 27-28; PBM 9 dan 8/2006 Pasal 24; Permendagri)."""

from datetime import date

from konflik.law.bodies import BodyKind
from konflik.law.grammar.basis import (
    PBM_2006,
    PERMENDAGRI_2_2018,
    PERMENDAGRI_12_2019,
    PERMENDAGRI_49_2010,
    PERMENDAGRI_61_2011,
    PP_12_2022,
    Practice,
)
from konflik.law.grammar.clocks import Clock, every
from konflik.law.grammar.deadlines import DeadlineRule, Example, Strength
from konflik.law.offices import Office
from konflik.law.periodic.unfixed import CHAIN, DESK, unfixed

_FORKOPIMDA_SINCE = date(2022, 2, 25)


def _of_forkopimda(code: str, title: str, clock: Clock, words: str, body: BodyKind, example: Example) -> DeadlineRule:
    is_camat = body is BodyKind.FORKOPIMCAM
    return DeadlineRule(
        code=code,
        number="D40",
        title=title,
        basis=PP_12_2022.pasal("27-28"),
        text=f"Laporan disampaikan setiap {words} dan sewaktu-waktu jika diperlukan; dapat secara elektronik.",
        is_quoted=False,
        clock=clock,
        duty_of=Office.CAMAT if is_camat else Office.KEPALA_DAERAH,
        told=(Office.SEKRETARIAT,) if is_camat else (Office.SEKRETARIS_DAERAH, *DESK),
        addressed_to="bupati/wali kota" if is_camat else CHAIN,
        warn_days_before=(7, 3, 1, 0) if clock == every(1) else (30, 14, 7, 3, 1, 0),
        body_kind=body,
        since=_FORKOPIMDA_SINCE,
        example=example,
    )


FORUM_RULES: tuple[DeadlineRule, ...] = (
    _of_forkopimda(
        "forkopimda-laporan-bulanan",
        "Laporan bulanan Forkopimda",
        every(1),
        "1 (satu) bulan",
        BodyKind.FORKOPIMDA,
        Example(start="2026-02-10 08:00", last_day="2026-02-28"),
    ),
    _of_forkopimda(
        "forkopimda-laporan-tahunan",
        "Laporan tahunan Forkopimda",
        every(12),
        "1 (satu) tahun",
        BodyKind.FORKOPIMDA,
        Example(start="2026-02-10 08:00", last_day="2026-12-31"),
    ),
    _of_forkopimda(
        "forkopimcam-laporan-bulanan",
        "Laporan bulanan Forkopimcam",
        every(1),
        "1 (satu) bulan",
        BodyKind.FORKOPIMCAM,
        Example(start="2028-02-29 23:30", last_day="2028-02-29", zone="Asia/Jayapura"),
    ),
    _of_forkopimda(
        "forkopimcam-laporan-tahunan",
        "Laporan tahunan Forkopimcam",
        every(12),
        "1 (satu) tahun",
        BodyKind.FORKOPIMCAM,
        Example(start="2027-01-01 00:00", last_day="2027-12-31", zone="Asia/Makassar"),
    ),
    DeadlineRule(
        code="fkub-laporan-semester",
        number="D45",
        title="Laporan kerukunan umat beragama",
        basis=PBM_2006.pasal(24, "2"),
        text="Bupati/wali kota melaporkan pelaksanaan pemeliharaan kerukunan umat beragama setiap enam bulan, pada Januari dan Juli.",
        is_quoted=False,
        clock=every(6, then=None),
        duty_of=Office.KEPALA_DAERAH,
        told=(*DESK, Office.KAKANKEMENAG),
        addressed_to="gubernur; tembusan Menteri Dalam Negeri dan Menteri Agama",
        warn_days_before=(30, 14, 7, 3, 1, 0),
        strength=Strength.PRACTICE,
        body_kind=BodyKind.FKUB,
        example=Example(start="2026-03-01 08:00", last_day="2026-07-31"),
    ),
    unfixed(
        "kewaspadaan-dini-laporan",
        "D55",
        "Laporan berkala kewaspadaan dini",
        Practice(PERMENDAGRI_2_2018.pasal(16)),
        "Laporan segera dan berkala; masa laporannya tidak ditemukan.",
        body=BodyKind.TIM_KEWASPADAAN_DINI,
    ),
    unfixed(
        "politik-laporan",
        "D56",
        "Laporan berkala perkembangan politik di daerah",
        Practice(PERMENDAGRI_61_2011.pasal(1)),
        "Laporan cepat dan berkala; masa laporannya tidak ditemukan.",
        body=BodyKind.TIM_PEMANTAU_POLITIK,
    ),
    unfixed(
        "orang-asing-laporan",
        "D57",
        "Laporan berkala pemantauan orang asing, tenaga kerja asing, dan lembaga asing",
        Practice(PERMENDAGRI_49_2010.pasal(4)),
        "Laporan berkala dan insidental; masa laporannya tidak ditemukan.",
        body=BodyKind.TIM_ORANG_ASING,
    ),
    unfixed(
        "p4gn-laporan",
        "D58",
        "Rencana aksi dan laporan berkala Tim Terpadu P4GN",
        Practice(PERMENDAGRI_12_2019.pasal(1)),
        "Rencana aksi daerah tahunan dan laporan berkala; masa laporannya tidak ditemukan.",
        body=BodyKind.TIM_P4GN,
    ),
)
