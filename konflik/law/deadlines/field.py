"""Limits without a figure around victims, the Satgas and the map of potential conflict (UU 7/2012 Pasal 44; PP 2/2015 Pasal 6, 17, 23)."""

from datetime import date

from konflik.law.grammar.basis import PP_2_2015, UU_7_2012
from konflik.law.grammar.clocks import within
from konflik.law.grammar.deadlines import DeadlineRule, Strength
from konflik.law.offices import Office

UU_IN_FORCE = date(2012, 5, 10)
PP_IN_FORCE = date(2015, 2, 2)

FIELD_RULES: tuple[DeadlineRule, ...] = (
    DeadlineRule(
        code="peta-potensi-konflik",
        number="D17",
        title="Peta wilayah potensi konflik disampaikan kepada Menteri Dalam Negeri",
        basis=PP_2_2015.pasal(6, "5"),
        text=(
            "Pemetaan wilayah potensi Konflik dan/atau daerah Konflik oleh pemerintah daerah … disampaikan kepada menteri yang menyelenggarakan "
            "urusan pemerintahan di bidang dalam negeri."
        ),
        clock=within(None),
        duty_of=Office.KEPALA_DAERAH,
        told=(Office.KEPALA_KESBANGPOL, Office.SEKRETARIAT),
        addressed_to="Menteri Dalam Negeri",
        strength=Strength.OPEN,
        is_entered=True,
        since=PP_IN_FORCE,
    ),
    DeadlineRule(
        code="satgas-laporan-akhir",
        number="D18",
        title="Laporan akhir Satgas",
        basis=UU_7_2012.pasal(44, huruf="h"),
        text=(
            "penyampaian laporan akhir pelaksanaan tugas dan fungsi Satuan Tugas Penyelesaian Konflik Sosial kepada Pemerintah/Pemerintah Daerah "
            "dengan tembusan kepada DPR/DPRD."
        ),
        clock=within(None),
        duty_of=Office.SATGAS,
        told=(Office.KEPALA_DAERAH, Office.KEPALA_KESBANGPOL, Office.SEKRETARIAT),
        addressed_to="pemerintah daerah; tembusan DPRD",
        strength=Strength.OPEN,
        is_entered=True,
        since=UU_IN_FORCE,
    ),
    DeadlineRule(
        code="bantuan-korban",
        number="D20",
        title="Permintaan bantuan kebutuhan dasar korban melalui provinsi",
        basis=PP_2_2015.pasal(17, "3"),
        text=(
            "Dalam hal pemerintah daerah kabupaten/kota meminta bantuan pemenuhan kebutuhan dasar Korban Konflik kepada Pemerintah, permintaan "
            "tersebut dilakukan melalui pemerintah daerah provinsi yang bersangkutan."
        ),
        clock=within(None),
        duty_of=Office.KEPALA_DAERAH,
        told=(Office.KEPALA_KESBANGPOL, Office.KEPALA_PERANGKAT_DAERAH, Office.SEKRETARIAT),
        addressed_to="gubernur, untuk diteruskan kepada menteri",
        strength=Strength.OPEN,
        is_entered=True,
        since=PP_IN_FORCE,
    ),
    DeadlineRule(
        code="bantuan-pengungsi",
        number="D20",
        title="Permintaan bantuan kebutuhan dasar pengungsi melalui provinsi",
        basis=PP_2_2015.pasal(23, "3"),
        text=(
            "Dalam hal pemerintah daerah kabupaten/kota meminta bantuan pemenuhan kebutuhan dasar pengungsi … kepada Pemerintah, permintaan "
            "tersebut dilakukan melalui pemerintah daerah provinsi yang bersangkutan."
        ),
        clock=within(None),
        duty_of=Office.KEPALA_DAERAH,
        told=(Office.KEPALA_KESBANGPOL, Office.KEPALA_PERANGKAT_DAERAH, Office.SEKRETARIAT),
        addressed_to="gubernur, untuk diteruskan kepada menteri",
        strength=Strength.OPEN,
        is_entered=True,
        since=PP_IN_FORCE,
    ),
)
