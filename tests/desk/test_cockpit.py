"""The cockpit of a status: what comes first, what is left, what may be done now and why the rest may not."""

from datetime import datetime, timedelta
from unittest import mock

import pytest
from django.http import HttpResponse

from konflik.clocks.models import Deadline
from konflik.desk.tables.cockpit import ring_of
from konflik.desk.tables.words import end_moment
from konflik.desk.web.deadlines import _opens_on
from konflik.law.status import REQUIREMENTS
from konflik.status.services import lapse, pay_btt, revoke, submit_btt_plan
from tests.builders import BATANGHARI, DAY, HOUR, NOW, region
from tests.desk.conftest import World
from tests.status.building import (
    START,
    a_btt_use,
    a_consultation,
    a_measure,
    a_spoken_request,
    a_status,
    a_written_request,
    an_assessment,
)
from tests.status.test_declaring import END


def page_of(world: World, name: str = "staf", *, at: datetime = NOW, path: str = "status/") -> HttpResponse:
    with mock.patch("django.utils.timezone.now", return_value=at):
        return world.client(name).get(f"/perkara/{world.case.pk}/{path}")


def offered(page: HttpResponse, world: World, act: str) -> bool:
    return f'href="/perkara/{world.case.pk}/{act}' in page.text


# The ring --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "days", "number", "unit", "tone"),
    [
        (90 * DAY, 89, 89, "hari lagi", "calm"),
        (4 * DAY, 4, 4, "hari lagi", "calm"),
        (3 * DAY, 3, 3, "hari lagi", "soon"),
        (23 * HOUR, 0, 23, "jam lagi", "soon"),
        (HOUR + timedelta(minutes=1), 0, 2, "jam lagi", "soon"),
        (timedelta(minutes=2), 0, 2, "menit lagi", "soon"),
        (timedelta(seconds=1), 0, 1, "menit lagi", "soon"),
    ],
)
def test_the_ring_counts_days_then_hours_then_minutes(left: timedelta, days: int, number: int, unit: str, tone: str) -> None:
    ring = ring_of(begins=NOW - 90 * DAY + left, ends=NOW + left, days_left=days, at=NOW)
    assert (ring.number, ring.unit, ring.tone) == (number, unit, tone)
    assert ring.percent == round(left / (90 * DAY) * 100, 1)


@pytest.mark.django_db
def test_an_end_belongs_to_the_day_it_closes() -> None:
    assert end_moment(END, region(BATANGHARI)) == "19 Februari 2027, 24.00 WIB"
    assert end_moment(END - timedelta(minutes=1), region(BATANGHARI)) == "19 Februari 2027, 23.59 WIB"


# Before ----------------------------------------------------------------------------------------------------------------------


def test_an_empty_cockpit_says_what_comes_first(world: World) -> None:
    page = page_of(world)
    assert page.status_code == 200
    assert "Belum ada Status Keadaan Konflik" in page.text
    for requirement in REQUIREMENTS:
        assert f"Belum ada bukti bahwa {requirement.text}. Dasar: {requirement.basis}." in page.text
    assert offered(page, world, "status/syarat/")
    assert not offered(page, world, "status/tetapkan/")
    assert "Konsultasi dengan pimpinan DPRD belum dicatat. Dasar: UU 7/2012 Pasal 16." in page.text


def test_the_form_of_the_decree_says_first_what_is_missing_and_sends_nothing(world: World) -> None:
    page = page_of(world, path="status/tetapkan/")
    assert page.status_code == 200
    assert "<form" not in page.text.partition("<main")[2]
    for act in ("status/syarat/", "status/konsultasi/"):
        assert offered(page, world, act)
    sent = world.client("staf").post(f"/perkara/{world.case.pk}/status/tetapkan/", {"number": "300/1"})
    assert sent.status_code == 400
    assert not world.case.statuses.exists()
    assert f'href="/perkara/{world.case.pk}/status/"' in sent.text


