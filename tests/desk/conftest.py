"""One kabupaten at work: people of every role, and a case with something of everything."""

import copy
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from unittest import mock

import pytest
from django.test import Client
from PIL import Image
from pytest_django import DjangoDbBlocker

from accounts.postings.models import Institution
from accounts.postings.tables import Role
from accounts.users.models import User
from konflik.cases.models import Attachment, Case, Figure, Party
from konflik.cases.services.documents import attach
from konflik.law.stages import Stage
from konflik.stages.models import Activity, Agreement
from tests.builders import (
    BATANGHARI,
    BUNGKU,
    DAY,
    HOUR,
    JAMBI,
    NOW,
    PASER,
    a_case,
    a_figure,
    a_party,
    a_user,
    an_activity,
    an_agreement,
    an_institution,
    moved,
)
from tests.standing import standing

ROLES = {
    "bupati": (Role.KEPALA_DAERAH, BATANGHARI),
    "sekretaris": (Role.SEKRETARIS_TIM, BATANGHARI),
    "staf": (Role.STAF_SEKRETARIAT, BATANGHARI),
    "polres": (Role.ANGGOTA_TIM, BATANGHARI),
    "camat": (Role.CAMAT, "15.04.07"),
    "fkdm": (Role.PELAPOR_LAPANGAN, BUNGKU),
    "provinsi": (Role.PENGAMAT_PROVINSI, JAMBI),
    "pdp": (Role.PETUGAS_PDP, BATANGHARI),
    "admin": (Role.ADMINISTRATOR_SISTEM, BATANGHARI),
    "asing": (Role.SEKRETARIS_TIM, PASER),
}


def a_photo(colour: str = "steelblue") -> io.BytesIO:
    """A picture as a camera sends it, new bytes for each colour."""
    out = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(out, "JPEG")
    out.seek(0)
    out.name = "lapangan.jpg"
    return out


@dataclass
class World:
    """The people by a short name, and the parts of one case in penghentian."""

    people: dict[str, User]
    polres: Institution
    case: Case
    party: Party
    activity: Activity
    figure: Figure
    agreement: Agreement
    document: Attachment

    def client(self, name: str) -> Client:
        """A browser in which `name` is logged in."""
        client = Client()
        client.force_login(self.people[name])
        return client


@pytest.fixture(autouse=True)
def _clock():
    """Edges read the clock; here it stands at the hour of the builders, or where a test puts it."""
    with mock.patch("django.utils.timezone.now", return_value=NOW):
        yield


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Batanghari on 22 November 2026, made once for each file of tests."""
    with standing(django_db_blocker, build) as made:
        yield made


@pytest.fixture
def world(built: World, db: None) -> World:
    """What was built, as if for this test alone: what a test writes is taken back, what it holds is its own copy."""
    return copy.deepcopy(built)


def build() -> World:
    """The people and the case, through the services."""
    polres = an_institution("Polres Batanghari")
    people = {name: a_user(role, at, name=name, of=polres if role is Role.ANGGOTA_TIM else None) for name, (role, at) in ROLES.items()}
    staff = people["staf"]
    case = a_case(actor=staff, title="Angkutan batu bara", opened_at=NOW - 30 * DAY)
    party = a_party(case, "Warga simpang", actor=staff, claim="Jalan ditutup", account="Debu masuk rumah")
    a_party(case, "Sopir angkutan", actor=staff)
    moved(case, Stage.PENGHENTIAN, actor=staff, at=NOW - 10 * DAY)
    activity = an_activity(case, actor=staff, title="Penyekatan simpang", institution=polres, planned_end=date(2026, 11, 20))
    figure = a_figure(case, actor=staff)
    agreement = an_agreement(case, actor=staff)
    photo = a_photo()
    document = attach(
        case=case, name="foto.jpg", content=photo, size=len(photo.getvalue()), title="Foto simpang", actor=staff, now=NOW, activity=activity
    )
    case.refresh_from_db()
    return World(people, polres, case, party, activity, figure, agreement, document)


@pytest.fixture
def alarmed(world: World) -> World:
    """The world an hour after violence came back: whoever has to know was told today."""
    staff = world.people["staf"]
    moved(world.case, Stage.PEMULIHAN, actor=staff, at=NOW - 2 * HOUR)
    moved(world.case, Stage.PENGHENTIAN, actor=staff, at=NOW - HOUR)
    return world


LATER = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
