"""Documents go out only as downloads, and reading what is sealed leaves its line."""

from accounts.access.models import Installation
from konflik.cases.models import Attachment
from konflik.cases.services.documents import path_of
from konflik.cases.services.facts import declare_figure
from konflik.desk.selectors.case_page import case_sheet
from konflik.journal.models import JournalLine
from konflik.law.events import Event
from konflik.law.figures import FigureSource, Measure
from konflik.law.secrecy import Secrecy
from tests.builders import HOUR, MUARO_JAMBI, NOW, a_case, a_figure
from tests.desk.conftest import World, a_photo


def lines(event: Event) -> int:
    """How many lines of this kind stand."""
    return JournalLine.objects.filter(event=event.value).count()


def test_a_document_is_a_download_and_nothing_else(world: World) -> None:
    answer = world.client("polres").get(f"/perkara/{world.case.pk}/dokumen/{world.document.pk}/")
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == path_of(world.document).read_bytes()
    assert answer.headers["Content-Disposition"] == 'attachment; filename="foto.jpg"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert lines(Event.ATTACHMENT_READ) == 0


def test_a_lost_file_is_not_found(world: World) -> None:
    Attachment.objects.filter(pk=world.document.pk).update(file="aa/hilang")
    assert world.client("polres").get(f"/perkara/{world.case.pk}/dokumen/{world.document.pk}/").status_code == 404


def test_opening_a_sealed_case_leaves_one_line_per_reader_and_day(world: World) -> None:
    sealed = a_case(actor=world.people["sekretaris"], secrecy=Secrecy.RAHASIA)
    for _ in range(3):
        world.client("staf").get(f"/perkara/{sealed.pk}/")
    assert lines(Event.SEALED_CASE_READ) == 1
    world.client("bupati").get(f"/perkara/{sealed.pk}/cetak/")
    assert lines(Event.SEALED_CASE_READ) == 2
    world.client("staf").get(f"/perkara/{world.case.pk}/")
    assert lines(Event.SEALED_CASE_READ) == 2


def test_every_download_from_a_sealed_case_leaves_a_line(world: World) -> None:
    sealed = a_case(actor=world.people["sekretaris"], secrecy=Secrecy.RAHASIA)
    client = world.client("staf")
    client.post(f"/perkara/{sealed.pk}/dokumen/", {"title": "Surat", "file": a_photo("red")})
    document = sealed.attachments.get()
    for expected in (1, 2):
        answer = client.get(f"/perkara/{sealed.pk}/dokumen/{document.pk}/")
        assert b"".join(answer.streaming_content)
        assert lines(Event.ATTACHMENT_READ) == expected


def test_a_paper_of_another_kabupaten_borrows_no_letterhead(world: World) -> None:
    told = {"letterhead_government": "Pemerintah Kabupaten Uji", "letterhead_office": "Badan Uji"}
    house = Installation.objects.create(region_id=MUARO_JAMBI, set_up_at=NOW, **told)
    path = f"/perkara/{world.case.pk}/cetak/"
    page = world.client("bupati").get(path).text
    assert "Kabupaten Uji" not in page
    assert "Badan Uji" not in page
    Installation.objects.filter(pk=house.pk).update(region=world.case.kabupaten)
    page = world.client("bupati").get(path).text
    assert "Pemerintah Kabupaten Uji" in page


def test_a_newer_count_of_the_same_source_stands_beside_the_official_one(world: World) -> None:
    staff = world.people["staf"]
    told = {"measure": Measure.SHOPS, "source": FigureSource.DINSOS}
    official = a_figure(world.case, actor=staff, value=40, as_of=NOW - 3 * HOUR, **told)
    declare_figure(figure=official, reason="Hasil verifikasi", actor=staff, now=NOW)
    older = a_figure(world.case, actor=staff, value=35, as_of=NOW - 4 * HOUR, **told)
    newer = a_figure(world.case, actor=staff, value=57, as_of=NOW - HOUR, **told)
    sheet = case_sheet(world.case, staff, at=NOW)
    [group] = [one for one in sheet.figures if one.rows[0].figure.measure == Measure.SHOPS]
    assert [row.figure for row in group.rows] == [official, newer]
    assert [row.figure for row in group.earlier] == [older]
    page = world.client("sekretaris").get(f"/perkara/{world.case.pk}/").text
    assert all(f"/angka/{one.pk}/perbaiki/" in page for one in (official, newer, older))
