"""What the API says of numbers, for the schema."""

from typing import Any

from rest_framework import serializers

from konflik.rest.shapes import Shape


class SpanShape(Shape):
    """First and last day, both counted."""

    first = serializers.DateField()
    last = serializers.DateField()


class CoversField(serializers.ListField):
    """Which regions the numbers hold whole."""

    child = serializers.CharField()

    def __init__(self, **told: Any) -> None:
        super().__init__(help_text="Wilayah yang terhitung utuh: yang diminta, atau bagiannya yang terbuka bagi Anda.", **told)


class NumbersShape(Shape):
    """Numbers of cases; every name is explained in the metadata."""

    opened = serializers.IntegerField()
    closed = serializers.IntegerField()
    reopened = serializers.IntegerField()
    entered = serializers.IntegerField()
    left = serializers.IntegerField()
    standing = serializers.IntegerField()


class CaseNumbersRow(NumbersShape):
    """One combination of the dimensions asked for."""

    region = serializers.CharField(required=False, help_text="Kode; kosong: kecamatan belum dicatat.")
    stage = serializers.CharField(required=False)
    source = serializers.CharField(required=False)  # type: ignore[assignment]
    issue_type = serializers.CharField(required=False)
    severity = serializers.CharField(required=False)
    month = serializers.DateField(required=False, help_text="Hari pertama bulan.")


class CaseTotal(NumbersShape):
    """All of it together, with the share diselesaikan / total."""

    settled_share = serializers.FloatField(allow_null=True)


class BeforeShape(Shape):
    """The same for the period before, as long."""

    period = SpanShape()
    total = CaseTotal()


class CaseNumbers(Shape):
    """Numbers of cases with the period before."""

    period = SpanShape()
    region = serializers.CharField()
    covers = CoversField()
    basis = serializers.ChoiceField(["cells", "journal"])
    total = CaseTotal()
    before = BeforeShape()
    results = CaseNumbersRow(many=True)


class StageTimeRow(Shape):
    """Days in a stage that was left in the period."""

    stage = serializers.CharField()
    number = serializers.IntegerField()
    median = serializers.FloatField()
    p90 = serializers.FloatField()


class ActivityNumbersRow(Shape):
    """Kegiatan of one kind."""

    stage = serializers.CharField()
    kind = serializers.CharField()
    done = serializers.IntegerField()
    open = serializers.IntegerField()
    overdue = serializers.IntegerField()


class DeadlineNumbersRow(Shape):
    """Deadlines of one rule."""

    rule = serializers.CharField()
    due = serializers.IntegerField()
    met = serializers.IntegerField()
    met_late = serializers.IntegerField()
    overdue = serializers.IntegerField()
    running = serializers.IntegerField()
    cancelled = serializers.IntegerField()


class FigureNumbersRow(Shape):
    """Authoritative figures of one measure by one source."""

    measure = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]
    cases = serializers.IntegerField()
    value = serializers.CharField(help_text="Desimal sebagai teks.")
    newest = serializers.DateTimeField()


def numbers_of(row: type[Shape]) -> type[Shape]:
    """An answer with rows of this kind, and those of the period before."""
    name = row.__name__.replace("Row", "s")
    earlier = type(f"{name}Before", (Shape,), {"period": SpanShape(), "results": row(many=True), "__doc__": BeforeShape.__doc__})
    told = {
        "period": SpanShape(),
        "region": serializers.CharField(),
        "covers": CoversField(),
        "results": row(many=True),
        "before": earlier(),
        "__doc__": row.__doc__,
    }
    return type(name, (Shape,), told)
