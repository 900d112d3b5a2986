"""The editable lists that a new installation starts with."""

from django.db import transaction

from konflik.cases.models import IssueType
from konflik.cases.tables import ISSUE_TYPES


@transaction.atomic
def load_issue_types() -> int:
    """Add the issue types that are not there yet and say how many; what the secretariat renamed or switched off stays so."""
    known = IssueType.objects.all()
    codes, labels = set(known.values_list("code", flat=True)), {label.casefold() for label in known.values_list("label", flat=True)}
    new = [IssueType(code=code, label=label) for code, label in ISSUE_TYPES.items() if code not in codes and label.casefold() not in labels]
    return len(IssueType.objects.bulk_create(new))
