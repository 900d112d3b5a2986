"""Personal data in hours, public information in working days (UU 27/2022; UU 14/2008)."""

from datetime import date

from konflik.law.grammar.basis import UU_14_2008, UU_27_2022, Article
from konflik.law.grammar.clocks import further, within
from konflik.law.grammar.deadlines import DeadlineRule, Example
from konflik.law.grammar.durations import hours, working_days
from konflik.law.offices import Office
from konflik.law.secrecy import DATA_PROTECTION_CLASS

KIP_IN_FORCE = date(2010, 4, 30)
PDP_IN_FORCE = date(2022, 10, 17)
THREE_DAYS_OF_HOURS = hours(72)
_WARN_HOURS = (48, 24, 12, 3, 1)
_HELPERS = (Office.SEKRETARIS_DAERAH, Office.KEPALA_KESBANGPOL, Office.SEKRETARIAT)


def _pdp(code: str, number: str, title: str, basis: Article, text: str, *, addressed_to: str, example: Example) -> DeadlineRule:
    return DeadlineRule(
        code=code,
        number=number,
        title=title,
        basis=basis,
        text=text,
        is_quoted=False,
        clock=within(THREE_DAYS_OF_HOURS),
        duty_of=Office.PETUGAS_PDP,
        told=_HELPERS,
        addressed_to=addressed_to,
        warn_hours_before=_WARN_HOURS,
        is_entered=True,
        secrecy=DATA_PROTECTION_CLASS,
        since=PDP_IN_FORCE,
        example=example,
    )


DATA_RULES: tuple[DeadlineRule, ...] = (
    _pdp(
        "pdp-kegagalan",
        "D60",
        "Pemberitahuan kegagalan pelindungan data pribadi",
        UU_27_2022.pasal(46, "1"),
        "Dalam hal terjadi kegagalan pelindungan data pribadi, pengendali menyampaikan pemberitahuan tertulis paling lambat 3 x 24 jam.",
        addressed_to="subjek data pribadi dan lembaga pelindungan data pribadi; dalam hal tertentu juga masyarakat",
        example=Example(start="2026-03-02 21:40", due="2026-03-05 21:40"),
    ),
    _pdp(
        "pdp-koreksi",
        "D61",
        "Pembaruan atau perbaikan data pribadi atas permintaan",
        UU_27_2022.pasal(30, "1"),
        "Pengendali memperbarui dan/atau memperbaiki data pribadi paling lambat 3 x 24 jam sejak menerima permintaan.",
        addressed_to="subjek data pribadi",
        example=Example(start="2026-12-30 08:15", due="2027-01-02 08:15", zone="Asia/Jayapura"),
    ),
    _pdp(
        "pdp-akses",
        "D62",
        "Akses atas data pribadi dan rekam jejak pemrosesannya",
        UU_27_2022.pasal(32, "2"),
        "Pengendali memberikan akses kepada subjek data pribadi paling lambat 3 x 24 jam sejak menerima permintaan.",
        addressed_to="subjek data pribadi",
        example=Example(start="2028-02-27 10:00", due="2028-03-01 10:00", note="tahun kabisat"),
    ),
    _pdp(
        "pdp-penarikan",
        "D63",
        "Pemrosesan dihentikan setelah persetujuan ditarik kembali",
        UU_27_2022.pasal(40, "2"),
        "Pengendali menghentikan pemrosesan paling lambat 3 x 24 jam sejak menerima permintaan penarikan kembali persetujuan.",
        addressed_to="subjek data pribadi",
        example=Example(start="2026-03-13 16:30", due="2026-03-16 16:30", note="Sabtu dan Minggu ikut berjalan"),
    ),
    _pdp(
        "pdp-pembatasan",
        "D64",
        "Penundaan dan pembatasan pemrosesan atas permintaan",
        UU_27_2022.pasal(41),
        "Pengendali menunda dan membatasi pemrosesan paling lambat 3 x 24 jam sejak menerima permintaan, kecuali dalam hal yang ditentukan.",
        addressed_to="subjek data pribadi",
        example=Example(start="2026-08-17 00:05", due="2026-08-20 00:05", zone="Asia/Makassar"),
    ),
    DeadlineRule(
        code="kip-jawaban",
        number="D65",
        title="Pemberitahuan tertulis atas permintaan informasi publik",
        basis=UU_14_2008.pasal(22, "7"),
        text="Paling lambat 10 (sepuluh) hari kerja sejak diterimanya permintaan, badan publik menyampaikan pemberitahuan tertulis.",
        is_quoted=False,
        clock=within(working_days(10)),
        duty_of=Office.PPID,
        told=(Office.SEKRETARIS_DAERAH, Office.SEKRETARIAT),
        addressed_to="pemohon informasi",
        since=KIP_IN_FORCE,
        warn_days_before=(5, 3, 1, 0),
        extended_by="kip-perpanjangan",
        is_entered=True,
        example=Example(start="2026-03-02 09:00", last_day="2026-03-16", note="tanpa hari libur dalam jangka waktu itu"),
    ),
    DeadlineRule(
        code="kip-perpanjangan",
        number="D65",
        title="Pemberitahuan tertulis atas permintaan informasi publik setelah diperpanjang",
        basis=UU_14_2008.pasal(22, "8"),
        text="Waktu untuk menyampaikan pemberitahuan dapat diperpanjang paling lambat 7 (tujuh) hari kerja berikutnya dengan alasan tertulis.",
        is_quoted=False,
        clock=further(working_days(7), after="kip-jawaban"),
        duty_of=Office.PPID,
        told=(Office.SEKRETARIS_DAERAH, Office.SEKRETARIAT),
        addressed_to="pemohon informasi",
        since=KIP_IN_FORCE,
        warn_days_before=(3, 1, 0),
        example=Example(start="2026-04-14 00:00", last_day="2026-04-22", note="dihitung sejak batas semula, Senin 13 April pukul 24.00"),
    ),
)
