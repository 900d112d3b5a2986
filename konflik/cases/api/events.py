"""The history of a case, from the journal."""

from collections.abc import Mapping
from typing import Any

import django_filters
from rest_framework import serializers

from konflik.cases.api.base import CasePartList
from konflik.journal.models import JournalLine
from konflik.law.events import EVENT_LABELS, Event
from konflik.rest.params import InstantFilter
from konflik.rest.shapes import InstantField, Made, Shape

OF_OTHER_CASES = frozenset({"other", "parent"})
"""Keys that name another case, which the reader may not be allowed to see; `links/` tells of those that may."""


def _own(payload: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in payload.items() if name not in OF_OTHER_CASES}


class EventRow(Shape):
    """One line of the history: what happened, when, who wrote it down, on what basis."""

    id = serializers.IntegerField(source="pk")
    event = serializers.ChoiceField([(k.value, v) for k, v in EVENT_LABELS.items()])
    label = Made(serializers.CharField(), "event", of=lambda event: EVENT_LABELS[Event(event)])  # type: ignore[assignment]
    occurred_at = InstantField(zone="case.kabupaten.time_zone")
    recorded_at = InstantField(zone="case.kabupaten.time_zone")
    actor = serializers.IntegerField(source="actor_id", allow_null=True)
    basis = serializers.CharField(allow_blank=True)
    corrects = serializers.IntegerField(source="corrects_id", allow_null=True)
    facts = Made(serializers.DictField(), "payload", of=_own)
    texts = Made(serializers.DictField(), "detail.data", of=lambda data: data or {})


class EventFilters(django_filters.FilterSet):
    """What a history may be narrowed by."""

    event = django_filters.ChoiceFilter(label="Kejadian.", choices=[(k.value, v) for k, v in EVENT_LABELS.items()])
    occurred_after = InstantFilter("occurred_at", "gte", label="Terjadi pada atau sesudah.")
    occurred_before = InstantFilter("occurred_at", "lt", label="Terjadi sebelum.")


class Events(CasePartList):
    """Riwayat satu perkara, yang terbaru lebih dahulu."""

    model = JournalLine
    shape = EventRow
    filters = EventFilters
    orderings = ("-occurred_at", "occurred_at", "-pk", "pk")
