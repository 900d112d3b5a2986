"""Events as a file for research, for whoever may take cases out."""

from collections.abc import Mapping
from typing import Any, ClassVar, cast

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.users.models import User
from konflik.rest.params import single
from konflik.statistics.api.rights import TakesCasesOut
from konflik.statistics.filters import PeriodFilters, question_of
from konflik.statistics.services.events import export_events

PARAMETERS: list[Any] = [OpenApiParameter(name, str, description=str(one.label)) for name, one in PeriodFilters.base_filters.items()]


@extend_schema(parameters=PARAMETERS, responses={(200, "text/csv"): OpenApiTypes.STR})
class EventsView(APIView):
    """Peristiwa kekerasan dalam kolom ACLED/SNPK: hari, jenis, kelompok, wilayah, titik yang dikaburkan, korban dengan sumbernya.

    Setiap pengambilan dicatat dalam riwayat kabupaten yang perkaranya diambil.
    """

    http_method_names = ["get", "options"]
    media_types: ClassVar[Mapping[str, str]] = {"": "text/csv"}
    permission_classes = (*APIView.permission_classes, TakesCasesOut)

    def get(self, request: Request) -> HttpResponse:
        """The file."""
        now, reader = timezone.now(), cast("User", request.user)
        question = question_of(single(request.query_params, PeriodFilters.base_filters), PeriodFilters, today=timezone.localdate(now))
        body = export_events(period=question.period, region=question.region, reader=reader, now=now)
        name = f"peristiwa-{question.period.first}-{question.period.last}.csv"
        return HttpResponse(body, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{name}"'})
