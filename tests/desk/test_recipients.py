"""Whom an act will tell stands in its form before anything is saved; that nobody would be told is a fault on the screen."""

import re

import pytest
from django.http import HttpResponse

from accounts.postings.models import Posting
from accounts.postings.tables import Tenure
from konflik.desk.forms.actions import ACTION_BY_NAME, CASE_ACTIONS
from konflik.journal.models import JournalLine
from konflik.law.events import Event
from konflik.law.telling import telling_of
from konflik.notices.models import Notice
from tests.builders import a_case, an_institution
from tests.desk.acting import address, sent
from tests.desk.conftest import World

HANDLER, PLAN, MOVE, NOTE = (ACTION_BY_NAME[name] for name in ("handler", "activity-plan", "move", "note"))


def mark(page: HttpResponse) -> str:
    """What the page says it has shown."""
    return re.search(r'name="shown_to" value="(\w+)"', page.text)[1]


def block(page: HttpResponse) -> str:
    """The part of the page that names them."""
    found = re.search(r'<section class="recipients.*?</section>', page.text, re.DOTALL)
    return found[0] if found else ""


def end_postings(world: World, name: str) -> None:
    Posting.objects.filter(user=world.people[name]).update(valid_until="2026-01-31")


def test_a_move_names_each_office_with_its_person_and_how_it_is_held(world: World) -> None:
    Posting.objects.filter(user=world.people["polres"]).update(tenure=Tenure.PLH.value)
    shown = block(world.client("staf").get(address(world, MOVE)))
    assert "Yang akan diberi tahu" in shown
    for words in ("<b>Bupati</b>", "Kapolres (Plh.)", "Kepala Kesbangpol", "Camat"):
        assert words in shown
    assert re.search(r"Belum dipegang siapa pun di Kab[^:]*: Sekretaris Daerah dan Dandim\.", shown)


def test_after_saving_the_line_says_who_was_told(world: World) -> None:
    client = world.client("staf")
    page = client.post(address(world, MOVE), sent(world, MOVE), follow=True)
    assert "Tersimpan. Tahap perkara sekarang: Pemulihan." in page.text
    assert "Kapolres" in re.search(r"Pemulihan\. ([^<]*) diberi tahu\.", page.text)[1]
    line = JournalLine.objects.filter(event=Event.VIOLENCE_STOPPED.value).get()
    assert set(Notice.objects.filter(line=line, channel="bell").values_list("recipient__username", flat=True)) >= {"bupati", "polres"}


def test_an_act_that_tells_nobody_says_nothing_of_it(world: World) -> None:
    assert block(world.client("staf").get(address(world, NOTE))) == ""


@pytest.mark.parametrize("action", [one for one in CASE_ACTIONS if one.form.tells], ids=lambda one: one.name)
def test_every_form_that_declares_an_event_shows_the_block_where_the_law_tells_somebody(world: World, action) -> None:
    who = "sekretaris"
    is_told = any(telling_of(event) for event in action.form.tells)
    path = address(world, action)
    # With what must be on file before: a form that cannot be sent yet tells nobody.
    sent(world, action)
    assert bool(block(world.client(who).get(path))) is is_told


def test_what_depends_on_a_choice_waits_for_it_and_follows_it(world: World) -> None:
    client, path = world.client("staf"), address(world, PLAN)
    assert "setelah pilihan di atas terisi" in block(client.get(path))
    before = JournalLine.objects.count()
    piece = client.post(path, {"institution": world.polres.pk, "only": "recipients"})
    assert "Polres Batanghari" in block(piece)
    assert "errorlist" not in piece.text
    assert JournalLine.objects.count() == before


def test_a_choice_that_changes_them_is_shown_once_more_before_it_is_saved(world: World) -> None:
    client, path = world.client("staf"), address(world, PLAN)
    form = {**sent(world, PLAN), "shown_to": mark(client.get(path))}
    asked = client.post(path, form)
    assert asked.status_code == 400
    assert "Periksa siapa yang akan diberi tahu" in asked.text
    assert "polres" in block(asked)
    assert client.post(path, {**form, "shown_to": mark(asked)}).status_code == 302


def test_nobody_is_a_fault_with_the_way_out_for_who_may_fill_the_posting(world: World) -> None:
    for name in ("bupati", "sekretaris", "staf", "polres", "camat"):
        end_postings(world, name)
    # The one who writes stays: whoever fills in the form is no office that is told of a plan.
    Posting.objects.filter(user=world.people["sekretaris"]).update(valid_until=None, role="staf_sekretariat")
    far = an_institution("Dinas Sosial Paser", at="64.01")
    near = an_institution("Kodim 0415")
    assert far != near
    client, path = world.client("sekretaris"), address(world, PLAN)
    form = {**sent(world, PLAN), "institution": near.pk, "shown_to": mark(client.get(path))}
    before = JournalLine.objects.count()
    answer = client.post(path, form)
    assert answer.status_code == 400
    assert "Tidak ada yang akan diberi tahu." in answer.text
    assert 'name="by_hand"' in answer.text
    assert "Minta sekretaris tim atau administrator sistem" in answer.text
    assert JournalLine.objects.count() == before
    taken = client.post(path, {**form, "shown_to": mark(answer), "by_hand": "ya"})
    assert taken.status_code == 302


def test_a_grant_counts_whom_it_lets_in(world: World) -> None:
    path = f"/perkara/{world.case.pk}/akses-baru/"
    piece = world.client("sekretaris").post(path, {"user": "asing", "only": "recipients"})
    assert "asing" in block(piece)


def test_opening_names_those_who_will_be_able_to_read_the_case(world: World) -> None:
    client = world.client("staf")
    open_now = {"only": "recipients", "places": "Bungku, Bajubang", "secrecy": "2"}
    assert "Camat" in block(client.post("/perkara/baru/", open_now))
    sealed = block(client.post("/perkara/baru/", {**open_now, "secrecy": "3"}))
    assert "<b>Camat</b>" not in sealed
    assert "Kepala Kesbangpol" in sealed


def test_the_same_block_stands_in_the_room_of_the_secretariat(world: World) -> None:
    page = world.client("staf").get(f"/admin/konflik/case/{world.case.pk}/pindah/pemulihan/")
    assert "Kapolres" in block(page)


def test_a_page_of_a_case_that_somebody_may_not_see_tells_nothing(world: World) -> None:
    case = a_case(actor=world.people["asing"], title="Jauh", at=("64.01",))
    assert world.client("staf").post(f"/perkara/{case.pk}/penanggung-jawab/", {"only": "recipients"}).status_code == 404
