"""Loading a list of regions: whole or one province, again and again, nothing ever deleted."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format

from accounts.regions.models import ANCESTOR_COLUMN, Level, Region, RegionQuerySet, RegionRelease
from accounts.regions.selectors import zone_of
from accounts.regions.tables import BadRegionFileError, RegionList, RegionRow, fold, label
from konflik.law.grammar.periods import day_to_check

CHUNK = 5000
# The start of a known region stays as it was first recorded.
OVERWRITTEN = (
    "name", "label", "search_name", "level", "kind", "parent", "province", "kabupaten", "kecamatan",
    "latitude", "longitude", "time_zone", "valid_until",
)  # fmt: skip


@dataclass(frozen=True)
class Loaded:
    """What a load did; `is_same` when this list was the last one loaded and nothing was done."""

    total: int
    is_same: bool = False
    added: int = 0
    ended: int = 0


def refuse_ended(
    region: Region, *, now: datetime, valid_from: date | None = None, valid_until: date | None = None, field: str = "region"
) -> None:
    """Raises ValidationError at `field` where `region` does not exist today, or for a period that is over or to come, then."""
    today = now.astimezone(zone_of(region)).date()
    day = day_to_check(valid_from or today, valid_until, today=today)
    if not Region.objects.valid_at(day).contains(region):
        raise ValidationError({field: f"{region.label} tidak berlaku sebagai wilayah pada tanggal {date_format(day, 'j F Y')}."})


def load_regions(
    *,
    regions: RegionList,
    now: datetime,
    province: str = "",
    force: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Loaded:
    """Bring the table to what `regions` says, all of it or one `province`, in one transaction.

    A code that is new in a province already known starts with the decree; one that is gone from the list ends the
    day before. `force` loads a list again that was the last one loaded. `progress` is told (rows written, all rows).
    Raises BadRegionFileError when `province` is not in the list.
    """
    rows = [row for row in regions.rows if province in ("", row.province_code)]
    if not rows:
        raise BadRegionFileError(f"Kode provinsi {province} tidak ada dalam daftar wilayah.")
    if not force and _is_last_loaded(regions, province):
        return Loaded(total=len(rows), is_same=True)
    with transaction.atomic():
        scope = Region.objects.filter(province=province) if province else Region.objects.all()
        known = set(scope.values_list("code", flat=True))
        _upsert(rows, known, regions.valid_from, progress)
        ended = _end_missing(scope, known - {row.code for row in rows}, regions.valid_from - timedelta(days=1))
        RegionRelease.objects.create(
            sha256=regions.sha256,
            decree=regions.decree,
            valid_from=regions.valid_from,
            province=province,
            counts={Level(level).name.lower(): count for level, count in sorted(Counter(row.level for row in rows).items())},
            loaded_at=now,
        )
    return Loaded(total=len(rows), added=sum(row.code not in known for row in rows), ended=ended)


def _is_last_loaded(regions: RegionList, province: str) -> bool:
    """Whether the newest load that covers `province` ("" for all) was of this very list."""
    covering = RegionRelease.objects.filter(province__in={"", province}).order_by("-pk").first()
    return covering is not None and covering.sha256 == regions.sha256


def _upsert(rows: list[RegionRow], known: set[str], decreed_on: date, progress: Callable[[int, int], None] | None) -> None:
    listed = {row.code: row for row in rows}
    for start in range(0, len(rows), CHUNK):
        chunk = rows[start : start + CHUNK]
        Region.objects.bulk_create(
            [_region(row, label(row, listed), decreed_on if _is_new(row, known) else None) for row in chunk],
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=OVERWRITTEN,
        )
        if progress is not None:
            progress(start + len(chunk), len(rows))


def _is_new(row: RegionRow, known: set[str]) -> bool:
    """Whether the code came with this decree: unknown, though its province is known already."""
    return row.code not in known and row.province_code in known


def _region(row: RegionRow, full_name: str, valid_from: date | None) -> Region:
    parts = row.code.split(".")
    ancestors = {
        ANCESTOR_COLUMN[Level(level)]: ".".join(parts[:level]) if level <= row.level else None
        for level in (Level.PROVINCE, Level.KABUPATEN, Level.KECAMATAN)
    }
    return Region(
        code=row.code,
        name=row.name,
        label=full_name,
        search_name=fold(row.name),
        level=row.level,
        kind=row.kind,
        parent_id=row.parent_code,
        latitude=row.latitude,
        longitude=row.longitude,
        time_zone=row.time_zone,
        valid_from=valid_from,
        valid_until=None,
        **ancestors,
    )


def _end_missing(scope: RegionQuerySet, missing: set[str], last_day: date) -> int:
    """Give every still running region of `missing` its last day, never before its first."""
    ended = [region for region in scope.filter(valid_until__isnull=True).only("valid_from") if region.code in missing] if missing else []
    for region in ended:
        region.valid_until = max(last_day, region.valid_from or last_day)
    return Region.objects.bulk_update(ended, ["valid_until"], batch_size=CHUNK)
