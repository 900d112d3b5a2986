"""Long lists of which the parts stand in different places: each part is read along its own index, as far as the page asks."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from unfold.views import ChangeList

from konflik.cases.admin import paging


class WalkingPaginator(paging.CappedPaginator):
    """Pages over parts that never overlap. With one part it is a plain list; a database asked for *or* sorts everything first."""

    def __init__(self, object_list: QuerySet, per_page: int, *, parts: Sequence[Q], **more: Any) -> None:
        super().__init__(object_list, per_page, **more)
        self.parts = [object_list.filter(part) for part in parts]

    @cached_property
    def count(self) -> int:
        """How many rows, at most one more than the cap."""
        found = sum(rows.order_by()[: paging.COUNTED_TO + 1].count() for rows in self.parts)
        return min(found, paging.COUNTED_TO + 1)

    def page(self, number: Any) -> Any:
        """The page: the keys of every part as far as its end, then the rows themselves."""
        number = self.validate_number(number)
        top = number * self.per_page
        if len(self.parts) == 1:
            return Page(self.parts[0][top - self.per_page : top], number, self)
        keys = [key for rows in self.parts for key in rows.prefetch_related(None).values_list("pk", flat=True)[:top]]
        return Page(self.object_list.filter(pk__in=keys)[top - self.per_page : top], number, self)


class WalkingList(ChangeList):
    """A list that asks its paginator even where everything fits on one page."""

    def get_results(self, request: HttpRequest) -> None:
        """As Django, but never by the whole filter at once."""
        super().get_results(request)
        if not self.multi_page:
            self.result_list = self.paginator.page(1).object_list
