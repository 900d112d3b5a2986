"""Asking for the help of the TNI during a status of kabupaten scale (UU 7/2012 Pasal 33-35; PP 2/2015 Pasal 40-53)."""

from dataclasses import dataclass

from konflik.law.grammar.basis import PP_2_2015, Article
from konflik.law.offices import Office
from konflik.law.status.wording import Part, lettered


@dataclass(frozen=True)
class Addressee:
    """Somebody who gets a copy of the written request; `office` where somebody can hold it in this system."""

    code: str
    text: str
    basis: Article
    office: Office | None = None


TNI_LETTER_PARTS: tuple[Part, ...] = lettered(
    PP_2_2015,
    47,
    "",
    ("reason", "alasan permintaan bantuan"),
    ("area", "wilayah perbantuan"),
    ("duration", "lamanya waktu pemberian bantuan"),
    ("logistics", "kesiapan dukungan logistik oleh pemerintah daerah yang meminta bantuan"),
)
"""What the written request must contain."""

_COPIES: tuple[tuple[str, str, Office | None], ...] = (
    ("security_minister", "Menteri yang membidangi koordinasi urusan politik, hukum, dan keamanan", None),
    ("home_minister", "Menteri yang menyelenggarakan urusan pemerintahan di bidang dalam negeri", None),
    ("defence_minister", "Menteri yang menyelenggarakan urusan pemerintahan di bidang pertahanan", None),
    ("tni_commander", "Panglima TNI", Office.PANGLIMA_TNI),
    ("police_chief", "Kepala Kepolisian Negara Republik Indonesia", None),
    ("governor", "Gubernur", Office.GUBERNUR),
    ("dprd_chair", "Ketua DPRD kabupaten/kota setempat", Office.PIMPINAN_DPRD),
    ("local_commander", "Komandan komando resor militer/distrik militer/komandan satuan unsur TNI setempat", Office.DANDIM),
    ("local_police_chief", "Kepala kepolisian resor setempat", Office.KAPOLRES),
)

TNI_COPIES: tuple[Addressee, ...] = tuple(
    Addressee(code, text, PP_2_2015.pasal(45, "5", letter), office)
    for letter, (code, text, office) in zip("abcdefghi", _COPIES, strict=True)
)
"""The nine to whom the written request must be copied."""

TNI_ADVISERS: tuple[Addressee, ...] = (
    Addressee(
        "local_commander",
        "Komandan komando resor militer/distrik militer/komandan satuan unsur TNI setempat",
        PP_2_2015.pasal(45, "1"),
        Office.DANDIM,
    ),
    Addressee("local_police_chief", "Kepala kepolisian resor", PP_2_2015.pasal(45, "1"), Office.KAPOLRES),
    Addressee("prosecutor", "Kepala kejaksaan negeri", PP_2_2015.pasal(45, "1"), Office.KAJARI),
)
"""Whose considerations the bupati has heard before he decides to ask (elucidation of Pasal 45 ayat (1))."""

TNI_WEIGHED: tuple[Part, ...] = lettered(
    PP_2_2015,
    45,
    "1",
    ("victims", "jumlah Korban Konflik"),
    ("crowd", "tidak terkendalinya massa"),
    ("vital_facilities", "terganggunya sarana dan prasarana vital"),
    ("spread", "meluasnya dampak Konflik"),
)
"""What is weighed (elucidation of Pasal 45 ayat (1))."""

TNI_PURPOSES: tuple[Part, ...] = lettered(
    PP_2_2015,
    40,
    "2",
    ("stop_violence", "menghentikan kekerasan fisik"),
    ("close_area", "melaksanakan pembatasan dan penutupan kawasan Konflik untuk sementara waktu"),
    ("curfew", "melaksanakan upaya pembatasan orang di luar rumah untuk sementara waktu"),
    (
        "entry_ban",
        "melaksanakan upaya pelarangan orang untuk memasuki kawasan Konflik atau keluar dari kawasan Konflik untuk sementara waktu",
    ),
    (
        "vital_objects",
        "mengamankan objek vital nasional dan daerah serta sarana dan prasarana vital yang dimungkinkan menjadi sasaran massa",
    ),
    ("rescue", "penyelamatan, evakuasi, dan identifikasi Korban Konflik"),
    ("vulnerable", "pelindungan terhadap kelompok rentan"),
    ("sterilise", "upaya sterilisasi tempat yang rawan Konflik"),
    ("life_and_goods", "penyelamatan jiwa raga dan harta benda Korban Konflik"),
)

TNI_COORDINATED: tuple[Part, ...] = lettered(
    PP_2_2015,
    41,
    "2",
    ("task", "tugas bantuan"),
    ("area", "wilayah tugas bantuan"),
    ("strength", "kekuatan pasukan"),
    ("duration", "lamanya waktu perbantuan"),
    ("time", "waktu pelaksanaan"),
    ("logistics", "administrasi dan logistik"),
    ("command", "komando pengendalian"),
)
"""What Polri coordinates."""
