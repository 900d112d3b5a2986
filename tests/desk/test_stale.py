"""Two people on one case: who comes second sees both sides, and nothing typed is lost."""

import io

from konflik.cases.models import Case
from konflik.journal.models import JournalLine
from konflik.stages.models import Activity
from tests.desk.conftest import World, a_photo


def amend(world: World, name: str, **told: object) -> object:
    """`name` sends the form of the case as it was first shown."""
    form = {"seen_version": world.case.version, "title": "Angkutan batu bara", "chronology": "Kronologi", "source": "d"}
    form |= {"issue_type": world.case.issue_type_id, **told}
    return world.client(name).post(f"/perkara/{world.case.pk}/ubah/", form)


def test_the_second_sees_both_sides_and_may_still_save(world: World) -> None:
    assert amend(world, "staf", title="Judul pertama").status_code == 302
    second = amend(world, "sekretaris", title="Judul kedua")
    assert second.status_code == 409
    (title,) = [row for row in second.context["form"].differences() if row.label == "Judul perkara"]
    assert (title.now, title.typed) == ("Judul pertama", "Judul kedua")
    assert 'value="Judul kedua"' in second.text
    assert "Judul pertama" in second.text
    assert Case.objects.get(pk=world.case.pk).title == "Judul pertama"
    shown = second.context["form"]["seen_version"].value()
    assert amend(world, "sekretaris", title="Judul kedua", seen_version=shown).status_code == 302
    assert Case.objects.get(pk=world.case.pk).title == "Judul kedua"


def test_only_what_differs_is_shown(world: World) -> None:
    amend(world, "staf", title="Judul pertama", chronology="Satu\r\ndua")
    second = amend(world, "sekretaris", title="Judul kedua", chronology="Satu\r\ndua")
    assert [row.label for row in second.context["form"].differences()] == ["Judul perkara"]


def test_an_overtaken_move_moves_nothing(world: World) -> None:
    amend(world, "staf", title="Judul pertama")
    facts = {"violence_stopped_at": "2026-11-22T09:00", "security_statement": "Surat Polres"}
    answer = world.client("sekretaris").post(f"/perkara/{world.case.pk}/pindah/pemulihan/", {"seen_version": world.case.version, **facts})
    assert answer.status_code == 409
    assert "Surat Polres" in answer.text
    assert Case.objects.get(pk=world.case.pk).stage == "penghentian"


def test_the_photo_of_an_overtaken_update_is_kept(world: World) -> None:
    path = f"/perkara/{world.case.pk}/kegiatan/{world.activity.pk}/perbarui/"
    assert world.client("staf").post(path, {"seen_version": 1, "status": "berjalan", "progress": "10"}).status_code == 302
    second = world.client("polres").post(
        path, {"seen_version": 1, "status": "berjalan", "progress": "70", "result": "Dua regu", "photo": a_photo("olive")}
    )
    assert second.status_code == 409
    assert {row.label: (row.now, row.typed) for row in second.context["form"].differences()}["Kemajuan"] == ("10", "70")
    assert "Foto Anda sudah tersimpan" in second.text
    assert "Dua regu" in second.text
    assert world.activity.attachments.count() == 2
    assert Activity.objects.get(pk=world.activity.pk).progress == 10


def test_dates_and_words_are_shown_as_a_person_reads_them(world: World) -> None:
    path = f"/perkara/{world.case.pk}/kegiatan/{world.activity.pk}/perbarui/"
    client = world.client("staf")
    client.post(path, {"seen_version": 1, "status": "berjalan", "progress": "10", "planned_end": "2026-12-01"})
    second = client.post(
        path, {"seen_version": 1, "status": "tertunda", "progress": "10", "obstacles": "Hujan", "planned_end": "2026-12-24"}
    )
    both = {row.label: (row.now, row.typed) for row in second.context["form"].differences()}
    assert both["Status"] == ("Berjalan", "Tertunda")
    assert both["Rencana selesai (batas waktu)"] == ("1 Desember 2026", "24 Desember 2026")
    assert both["Kendala"] == ("–", "Hujan")


def test_two_equal_updates_are_one(world: World) -> None:
    path = f"/perkara/{world.case.pk}/kegiatan/{world.activity.pk}/perbarui/"
    form = {"seen_version": 1, "status": "tertunda", "progress": "0", "obstacles": "Hujan", "planned_end": "2026-11-20"}
    assert world.client("staf").post(path, form).status_code == 302
    before = JournalLine.objects.count()
    assert world.client("polres").post(path, form).status_code in {302, 409}
    assert JournalLine.objects.count() == before


def test_a_bad_photo_of_an_overtaken_update_is_told_beside_both_sides(world: World) -> None:
    path = f"/perkara/{world.case.pk}/kegiatan/{world.activity.pk}/perbarui/"
    assert world.client("staf").post(path, {"seen_version": 1, "status": "berjalan", "progress": "10"}).status_code == 302
    bad = io.BytesIO(b"MZ not a picture")
    bad.name = "lapangan.jpg"
    second = world.client("polres").post(path, {"seen_version": 1, "status": "berjalan", "progress": "70", "photo": bad})
    assert second.status_code == 409
    assert {row.label: (row.now, row.typed) for row in second.context["form"].differences()}["Kemajuan"] == ("10", "70")
    assert "tidak dapat dilampirkan" in second.context["form"].errors["photo"][0]
    assert "tidak dapat dilampirkan" in second.text
    assert "Foto Anda sudah tersimpan" not in second.text
    assert second.context["form"]["seen_version"].value() == "2"
    assert world.activity.attachments.count() == 1


def test_what_was_left_alone_takes_the_value_of_whoever_was_faster(world: World) -> None:
    path = f"/perkara/{world.case.pk}/ubah/"
    shown = {
        name: world.client("sekretaris").get(path).context["form"][name].value() for name in ("seen_version", "seen_values", "chronology")
    }
    assert amend(world, "staf", title="Judul pertama").status_code == 302
    second = amend(world, "sekretaris", title=world.case.title, **shown | {"chronology": "Kronologi saya"})
    assert second.status_code == 409
    assert [(row.label, row.typed) for row in second.context["form"].differences()] == [("Kronologi", "Kronologi saya")]
    again = {name: second.context["form"][name].value() for name in ("seen_version", "seen_values", "title", "chronology")}
    assert again["title"] == "Judul pertama"
    assert amend(world, "sekretaris", **again).status_code == 302
    case = Case.objects.get(pk=world.case.pk)
    assert (case.title, case.chronology) == ("Judul pertama", "Kronologi saya")
