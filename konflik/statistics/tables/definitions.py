"""What every number means: its name, unit and source. One list for the metadata, the pages and the files."""

from dataclasses import dataclass
from datetime import date

DEFINED_ON = date(2026, 11, 27)
"""When a definition below was changed last."""


@dataclass(frozen=True)
class Definition:
    """One number: the name it has in answers and files, its words, its unit."""

    name: str
    title: str
    meaning: str
    unit: str = "perkara"


@dataclass(frozen=True)
class Dataset:
    """Numbers that belong together, under one address."""

    code: str
    title: str
    meaning: str
    numbers: tuple[Definition, ...]
    dimensions: tuple[str, ...] = ()


SHARED = (
    "Satu perkara dihitung sekali, di wilayah utamanya, menurut hari setempat (WIB, WITA, atau WIT). "
    "Sumber, jenis isu, tingkat kerawanan, dan kelas adalah yang berlaku sekarang. "
    "Hanya perkara yang terbuka bagi pembacanya yang dihitung."
)

DATASETS = (
    Dataset(
        "cases",
        "Perkara konflik sosial",
        "Perkara yang dibuka, berpindah tahap, ditutup, dan berdiri pada akhir masa (UU 7/2012 Pasal 4 sampai 8).",
        (
            Definition("opened", "Dibuka", "Perkara yang waktu pembukaannya jatuh dalam masa itu."),
            Definition("closed", "Ditutup", "Perpindahan ke selesai dalam masa itu."),
            Definition("reopened", "Dibuka kembali", "Perpindahan dari selesai dalam masa itu (PP 2/2015 Pasal 96)."),
            Definition("entered", "Masuk tahap", "Perpindahan ke tahap itu dalam masa itu."),
            Definition("left", "Keluar tahap", "Perpindahan dari tahap itu dalam masa itu."),
            Definition("standing", "Berdiri", "Perkara yang belum selesai pada akhir masa, atau yang berada pada tahap itu."),
            Definition(
                "settled_share",
                "Bagian yang diselesaikan",
                "Ditutup dibagi semua yang berjalan dalam masa itu. Yang ditutup lalu dibuka kembali terhitung pada keduanya.",
                "rasio",
            ),
        ),
        ("region", "stage", "source", "issue_type", "severity", "month"),
    ),
    Dataset(
        "stage-times",
        "Lama dalam tahap",
        "Lama perkara berada pada tahap yang ditinggalkan dalam masa itu.",
        (
            Definition("number", "Banyaknya", "Berapa kali tahap itu ditinggalkan.", "kali"),
            Definition("median", "Median", "Nilai tengah; di antara dua nilai dihitung lurus.", "hari"),
            Definition("p90", "Persentil ke-90", "Sembilan dari sepuluh tidak lebih lama dari ini.", "hari"),
        ),
        ("stage",),
    ),
    Dataset(
        "activities",
        "Kegiatan",
        "Kegiatan dari daftar undang-undang.",
        (
            Definition("done", "Selesai", "Selesai dalam masa itu.", "kegiatan"),
            Definition("open", "Belum selesai", "Rencana selesainya jatuh dalam masa itu.", "kegiatan"),
            Definition("overdue", "Lewat rencana", "Dari yang belum selesai: rencananya sudah lewat.", "kegiatan"),
        ),
        ("stage", "kind"),
    ),
    Dataset(
        "deadlines",
        "Tenggat",
        "Tenggat yang jatuh dalam masa itu.",
        (
            Definition("due", "Jatuh tempo", "Semua yang jatuh dalam masa itu.", "tenggat"),
            Definition("met", "Dipenuhi", "Dipenuhi sebelum berakhir.", "tenggat"),
            Definition("met_late", "Dipenuhi terlambat", "Dipenuhi sesudah berakhir.", "tenggat"),
            Definition("overdue", "Terlewat", "Belum dipenuhi dan sudah berakhir.", "tenggat"),
            Definition("running", "Berjalan", "Belum dipenuhi dan belum berakhir.", "tenggat"),
            Definition("cancelled", "Dibatalkan", "Dibatalkan dengan alasan.", "tenggat"),
        ),
        ("rule",),
    ),
    Dataset(
        "figures",
        "Angka korban dan kerugian",
        "Angka resmi saja, satu untuk tiap perkara dan ukuran, menurut sumbernya; tidak pernah dijumlahkan lintas sumber.",
        (
            Definition("value", "Jumlah", "Jumlah angka resmi dari perkara yang berbeda.", "menurut ukuran"),
            Definition("cases", "Perkara", "Banyaknya perkara di baliknya."),
        ),
        ("measure", "source"),
    ),
)
