"""The addresses of the team pages."""

from django.urls import include, path

from konflik.desk.web import cases, pages
from konflik.desk.web.actions import action_patterns
from konflik.desk.web.shells import TEAM

app_name = "desk"

urlpatterns = [
    path("", pages.today, name="today"),
    path("perkara/", cases.cases, name="cases"),
    path("perkara/baru/", cases.open_case, name="case-open"),
    path("perkara/<int:pk>/", cases.case_page, name="case"),
    path("perkara/", include([*cases.reading_patterns(TEAM), *action_patterns(TEAM)])),
    path("forum/", pages.forums, name="forums"),
    path("saya/", pages.profile, name="profile"),
    path("wilayah/", pages.regions, name="regions"),
]
