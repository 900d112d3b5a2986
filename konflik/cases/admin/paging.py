"""Long lists: counted no further than a person turns pages."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

COUNTED_TO = 10_000


class CappedPaginator(Paginator):
    """Counts no further than a person turns pages: counting 100,000 rows costs more than showing fifty."""

    template_name = "admin/capped_pagination.html"

    object_list: QuerySet

    @cached_property
    def count(self) -> int:
        """How many rows, at most one more than the cap."""
        return self.object_list.order_by()[: COUNTED_TO + 1].count()

    @property
    def is_capped(self) -> bool:
        """Whether there are more than were counted."""
        return self.count > COUNTED_TO
