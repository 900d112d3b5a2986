"""What is dear to build is built once for a file of tests, in a transaction around all of them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar
from unittest import mock

from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.builders import NOW

Built = TypeVar("Built")


@contextmanager
def standing(blocker: DjangoDbBlocker, build: Callable[[], Built]) -> Iterator[Built]:
    """For a fixture of scope "module": what `build` gives, at the hour of the builders, stands for all tests of the file.

    What a test writes is taken back after it; hand each test a copy of the objects, never the objects themselves.
    """
    with blocker.unblock(), transaction.atomic():
        with mock.patch("django.utils.timezone.now", return_value=NOW):
            built = build()
        yield built
        transaction.set_rollback(True)
