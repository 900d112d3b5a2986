"""The saved tabs over the list of cases. A tab keeps what else the list is narrowed by."""

from dataclasses import dataclass

from django.contrib.admin.views.main import ChangeList

from konflik.law.stages import STAGE_LABELS

STAGE, ATTENTION, STUCK = "stage", "attention", "macet"
TABS: tuple[tuple[str, dict[str, str]], ...] = (
    ("Semua", {}),
    *((label, {STAGE: stage.value}) for stage, label in STAGE_LABELS.items()),
    ("Macet", {ATTENTION: STUCK}),
)


@dataclass(frozen=True)
class Tab:
    """One tab as the page draws it."""

    label: str
    query: str
    is_current: bool


def tabs(changelist: ChangeList) -> list[Tab]:
    """Every tab, with the address that it leads to from here."""
    asked = {name: _single(changelist.filter_params.get(name)) for name in (STAGE, ATTENTION)}
    return [
        Tab(label, changelist.get_query_string(dict(wanted), [STAGE, ATTENTION]), asked == {STAGE: "", ATTENTION: "", **wanted})
        for label, wanted in TABS
    ]


def _single(value: object) -> str:
    return str(value[0] if isinstance(value, list) else value or "")
