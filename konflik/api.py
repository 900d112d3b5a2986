"""Every address of the API, as a short list: `/api/v1/…`, its schema and its documentation."""

from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularJSONAPIView

from accounts.regions.api import REGION_PATTERNS
from forums.bodies.api import BODY_PATTERNS
from forums.seats.api import SEAT_PATTERNS
from konflik.cases.api.urls import CASE_PATTERNS
from konflik.clocks.api.urls import LAW_PATTERNS
from konflik.desk.api.urls import DESK_PATTERNS
from konflik.rest.explaining import NoSuchAddress, ProblemPage, docs, redoc
from konflik.stages.api.urls import STAGE_PATTERNS
from konflik.statistics.api.urls import STATISTICS_PATTERNS
from konflik.status.api.urls import STATUS_PATTERNS

v1 = [
    *CASE_PATTERNS,
    *STAGE_PATTERNS,
    *STATISTICS_PATTERNS,
    *STATUS_PATTERNS,
    *DESK_PATTERNS,
    *LAW_PATTERNS,
    *REGION_PATTERNS,
    *BODY_PATTERNS,
    *SEAT_PATTERNS,
]

urlpatterns = [
    path("v1/", include((v1, "api"))),
    path("schema/", SpectacularJSONAPIView.as_view(), name="api-schema"),
    path("docs/", docs, name="api-docs"),
    path("redoc/", redoc, name="api-redoc"),
    path("masalah/<slug:code>/", ProblemPage.as_view(), name="api-problem"),
    re_path(r"^(?P<rest>(?s:.*))$", NoSuchAddress.as_view(), name="api-nowhere"),
]
