"""Who sees what is asked with nothing kept from the test before."""

import pytest


@pytest.fixture(autouse=True)
def _nothing_kept(nothing_kept: None) -> None:
    """In each test of this folder."""
