"""The figures that a new installation starts with for limits that no text fixes."""

import csv
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from konflik.clocks.models import Policy
from konflik.law.grammar.durations import Unit
from konflik.law.grammar.policies import FirstPolicy

FIRST_POLICIES = Path(__file__).resolve().parent.parent / "data" / "policies.csv"


def first_policies() -> list[FirstPolicy]:
    """What the installation brings along: practice with its source, and what is off until somebody enters a figure."""
    with FIRST_POLICIES.open(encoding="utf-8", newline="") as rows:
        return [
            FirstPolicy(
                code=row["code"],
                number=int(row["number"]) if row["number"] else None,
                unit=Unit(row["unit"]),
                valid_from=date.fromisoformat(row["valid_from"]),
                basis=row["basis"],
            )
            for row in csv.DictReader(rows)
        ]


@transaction.atomic
def load_policies(*, now: datetime) -> int:
    """Add a first policy, not confirmed, for every rule that has none for all kabupaten yet, and say how many."""
    known = set(Policy.objects.filter(kabupaten__isnull=True).values_list("code", flat=True))
    new = [
        Policy(code=row.code, number=row.number, unit=row.unit.value, basis=row.basis, valid_from=row.valid_from, recorded_at=now)
        for row in first_policies()
        if row.code not in known
    ]
    return len(Policy.objects.bulk_create(new))
