"""Addresses of the law under /api/v1/, open without a login."""

from django.urls import path

from konflik.clocks.api.rules import RuleDetail, RuleList, RulePreview
from konflik.clocks.api.working_days import WorkingDays

LAW_PATTERNS = [
    path("deadline-rules/", RuleList.as_view(), name="deadline-rules"),
    path("deadline-rules/<slug:code>/", RuleDetail.as_view(), name="deadline-rule"),
    path("deadline-rules/<slug:code>/preview/", RulePreview.as_view(), name="deadline-rule-preview"),
    path("working-days/", WorkingDays.as_view(), name="working-days"),
]
