"""What a list of notices may be narrowed by."""

import django_filters
from django.db.models import QuerySet

from konflik.law.telling import GROUP_LABELS, URGENCY_LABELS
from konflik.notices.models.notice import STILL_ASKING
from konflik.notices.tables import SOURCE_LABELS
from konflik.rest.params import InstantFilter, YesNoFilter


class UnreadFilter(YesNoFilter):
    """Never opened, or opened."""

    def filter(self, qs: QuerySet, value: bool) -> QuerySet:  # noqa: FBT001 - as django-filter calls it
        """`qs` narrowed."""
        return qs.filter(seen_at__isnull=value)


class AwaitedFilter(YesNoFilter):
    """An answer is still owed, or is not."""

    def filter(self, qs: QuerySet, value: bool) -> QuerySet:  # noqa: FBT001 - as django-filter calls it
        """`qs` narrowed."""
        return qs.filter(STILL_ASKING) if value else qs.exclude(STILL_ASKING)


class NoticeFilters(django_filters.FilterSet):
    """By what it is about, and by what it waits for."""

    source = django_filters.ChoiceFilter(label="Asal.", choices=[(source.value, label) for source, label in SOURCE_LABELS.items()])
    group = django_filters.ChoiceFilter(label="Kelompok.", choices=[(group.value, label) for group, label in GROUP_LABELS.items()])
    urgency = django_filters.ChoiceFilter(label="Sifat.", choices=[(urgency.value, label) for urgency, label in URGENCY_LABELS.items()])
    unread = UnreadFilter(label="Belum dibaca, atau sudah.")
    awaited = AwaitedFilter(label="Menunggu jawaban Anda, atau tidak.")
    created_after = InstantFilter("created_at", "gte", label="Dibuat pada atau sesudah.")
