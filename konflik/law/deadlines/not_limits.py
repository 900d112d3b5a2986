"""What stands in the law or in practice about time and is no running limit, each with the reason. Shown to Bagian Hukum."""

from dataclasses import dataclass

from konflik.law.grammar.basis import PBM_2006, PP_2_2015, PP_5_2009, PP_12_2022, PP_61_2010, UU_7_2012, UU_17_2011, Article, Practice


@dataclass(frozen=True)
class NotALimit:
    """One row of the list of limits ("D04") that opens no deadline."""

    number: str
    what: str
    basis: Article | Practice
    why: str


NOT_LIMITS: tuple[NotALimit, ...] = (
    NotALimit(
        "D04", "Pencabutan status sebelum waktunya", UU_7_2012.pasal(31), "Kewenangan tanpa jangka waktu, bukan kewajiban berjangka."
    ),
    NotALimit("D07", "Perkembangan status skala nasional", UU_7_2012.pasal(25, "3"), "Kewajiban Presiden; di luar pemakaian sistem ini."),
    NotALimit(
        "D33",
        "Tanggal batas laporan B.04, B.08, B.12",
        Practice(PP_2_2015.pasal(97)),
        "Sudah termuat dalam kebijakan renaksi-b04, renaksi-b08, dan renaksi-b12; tanggalnya ditetapkan tiap tahun dengan surat Kemendagri.",
    ),
    NotALimit(
        "D41", "Penyesuaian susunan Forkopimda", PP_12_2022.pasal(31, "2"), "Ketentuan peralihan, sudah lewat sejak 25 Agustus 2022."
    ),
    NotALimit("D44", "Pendapat tertulis Kankemenag dan FKUB", PBM_2006.pasal(19, "1"), "Tidak ditemukan jangka waktu."),
    NotALimit("D46", "Perselisihan pendirian rumah ibadat", PBM_2006.pasal(21), "Urutan penyelesaian tanpa jangka waktu."),
    NotALimit("D47", "Lokasi baru rumah ibadat", PBM_2006.pasal(17), "Kewajiban memfasilitasi tanpa jangka waktu."),
    NotALimit(
        "D52", "Bantuan dihentikan bila laporan terlambat", PP_5_2009.pasal(16), "Akibat hukum dari D51, bukan jangka waktu tersendiri."
    ),
    NotALimit("D53", "Verifikasi kelengkapan bantuan partai politik", PP_5_2009.pasal(7, "2"), "Tidak ditemukan jangka waktu dalam PP."),
    NotALimit(
        "D66",
        "Pengecualian informasi yang menghambat penegakan hukum",
        PP_61_2010.pasal(5),
        "Masa pengecualian informasi, bukan tenggat kerja.",
    ),
    NotALimit("D67", "Masa retensi rahasia intelijen", UU_17_2011.pasal(25, "4"), "Masa retensi, bukan tenggat kerja."),
)
