"""The Rencana Aksi Terpadu and the Tim Terpadu. The figures are practice: they stand in policies."""

from konflik.law.bodies import BodyKind
from konflik.law.grammar.basis import PERMENDAGRI_42_2015, PP_2_2015, Practice
from konflik.law.grammar.clocks import every
from konflik.law.grammar.deadlines import DeadlineRule, Example, Strength
from konflik.law.offices import Office
from konflik.law.periodic.unfixed import CHAIN, DESK, unfixed

_TIM_TERPADU = Practice(PERMENDAGRI_42_2015.pasal(16))


def _third(code: str, number: str, only: int, months_named: str, example: Example) -> DeadlineRule:
    """One of the three reports a year on the Rencana Aksi Terpadu."""
    return DeadlineRule(
        code=code,
        number=number,
        title=f"Laporan Rencana Aksi Terpadu {code[-3:].upper()} ({months_named})",
        basis=_TIM_TERPADU,
        text=f"Capaian Rencana Aksi Terpadu {months_named} dilaporkan; tanggal batasnya ditetapkan tiap tahun dengan surat Kemendagri.",
        is_quoted=False,
        clock=every(4, only=only, then=None),
        duty_of=Office.KEPALA_DAERAH,
        told=(*DESK, Office.SEKRETARIS_DAERAH),
        addressed_to=CHAIN,
        warn_days_before=(30, 14, 7, 3, 1, 0),
        strength=Strength.PRACTICE,
        body_kind=BodyKind.TIM_TERPADU,
        example=example,
    )


PLAN_RULES: tuple[DeadlineRule, ...] = (
    _third("renaksi-b04", "D30", 1, "Januari sampai April", Example(start="2026-02-10 08:00", last_day="2026-04-30")),
    _third("renaksi-b08", "D31", 2, "Mei sampai Agustus", Example(start="2026-05-01 00:00", last_day="2026-08-31")),
    _third("renaksi-b12", "D32", 3, "September sampai Desember", Example(start="2026-12-31 23:59", last_day="2026-12-31")),
    DeadlineRule(
        code="renaksi-evaluasi",
        number="D34",
        title="Bahan evaluasi Kemendagri atas Rencana Aksi Terpadu siap",
        basis=_TIM_TERPADU,
        text="Kemendagri mengevaluasi Rencana Aksi Terpadu kira-kira setiap empat bulan.",
        is_quoted=False,
        clock=every(4, then=None),
        duty_of=Office.SEKRETARIAT,
        told=(Office.KEPALA_KESBANGPOL,),
        strength=Strength.PRACTICE,
        body_kind=BodyKind.TIM_TERPADU,
        example=Example(start="2019-04-30 10:00", last_day="2019-06-17"),
    ),
    DeadlineRule(
        code="renaksi-penyusunan",
        number="D36",
        title="Rencana Aksi Terpadu tahun berikutnya disusun",
        basis=_TIM_TERPADU,
        text="Rencana Aksi Terpadu disusun setiap tahun; bentuk hukumnya berbeda antardaerah.",
        is_quoted=False,
        clock=every(12, then=None),
        duty_of=Office.KEPALA_KESBANGPOL,
        told=(Office.SEKRETARIAT,),
        warn_days_before=(60, 30, 14, 7, 0),
        strength=Strength.PRACTICE,
        body_kind=BodyKind.TIM_TERPADU,
        example=Example(start="2026-06-01 08:00", last_day="2026-12-31"),
    ),
    DeadlineRule(
        code="tim-terpadu-laporan",
        number="D37",
        title="Laporan Tim Terpadu kabupaten/kota kepada gubernur",
        basis=_TIM_TERPADU,
        text="Tim Terpadu kabupaten/kota melapor secara berkala dan sewaktu-waktu.",
        is_quoted=False,
        clock=every(4, then=None),
        duty_of=Office.KEPALA_DAERAH,
        told=DESK,
        addressed_to=CHAIN,
        warn_days_before=(14, 7, 3, 1, 0),
        strength=Strength.PRACTICE,
        body_kind=BodyKind.TIM_TERPADU,
        example=Example(start="2026-07-15 08:00", last_day="2026-08-31"),
    ),
    unfixed(
        "tim-terpadu-rapat",
        "D38",
        "Rapat Tim Terpadu",
        _TIM_TERPADU,
        "Kekerapan rapat Tim Terpadu tidak ditemukan.",
        body=BodyKind.TIM_TERPADU,
        to="",
    ),
    unfixed(
        "monitoring-evaluasi",
        "D19",
        "Monitoring dan evaluasi penanganan konflik",
        PP_2_2015.pasal(96, "1"),
        "… melakukan monitoring dan evaluasi secara sinergis, terkoordinasi, terus menerus, berkala, dan terukur terhadap penyelenggaraan "
        "penanganan Konflik.",
        body=BodyKind.TIM_TERPADU,
        to="",
        quoted=True,
    ),
)
