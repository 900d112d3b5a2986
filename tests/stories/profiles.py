"""How long a random story is told: KONFLIK_PROFILE=quick (the default), ci (the default in CI) or full."""

import os

from hypothesis import HealthCheck, Phase, settings

RUNS = {"quick": (100, 20), "ci": (2000, 200), "full": (2000, 200)}
PROFILE = os.environ.get("KONFLIK_PROFILE") or ("ci" if os.environ.get("CI") else "quick")
THROUGH_SERVICES, THROUGH_PAGES = RUNS[PROFILE]


def told(examples: int, steps: int) -> settings:
    """So many stories of at most so many steps; the database of found failures stays out of the tree."""
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        print_blob=True,
        phases=(Phase.explicit, Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
