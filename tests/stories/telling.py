"""Settings of the random stories."""

from hypothesis import HealthCheck, Phase, settings


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
