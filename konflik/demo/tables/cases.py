"""The cases of the demo: what public reports of real meetings say, with the place and the day they report.

No person is named and nothing is added to the reports. What the demo needs besides (an activity to update, an institution
that answers) is marked as an example.
"""

from dataclasses import dataclass
from datetime import date

from konflik.cases.tables import PartyKind, PartyRole
from konflik.demo.tables.homes import BANYUASIN, BATANGHARI, PASER, TANJABTIMUR, Home
from konflik.law.secrecy import Secrecy
from konflik.law.severity import Severity
from konflik.law.sources import Source
from konflik.stages.tables import ActivityStatus


@dataclass(frozen=True)
class Work:
    """One activity of the law's list by one agency, with the days from today between which it is planned."""

    kind: str
    title: str
    agency: str
    begins_in: int
    ends_in: int
    status: ActivityStatus = ActivityStatus.RENCANA
    progress: int = 0
    obstacles: str = ""


@dataclass(frozen=True)
class Side:
    """One party as far as the report names it."""

    kind: PartyKind
    name: str
    role: PartyRole


@dataclass(frozen=True)
class Report:
    """One case as it was reported."""

    home: Home
    title: str
    chronology: str
    places: tuple[str, ...]
    source: Source
    issue: str
    reported_on: date
    secrecy: Secrecy = Secrecy.BIASA
    severity: Severity = Severity.LOW
    handler: str = "kesbangpol"
    sides: tuple[Side, ...] = ()
    work: tuple[Work, ...] = ()
    part_of: str = ""
    opened_to: str = ""
    settled_on: date | None = None


_VILLAGERS = PartyKind.GROUP
_RAKOR = "rapat koordinasi Forkopimda Kabupaten Batanghari tanggal 25 Mei 2023"
_MAY_2023 = date(2023, 5, 25)
_ELECTION = "Pantauan kerawanan Pemilu dan Pilkada 2024"
_CHILDREN = (
    "Dalam {rakor}, pimpinan DPRD menyampaikan merebaknya kekerasan seksual terhadap anak di bawah umur dan meminta perhatian "
    "khusus bersama. {where} Berkas ini tidak memuat data pribadi; penanganan korban ada pada unit yang berwenang."
)

