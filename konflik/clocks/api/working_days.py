"""Working days between two days."""

from datetime import date, timedelta

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request

from konflik.clocks.api.open import Questions
from konflik.clocks.api.shapes import WorkingDaysShape
from konflik.clocks.selectors import days_off
from konflik.law.grammar.counting import working_days
from konflik.rest.everybody import OpenView

LONGEST = 1100
"""Three years of days: nobody counts further, and each day left out is named."""


class WorkingDays(OpenView):
    """Hari kerja antara dua tanggal, keduanya ikut dihitung, dengan alasan setiap hari yang tidak dihitung."""

    @extend_schema(
        parameters=[
            OpenApiParameter("from", date, required=True, description="Hari pertama."),
            OpenApiParameter("to", date, required=True, description=f"Hari terakhir; paling banyak {LONGEST} hari seluruhnya."),
            OpenApiParameter("region", str, required=True, description="Kode wilayah: libur daerahnya ikut berlaku."),
        ],
        responses={200: WorkingDaysShape},
    )
    def get(self, request: Request) -> HttpResponse:
        """How many, and which days are left out. Raises Problem for what cannot be read, is reversed or too long."""
        asked = Questions(request, ("from", "to", "region"))
        first, last, region = asked.day("from"), asked.day("to"), asked.region("region")
        if first and last and last < first:
            asked.wrong["to"] = ["Hari terakhir tidak boleh sebelum hari pertama."]
        if first and last and (last - first).days >= LONGEST:
            asked.wrong["to"] = [f"Paling banyak {LONGEST} hari sekaligus."]
        asked.refuse_wrong()
        return self.answered(request, counted(region.pk, region.kabupaten_id, first, last))  # type: ignore[union-attr,arg-type]


def counted(region: str, kabupaten_id: str | None, first: date, last: date) -> dict[str, object]:
    """The answer for the days off that hold in that kabupaten; None: the national ones."""
    off = days_off(kabupaten_id)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return {
        "from": first,
        "to": last,
        "region": region,
        "calendar_days": len(days),
        "working_days": working_days(first, last, off),
        "left_out": [{"day": day, "reason": off.why_off(day)} for day in days if off.why_off(day)],
        "is_provisional": not (off.covers(first) and off.covers(last)),
        "decided_from": off.covered_from,
        "decided_until": off.covered_until,
    }
