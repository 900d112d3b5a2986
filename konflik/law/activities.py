"""The activities that the law lists for each stage, literally, with their article.

Pencegahan: UU 7/2012 Pasal 6, 9, 11; PP 2/2015 Pasal 3. Penghentian: UU Pasal 12, 32. Pemulihan: UU Pasal 37-39.
"""

from collections.abc import Mapping

from konflik.law.grammar.activities import ActivityKind, listed
from konflik.law.grammar.basis import PP_2_2015, UU_7_2012
from konflik.law.stages import Stage

_PENCEGAHAN = [
    *listed(
        stage=Stage.PENCEGAHAN,
        group="Upaya pencegahan",
        prefix="uu-6",
        law=UU_7_2012,
        pasal=6,
        ayat="1",
        texts=(
            "memelihara kondisi damai dalam masyarakat",
            "mengembangkan sistem penyelesaian perselisihan secara damai",
            "meredam potensi Konflik",
            "membangun sistem peringatan dini",
        ),
    ),
    *listed(
        stage=Stage.PENCEGAHAN,
        group="Meredam potensi konflik",
        prefix="uu-9",
        law=UU_7_2012,
        pasal=9,
        texts=(
            "melakukan perencanaan dan pelaksanaan pembangunan yang memperhatikan aspirasi masyarakat",
            "menerapkan prinsip tata kelola pemerintahan yang baik",
            "melakukan program perdamaian di daerah potensi Konflik",
            "mengintensifkan dialog antarkelompok masyarakat",
            "menegakkan hukum tanpa diskriminasi",
            "membangun karakter bangsa",
            "melestarikan nilai Pancasila dan kearifan lokal",
            "menyelenggarakan musyawarah dengan kelompok masyarakat untuk membangun kemitraan dengan pelaku usaha di daerah setempat",
        ),
    ),
    *listed(
        stage=Stage.PENCEGAHAN,
        group="Peringatan dini",
        prefix="uu-11",
        law=UU_7_2012,
        pasal=11,
        texts=(
            "penelitian dan pemetaan wilayah potensi Konflik",
            "penyampaian data dan informasi mengenai Konflik secara cepat dan akurat",
            "penyelenggaraan pendidikan dan pelatihan",
            "peningkatan dan pemanfaatan modal sosial",
            "penguatan dan pemanfaatan fungsi intelijen sesuai dengan ketentuan peraturan perundang-undangan",
        ),
    ),
    *listed(
        stage=Stage.PENCEGAHAN,
        group="Kegiatan pencegahan perangkat daerah",
        prefix="pp-3",
        law=PP_2_2015,
        pasal=3,
        texts=(
            "penguatan kerukunan umat beragama",
            "peningkatan forum kerukunan masyarakat",
            "peningkatan kesadaran hukum",
            "pendidikan bela negara dan wawasan kebangsaan",
            "sosialisasi peraturan perundang-undangan",
            "pendidikan dan pelatihan perdamaian",
            "pendidikan kewarganegaraan",
            "pendidikan budi pekerti",
            "penelitian dan pemetaan wilayah potensi Konflik dan/atau daerah Konflik",
            "penguatan kelembagaan dalam rangka sistem peringatan dini",
            "pembinaan kewilayahan",
            "pendidikan agama dan penanaman nilai-nilai integrasi kebangsaan",
            "penguatan/pengembangan kapasitas (capacity building)",
            "pengentasan kemiskinan",
            "desa berketahanan sosial",
            "penguatan akses kearifan lokal",
            "penguatan keserasian sosial",
            "bentuk kegiatan lain sesuai dengan ketentuan peraturan perundang-undangan",
        ),
    ),
]