REPORTS = (
    Report(
        BATANGHARI,
        "Konflik angkutan batu bara di Kecamatan Bajubang",
        f"Dalam {_RAKOR}, pimpinan DPRD menyampaikan bahwa konflik angkutan batu bara di wilayah Kecamatan Bajubang belum selesai "
        "dan menjadi pekerjaan bersama pemerintah daerah dan unsur Forkopimda.",
        ("15.04.07",),
        Source.SUMBER_DAYA_ALAM,
        "masyarakat-perusahaan",
        _MAY_2023,
        severity=Severity.MEDIUM,
        sides=(
            Side(_VILLAGERS, "Masyarakat di jalur angkutan batu bara Kecamatan Bajubang", PartyRole.AFFECTED),
            Side(PartyKind.COMPANY, "Pelaku usaha angkutan batu bara", PartyRole.RESPONDENT),
        ),
        work=(
            Work("uu-9-d", "Dialog masyarakat dan pelaku usaha angkutan (data contoh)", "kesbangpol", -5, 9, ActivityStatus.BERJALAN, 40),
            Work("uu-9-e", "Penertiban angkutan yang melanggar ketentuan (data contoh)", "polres", -12, 3, ActivityStatus.BERJALAN, 60),
            Work("pp-3-k", "Pembinaan wilayah di jalur angkutan (data contoh)", "kodim", 2, 20),
            Work("uu-11-a", "Pemetaan titik rawan jalur angkutan (data contoh)", "camat", -9, -2, ActivityStatus.BERJALAN, 80),
            Work("uu-9-h", "Musyawarah pengaturan jam dan jalur angkutan (data contoh)", "dishub", 5, 25),
            Work("pp-3-c", "Penyuluhan hukum bagi pengemudi dan warga (data contoh)", "kejari", 7, 30),
            Work("uu-9-a", "Rapat dengar pendapat dengan warga (data contoh)", "dprd", 3, 15),
            Work("pp-3-a", "Penyejukan melalui tokoh agama (data contoh)", "kemenag", 1, 14),
        ),
    ),
    Report(
        BATANGHARI,
        "Batas wilayah Desa Bungku dengan Kabupaten Muaro Jambi",
        f"Dalam {_RAKOR} disampaikan bahwa batas wilayah Desa Bungku, Kecamatan Bajubang, dengan Kabupaten Muaro Jambi masih dalam "
        "proses di pemerintah pusat (Permendagri 84/2018). Diharapkan tidak ada gejolak tapal batas menjelang dan selama Pemilu 2024.",
        ("15.04.07.2001", "15.05"),
        Source.BATAS_WILAYAH,
        "tapal-batas",
        _MAY_2023,
        handler="pemda",
        sides=(
            Side(PartyKind.AGENCY, "Pemerintah Kabupaten Batanghari", PartyRole.CLAIMANT),
            Side(PartyKind.AGENCY, "Pemerintah Kabupaten Muaro Jambi", PartyRole.RESPONDENT),
            Side(_VILLAGERS, "Masyarakat Desa Bungku", PartyRole.AFFECTED),
        ),
        work=(
            Work(
                "uu-6-c",
                "Menjaga ketenangan warga selama menunggu keputusan pusat (data contoh)",
                "camat",
                -20,
                12,
                ActivityStatus.TERTUNDA,
                20,
                "Menunggu penyelesaian batas di pemerintah pusat.",
            ),
        ),
    ),
    Report(
        BATANGHARI,
        "Kekerasan terhadap anak di wilayah Kecamatan Maro Sebo Ulu",
        _CHILDREN.format(rakor=_RAKOR, where="Kecamatan Maro Sebo Ulu disebut sebagai salah satu wilayah kejadian."),
        ("15.04.06",),
        Source.POLEKSOSBUD,
        "perempuan-anak",
        _MAY_2023,
        secrecy=Secrecy.RAHASIA,
        severity=Severity.HIGH,
        handler="p3a",
        work=(Work("pp-3-c", "Penyuluhan pelindungan anak di desa dan sekolah (data contoh)", "p3a", -3, 18, ActivityStatus.BERJALAN, 30),),
        opened_to="p3a",
    ),
    Report(
        BATANGHARI,
        "Kekerasan terhadap anak di wilayah Kecamatan Muara Bulian",
        _CHILDREN.format(rakor=_RAKOR, where="Kasus terbanyak disebut berada di wilayah Kecamatan Muara Bulian."),
        ("15.04.03",),
        Source.POLEKSOSBUD,
        "perempuan-anak",
        _MAY_2023,
        secrecy=Secrecy.RAHASIA,
        severity=Severity.HIGH,
        handler="p3a",
        opened_to="p3a",
    ),
    Report(
        BATANGHARI,
        _ELECTION,
        "Rapat forum komunikasi pimpinan daerah pada 10 Agustus 2022 di pendopo Rumah Dinas Bupati membahas peningkatan deteksi dini "
        "dan cegah dini menjelang Pemilu dan Pilkada serentak 2024. Netralitas ASN, TNI, dan Polri ditekankan.",
        ("15.04",),
        Source.POLEKSOSBUD,
        "pemilihan",
        date(2022, 8, 10),
        settled_on=date(2024, 12, 31),
    ),
    Report(
        BATANGHARI,
        "Pantauan gejolak tapal batas Desa Bungku",
        f"Lanjutan dari {_RAKOR}: keadaan di sekitar tapal batas Desa Bungku dipantau agar tidak timbul gejolak.",
        ("15.04.07.2001",),
        Source.BATAS_WILAYAH,
        "tapal-batas",
        _MAY_2023,
        handler="reporter",
        part_of="Batas wilayah Desa Bungku dengan Kabupaten Muaro Jambi",
    ),
    Report(
        TANJABTIMUR,
        "Potensi konflik lahan di Kabupaten Tanjung Jabung Timur",
        "Rapat koordinasi Forkopimda pada 7 April 2022 di Ruang Pola Kantor Bupati mengingatkan potensi konflik lahan. Penyelesaian "
        "diupayakan lebih dahulu secara persuasif bersama masyarakat dari tingkat desa atau kelurahan sampai pemerintah daerah.",
        ("15.07",),
        Source.SUMBER_DAYA_ALAM,
        "agraria",
        date(2022, 4, 7),
        work=(
            Work("uu-11-a", "Pemetaan potensi konflik lahan (data contoh)", "kesbangpol", -4, 16, ActivityStatus.BERJALAN, 25),
            Work("uu-9-e", "Penelaahan laporan lahan yang masuk (data contoh)", "polres", 1, 21),
        ),
    ),
    Report(
        TANJABTIMUR,
        "Potensi konflik organisasi kemasyarakatan di Kabupaten Tanjung Jabung Timur",
        "Rapat koordinasi Forkopimda pada 7 April 2022 mengingatkan potensi konflik ormas dan perlunya kepekaan di tengah masyarakat.",
        ("15.07.07", "15.07.01", "15.07.06"),
        Source.POLEKSOSBUD,
        "ormas",
        date(2022, 4, 7),
        handler="reporter",
        work=(Work("pp-3-b", "Pertemuan ormas tingkat kecamatan (data contoh)", "camat", 2, 19),),
    ),
    Report(
        PASER,
        "Masalah sosial antara masyarakat dan perusahaan di Kabupaten Paser",
        "Dalam kunjungan kerja ke Kota Batam pada 16 Juni 2022, Wakil Bupati menyampaikan bahwa konflik yang sering terjadi di Paser "
        "adalah masalah sosial antara masyarakat dan perusahaan, dan selama ini dapat diselesaikan dengan baik.",
        ("64.01", "64.01.04"),
        Source.SUMBER_DAYA_ALAM,
        "masyarakat-perusahaan",
        date(2022, 6, 16),
        handler="reporter",
        sides=(
            Side(_VILLAGERS, "Masyarakat sekitar perusahaan", PartyRole.CLAIMANT),
            Side(PartyKind.COMPANY, "Perusahaan di Kabupaten Paser", PartyRole.RESPONDENT),
        ),
        work=(
            Work(
                "uu-9-h", "Musyawarah kemitraan masyarakat dan perusahaan (data contoh)", "kesbangpol", -6, 8, ActivityStatus.BERJALAN, 50
            ),
            Work("uu-11-b", "Pertukaran informasi antarforum (data contoh)", "polres", 0, 11),
            Work("uu-9-d", "Dialog warga tingkat kecamatan (data contoh)", "camat", 4, 24),
        ),
    ),
    Report(
        BANYUASIN,
        "Limbah perusahaan di Kecamatan Rantau Bayur",
        "Dalam rapat koordinasi tingkat kecamatan di Desa Rantau Harapan pada 13 Juli 2023, Bupati menyebut limbah sebuah perusahaan "
        "sebagai salah satu permasalahan masyarakat yang akan ditangani dan dicarikan penyelesaiannya.",
        ("16.07.11", "16.07.11.2017"),
        Source.SUMBER_DAYA_ALAM,
        "lingkungan",
        date(2023, 7, 13),
        handler="reporter",
        sides=(
            Side(_VILLAGERS, "Masyarakat Kecamatan Rantau Bayur", PartyRole.AFFECTED),
            Side(PartyKind.COMPANY, "Perusahaan yang disebut dalam rapat", PartyRole.RESPONDENT),
        ),
        work=(
            Work("uu-6-c", "Pemeriksaan lapangan atas keluhan limbah (data contoh)", "dlh", -8, 6, ActivityStatus.BERJALAN, 35),
            Work("uu-9-e", "Penelaahan dugaan pelanggaran lingkungan (data contoh)", "polres", 3, 28),
            Work("uu-9-d", "Dialog warga dan perusahaan (data contoh)", "camat", 5, 17),
            Work("uu-11-b", "Pengumpulan laporan warga (data contoh)", "kesbangpol", -2, 13, ActivityStatus.BERJALAN, 20),
        ),
    ),
)

SETTLED = "Data contoh: tahapan pemilihan 2024 telah berakhir. Dokumen sumber tidak memuat perkembangan sesudah Mei 2023."
