"""Loading: the password of the logins, what is not loaded, and the lists every installation starts with."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command

from konflik.cases.models import IssueType
from konflik.cases.services.reference import load_issue_types
from konflik.cases.tables import ISSUE_TYPES
from konflik.demo.loading import people
from konflik.demo.services import load
from konflik.demo.tables.homes import HOMES, Home

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
PASSWORD = "kata sandi peragaan"

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path, settings) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


def test_a_made_up_password_is_kept_and_a_given_one_replaces_it(folder):
    load(now=NOW)
    made = json.loads((folder / "demo_logins.json").read_text())[0]["kata_sandi"]
    assert len(made) >= 16
    load(now=NOW)
    assert authenticate(username="staf.paser", password=made)
    load(now=NOW, password=PASSWORD)
    assert authenticate(username="staf.paser", password=PASSWORD)
    assert not authenticate(username="staf.paser", password=made)


def test_a_kabupaten_whose_regions_are_not_loaded_is_left_out(folder, monkeypatch):
    nowhere = Home("99.99", "antah", "Antah Berantah", "Kesbangpol", camat=("99.99.01", "x", "X"), reporter=("99.99.01", "x", "X"))
    monkeypatch.setattr(people, "HOMES", (*HOMES, nowhere))
    assert load(now=NOW, password=PASSWORD).left_out == ("Antah Berantah",)


def test_the_issue_types_are_loaded_once_and_what_was_renamed_stays(capsys):
    call_command("load_reference")
    assert IssueType.objects.count() == len(ISSUE_TYPES)
    IssueType.objects.filter(pk="ormas").update(label="Ormas dan LSM", is_active=False)
    assert load_issue_types() == 0
    assert IssueType.objects.get(pk="ormas").label == "Ormas dan LSM"
