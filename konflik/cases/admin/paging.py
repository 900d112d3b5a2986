"""Long lists: counted no further than a person turns pages."""

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.functional import cached_property
from unfold.views import ChangeList

COUNTED_TO = 10_000


class CappedPaginator(Paginator):
    """Counts no further than a person turns pages: counting 100,000 rows costs more than showing fifty."""

    template_name = "admin/capped_pagination.html"

    @cached_property
    def count(self) -> int:
        """How many rows, at most one more than the cap."""
        return self.object_list.order_by()[: COUNTED_TO + 1].count()

    @property
    def is_capped(self) -> bool:
        """Whether there are more than were counted."""
        return self.count > COUNTED_TO


class QuietChangeList(ChangeList):
    """Says "Tampilkan semua" only where something was left out."""

    def get_results(self, request: HttpRequest) -> None:
        """The page of the list."""
        super().get_results(request)
        if not self.query and not self.has_active_filters:
            self.full_result_count = self.result_count
