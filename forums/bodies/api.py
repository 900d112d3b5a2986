"""Bodies for machines."""

from datetime import datetime

from django.urls import path
from rest_framework import serializers

from accounts.users.models import User
from forums.bodies.filters import BodyFilters
from forums.bodies.models import Body, BodyQuerySet
from konflik.law.bodies import BODY_RULES
from konflik.rest.reading import DetailView, ListView
from konflik.rest.shapes import Shape

KINDS = [(kind.value, rule.label) for kind, rule in BODY_RULES.items()]


class BodyRow(Shape):
    """One body for the period of its SK."""

    id = serializers.IntegerField(source="pk")
    kind = serializers.ChoiceField(KINDS)
    name = serializers.CharField()
    region = serializers.CharField(source="region_id", help_text="Kode wilayah.")
    secretariat = serializers.IntegerField(source="secretariat_id", allow_null=True, help_text="Instansi.")
    legal_basis = serializers.CharField()
    decree_number = serializers.CharField(allow_blank=True)
    decree_on = serializers.DateField(allow_null=True)
    valid_from = serializers.DateField()
    valid_until = serializers.DateField(allow_null=True)


class BodyFull(BodyRow):
    """One body with what its own page says."""

    religions_present = serializers.ListField(child=serializers.CharField(), help_text="Agama yang ada di daerah, untuk FKUB.")
    note = serializers.CharField(allow_blank=True)


class BodyList(ListView):
    """Forum di wilayah Anda, yang SK-nya paling baru lebih dahulu."""

    shape = BodyRow
    filters = BodyFilters
    orderings = ("-valid_from", "valid_from", "pk", "-pk")

    def rows(self, reader: User, at: datetime) -> BodyQuerySet:
        """The one rule of visibility."""
        return Body.objects.visible_to(reader, at=at)


class BodyDetail(DetailView):
    """Satu forum."""

    shape = BodyFull

    def rows(self, reader: User, at: datetime) -> BodyQuerySet:
        """The one rule of visibility."""
        return Body.objects.visible_to(reader, at=at)


BODY_PATTERNS = [
    path("bodies/", BodyList.as_view(), name="bodies"),
    path("bodies/<int:pk>/", BodyDetail.as_view(), name="body"),
]
