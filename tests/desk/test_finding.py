"""The search field: what it finds, that what it shows finds itself again, and that nothing hidden is found."""

import pytest
from django.db.models import Count

from accounts.regions.models import Region
from konflik.desk.selectors.finding import anyone_like, cases_like, label_of_person, people_like, regions_like
from konflik.law.secrecy import Secrecy
from tests.builders import NOW, a_case
from tests.desk.conftest import World


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("bungku", "Desa Bungku, Kec. Bajubang, Kab. Batanghari"),
        ("Desa Bungku", "Desa Bungku, Kec. Bajubang, Kab. Batanghari"),
        ("  bungku ,  bajubang ", "Desa Bungku, Kec. Bajubang, Kab. Batanghari"),
        ("15.04.07.2001", "Desa Bungku, Kec. Bajubang, Kab. Batanghari"),
        ("kab. batanghari", "Kab. Batanghari, Provinsi Jambi"),
        ("kecamatan bajubang", "Kec. Bajubang, Kab. Batanghari"),
        ("kelurahan bajubang", "Kel. Bajubang, Kec. Bajubang, Kab. Batanghari"),
        ("kel. bajubang, batanghari", "Kel. Bajubang, Kec. Bajubang, Kab. Batanghari"),
    ],
)
def test_a_place_is_found_as_people_write_it(db: None, typed: str, first: str) -> None:
    assert regions_like(typed, at=NOW)[0].label == first


def test_two_places_of_one_name_both_stand_to_be_chosen(db: None) -> None:
    labels = [found.label for found in regions_like("bajubang", at=NOW)]
    assert labels[:2] == ["Kec. Bajubang, Kab. Batanghari", "Kel. Bajubang, Kec. Bajubang, Kab. Batanghari"]


def test_the_name_of_a_place_finds_itself_alone(db: None) -> None:
    twins = Region.objects.values("label").annotate(how_many=Count("pk")).filter(how_many__gt=1).values("label")
    for place in Region.objects.filter(kabupaten="15.04").exclude(label__in=twins):
        assert [found.key for found in regions_like(place.label, at=NOW)] == [place.code], place.label


def test_a_person_is_found_by_name_user_name_and_label(world: World) -> None:
    member = world.people["polres"]
    member.name = "Perwira penghubung"
    member.save()
    for typed in ("perwira", "polres", label_of_person(member)):
        assert [found.row for found in people_like(typed, within=world.case.kabupaten, at=NOW)] == [member]
    assert people_like("asing", within=world.case.kabupaten, at=NOW) == []
    assert [found.row for found in anyone_like("asing", at=NOW)] == [world.people["asing"]]


def test_a_case_is_found_by_number_title_and_label_but_not_what_is_hidden(world: World) -> None:
    reader = world.people["polres"]
    other = a_case(actor=world.people["staf"], title="Portal kebun")
    sealed = a_case(actor=world.people["sekretaris"], title="Portal tertutup", secrecy=Secrecy.RAHASIA)
    for typed in (other.number, "portal", str(other)):
        assert [found.row for found in cases_like(typed, user=reader, but=world.case, at=NOW)] == [other]
    assert cases_like(sealed.number, user=reader, but=world.case, at=NOW) == []
    assert cases_like(world.case.number, user=reader, but=world.case, at=NOW) == []


def test_what_was_chosen_stays_chosen_after_an_error_elsewhere(world: World) -> None:
    client, path = world.client("staf"), "/perkara/baru/"
    asked = client.post(path, {"places": "bajubang"})
    laut = next(item for item in asked.context["form"].fields["places"].widget.found if "Laut" in item.label)
    again = client.post(path, {"places": "bajubang", "places_for": "bajubang", "places_key": laut.key})
    assert "places" not in again.context["form"].errors
    assert f'value="{laut.label}"' in again.text


def test_a_choice_does_not_outlive_its_words(world: World) -> None:
    form = {"places": "15.02", "places_for": "bajubang", "places_key": "15.04.07"}
    answer = world.client("staf").post("/perkara/baru/", form)
    assert "di wilayah ini" in str(answer.context["form"].errors["places"])


def test_a_form_sent_back_as_it_was_shown_is_accepted(world: World) -> None:
    client, path = world.client("staf"), f"/perkara/{world.case.pk}/penanggung-jawab/"
    form = {"institution": world.polres.pk, "handler": "polres", "reason": "Keamanan", "seen_version": world.case.version}
    assert client.post(path, form).status_code == 302
    shown = client.get(path).context["form"]
    again = {name: shown[name].value() or "" for name in shown.fields} | {"reason": "Tetap"}
    assert client.post(path, again).status_code == 302
