"""Regions of Indonesia by their Kemendagri code, from province down to desa."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from konflik.law.regions import Depth


class Level(models.IntegerChoices):
    """How deep in the tree, with its words."""

    PROVINCE = Depth.PROVINCE, "Provinsi"
    KABUPATEN = Depth.KABUPATEN, "Kabupaten/Kota"
    KECAMATAN = Depth.KECAMATAN, "Kecamatan/Distrik"
    DESA = Depth.DESA, "Desa/Kelurahan"


class Kind(models.TextChoices):
    """What the law calls the region; distrik stands for kecamatan in Papua, desa adat for desa."""

    PROVINSI = "provinsi", "Provinsi"
    KABUPATEN = "kabupaten", "Kabupaten"
    KOTA = "kota", "Kota"
    KECAMATAN = "kecamatan", "Kecamatan"
    DISTRIK = "distrik", "Distrik"
    KELURAHAN = "kelurahan", "Kelurahan"
    DESA = "desa", "Desa"
    DESA_ADAT = "desa_adat", "Desa Adat"


class TimeZone(models.TextChoices):
    """The three legal times of Indonesia."""

    WIB = "Asia/Jakarta", "WIB"
    WITA = "Asia/Makassar", "WITA"
    WIT = "Asia/Jayapura", "WIT"


# The column that names the region of that level a row lies in: on regions (ANCESTOR) and on rows with a `region` (PLACE).
_ABOVE = {Level.PROVINCE: "province_id", Level.KABUPATEN: "kabupaten_id", Level.KECAMATAN: "kecamatan_id"}
ANCESTOR_COLUMN = _ABOVE | {Level.DESA: "code"}
PLACE_COLUMN = _ABOVE | {Level.DESA: "region_id"}


class RegionQuerySet(models.QuerySet["Region"]):
    """Reads over the tree; a prefix scan (LIKE) reads the whole table and is never used."""

    def valid_at(self, day: date) -> Self:
        """Regions that exist on `day`; codes change with every Kepmendagri."""
        begun = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
        return self.filter(begun, Q(valid_until__isnull=True) | Q(valid_until__gte=day))

    def of_level(self, *levels: Level) -> Self:
        """Regions of these levels only."""
        return self.filter(level__in=levels)

    def subtree(self, region: "Region") -> Self:
        """`region` and everything below it, by ancestor column."""
        return self.filter(**{ANCESTOR_COLUMN[Level(region.level)]: region.code})

    def with_ancestors(self) -> Self:
        """The ancestors in the same query."""
        return self.select_related("kecamatan", "kabupaten", "province")


class Region(models.Model):
    """One province, kabupaten/kota, kecamatan/distrik or desa/kelurahan.

    `province`, `kabupaten` and `kecamatan` hold the ancestor of that level, the row itself included;
    `label` names them too ("Desa Bungku, Kec. Bajubang, Kab. Batanghari"), so that a list needs no joins.
    """

    code = models.CharField("kode", max_length=13, primary_key=True)
    name = models.CharField("nama", max_length=120)
    label = models.CharField("nama lengkap", max_length=160, editable=False)
    search_name = models.CharField(max_length=120, editable=False, db_index=True)
    level = models.PositiveSmallIntegerField("tingkat", choices=Level.choices)
    kind = models.CharField("jenis", max_length=12, choices=Kind.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="induk")
    province = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", verbose_name="provinsi", limit_choices_to={"level": Level.PROVINCE}
    )
    kabupaten = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", verbose_name="kabupaten/kota", limit_choices_to={"level": Level.KABUPATEN}
    )
    kecamatan = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", verbose_name="kecamatan", limit_choices_to={"level": Level.KECAMATAN}
    )
    latitude = models.FloatField("lintang", null=True, blank=True)
    longitude = models.FloatField("bujur", null=True, blank=True)
    time_zone = models.CharField("zona waktu", max_length=20, choices=TimeZone.choices, blank=True)
    valid_from = models.DateField("berlaku sejak", null=True, blank=True, help_text="Kosong: sudah ada sebelum daftar pertama dimuat.")
    valid_until = models.DateField("berlaku sampai", null=True, blank=True)

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = "wilayah"
        verbose_name_plural = "wilayah"
        constraints = [
            models.CheckConstraint(condition=Q(level__in=Level.values), name="region_level_known"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="region_kind_known"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_from__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="region_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class RegionRelease(models.Model):
    """A list of regions that was loaded: which one, when, and how much of it."""

    sha256 = models.CharField("sidik SHA-256", max_length=64)
    decree = models.CharField("dasar", max_length=160)
    valid_from = models.DateField("berlaku sejak")
    province = models.CharField("provinsi", max_length=2, blank=True, help_text="Kosong: seluruh Indonesia.")
    counts = models.JSONField("jumlah per tingkat")
    loaded_at = models.DateTimeField("dimuat pada")

    class Meta:
        verbose_name = "daftar wilayah"
        verbose_name_plural = "daftar wilayah"

    def __str__(self) -> str:
        return self.decree
