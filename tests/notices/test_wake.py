"""The hint to the worker: once for each transaction, after it, and never in the way of what a person does."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from konflik import caching
from konflik.celery import app
from konflik.notices import wake
from tests.notices.mail_server import closed_port


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(wake._away, "until", 0.0)
    monkeypatch.setitem(caching._away, "until", 0.0)


@contextmanager
def silent_redis() -> Iterator[tuple[int, list[int]]]:
    """Takes every connection and never says a word."""
    listener = socket.create_server(("127.0.0.1", 0))
    asked: list[int] = []
    kept = []

    def run() -> None:
        with suppress(OSError):
            while True:
                sock, _ = listener.accept()
                kept.append(sock)
                asked.append(1)

    threading.Thread(target=run, daemon=True).start()
    try:
        yield listener.getsockname()[1], asked
    finally:
        listener.close()
        for sock in kept:
            sock.close()


@contextmanager
def broker(url: str, monkeypatch: pytest.MonkeyPatch, settings: object) -> Iterator[None]:
    settings.REDIS_URL = url
    app.set_current()
    before = app.conf.broker_url, app.conf.broker_transport_options
    app.conf.update(broker_url=url, broker_write_url=url, broker_transport_options={})
    try:
        yield
    finally:
        app.conf.update(broker_url=before[0], broker_write_url=before[0], broker_transport_options=before[1])


@pytest.mark.django_db
def test_one_hint_for_a_transaction_and_none_for_one_that_failed(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    sent: list[str] = []
    monkeypatch.setattr(app, "send_task", lambda name, **_: sent.append(name))
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        for _ in range(5):
            wake.wake()
        assert sent == [], "not before it is through"
    assert sent == [wake.DELIVER_TASK]
    with django_capture_on_commit_callbacks(execute=True), suppress(ZeroDivisionError), transaction.atomic():
        wake.wake()
        1 / 0  # noqa: B018
    assert sent == [wake.DELIVER_TASK]


def test_a_broker_that_refuses_is_left_alone_for_a_while(
    monkeypatch: pytest.MonkeyPatch, settings: object, caplog: pytest.LogCaptureFixture
) -> None:
    with broker(f"redis://127.0.0.1:{closed_port()}/0", monkeypatch, settings):
        wake.publish()
        wake.publish()
    assert caplog.text.count("broker is away") == 1


def test_a_broker_that_never_answers_is_asked_once_and_holds_nobody(monkeypatch: pytest.MonkeyPatch, settings: object) -> None:
    with silent_redis() as (port, asked), broker(f"redis://127.0.0.1:{port}/0", monkeypatch, settings):
        wake.publish()
        first = len(asked)
        wake.publish()
        assert first == len(asked) == 1


def test_the_folder_of_the_embedded_default_takes_a_hint_that_carries_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: object
) -> None:
    with broker("filesystem://localhost", monkeypatch, settings):
        settings.REDIS_URL = ""
        folder = {"data_folder_in": str(tmp_path), "data_folder_out": str(tmp_path), "control_folder": str(tmp_path / "control")}
        app.conf.update(broker_transport_options=folder)
        wake.publish()
    [file] = [path for path in tmp_path.iterdir() if path.is_file()]
    message = json.loads(file.read_text())
    assert message["headers"]["task"] == wake.DELIVER_TASK
    assert message["headers"]["argsrepr"] == "()"
    assert message["headers"]["kwargsrepr"] == "{}"


@pytest.mark.parametrize("kind", ["refuses", "never answers"])
def test_a_cache_that_is_away_gives_way_to_the_memory_of_the_process(kind: str) -> None:
    with silent_redis() as (port, asked):
        where = port if kind == "never answers" else closed_port()
        params = {"KEY_PREFIX": kind.replace(" ", "-"), "OPTIONS": {"socket_timeout": 0.1, "socket_connect_timeout": 0.1}}
        cache = caching.PatientRedisCache(f"redis://127.0.0.1:{where}/0", params)
        assert cache.add("kunci", 1)
        assert not cache.add("kunci", 1)
        cache.set("lain", [1])
        assert (cache.get("kunci"), cache.get("lain"), cache.get("tidak-ada", 7)) == (1, [1], 7)
        assert cache.incr("kunci") == 2
        cache.delete("kunci")
        assert cache.get_many(["kunci", "lain"]) == {"lain": [1]}
        cache.clear()
        assert not cache.has_key("lain")
        assert len(asked) <= 1
