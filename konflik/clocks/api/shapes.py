"""What the API says of limits of the law and of working days."""

from rest_framework import serializers

from konflik.law.grammar.clocks import Counting
from konflik.law.grammar.deadlines import Strength
from konflik.law.grammar.durations import Unit
from konflik.law.offices import OFFICE_LABELS
from konflik.rest.shapes import Shape

OFFICES = [(office.value, label) for office, label in OFFICE_LABELS.items()]


class ExampleShape(Shape):
    """The worked example of a limit."""

    start = serializers.DateTimeField()
    last_day = serializers.DateField(allow_null=True, help_text="Hari terakhir; kosong untuk aturan jam.")
    due_at = serializers.DateTimeField(help_text="Pukul 24.00 hari terakhir, yaitu 00.00 hari berikutnya, atau saat yang tepat.")
    note = serializers.CharField(allow_blank=True)


class RuleShape(Shape):
    """One limit of the law."""

    code = serializers.CharField()
    number = serializers.CharField(allow_blank=True, help_text="Nomor dalam daftar tenggat, misalnya D01.")
    chapter = serializers.CharField()
    title = serializers.CharField()
    basis = serializers.CharField(help_text="Pasal, sebagaimana dikutip.")
    text = serializers.CharField()
    is_quoted = serializers.BooleanField(help_text="`text` adalah bunyi peraturan; bila tidak, pokoknya.")
    strength = serializers.ChoiceField([strength.value for strength in Strength])
    counting = serializers.ChoiceField([counting.value for counting in Counting])
    number_of = serializers.IntegerField(allow_null=True, help_text="Angka dalam naskah; kosong bila ditetapkan dengan kebijakan.")
    unit = serializers.ChoiceField([unit.value for unit in Unit], allow_null=True)
    how = serializers.CharField(help_text="Cara menghitung.")
    start_means = serializers.CharField(help_text="Arti `start` pada pratinjau.")
    starts_with = serializers.ListField(child=serializers.CharField(), help_text="Kejadian yang memulainya.")
    counted_from = serializers.CharField(allow_blank=True, help_text="Kode aturan yang menjadi dasar hitungannya.")
    duty_of = serializers.ChoiceField(OFFICES)
    told = serializers.ListField(child=serializers.ChoiceField(OFFICES))
    addressed_to = serializers.CharField(allow_blank=True)
    warn_days_before = serializers.ListField(child=serializers.IntegerField())
    since = serializers.DateField(allow_null=True)
    until = serializers.DateField(allow_null=True)
    example = ExampleShape(allow_null=True)


class RulePage(Shape):
    """All limits that fit, on one page."""

    results = RuleShape(many=True)
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    count = serializers.IntegerField()
    count_is_exact = serializers.BooleanField()


class StepShape(Shape):
    """One day of the walk."""

    day = serializers.DateField()
    number = serializers.IntegerField(allow_null=True, help_text="Hitungan hari itu; kosong bila tidak dihitung.")
    reason = serializers.CharField(allow_blank=True, help_text="Mengapa tidak dihitung.")


class PeriodShape(Shape):
    """One period of a recurring duty."""

    code = serializers.CharField()
    first_day = serializers.DateField()
    last_day = serializers.DateField()


class PreviewShape(Shape):
    """When a limit would end."""

    rule = serializers.CharField()
    title = serializers.CharField()
    start = serializers.DateTimeField()
    start_means = serializers.CharField()
    region = serializers.CharField()
    time_zone = serializers.CharField()
    figure = serializers.CharField(allow_blank=True)
    basis = serializers.CharField(help_text="Pasal, atau keputusan yang mendasari angkanya.")
    rests_on = serializers.CharField(help_text="Tertulis dalam peraturan, atau kebijakan.")
    last_day = serializers.DateField(allow_null=True)
    due_at = serializers.DateTimeField(allow_null=True)
    reason = serializers.CharField(allow_blank=True, help_text="Mengapa tidak ada tanggal.")
    is_provisional = serializers.BooleanField(help_text="Kalender hari libur belum ditetapkan sejauh itu.")
    period = PeriodShape(allow_null=True)
    explanation = serializers.ListField(child=serializers.CharField())
    steps = StepShape(many=True)


class DayLeftOut(Shape):
    """One day that is no working day."""

    day = serializers.DateField()
    reason = serializers.CharField()


class WorkingDaysShape(Shape):
    """Working days between two days, both counted."""

    region = serializers.CharField()
    calendar_days = serializers.IntegerField()
    working_days = serializers.IntegerField()
    left_out = DayLeftOut(many=True)
    is_provisional = serializers.BooleanField(help_text="Kalender hari libur belum ditetapkan untuk semua hari itu.")
    decided_from = serializers.DateField(allow_null=True)
    decided_until = serializers.DateField(allow_null=True)

    def get_fields(self) -> dict[str, serializers.Field]:
        """With both ends, whose names are words of Python."""
        return {"from": serializers.DateField(), "to": serializers.DateField(), **super().get_fields()}
