"""What the API says of a case."""

from rest_framework import serializers

from konflik.law.qualifications import QUALIFICATION_LABELS
from konflik.law.secrecy import Secrecy
from konflik.law.severity import Severity
from konflik.law.sources import SOURCE_LABELS
from konflik.law.stages import STAGE_LABELS
from konflik.rest.shapes import InstantField, Shape, WordField

SOURCES = [(k.value, v) for k, v in SOURCE_LABELS.items()]
SEVERITIES = [severity.name.lower() for severity in Severity]
ZONE = "kabupaten.time_zone"


class CaseRow(Shape):
    """One case in a list. Instants stand on the clocks of its kabupaten."""

    id = serializers.IntegerField(source="pk")
    number = serializers.CharField()
    title = serializers.CharField()
    province = serializers.CharField(source="province_id", help_text="Kode wilayah.")
    kabupaten = serializers.CharField(source="kabupaten_id", help_text="Kode wilayah.")
    stage = serializers.ChoiceField([(k.value, v) for k, v in STAGE_LABELS.items()])
    stage_since = InstantField(zone=ZONE)
    source = serializers.ChoiceField(SOURCES)  # type: ignore[assignment]
    issue_type = serializers.CharField(source="issue_type_id")
    qualification = serializers.ChoiceField([(k.value, v) for k, v in QUALIFICATION_LABELS.items()])
    severity = WordField(Severity)
    secrecy = WordField(Secrecy)
    opened_at = InstantField(zone=ZONE)
    closed_at = InstantField(zone=ZONE, allow_null=True)
    is_late_entry = serializers.BooleanField()
    updated_at = InstantField(zone=ZONE)
    version = serializers.IntegerField()


class PlaceRow(Shape):
    """One place of a case."""

    region = serializers.CharField(source="region_id", help_text="Kode wilayah.")
    label = serializers.CharField(source="region.label")  # type: ignore[assignment]
    is_leading = serializers.BooleanField()


class CaseFull(CaseRow):
    """One case with what its own row says, and its places."""

    chronology = serializers.CharField()
    handler = serializers.IntegerField(source="handler_id", allow_null=True)
    handler_institution = serializers.IntegerField(source="handler_institution_id", allow_null=True)
    parent = serializers.IntegerField(source="parent_id", allow_null=True)  # type: ignore[assignment]
    satgas = serializers.IntegerField(source="satgas_id", allow_null=True)
    recorded_at = InstantField(zone=ZONE)
    places = PlaceRow(many=True)
