"""Bodies for machines."""

from django.urls import path
from rest_framework import serializers

from forums.bodies.filters import BodyFilters
from forums.bodies.models import Body
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

    model = Body
    shape = BodyRow
    filters = BodyFilters
    orderings = ("-valid_from", "valid_from", "pk", "-pk")


class BodyDetail(DetailView):
    """Satu forum."""

    model = Body
    shape = BodyFull


BODY_PATTERNS = [
    path("bodies/", BodyList.as_view(), name="bodies"),
    path("bodies/<int:pk>/", BodyDetail.as_view(), name="body"),
]
