"""The addresses of the statistics."""

from django.urls import path

from konflik.statistics.api.events import EventsView
from konflik.statistics.api.metadata import MetadataView
from konflik.statistics.api.numbers import ActivityNumbersView, CaseNumbersView, DeadlineNumbersView, FigureNumbersView, StageTimesView

STATISTICS_PATTERNS = [
    path("statistics/", MetadataView.as_view(), name="statistics"),
    path("statistics/cases/", CaseNumbersView.as_view(), name="statistics-cases"),
    path("statistics/stage-times/", StageTimesView.as_view(), name="statistics-stage-times"),
    path("statistics/activities/", ActivityNumbersView.as_view(), name="statistics-activities"),
    path("statistics/deadlines/", DeadlineNumbersView.as_view(), name="statistics-deadlines"),
    path("statistics/figures/", FigureNumbersView.as_view(), name="statistics-figures"),
    path("statistics/events/", EventsView.as_view(), name="statistics-events"),
]
