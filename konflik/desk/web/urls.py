"""The addresses of the team pages."""

from django.urls import include, path

from konflik.desk.web import calculator, cases, habits, notices, pages, status
from konflik.desk.web.actions import action_patterns
from konflik.desk.web.deadlines import deadline_patterns
from konflik.desk.web.duties import duty_patterns
from konflik.desk.web.outbox import outbox_patterns
from konflik.desk.web.shells import TEAM
from konflik.desk.web.statistics import statistics_patterns

app_name = "desk"

urlpatterns = [
    path("", pages.today, name="today"),
    path("perkara/", cases.cases, name="cases"),
    path("perkara/baru/", cases.open_case, name="case-open"),
    path("perkara/<int:pk>/", cases.case_page, name="case"),
    path("perkara/<int:pk>/status/", status.status_page, name="status"),
    path("perkara/", include([*cases.reading_patterns(TEAM), *action_patterns(TEAM)])),
    path("forum/", pages.forums, name="forums"),
    path("pemberitahuan/", notices.inbox, name="inbox"),
    path("pemberitahuan/dibaca/", notices.read_all, name="inbox-read"),
    path("pemberitahuan/<int:pk>/", notices.notice, name="notice"),
    path("pemberitahuan/keluar/", include(outbox_patterns(TEAM))),
    path("saya/", pages.profile, name="profile"),
    path("tenggat/", include(deadline_patterns(TEAM))),
    path("kewajiban/", include(duty_patterns(TEAM))),
    path("statistik/", include(statistics_patterns(TEAM))),
    path("hitung-tenggat/", calculator.calculator, name="calculator"),
    path("hitung-tenggat/data.json", calculator.calculator_data, name="calculator-data"),
    path("saya/pemberitahuan/", habits.habits, name="habits"),
    path("saya/pemberitahuan/kalender/", habits.make_address, name="calendar-make"),
    path("saya/pemberitahuan/kalender/cabut/", habits.revoke_address, name="calendar-revoke"),
    path("kalender/<str:token>.ics", habits.calendar, name="calendar"),
    path("wilayah/", pages.regions, name="regions"),
]