def test_the_decree_is_offered_when_both_are_on_file(world: World) -> None:
    an_assessment(world.case, actor=world.people["staf"])
    assert not offered(page_of(world), world, "status/tetapkan/")
    a_consultation(world.case, actor=world.people["staf"])
    page = page_of(world)
    assert offered(page, world, "status/tetapkan/")
    assert "Semua syarat terbukti" in page.text


def test_who_may_not_record_reads_and_is_offered_nothing(world: World) -> None:
    a_status(world.case, actor=world.people["staf"])
    for name in ("bupati", "polres", "camat", "provinsi"):
        page = page_of(world, name)
        assert page.status_code == 200
        assert "Sampai 19 Februari 2027, 24.00 WIB · UU 7/2012 Pasal 22" in page.text
        assert 'class="offers' not in page.text
    assert page_of(world, "asing").status_code == 404


# While it runs ----------------------------------------------------------------------------------------------------------------


def test_a_running_status_shows_what_is_left_and_what_is_due(world: World) -> None:
    status = a_status(world.case, actor=world.people["staf"])
    a_measure(status, actor=world.people["staf"])
    page = page_of(world)
    assert 'aria-label="89 hari lagi"' in page.text
    for words in ("Konsultasi dengan pimpinan DPRD bila status hendak diperpanjang", "UU 7/2012 Pasal 30 ayat (1)", "Simpang portal kebun"):
        assert words in page.text
    assert offered(page, world, f"status/{status.pk}/cabut/")
    assert offered(page, world, f"status/{status.pk}/tni-lisan/")
    assert not offered(page, world, f"status/{status.pk}/perpanjang/")
    assert page.text.count(f'href="/perkara/{world.case.pk}/status/konsultasi/"') == 2
    assert "Catat dahulu konsultasi dengan pimpinan DPRD kabupaten/kota tentang perpanjangan." in page.text


def test_what_was_told_and_nobody_has_answered_stands_there(world: World) -> None:
    a_status(world.case, actor=world.people["staf"])
    page = page_of(world)
    assert "Belum ada yang menanggapi" in page.text
    assert "bupati" in page.text
    assert "Belum ada yang menanggapi" not in page_of(world, "fkdm").text


def test_the_word_to_the_tni_counts_down(world: World) -> None:
    status = a_status(world.case, actor=world.people["staf"])
    asked = a_spoken_request(status, actor=world.people["staf"])
    page = page_of(world)
    assert "23 jam 30 menit lagi" in page.text
    assert 'data-until="2026-11-23T09:30:00+07:00"' in page.text
    assert offered(page, world, f"tni/{asked.pk}/surat/")
    assert not offered(page, world, f"status/{status.pk}/tni-lisan/")
    assert "Lewat 30 menit" in page_of(world, at=START + DAY + HOUR).text
    a_written_request(status, asked, actor=world.people["staf"])
    page = page_of(world)
    assert "countdown" not in page.text
    assert "dan 9 tembusan" in page.text


def test_the_money_goes_on_step_by_step(world: World) -> None:
    staff = world.people["staf"]
    use = a_btt_use(a_status(world.case, actor=staff), actor=staff)
    page = page_of(world)
    assert offered(page, world, f"btt/{use.pk}/rencana/")
    assert not offered(page, world, f"btt/{use.pk}/cair/")
    use = submit_btt_plan(use=use, number="900/2", submitted_at=NOW, amount=750_000_000, seen_version=1, actor=staff, now=NOW)  # type: ignore[arg-type]
    assert offered(page_of(world), world, f"btt/{use.pk}/cair/")
    pay_btt(use=use, number="900/3", paid_at=NOW, amount=750_000_000, seen_version=2, actor=staff, now=NOW)  # type: ignore[arg-type]
    page = page_of(world)
    assert offered(page, world, f"btt/{use.pk}/pertanggungjawaban/")
    assert "Nomor 900/3, Rp750.000.000" in page.text


# After ------------------------------------------------------------------------------------------------------------------------


