"""One installation under `manage.py serve`, shared by the tests of this folder; every one leaves it running and well."""

import socket
from collections.abc import Iterator

import pytest

from tests.installation import Installation
from tests.serving.watching import Watched


@pytest.fixture(scope="module")
def busy_port() -> Iterator[int]:
    """A port on which somebody else listens already."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory, busy_port: int) -> Iterator[Installation]:
    """Empty at first; `serve` itself prepares it."""
    installation = Installation(tmp_path_factory.mktemp("serve") / "data", PORT=str(busy_port), KONFLIK_PROVINCE="15")
    installation.create_database()
    try:
        yield installation
    finally:
        installation.close()


@pytest.fixture
def running(own: Installation) -> Watched:
    """Up and healthy; started again where an earlier test ended it."""
    if own.children and own.children[-1].poll() is None:
        return Watched.of(own)
    watched = Watched.start(own)
    watched.wait_for("konflik siap:", seconds=120)
    return watched
