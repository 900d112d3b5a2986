"""The log says what happened, never about whom (S44)."""

import io
import logging
from collections.abc import Iterator

import pytest
from django.db import IntegrityError
from django.http import HttpRequest
from django.test import Client, override_settings
from django.urls import path

from konflik.logs import DiscreetFormatter

TOKEN = "c8x1-4f2d9b"
NAME = "Siti Nurbaya"


def breaks(_request: HttpRequest, token: str) -> None:
    assert token == TOKEN
    raise IntegrityError(f'duplicate key value violates unique constraint "user_email_once"\nDETAIL:  Key (name)=({NAME}) already exists.')


urlpatterns = [path("tautan/<str:token>/", breaks)]


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the console would show, from DEBUG up."""
    target = io.StringIO()
    handler = logging.StreamHandler(target)
    handler.setFormatter(DiscreetFormatter("%(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    yield target
    root.removeHandler(handler)


@pytest.mark.django_db
@override_settings(ROOT_URLCONF="tests.test_logs", MIDDLEWARE=[])
def test_a_crash_shows_its_place_and_neither_link_nor_row(log: io.StringIO) -> None:
    answer = Client(raise_request_exception=False).get(f"/tautan/{TOKEN}/", {"q": NAME})
    assert answer.status_code == 500
    text = log.getvalue()
    assert "Internal Server Error: /tautan/<str:token>/" in text
    assert "user_email_once" in text
    assert "test_logs.py" in text
    assert TOKEN not in text
    assert NAME not in text


@pytest.mark.django_db
@override_settings(ROOT_URLCONF="tests.test_logs", MIDDLEWARE=[])
def test_a_refusal_does_not_repeat_what_was_asked_for(log: io.StringIO) -> None:
    Client().get(f"/cari/{NAME}/")
    assert NAME not in log.getvalue()


@pytest.mark.parametrize("typed", ["a\nERROR root: palsu", "a\r\nERROR root: palsu"])
def test_a_line_break_forges_no_line(log: io.StringIO, typed: str) -> None:
    logging.getLogger("konflik").warning("diketik: %s", typed)
    assert len(log.getvalue().splitlines()) == 1
