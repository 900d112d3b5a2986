"""Randomised tests say with which seed they ran, and take one: KONFLIK_SEED=… ./test tests/journal."""

import os
import random
import secrets


def seeded(name: str) -> random.Random:
    """A source of chance; the seed stands in the output of a failing test."""
    seed = int(os.environ.get("KONFLIK_SEED") or secrets.randbits(32))
    print(f"{name}: KONFLIK_SEED={seed}")
    return random.Random(seed)
