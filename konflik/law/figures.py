"""What is counted in a conflict, and who may be the source of a count (PP 2/2015 Pasal 1 angka 5, 10-12, 30, 60, 62)."""

from enum import StrEnum


class Measure(StrEnum):
    DEAD = "dead"
    INJURED_HEAVY = "injured_heavy"
    INJURED_LIGHT = "injured_light"
    MISSING = "missing"
    THREATENED = "threatened"
    DISPLACED_PERSONS = "displaced_persons"
    DISPLACED_FAMILIES = "displaced_families"
    HOUSES = "houses"
    SHOPS = "shops"
    VEHICLES = "vehicles"
    WORSHIP_PLACES = "worship_places"
    SCHOOLS = "schools"
    HEALTH_FACILITIES = "health_facilities"
    GOVERNMENT_OFFICES = "government_offices"
    PUBLIC_FACILITIES = "public_facilities"
    LAND_HECTARES = "land_hectares"
    LOSS_RUPIAH = "loss_rupiah"
    CHILD_VICTIMS = "child_victims"


MEASURE_LABELS: dict[Measure, tuple[str, str]] = {
    Measure.DEAD: ("Meninggal", "jiwa"),
    Measure.INJURED_HEAVY: ("Luka berat", "jiwa"),
    Measure.INJURED_LIGHT: ("Luka ringan", "jiwa"),
    Measure.MISSING: ("Hilang", "jiwa"),
    Measure.THREATENED: ("Terancam jiwanya", "jiwa"),
    Measure.DISPLACED_PERSONS: ("Mengungsi", "jiwa"),
    Measure.DISPLACED_FAMILIES: ("Mengungsi", "KK"),
    Measure.HOUSES: ("Rumah rusak", "unit"),
    Measure.SHOPS: ("Tempat usaha rusak", "unit"),
    Measure.VEHICLES: ("Kendaraan rusak", "unit"),
    Measure.WORSHIP_PLACES: ("Tempat ibadah rusak", "unit"),
    Measure.SCHOOLS: ("Sekolah rusak", "unit"),
    Measure.HEALTH_FACILITIES: ("Fasilitas kesehatan rusak", "unit"),
    Measure.GOVERNMENT_OFFICES: ("Kantor pemerintah rusak", "unit"),
    Measure.PUBLIC_FACILITIES: ("Sarana umum rusak", "unit"),
    Measure.LAND_HECTARES: ("Lahan terdampak", "hektare"),
    Measure.LOSS_RUPIAH: ("Taksiran kerugian", "rupiah"),
    Measure.CHILD_VICTIMS: ("Korban anak", "jiwa"),
}


MEASURED_IN_PARTS = frozenset({Measure.LAND_HECTARES, Measure.LOSS_RUPIAH})
"""What may have a fraction; people, houses and vehicles are counted whole."""


class FigureSource(StrEnum):
    POLRI = "polri"
    TNI = "tni"
    DINSOS = "dinsos"
    DINKES = "dinkes"
    BPBD = "bpbd"
    KECAMATAN = "kecamatan"
    DESA = "desa"
    FKDM = "fkdm"
    MEDIA = "media"
    PARTIES = "parties"
    OTHER = "other"


FIGURE_SOURCE_LABELS: dict[FigureSource, str] = {
    FigureSource.POLRI: "Polres/Polsek",
    FigureSource.TNI: "Kodim/Koramil",
    FigureSource.DINSOS: "Dinas Sosial",
    FigureSource.DINKES: "Dinas Kesehatan/rumah sakit",
    FigureSource.BPBD: "BPBD",
    FigureSource.KECAMATAN: "Kecamatan",
    FigureSource.DESA: "Desa/kelurahan",
    FigureSource.FKDM: "FKDM",
    FigureSource.MEDIA: "Media",
    FigureSource.PARTIES: "Keterangan para pihak",
    FigureSource.OTHER: "Sumber lain",
}
