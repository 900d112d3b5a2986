"""How one thing that can be done to a case is written down. The team pages and the admin draw the same rows."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from accounts.access.tables import Act
from konflik.cases.models import Case
from konflik.cases.selectors.permitted import Permitted
from konflik.cases.tables import ACT_FOR
from konflik.desk.forms.base import ActionForm

Rows = Callable[[Case], QuerySet]
MayDo = Callable[[Permitted, Any], bool]


@dataclass(frozen=True)
class CaseAction:
    """One thing that can be done to a case: its name and address, its words, the form that calls its one service.

    `ACT_FOR` says by the name what somebody must be allowed on this case; `rows` are the parts of the case it can be about;
    `part` is where on the case page its result stands.
    """

    name: str
    route: str
    label: str
    form: type[ActionForm]
    part: str = "atas"
    rows: Rows | None = None
    may: MayDo | None = None
    from_address: Callable[[dict[str, Any]], dict[str, Any] | None] = field(default=lambda kwargs: {})

    @property
    def act(self) -> Act:
        """What somebody must be allowed on the case."""
        return ACT_FOR[self.name]

    def is_open(self, permitted: Permitted, row: Any = None) -> bool:
        """Whether somebody with `permitted` may do this, on `row` where it is about one."""
        return self.may(permitted, row) if self.may else permitted.allows(self.act)
