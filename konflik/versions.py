"""Rows that carry a version: who saw an older one is told what stands now. One winner, on both databases."""

from collections.abc import Mapping
from typing import TypeVar

from django.db.models import Model

Row = TypeVar("Row", bound=Model)


class StaleVersion(Exception):
    """Somebody changed the row since it was shown. `current` is the row as it stands now."""

    def __init__(self, current: object) -> None:
        super().__init__("Data ini sudah diubah orang lain sejak Anda membukanya.")
        self.current = current


def swap_row(row: Row, *, seen_version: int, changes: Mapping[str, object], related: tuple[str, ...] = ()) -> Row:
    """Change columns of a versioned row if it still has `seen_version`, and give it as it stands, with its `related` rows.

    Raises StaleVersion with the row as it stands when somebody was faster.
    """
    rows = type(row)._default_manager.all()  # noqa: SLF001 - Django documents it
    won = rows.filter(pk=row.pk, version=seen_version).update(version=seen_version + 1, **changes)
    current = (rows.select_related(*related) if related else rows).get(pk=row.pk)
    if not won:
        raise StaleVersion(current)
    return current