_PENGHENTIAN = [
    *listed(
        stage=Stage.PENGHENTIAN,
        group="Cara penghentian",
        prefix="uu-12",
        law=UU_7_2012,
        pasal=12,
        texts=(
            "penghentian kekerasan fisik",
            "penetapan Status Keadaan Konflik",
            "tindakan darurat penyelamatan dan pelindungan korban",
            "bantuan penggunaan dan pengerahan kekuatan TNI",
        ),
    ),
    *listed(
        stage=Stage.PENGHENTIAN,
        group="Tindakan darurat",
        prefix="uu-32",
        law=UU_7_2012,
        pasal=32,
        ayat="2",
        texts=(
            "penyelamatan, evakuasi, dan identifikasi korban Konflik secara cepat dan tepat",
            "pemenuhan kebutuhan dasar korban Konflik",
            "pemenuhan kebutuhan dasar pengungsi, termasuk kebutuhan spesifik perempuan, anak-anak, dan kelompok orang yang berkebutuhan khusus",
            "pelindungan terhadap kelompok rentan",
            "upaya sterilisasi tempat yang rawan Konflik",
            "penyelamatan sarana dan prasarana vital",
            "penegakan hukum",
            "pengaturan mobilitas orang, barang, dan jasa dari dan ke daerah Konflik",
            "penyelamatan harta benda korban Konflik",
        ),
    ),
]

_PEMULIHAN = [
    *listed(
        stage=Stage.PEMULIHAN,
        group="Rekonsiliasi",
        prefix="uu-37",
        law=UU_7_2012,
        pasal=37,
        ayat="1",
        texts=("perundingan secara damai", "pemberian restitusi", "pemaafan"),
    ),
    *listed(
        stage=Stage.PEMULIHAN,
        group="Rehabilitasi",
        prefix="uu-38",
        law=UU_7_2012,
        pasal=38,
        ayat="2",
        texts=(
            "pemulihan psikologis korban Konflik dan pelindungan kelompok rentan",
            "pemulihan kondisi sosial, ekonomi, budaya, keamanan, dan ketertiban",
            "perbaikan dan pengembangan lingkungan dan/atau daerah perdamaian",
            "penguatan relasi sosial yang adil untuk kesejahteraan masyarakat",
            "penguatan kebijakan publik yang mendorong pembangunan lingkungan dan/atau daerah perdamaian berbasiskan hak masyarakat",
            "pemulihan ekonomi dan hak keperdataan, serta peningkatan pelayanan pemerintahan",
            "pemenuhan kebutuhan dasar spesifik perempuan, anak-anak, lanjut usia, dan kelompok orang yang berkebutuhan khusus",
            "pemenuhan kebutuhan dan pelayanan kesehatan reproduksi bagi kelompok perempuan",
            "peningkatan pelayanan kesehatan anak-anak",
            "pemfasilitasian serta mediasi pengembalian dan pemulihan aset korban Konflik",
        ),
    ),
    *listed(
        stage=Stage.PEMULIHAN,
        group="Rekonstruksi",
        prefix="uu-39",
        law=UU_7_2012,
        pasal=39,
        ayat="2",
        texts=(
            "pemulihan dan peningkatan fungsi pelayanan publik di lingkungan dan/atau daerah pascakonflik",
            "pemulihan dan penyediaan akses pendidikan, kesehatan, dan mata pencaharian",
            "perbaikan sarana dan prasarana umum daerah Konflik",
            "perbaikan berbagai struktur dan kerangka kerja yang menyebabkan ketidaksetaraan dan ketidakadilan, termasuk kesenjangan ekonomi",
            "perbaikan dan penyediaan fasilitas pelayanan pemenuhan kebutuhan dasar spesifik perempuan, anak-anak, lanjut usia, dan kelompok orang yang berkebutuhan khusus",
            "perbaikan dan pemulihan tempat ibadah",
        ),
    ),
]

ACTIVITY_KINDS: Mapping[str, ActivityKind] = {kind.code: kind for kind in (*_PENCEGAHAN, *_PENGHENTIAN, *_PEMULIHAN)}


def kinds_of(stage: Stage) -> list[ActivityKind]:
    """The activities to choose from in `stage`, in the order of the law; none once a case is selesai."""
    return [kind for kind in ACTIVITY_KINDS.values() if kind.stage == stage]
