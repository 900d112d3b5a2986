"""The demo: through the services, dated as reported, the same after a second run."""

import json
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth import authenticate
from django.db import transaction
from django.db.models import F
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from accounts.access.models import Installation
from accounts.access.selectors import acts_of
from accounts.postings.models import Institution
from accounts.postings.tables import Role
from accounts.users.models import User
from forums.bodies.models import Body
from forums.bodies.selectors import ending
from forums.seats.models import Seat
from konflik.cases.models import Case
from konflik.cases.services.access import concerned_by
from konflik.demo.services import load
from konflik.demo.tables.cases import REPORTS
from konflik.demo.tables.homes import HOMES
from konflik.desk.selectors.today import cases_of, tasks_of
from konflik.journal.models import JournalLine
from konflik.journal.selectors import breaks
from konflik.law.bodies import BodyKind
from konflik.law.secrecy import Secrecy
from konflik.law.stages import Stage

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
PASSWORD = "kata sandi peragaan"

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The demo, loaded once for all tests here; each test runs in a savepoint above it. Gives the folder of the logins."""
    folder = tmp_path_factory.mktemp("demo")
    with override_settings(DATA_DIR=folder), django_db_blocker.unblock(), transaction.atomic():
        load(now=NOW, password=PASSWORD)
        yield folder
        transaction.set_rollback(True)


def state() -> dict[str, list]:
    """Every row of every table of ours."""
    models = [model for label in ("accounts", "forums", "konflik") for model in apps.get_app_config(label).get_models()]
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models if model.__name__ != "Region"}


def test_a_second_run_changes_nothing(demo):
    rows, logins = state(), (demo / "demo_logins.json").read_text()
    again = load(now=NOW + timedelta(days=1))
    assert (again.people, again.forums, again.cases) == (0, 0, 0)
    assert state() == rows
    assert (demo / "demo_logins.json").read_text() == logins


def test_what_was_renamed_is_not_loaded_again(demo):
    for model, column in ((Case, "title"), (Body, "name"), (Institution, "name")):
        for row in model.objects.order_by("pk"):
            model.objects.filter(pk=row.pk).update(**{column: f"Diubah {row.pk}"})
    rows = state()
    load(now=NOW + timedelta(days=1))
    assert state() == rows


def test_every_report_is_a_case_dated_as_it_was_reported_and_marked_as_late(demo):
    cases = {case.title: case for case in Case.objects.select_related("kabupaten")}
    assert set(cases) == {report.title for report in REPORTS}
    for report in REPORTS:
        case = cases[report.title]
        assert (case.kabupaten_id, case.year, case.is_late_entry) == (report.home.code, report.reported_on.year, True)
    lines = JournalLine.objects.filter(event="case_opened")
    assert lines.count() == len(REPORTS)
    assert not lines.exclude(occurred_at__lt=F("recorded_at")).exists()
    assert list(breaks()) == []


def test_the_cases_of_children_are_sealed_and_open_only_to_who_was_let_in(demo):
    sealed = Case.objects.filter(secrecy__gte=Secrecy.RAHASIA)
    assert sealed.count() == 2
    seen = {
        name: sealed.visible_to(User.objects.get(username=name), at=NOW).count()
        for name in ("staf.batanghari", "p3a.batanghari", "polres.batanghari")
    }
    assert seen == {"staf.batanghari": 2, "p3a.batanghari": 2, "polres.batanghari": 0}


def test_the_bajubang_case_waits_in_pencegahan_and_the_boundary_lies_in_two_kabupaten(demo):
    coal = Case.objects.get(title__contains="Bajubang", title__startswith="Konflik")
    assert (coal.stage, coal.parties.count()) == (Stage.PENCEGAHAN, 2)
    boundary = Case.objects.get(title__startswith="Batas wilayah")
    assert set(boundary.places.values_list("kabupaten_id", flat=True)) == {"15.04", "15.05"}
    assert Case.objects.visible_to(User.objects.get(username="staf.muarojambi"), at=NOW).get() == boundary


def test_paser_has_its_nine_forums_with_a_secretariat_each(demo):
    bodies = Body.objects.filter(region_id="64.01")
    assert bodies.exclude(kind=BodyKind.TIM_P4GN).count() == 9
    assert not bodies.filter(secretariat__isnull=True).exists()


def test_a_forum_has_people_so_that_access_given_to_it_opens_to_somebody(demo):
    reached = {
        body.name: {User.objects.get(pk=pk).username for pk in concerned_by(user=None, body=body, at=NOW).user_ids}
        for body in Body.objects.filter(region__kabupaten="15.04")
    }
    assert reached["Tim Terpadu Penanganan Konflik Sosial Kabupaten Batanghari"] >= {"sekretaris.batanghari", "polres.batanghari"}
    assert reached["Forkopimcam Bajubang"] == {"camat.bajubang"}
    assert reached["FKDM Desa Bungku"] == {"fkdm.bungku"}


def test_a_seat_has_the_login_of_its_office_and_none_of_a_liaison(demo):
    seats = Seat.objects.filter(body__name__contains="Tim Terpadu", body__region="15.04")
    assert {seat.office: seat.user.username for seat in seats if seat.user} == {
        "Bupati": "bupati.batanghari",
        "Kepala Kesbangpol": "sekretaris.batanghari",
    }
    assert seats.filter(user__isnull=True).exists()


def test_an_sk_is_about_to_end(demo):
    assert [body.name for body in ending(Body.objects.all(), day=NOW.date())] == [
        "Tim Terpadu Penanganan Konflik Sosial Kabupaten Batanghari"
    ]


def test_the_logins_are_written_for_the_owner_only_and_open(demo):
    path = demo / "demo_logins.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    rows = json.loads(path.read_text())
    assert all(set(row) == {"peran", "kabupaten", "masuk", "kata_sandi"} and row["kata_sandi"] == PASSWORD for row in rows)
    names = {row["masuk"] for row in rows}
    assert names == set(User.objects.values_list("username", flat=True))
    assert names >= {"staf.batanghari", "polres.batanghari", "bupati.batanghari", "sekretaris.batanghari", "camat.bajubang", "fkdm.bungku"}
    assert names >= {"pengamat.jambi", "pdp.batanghari", "admin.batanghari", "staf.paser", "staf.banyuasin", "staf.tanjabtimur"}
    assert authenticate(username="camat.bajubang", password=PASSWORD) == User.objects.get(username="camat.bajubang")


def test_every_role_is_there_in_every_kabupaten(demo):
    wanted = set(Role) - {Role.PENGAMAT_PROVINSI}
    for home in HOMES:
        held = User.objects.filter(postings__region__kabupaten=home.code).values_list("postings__role", flat=True)
        assert set(held) == wanted, home.name


def test_whoever_works_on_cases_has_something_to_do(demo):
    idle = {Role.PENGAMAT_PROVINSI.value, Role.PETUGAS_PDP.value, Role.ADMINISTRATOR_SISTEM.value}
    working = User.objects.exclude(postings__role__in=idle).exclude(username__in=["bupati.tanjabtimur", "bupati.paser", "bupati.banyuasin"])
    empty = [user.username for user in working if not tasks_of(user, acts_of(user, at=NOW), at=NOW) and not cases_of(user, at=NOW).exists()]
    assert empty == ["staf.muarojambi"]


def test_the_installation_is_that_of_batanghari(demo):
    assert Installation.objects.get().region_id == "15.04"
