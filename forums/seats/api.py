"""Seats for machines. What a person believes is not among what a list hands out."""

from django.urls import path
from rest_framework import serializers

from forums.seats.filters import SeatFilters
from forums.seats.models import Seat
from konflik.law.bodies import ELEMENT_LABELS
from konflik.rest.reading import DetailView, ListView
from konflik.rest.shapes import Shape


class SeatRow(Shape):
    """One kedudukan in one body."""

    id = serializers.IntegerField(source="pk")
    body = serializers.IntegerField(source="body_id")
    region = serializers.CharField(source="body.region_id", help_text="Kode wilayah forum.")
    person_name = serializers.CharField(allow_blank=True)
    user = serializers.IntegerField(source="user_id", allow_null=True)
    institution = serializers.IntegerField(source="institution_id", allow_null=True)
    office = serializers.CharField(allow_blank=True)
    position = serializers.CharField()
    element = serializers.ChoiceField([(element.value, label) for element, label in ELEMENT_LABELS.items()])
    deputy_of = serializers.IntegerField(source="deputy_of_id", allow_null=True, help_text="Kedudukan yang diwakili.")
    valid_from = serializers.DateField()
    valid_until = serializers.DateField(allow_null=True)


class SeatList(ListView):
    """Kedudukan dalam forum di wilayah Anda."""

    model = Seat
    shape = SeatRow
    filters = SeatFilters
    orderings = ("pk", "-pk", "valid_from", "-valid_from")


class SeatDetail(DetailView):
    """Satu kedudukan."""

    model = Seat
    shape = SeatRow


SEAT_PATTERNS = [
    path("seats/", SeatList.as_view(), name="seats"),
    path("seats/<int:pk>/", SeatDetail.as_view(), name="seat"),
]
