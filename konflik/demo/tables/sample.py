"""What generated cases are made of: issues with their source, words for titles and parties, how often what happens.

Nothing here speaks of a real event; every generated title says that it is an example.
"""

from dataclasses import dataclass

from konflik.law.figures import FigureSource, Measure
from konflik.law.secrecy import Secrecy
from konflik.law.severity import Severity
from konflik.law.sources import Source


@dataclass(frozen=True)
class Issue:
    """One issue type: its source, how common it is, titles, and who stands against whom."""

    code: str
    source: Source
    weight: int
    titles: tuple[str, ...]
    claimant: str = "Warga {}"
    respondent: str = ""


ISSUES = (
    Issue(
        "agraria",
        Source.SUMBER_DAYA_ALAM,
        20,
        ("Sengketa lahan kebun di {}", "Klaim tanah ulayat di {}"),
        "Kelompok tani {}",
        "Pemegang izin di {}",
    ),
    Issue(
        "masyarakat-perusahaan", Source.SUMBER_DAYA_ALAM, 16, ("Perselisihan warga dan perusahaan di {}",), respondent="Perusahaan di {}"
    ),
    Issue(
        "lingkungan",
        Source.SUMBER_DAYA_ALAM,
        8,
        ("Keluhan pencemaran sungai di {}", "Keluhan debu angkutan di {}"),
        respondent="Perusahaan di {}",
    ),
    Issue("tapal-batas", Source.BATAS_WILAYAH, 9, ("Perselisihan batas di {}",), "Masyarakat {}"),
    Issue("antarwarga", Source.POLEKSOSBUD, 12, ("Perselisihan antarwarga di {}", "Perkelahian antarkelompok pemuda di {}")),
    Issue("pemilihan", Source.POLEKSOSBUD, 7, ("Perselisihan hasil pemilihan di {}",), "Pendukung calon di {}"),
    Issue("tata-kelola", Source.POLEKSOSBUD, 6, ("Protes pembagian bantuan di {}",)),
    Issue("perburuhan", Source.POLEKSOSBUD, 4, ("Perselisihan upah di {}",), "Pekerja di {}", "Perusahaan di {}"),
    Issue("ormas", Source.POLEKSOSBUD, 4, ("Gesekan antarormas di {}",), "Ormas di {}"),
    Issue("rumah-ibadat", Source.SARA, 4, ("Penolakan pendirian rumah ibadat di {}",), "Jemaah di {}"),
    Issue("antaretnis", Source.SARA, 3, ("Ketegangan antarkelompok di {}",)),
    Issue("nelayan-satwa", Source.DISTRIBUSI_SDA, 4, ("Perebutan daerah tangkapan ikan di {}",), "Nelayan {}"),
    Issue("main-hakim-sendiri", Source.POLEKSOSBUD, 3, ("Main hakim sendiri di {}",)),
)

OTHER_SIDE = "Kelompok lain di {}"

CHRONOLOGY = (
    "Data contoh. Warga menyampaikan keberatan kepada pemerintah setempat dan meminta penyelesaian.",
    "Data contoh. Laporan diterima dari petugas lapangan, lalu diperiksa bersama aparat kecamatan.",
    "Data contoh. Pertemuan para pihak belum menghasilkan kesepakatan dan ketegangan masih terasa.",
)
NOTES = (
    "Data contoh. Kunjungan lapangan dilaksanakan, keadaan terkendali.",
    "Data contoh. Para pihak menyatakan bersedia bertemu kembali.",
    "Data contoh. Perlu koordinasi lanjutan dengan perangkat daerah terkait.",
)
WORK_TITLE = "{} (data contoh)"

SECRECY = ((Secrecy.BIASA, 45), (Secrecy.TERBATAS, 45), (Secrecy.RAHASIA, 9), (Secrecy.SANGAT_RAHASIA, 1))
SEVERITY = ((Severity.LOW, 45), (Severity.MEDIUM, 33), (Severity.HIGH, 17), (Severity.CRITICAL, 5))

# What is counted after violence, and the highest number that is drawn for it.
COUNTED = (
    (Measure.DEAD, 3),
    (Measure.INJURED_LIGHT, 25),
    (Measure.INJURED_HEAVY, 8),
    (Measure.DISPLACED_PERSONS, 400),
    (Measure.HOUSES, 40),
    (Measure.LAND_HECTARES, 300),
)
COUNTED_BY = (FigureSource.POLRI, FigureSource.DINSOS, FigureSource.KECAMATAN, FigureSource.MEDIA)

IS_VIOLENT, IS_PREVENTED, IS_STOPPED, IS_RECOVERED, RECURS = 0.35, 0.5, 0.75, 0.6, 0.08
"""The chance of each turn of a case; what is left stays where it is."""

KNOWS_SIDES, IS_HANDLED, IS_LATE, SEVERITY_CHANGES, LIES_IN_TWO = 0.5, 0.8, 0.12, 0.25, 0.08
YEARS_BACK = 5
