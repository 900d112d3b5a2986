"""The notices of whoever asks."""

from datetime import datetime

from django.db.models import Case as IfSo
from django.db.models import Exists, OuterRef, Q, QuerySet, Value, When

from accounts.access.selectors import narrowing_of
from accounts.users.models import User
from konflik.cases.models import Case
from konflik.desk.api.shapes import NoticeRow
from konflik.desk.filters.notices import NoticeFilters
from konflik.law.secrecy import Secrecy
from konflik.notices.models import Notice
from konflik.notices.selectors.hooks import within_clocks
from konflik.rest.reading import DetailView, ListView


def notices_of(reader: User, at: datetime) -> QuerySet[Notice]:
    """What lies in the bell of `reader`; `is_open` says whether `reader` may see now what it is about, as the pages ask it.

    A key leaves of its owner's notices only those, by the rule of what is sent to it: not even their number may tell of a case above
    its class (S14).
    """
    seen = Case.objects.visible_to(reader, at=at).filter(pk=OuterRef("case_id"))
    has_key = narrowing_of(reader) is not None
    may_see = (Q(case__isnull=False) & Exists(seen)) | within_clocks(reader, at=at)
    if not has_key:  # a person was told of what is biasa by the duty itself
        may_see |= Q(case__isnull=True, secrecy__lte=Secrecy.BIASA)
    rows = Notice.objects.in_bell_of(reader).annotate(is_open=IfSo(When(may_see, then=Value(True)), default=Value(False)))
    return rows.filter(is_open=True) if has_key else rows


class NoticeList(ListView):
    """Pemberitahuan kepada Anda, yang terbaru lebih dahulu."""

    shape = NoticeRow
    filters = NoticeFilters
    orderings = ("-pk", "pk")

    def rows(self, reader: User, at: datetime) -> QuerySet:
        """Those of nobody else."""
        return notices_of(reader, at)


class NoticeDetail(DetailView):
    """Satu pemberitahuan kepada Anda. Membacanya di sini tidak menandainya sebagai dibaca."""

    shape = NoticeRow

    def rows(self, reader: User, at: datetime) -> QuerySet:
        """Those of nobody else."""
        return notices_of(reader, at)
