"""Loading: whole or one province, again without effect, nothing deleted, nothing half-written."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count

from accounts.regions.models import Level, Region, RegionRelease
from accounts.regions.services import Loaded, load_regions
from accounts.regions.tables import BadRegionFileError, RegionList, RegionRow, read_region_list

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 1, 2, 3, tzinfo=UTC)
SHIPPED = read_region_list()


def later(*rows: RegionRow) -> RegionList:
    """A list of a coming decree that holds only these rows."""
    return RegionList(rows=rows, sha256="f" * 64, decree="Keputusan Menteri berikutnya", valid_from=date(2027, 3, 1))


def in_province(code: str) -> list[RegionRow]:
    return [row for row in SHIPPED.rows if row.province_code == code]


def jambi(*, without: str = "", plus: tuple[RegionRow, ...] = ()) -> RegionList:
    return later(*(row for row in in_province("15") if row.code != without), *plus)


def state() -> list[tuple[object, ...]]:
    return list(Region.objects.order_by("code").values_list())


def test_the_whole_list_is_loaded_and_a_second_time_changes_nothing() -> None:
    seen: list[tuple[int, int]] = []
    load_regions(regions=SHIPPED, now=NOW, progress=lambda done, total: seen.append((done, total)))
    levels = dict(Region.objects.values_list("level").annotate(Count("code")).order_by())
    assert levels == {Level.PROVINCE: 38, Level.KABUPATEN: 514, Level.KECAMATAN: 7285, Level.DESA: 83762}
    assert seen[-1] == (91_599, 91_599)
    release = RegionRelease.objects.get(province="")
    assert release.counts == {"province": 38, "kabupaten": 514, "kecamatan": 7285, "desa": 83762}

    assert load_regions(regions=SHIPPED, now=NOW) == Loaded(total=91_599, is_same=True)
    assert load_regions(regions=SHIPPED, now=NOW, province="11") == Loaded(total=len(in_province("11")), is_same=True)


def test_loading_again_by_force_changes_nothing() -> None:
    before = state()
    assert load_regions(regions=SHIPPED, now=NOW, province="15", force=True) == Loaded(total=1741, added=0, ended=0)
    assert state() == before


def test_rows_know_their_ancestors() -> None:
    bungku = Region.objects.get(label="Desa Bungku, Kec. Bajubang, Kab. Batanghari")
    assert bungku.parent_id == bungku.kecamatan_id == bungku.code[:8]
    assert (bungku.province_id, bungku.kabupaten_id) == ("15", "15.04")
    batanghari = Region.objects.get(code="15.04")
    assert (batanghari.province_id, batanghari.kabupaten_id, batanghari.kecamatan_id) == ("15", "15.04", None)
    assert batanghari.valid_from is None


def test_one_province_touches_no_other() -> None:
    others = list(Region.objects.exclude(province="15").order_by("code").values_list())
    loaded = load_regions(regions=SHIPPED, now=NOW, province="15", force=True)
    assert (loaded.total, loaded.added, loaded.ended) == (1741, 0, 0)
    assert list(Region.objects.exclude(province="15").order_by("code").values_list()) == others


def test_a_code_gone_from_the_list_ends_and_stays() -> None:
    loaded = load_regions(regions=jambi(without="15.04.01.1001"), now=NOW, province="15")
    gone = Region.objects.get(code="15.04.01.1001")
    assert loaded.ended == 1
    assert gone.valid_until == date(2027, 2, 28)
    assert gone in Region.objects.valid_at(date(2027, 2, 28))
    assert gone not in Region.objects.valid_at(date(2027, 3, 1))


def test_an_ended_code_keeps_its_last_day_when_a_later_list_lacks_it_too() -> None:
    first = jambi(without="15.04.01.1001")
    load_regions(regions=first, now=NOW, province="15")
    load_regions(regions=replace(first, sha256="e" * 64, valid_from=date(2028, 1, 1)), now=NOW, province="15")
    assert Region.objects.get(code="15.04.01.1001").valid_until == date(2027, 2, 28)


def test_a_new_code_starts_with_its_decree() -> None:
    new = RegionRow("15.04.01.2999", "Desa Baru", "desa", None, None, "")
    loaded = load_regions(regions=jambi(plus=(new,)), now=NOW, province="15")
    assert loaded.added == 1
    region = Region.objects.get(code=new.code)
    assert region.valid_from == date(2027, 3, 1)
    assert region not in Region.objects.valid_at(date(2027, 3, 1) - timedelta(days=1))


def test_a_code_that_ends_on_the_day_it_began_is_still_lawful() -> None:
    new = RegionRow("15.04.01.2999", "Desa Baru", "desa", None, None, "")
    load_regions(regions=jambi(plus=(new,)), now=NOW, province="15")
    load_regions(regions=replace(jambi(), sha256="e" * 64), now=NOW, province="15")
    assert Region.objects.get(code=new.code).valid_until == date(2027, 3, 1)


def test_a_new_name_replaces_the_old_one() -> None:
    renamed = tuple(replace(row, name="Kabupaten Batang Hari") if row.code == "15.04" else row for row in jambi().rows)
    load_regions(regions=later(*renamed), now=NOW, province="15")
    batanghari = Region.objects.get(code="15.04")
    assert (batanghari.name, batanghari.search_name) == ("Kabupaten Batang Hari", "kabupaten batang hari")


def test_an_unknown_province_is_refused() -> None:
    before = RegionRelease.objects.count()
    with pytest.raises(BadRegionFileError, match="Kode provinsi 99"):
        load_regions(regions=SHIPPED, now=NOW, province="99")
    assert RegionRelease.objects.count() == before


def test_a_load_that_breaks_writes_nothing() -> None:
    before = state()

    def break_down(done: int, total: int) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        load_regions(regions=jambi(without="15.04.01.1001"), now=NOW, province="15", progress=break_down)
    assert state() == before


def test_the_command_says_what_it_did() -> None:
    out = StringIO()
    call_command("load_regions", "--province", "15", stdout=out)
    assert "Wilayah sudah termuat: 1.741 wilayah" in out.getvalue()
    call_command("load_regions", "--province", "15", "--force", stdout=out)
    assert "Memuat wilayah … 1.741 dari 1.741" in out.getvalue()
    assert "Wilayah termuat: 1.741 (0 baru, 0 berakhir) menurut Keputusan Menteri" in out.getvalue()


def test_the_command_refuses_in_indonesian() -> None:
    with pytest.raises(CommandError, match="tidak ada dalam daftar wilayah"):
        call_command("load_regions", "--province", "99", stdout=StringIO())
