"""The chain of the belanja tidak terduga: plan, payout, notice to the DPRD, account (PP 2/2015 Pasal 80, 88)."""

from datetime import date

from konflik.law.events import Event
from konflik.law.grammar.basis import PP_2_2015
from konflik.law.grammar.clocks import within
from konflik.law.grammar.deadlines import DeadlineRule, Example, Strength
from konflik.law.grammar.durations import months, working_days
from konflik.law.offices import Office

IN_FORCE = date(2015, 2, 2)
_DESK = (Office.SEKRETARIS_DAERAH, Office.KEPALA_KESBANGPOL, Office.SEKRETARIAT)

MONEY_RULES: tuple[DeadlineRule, ...] = (
    DeadlineRule(
        code="btt-rencana-kebutuhan",
        number="D12",
        title="Rencana kebutuhan belanja penghentian konflik dan rekonsiliasi diajukan",
        basis=PP_2_2015.pasal(80, "2", "a"),
        text=(
            "setelah kepala daerah menetapkan status keadaan Konflik dan kegiatan yang akan didanai dari belanja tidak terduga kepala satuan "
            "kerja perangkat daerah yang membidangi urusan kesatuan bangsa dan politik paling lambat 1 (satu) hari kerja mengajukan rencana "
            "kebutuhan belanja penghentian Konflik dan rekonsiliasi pascakonflik pada pejabat pengelola keuangan daerah selaku bendahara umum daerah"
        ),
        clock=within(working_days(1), since=Event.BTT_DECIDED),
        duty_of=Office.KEPALA_KESBANGPOL,
        told=(Office.SEKRETARIS_DAERAH, Office.SEKRETARIAT),
        addressed_to="PPKD selaku bendahara umum daerah",
        warn_days_before=(1, 0),
        met_by=(Event.BTT_PLAN_SUBMITTED,),
        is_urgent=True,
        since=IN_FORCE,
        example=Example(start="2026-03-02 14:00", last_day="2026-03-03"),
    ),
    DeadlineRule(
        code="btt-pencairan",
        number="D13",
        title="Dana belanja tidak terduga dicairkan",
        basis=PP_2_2015.pasal(80, "2", "b"),
        text=(
            "pejabat pengelola keuangan daerah selaku bendahara umum daerah mencairkan dana untuk penghentian Konflik dan rekonsiliasi "
            "pascakonflik kepada satuan kerja perangkat daerah yang membidangi urusan kesatuan bangsa dan politik paling lambat 1 (satu) hari "
            "kerja terhitung sejak diterimanya rencana kebutuhan belanja"
        ),
        clock=within(working_days(1), since=Event.BTT_PLAN_SUBMITTED),
        duty_of=Office.PPKD,
        told=_DESK,
        addressed_to="bendahara pengeluaran Kesbangpol",
        warn_days_before=(1, 0),
        met_by=(Event.BTT_PAID,),
        is_urgent=True,
        since=IN_FORCE,
        example=Example(start="2026-03-06 10:00", last_day="2026-03-09", note="Jumat; Sabtu dan Minggu tidak dihitung"),
    ),
    DeadlineRule(
        code="btt-pemberitahuan-dprd",
        number="D14",
        title="Keputusan tentang kegiatan yang didanai belanja tidak terduga diberitahukan kepada DPRD",
        basis=PP_2_2015.pasal(88, "2", "a"),
        text=(
            "kepala daerah menetapkan kegiatan yang akan didanai dari belanja tidak terduga dengan keputusan kepala daerah dan diberitahukan "
            "kepada DPRD paling lama 1 (satu) bulan terhitung sejak keputusan dimaksud ditetapkan"
        ),
        clock=within(months(1), since=Event.BTT_DECIDED),
        duty_of=Office.KEPALA_DAERAH,
        told=_DESK,
        addressed_to="DPRD kabupaten/kota",
        warn_days_before=(14, 7, 3, 1, 0),
        met_by=(Event.BTT_DPRD_TOLD,),
        since=IN_FORCE,
        example=Example(start="2026-01-31 10:00", last_day="2026-02-28", note="bulan yang lebih pendek: hari terakhirnya"),
    ),
    DeadlineRule(
        code="btt-pertanggungjawaban",
        number="D15",
        title="Pertanggungjawaban penggunaan belanja tidak terduga",
        basis=PP_2_2015.pasal(80, "2", "e"),
        text=(
            "pertanggungjawaban atas penggunaan dana belanja tidak terduga untuk penghentian Konflik dan rekonsiliasi pascakonflik disampaikan "
            "oleh kepala satuan kerja perangkat daerah yang membidangi urusan kesatuan bangsa dan politik kepada pejabat pengelola keuangan "
            "daerah dengan melampirkan bukti pengeluaran yang sah dan lengkap atau surat pernyataan tanggung jawab belanja."
        ),
        clock=within(None, since=Event.BTT_PAID),
        duty_of=Office.KEPALA_KESBANGPOL,
        told=(Office.SEKRETARIAT, Office.PPKD),
        addressed_to="PPKD",
        strength=Strength.OPEN,
        met_by=(Event.BTT_ACCOUNTED,),
        since=IN_FORCE,
    ),
    DeadlineRule(
        code="btt-penjabaran-apbd",
        number="D16",
        title="Perubahan peraturan kepala daerah tentang penjabaran APBD diberitahukan kepada pimpinan DPRD",
        basis=PP_2_2015.pasal(80, "4"),
        text=(
            "Mekanisme penambahan uang … dilakukan dengan cara mengubah peraturan kepala daerah tentang penjabaran APBD pada tahun anggaran yang "
            "berjalan dan diberitahukan kepada pimpinan DPRD, selanjutnya ditampung dalam perubahan APBD tahun anggaran yang berjalan."
        ),
        clock=within(None),
        duty_of=Office.KEPALA_DAERAH,
        told=(*_DESK, Office.PPKD),
        addressed_to="pimpinan DPRD kabupaten/kota",
        strength=Strength.OPEN,
        is_entered=True,
        since=IN_FORCE,
    ),
)
