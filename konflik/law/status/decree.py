"""What a decree on a status should contain. No article lists it: drawn from what other articles make decisive, to be confirmed."""

from konflik.law.grammar.basis import PP_2_2015, UU_7_2012, Article, Practice
from konflik.law.status.lengths import LONGEST, LONGEST_EXTENSION
from konflik.law.status.wording import Part


def _part(code: str, text: str, near: Article) -> Part:
    return Part(code, text, Practice(near))


DECREE_PARTS: tuple[Part, ...] = (
    _part("facts", "konsiderans dengan fakta untuk kedua syarat Pasal 14, termasuk keterangan Polres", UU_7_2012.pasal(14)),
    _part("area", "skala dan wilayah sampai kecamatan dan desa/kelurahan", UU_7_2012.pasal(15)),
    _part("period", f"tanggal mulai dan tanggal berakhir, paling lama {LONGEST}", UU_7_2012.pasal(22)),
    _part("consultation", "tanggal dan berita acara konsultasi dengan pimpinan DPRD", UU_7_2012.pasal(16)),
    _part("restrictions", "tindakan pembatasan yang diberlakukan, dengan kawasan, jam, dan akhirnya", UU_7_2012.pasal(26)),
    _part("satgas", "pembentukan Satuan Tugas Penyelesaian Konflik Sosial", UU_7_2012.pasal(42, "2", "e")),
    _part("emergency", "perintah tindakan darurat dan perangkat daerah penanggung jawabnya", UU_7_2012.pasal(32)),
    _part("money", "kegiatan yang didanai belanja tidak terduga", PP_2_2015.pasal(80, "2", "a")),
    _part("reports", "pelaporan perkembangan kepada gubernur, Menteri Dalam Negeri, dan DPRD", UU_7_2012.pasal(23, "2")),
    _part("end", "ketentuan pencabutan dan perpanjangan", UU_7_2012.pasal(31)),
)

EXTENSION_DECREE_PARTS: tuple[Part, ...] = (
    _part("evaluation", "hasil evaluasi laporan pengendalian keadaan konflik", UU_7_2012.pasal(29, "1")),
    _part("consultation", "tanggal dan berita acara konsultasi baru dengan pimpinan DPRD", UU_7_2012.pasal(30, "1")),
    _part("period", f"tanggal berakhir yang baru, paling lama {LONGEST_EXTENSION} sesudah tanggal semula", UU_7_2012.pasal(29, "1")),
)

REVOCATION_DECREE_PARTS: tuple[Part, ...] = (
    _part("moment", "tanggal dan jam pencabutan", UU_7_2012.pasal(31)),
    _part("lapsed", "tindakan dan kewenangan yang tidak berlaku lagi", UU_7_2012.pasal(30, "4")),
    _part("tni", "berakhirnya bantuan TNI dan pemberitahuannya kepada Presiden", PP_2_2015.pasal(53, "2")),
)
