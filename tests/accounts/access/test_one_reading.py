"""Postings are read once for a request, anew where they were changed in it, and every time elsewhere."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from accounts.access.selectors import acts_of, may, postings_of
from accounts.access.tables import Act
from accounts.postings.models import Posting
from accounts.postings.selectors import once, reading_once
from accounts.postings.services import end_posting
from tests.builders import NOW, a_user

pytestmark = pytest.mark.django_db


def test_inside_the_block_a_person_is_read_once(django_assert_num_queries: Callable) -> None:
    first, second = a_user(), a_user()
    with reading_once(), django_assert_num_queries(2):
        for _ in range(3):
            assert may(first, Act.OPEN_CASE, at=NOW)
            assert acts_of(second, at=NOW)


def test_outside_it_every_question_is_asked_anew(django_assert_num_queries: Callable) -> None:
    user = a_user()
    with reading_once():
        assert postings_of(user, at=NOW)
    Posting.objects.filter(user=user).delete()
    with django_assert_num_queries(1):
        assert postings_of(user, at=NOW) == []


def test_a_request_that_writes_reads_postings_once_and_all_else_each_time(django_assert_num_queries: Callable) -> None:
    user, asked = a_user(), []
    with reading_once(writes=True), django_assert_num_queries(1):
        for _ in range(3):
            assert may(user, Act.OPEN_CASE, at=NOW)
            once("number", lambda: asked.append("again"))
    assert len(asked) == 3


def test_a_posting_ended_in_a_request_is_ended_for_the_rest_of_it() -> None:
    user = a_user()
    with reading_once(writes=True):
        assert postings_of(user, at=NOW)
        end_posting(posting=Posting.objects.get(user=user), valid_until=NOW.date() - timedelta(days=1))
        assert postings_of(user, at=NOW) == []


def test_a_block_within_a_block_reads_for_itself() -> None:
    user = a_user()
    with reading_once():
        assert postings_of(user, at=NOW)
        Posting.objects.filter(user=user).delete()
        with reading_once():
            assert postings_of(user, at=NOW) == []
        assert postings_of(user, at=NOW)


def test_the_next_page_sees_what_was_taken_away() -> None:
    user = a_user()
    client = Client()
    client.force_login(user)
    assert client.get("/admin/konflik/case/").status_code == 200
    Posting.objects.filter(user=user).delete()
    assert client.get("/admin/konflik/case/").status_code in {302, 403}
