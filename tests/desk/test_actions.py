"""Every row of the table of acts: who may, what is asked, that one line comes of it, that a refusal writes nothing."""

from collections import Counter

import pytest

from accounts.access.tables import ROLE_ACTS
from forums.bodies.models import Body
from konflik.cases.models import Case
from konflik.desk.forms.actions import ACTION_BY_NAME, CASE_ACTIONS, CaseAction
from konflik.desk.forms.base import VersionedForm
from konflik.desk.web.shells import TEAM
from konflik.journal.models import JournalLine
from konflik.stages.models import Activity
from tests.builders import BATANGHARI, MUARO_JAMBI, NOW, PASER, a_case, region
from tests.desk.acting import AN_HOUR_AGO, address, sent
from tests.desk.conftest import ROLES, World, a_photo

every_act = pytest.mark.parametrize("action", CASE_ACTIONS, ids=lambda action: action.name)


def lines(case: Case) -> int:
    """How many lines the journal holds of `case`."""
    return JournalLine.objects.filter(case_id=case.pk).count()


def doer(action: CaseAction) -> str:
    """Somebody whose role permits the act."""
    return "sekretaris" if action.act in ROLE_ACTS[ROLES["sekretaris"][0]] else "bupati"


@every_act
def test_shows_its_form_to_whoever_may(world: World, action: CaseAction) -> None:
    path = address(world, action)
    # With what must be on file before: a form that cannot be sent yet says what is missing instead.
    sent(world, action)
    page = world.client(doer(action)).get(path)
    assert page.status_code == 200
    assert "csrfmiddlewaretoken" in page.text
    if issubclass(action.form, VersionedForm):
        assert 'name="seen_version"' in page.text


@every_act
def test_is_refused_with_its_name_to_whoever_may_not(world: World, action: CaseAction) -> None:
    path, form = address(world, action), sent(world, action)
    before = lines(world.case)
    answer = world.client("provinsi").post(path, form)
    assert answer.status_code == 403
    assert action.label in answer.text
    assert lines(world.case) == before


@every_act
def test_done_leaves_its_line_and_comes_back_to_the_case(world: World, action: CaseAction) -> None:
    path, form = address(world, action), sent(world, action)
    before = lines(world.case)
    answer = world.client(doer(action)).post(path, form)
    assert answer.status_code == 302, answer.context["form"].errors
    assert answer.url == TEAM.part_url(action.part, world.case.pk)
    # The photograph of an activity is a second fact, told in a second line.
    assert lines(world.case) == before + (2 if action.name == "activity-update" else 1)
    said = world.client(doer(action)).get(f"/perkara/{world.case.pk}/").context
    assert said is not None


@every_act
def test_an_empty_form_says_what_is_missing_and_writes_nothing(world: World, action: CaseAction) -> None:
    path, form = address(world, action), sent(world, action)
    before = lines(world.case)
    answer = world.client(doer(action)).post(path, {"seen_version": form.get("seen_version", 1)})
    assert answer.status_code == 400
    assert 'class="errorlist' in answer.text
    assert lines(world.case) == before


@every_act
def test_rubbish_is_refused_in_words(world: World, action: CaseAction) -> None:
    path, rubbish = address(world, action), dict.fromkeys(sent(world, action), "\x00ü" * 40)
    before = lines(world.case)
    for form in (rubbish, {name: ["-1", "9" * 30_000] for name in rubbish}, {"seen_version": "x"}):
        assert world.client(doer(action)).post(path, form).status_code == 400
    assert lines(world.case) == before


def test_the_table_names_everything_once() -> None:
    counted = Counter(action.name for action in CASE_ACTIONS) + Counter(action.route for action in CASE_ACTIONS)
    assert max(counted.values()) == 1
    assert all(action.act for action in CASE_ACTIONS)


@pytest.mark.parametrize("wrong", ["put", "delete", "patch"])
def test_only_looking_and_sending(world: World, wrong: str) -> None:
    assert getattr(world.client("staf"), wrong)(address(world, ACTION_BY_NAME["note"])).status_code == 405


def test_a_move_without_its_fact_names_the_article(world: World) -> None:
    answer = world.client("staf").post(f"/perkara/{world.case.pk}/pindah/pemulihan/", {"seen_version": world.case.version})
    assert answer.status_code == 400
    assert "Waktu kekerasan berhenti belum ada." in answer.text
    assert "UU 7/2012 Pasal 36 ayat (1)" in answer.text
    world.case.refresh_from_db()
    assert world.case.stage == "penghentian"


def test_what_was_typed_stays_after_a_refusal(world: World) -> None:
    form = {"measure": "dead", "value": "-3", "source": "polri", "source_note": "Laporan 12", "as_of": AN_HOUR_AGO}
    page = world.client("staf").post(f"/perkara/{world.case.pk}/angka-baru/", form).text
    assert 'value="Laporan 12"' in page
    assert 'value="2026-11-22T09:00"' in page


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_move_that_the_law_does_not_know(world: World, method: str) -> None:
    path = f"/perkara/{world.case.pk}/pindah/selesai/"
    answer = getattr(world.client("staf"), method)(path, {"seen_version": world.case.version})
    assert answer.status_code == 400
    assert "Undang-undang tidak mengenal perpindahan dari Penghentian ke Selesai." in answer.text


def test_a_stage_that_does_not_exist(world: World) -> None:
    assert world.client("staf").get(f"/perkara/{world.case.pk}/pindah/perang/").status_code == 404


def test_hours_are_those_of_the_region(world: World) -> None:
    world.client("staf").post(f"/perkara/{world.case.pk}/angka-baru/", sent(world, ACTION_BY_NAME["figure-add"]))
    assert world.case.figures.get(measure="dead").as_of.isoformat() == "2026-11-22T02:00:00+00:00"
    assert '<span class="unit">WIB</span>' in world.client("staf").get(f"/perkara/{world.case.pk}/angka-baru/").text