def test_at_the_instant_of_its_end_the_page_says_so_without_a_sweep(world: World) -> None:
    status = a_status(world.case, actor=world.people["staf"])
    a_measure(status, actor=world.people["staf"], until_at=END)
    before, after = page_of(world, at=END - timedelta(seconds=1)), page_of(world, at=END)
    assert "Status Keadaan Konflik berlaku" in before.text
    assert "Status Keadaan Konflik sudah berakhir" in after.text
    assert "Jangka waktunya habis pada 19 Februari 2027, 24.00 WIB" in after.text
    assert not offered(after, world, f"status/{status.pk}/tindakan/")
    assert "Tindakan pembatasan tidak lagi sah." in after.text
    assert "Bila status baru diperlukan" in after.text


def test_a_revoked_one_names_its_hour_and_reason(world: World) -> None:
    staff = world.people["staf"]
    status = a_status(world.case, actor=staff)
    revoke(status=status, number="300/9", revoked_at=NOW, reason="Situasi pulih", seen_version=1, actor=staff, now=NOW)
    page = page_of(world)
    assert "Dicabut pada 22 November 2026, 10.00 WIB · UU 7/2012 Pasal 31" in page.text
    assert "Situasi pulih" in page.text


def test_the_qualification_follows_the_instants(world: World) -> None:
    a_status(world.case, actor=world.people["staf"])
    for at, words in ((NOW, True), (END, False)):
        assert ("Status Keadaan Konflik ditetapkan</dd>" in page_of(world, at=at, path="").text) is words


def test_history_tells_the_end_at_its_instant(world: World) -> None:
    status = a_status(world.case, actor=world.people["staf"])
    a_measure(status, actor=world.people["staf"], until_at=END)
    lapse(now=END + 3 * HOUR)
    page = page_of(world, at=END + 4 * HOUR, path="riwayat/")
    assert "Status Keadaan Konflik berakhir: jangka waktunya habis. 1 tindakan pembatasan ikut berakhir." in page.text
    assert "sampai 19 Februari 2027, 24.00 WIB. Wilayah:" in page.text


# On paper and in the room of the secretariat -------------------------------------------------------------------------------------


def test_there_is_no_sheet_without_a_status(world: World) -> None:
    assert page_of(world, path="status/cetak/").status_code == 404
    a_status(world.case, actor=world.people["staf"])
    page = page_of(world, path="status/cetak/")
    assert page.status_code == 200
    assert "Berlaku sampai 19 Februari 2027, 24.00 WIB (89 hari lagi)" in page.text
    assert page_of(world, "fkdm", path="status/cetak/").status_code in (403, 404)


def test_the_tab_of_the_secretariat_is_the_same_cockpit(world: World) -> None:
    status = a_status(world.case, actor=world.people["staf"])
    page = world.client("staf").get(f"/admin/konflik/case/{world.case.pk}/change/?bagian=status")
    assert 'aria-label="89 hari lagi"' in page.text
    assert f'href="/admin/konflik/case/{world.case.pk}/status/{status.pk}/cabut/"' in page.text


@pytest.mark.django_db
def test_the_end_of_a_measure_is_among_what_runs(world: World) -> None:
    status = a_status(world.case, actor=world.people["staf"])
    measure = a_measure(status, actor=world.people["staf"])
    row = Deadline.objects.get(thread=f"tindakan:{measure.pk}")
    assert f'href="/tenggat/{row.pk}/"' in page_of(world, at=START + HOUR).text


@pytest.mark.django_db
def test_no_hint_of_potensi_against_a_status_in_force(world: World) -> None:
    a_status(world.case, actor=world.people["staf"])
    assert "Kualifikasi masih Potensi" not in page_of(world, at=START + HOUR, path="").text


@pytest.mark.parametrize(
    ("numbers", "opens"),
    [({"lewat": 3, "segera": 1, "tenang": 9}, "segera"), ({"lewat": 3, "segera": 0, "tenang": 9}, "lewat"), ({"tenang": 1}, "tenang")],
)
def test_the_list_of_deadlines_opens_on_what_is_near(numbers: dict[str, int], opens: str) -> None:
    assert _opens_on({"lewat": 0, "segera": 0, "ditangguhkan": 0, "selesai": 0, **numbers}).name == opens
