"""Every page, for every role."""

import pytest
from django.test import Client

from accounts.access.tables import ROLE_ACTS, Act
from konflik.law.secrecy import Secrecy
from konflik.law.stages import STAGE_MOVES, Stage
from tests.builders import a_case, a_case_in, an_agreement
from tests.desk.conftest import ROLES, World

SEES_CASE = ("bupati", "sekretaris", "staf", "polres", "camat", "provinsi")


@pytest.mark.parametrize("name", ROLES)
def test_everybody_has_a_home_and_an_account_page(world: World, name: str) -> None:
    client = world.client(name)
    assert client.get("/").status_code == 200
    assert client.get("/saya/").status_code == 200


@pytest.mark.parametrize("name", ROLES)
def test_forums_open_for_whoever_may_see_them(world: World, name: str) -> None:
    may = Act.SEE_FORUMS in ROLE_ACTS[ROLES[name][0]]
    assert world.client(name).get("/forum/").status_code == (200 if may else 403)


@pytest.mark.parametrize("name", ROLES)
def test_the_case_opens_for_whoever_may_see_it(world: World, name: str) -> None:
    answer = world.client(name).get(f"/perkara/{world.case.pk}/")
    assert answer.status_code == (200 if name in SEES_CASE else 404)


@pytest.mark.parametrize("page", ["", "riwayat/", "cetak/"])
def test_the_pages_of_a_case_are_whole(world: World, page: str) -> None:
    answer = world.client("sekretaris").get(f"/perkara/{world.case.pk}/{page}")
    assert answer.status_code == 200
    assert "Angkutan batu bara" in answer.text


def test_a_field_reporter_sees_a_case_of_the_lowest_class(world: World) -> None:
    open_case = a_case(actor=world.people["staf"], title="Portal dibuka", secrecy=Secrecy.BIASA)
    page = world.client("fkdm").get(f"/perkara/{open_case.pk}/")
    assert page.status_code == 200
    assert "Tambah angka" in page.text
    assert "Pindahkan" not in page.text


def test_nobody_comes_in_without_a_login(world: World) -> None:
    for path in ("/", "/perkara/", f"/perkara/{world.case.pk}/", "/forum/", "/saya/", "/wilayah/?q=bungku"):
        answer = Client().get(path)
        assert answer.status_code == 302
        assert answer.url.startswith("/akun/masuk/")


def test_my_tasks_stand_by_due_date_with_one_button(world: World) -> None:
    page = world.client("polres").get("/").text
    assert "Penyekatan simpang" in page
    assert "Lewat 2 hari" in page
    assert "20 November 2026, 24.00 WIB" in page
    assert page.count(f"/perkara/{world.case.pk}/kegiatan/{world.activity.pk}/perbarui/") == 1


def test_an_empty_day_says_what_belongs_there(world: World) -> None:
    assert "muncul di sini bila instansi Anda ditunjuk" in world.client("asing").get("/").text


def test_the_list_is_narrowed_and_goes_on_by_key(world: World) -> None:
    for index in range(25):
        a_case(actor=world.people["staf"], title=f"Kebun nomor {index}")
    client = world.client("staf")
    first = client.get("/perkara/?q=kebun&stage=pencegahan")
    assert first.text.count('class="case-row"') == 20
    mark = first.context["page"].next
    second = client.get(f"/perkara/?q=kebun&stage=pencegahan&sesudah={mark}")
    assert second.text.count('class="case-row"') == 5
    shown = {case.pk for answer in (first, second) for case in answer.context["page"].rows}
    assert len(shown) == 25


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=batu+bara", 1),
        ("q=warga+simpang", 1),
        ("region=bungku", 1),
        ("region=merangin", 0),
        ("stage=selesai", 0),
        ("secrecy=terbatas", 1),
        ("attention=susulan", 1),
        ("attention=berjalan&severity=critical", 0),
    ],
)
def test_each_filter_narrows(world: World, query: str, found: int) -> None:
    assert len(world.client("staf").get(f"/perkara/?{query}").context["page"].rows) == found


@pytest.mark.parametrize("query", ["stage=perang", "severity=9", "q=%00", "source=zz"])
def test_an_unreadable_filter_is_refused_in_words(world: World, query: str) -> None:
    answer = world.client("staf").get(f"/perkara/?{query}")
    assert answer.status_code == 400


@pytest.mark.parametrize("mark", ["x", "20261122T000000000000", "_", "99999999999999999999_1", "%00"])
def test_a_broken_mark_shows_the_first_page(world: World, mark: str) -> None:
    client = world.client("staf")
    first, broken = client.get("/perkara/"), client.get(f"/perkara/?sesudah={mark}")
    assert [case.pk for case in broken.context["page"].rows] == [case.pk for case in first.context["page"].rows] != []
    assert broken.context["page"].is_first


@pytest.mark.parametrize("mark", ["x", "0", "99999999999999999999999", "-1"])
def test_a_broken_mark_of_the_history_shows_nothing(world: World, mark: str) -> None:
    assert world.client("staf").get(f"/perkara/{world.case.pk}/riwayat/?sebelum={mark}").status_code == 200


def test_the_search_field_offers_places(world: World) -> None:
    client = world.client("staf")
    assert "Desa Bungku, Kec. Bajubang, Kab. Batanghari" in client.get("/wilayah/?q=desa bungku").json()["labels"]
    assert client.get("/wilayah/?q=b").json() == {"labels": []}
    assert client.get("/wilayah/?q=%00%00%00").json() == {"labels": []}


def test_pages_bring_no_script_or_style_of_their_own(world: World) -> None:
    client = world.client("sekretaris")
    for path in ("/", "/perkara/", f"/perkara/{world.case.pk}/", f"/perkara/{world.case.pk}/cetak/", f"/perkara/{world.case.pk}/ubah/"):
        answer = client.get(path)
        assert " style=" not in answer.text
        assert "<style" not in answer.text
        assert "<script>" not in answer.text
        assert "'unsafe" not in answer.headers["Content-Security-Policy"]


def test_the_sheet_says_its_class_and_carries_a_qr(world: World) -> None:
    page = world.client("bupati").get(f"/perkara/{world.case.pk}/cetak/").text
    assert page.count("TERBATAS") == 2
    assert '<svg xmlns="http://www.w3.org/2000/svg" class="qr"' in page or 'class="qr"' in page
    assert "Polres/Polsek" in page
    assert "Penyekatan simpang" in page
    assert "Percepatan kegiatan Penyekatan simpang" in page


def test_every_document_says_that_nothing_scanned_it(world: World) -> None:
    """No scanner is set up (S42): whoever opens a file must know."""
    for page in (f"/perkara/{world.case.pk}/", f"/admin/konflik/case/{world.case.pk}/change/?bagian=dokumen"):
        text = world.client("staf").get(page, follow=True).text
        title = text.index(world.document.title, text.index('id="dokumen"') if "/perkara/" in page else 0)
        assert "belum dipindai" in text[title : title + 600], page


def test_the_sheet_of_a_case_in_recovery_shows_its_agreement_and_does_not_ask_for_it(world: World) -> None:
    staff = world.people["staf"]
    case = a_case_in(Stage.PEMULIHAN, actor=staff, title="Pemulihan simpang")
    path = f"/perkara/{case.pk}/cetak/"
    needed = STAGE_MOVES.facts["agreement_on_file"].label.lower()
    assert needed in world.client("bupati").get(path).text.lower()
    agreement = an_agreement(case, actor=staff)
    text = world.client("bupati").get(path).text
    assert agreement.title in text
    assert needed not in text.lower()