def test_a_future_hour_is_refused_at_its_field(world: World) -> None:
    form = sent(world, ACTION_BY_NAME["figure-add"]) | {"as_of": "2026-11-22T10:01"}
    answer = world.client("staf").post(f"/perkara/{world.case.pk}/angka-baru/", form)
    assert "Waktu ini belum terjadi" in str(answer.context["form"].errors["as_of"])


def test_a_class_above_the_own_clearance_is_not_offered_and_not_taken(world: World) -> None:
    path = f"/perkara/{world.case.pk}/kelas/"
    assert "Sangat rahasia" not in world.client("staf").get(path).text
    form = {"seen_version": world.case.version, "secrecy": "4", "reason": "Coba"}
    answer = world.client("staf").post(path, form)
    assert answer.status_code == 400
    assert "di atas kewenangan Anda" in answer.text


FORUMS = {"FKUB Batanghari": BATANGHARI, "FKUB Muaro Jambi": MUARO_JAMBI, "FKUB Paser": PASER}


@pytest.mark.parametrize(
    ("typed", "given", "says"),
    [
        ("FKUB Muaro Jambi", "FKUB Muaro Jambi", ""),
        ("FKUB", None, "Ada beberapa yang cocok."),
        ("Muaro", None, "Pastikan pilihannya"),
        ("FKUB Paser", None, "Tidak ada forum yang masih berlaku dengan nama itu di wilayah perkara ini."),
    ],
)
def test_access_goes_to_a_forum_of_a_place_of_the_case_called_by_its_name(world: World, typed: str, given: str | None, says: str) -> None:
    for name, at in FORUMS.items():
        Body.objects.create(kind="fkub", name=name, region=region(at), legal_basis="PBM", valid_from=NOW.date())
    world.case.places.create(region=region(MUARO_JAMBI), province_id="15", kabupaten_id=MUARO_JAMBI, is_beyond=True)
    form = {**sent(world, ACTION_BY_NAME["grant"]), "user": "", "body": typed}
    page = world.client(doer(ACTION_BY_NAME["grant"])).post(address(world, ACTION_BY_NAME["grant"]), form)
    assert [grant.body.name for grant in world.case.grants.filter(body__isnull=False)] == ([given] if given else [])
    assert says in page.text


def test_several_places_that_fit_are_asked_back_and_chosen(world: World) -> None:
    path, client = f"/perkara/{world.case.pk}/lokasi/", world.client("staf")
    form = {"seen_version": world.case.version, "places": "Kec. Bajubang, Kab. Batanghari", "other_1": "bajubang"}
    asked = client.post(path, form)
    assert asked.status_code == 400
    assert "Kel. Bajubang, Kec. Bajubang, Kab. Batanghari" in asked.text
    laut = next(item.key for item in asked.context["form"].fields["other_1"].widget.found if "Laut" in item.label)
    assert client.post(path, {**form, "other_1_for": "bajubang", "other_1_key": laut}).status_code == 302
    assert world.case.places.filter(region_id=laut).exists()


@pytest.mark.parametrize(("name", "content"), [("surat.exe", b"MZ" + bytes(200)), ("surat.pdf", b"MZ" + bytes(200)), ("kosong.pdf", b"")])
def test_a_wrong_file_is_refused_at_its_field(world: World, name: str, content: bytes) -> None:
    file = a_photo()
    file.seek(0)
    file.truncate()
    file.write(content)
    file.seek(0)
    file.name = name
    answer = world.client("staf").post(f"/perkara/{world.case.pk}/dokumen/", {"title": "Surat", "file": file})
    assert answer.status_code == 400
    assert answer.context["form"].errors["file"]


def test_a_file_above_the_limit_is_refused_at_its_field(world: World, settings) -> None:
    settings.MAX_UPLOAD_BYTES = 100
    answer = world.client("staf").post(f"/perkara/{world.case.pk}/dokumen/", {"title": "Surat", "file": a_photo("pink")})
    assert answer.status_code == 400
    assert "terlalu besar" in str(answer.context["form"].errors["file"])


def test_a_wrong_photo_leaves_the_activity_as_it_was(world: World) -> None:
    photo = a_photo()
    photo.seek(0)
    photo.truncate()
    photo.write(b"bukan gambar")
    photo.seek(0)
    form = {"seen_version": 1, "status": "berjalan", "progress": "40", "photo": photo}
    answer = world.client("polres").post(f"/perkara/{world.case.pk}/kegiatan/{world.activity.pk}/perbarui/", form)
    assert answer.status_code == 400
    assert answer.context["form"].errors["photo"]
    assert Activity.objects.get(pk=world.activity.pk).progress == 0


def test_a_link_may_propose_a_status_but_never_a_version(world: World) -> None:
    page = world.client("polres").get(f"/perkara/{world.case.pk}/kegiatan/{world.activity.pk}/perbarui/?status=selesai&seen_version=99")
    assert page.context["form"]["status"].value() == "selesai"
    assert page.context["form"]["seen_version"].value() == 1


def test_line_ends_of_the_browser_change_nothing(world: World) -> None:
    case = a_case(actor=world.people["staf"], title="Dua baris", chronology="satu\n\ndua")
    client, before = world.client("staf"), lines(case)
    form = {"seen_version": 1, "title": "Dua baris", "chronology": "satu\r\n\r\ndua", "source": "d", "issue_type": case.issue_type_id}
    assert client.post(f"/perkara/{case.pk}/ubah/", form).status_code == 302
    assert lines(case) == before


def test_the_clock_of_the_tests_stands(world: World) -> None:
    assert world.case.updated_at == NOW
