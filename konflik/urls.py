"""Every address of the site, as a short list."""

from django.contrib import admin
from django.urls import include, path

from konflik.health import health
from konflik.public import web as public
from konflik.registry import web as registry

urlpatterns = [
    path("admin/", admin.site.urls),
    path("health/", health, name="health"),
    path("api/", include("konflik.api")),
    path("akun/", include("accounts.urls")),
    path("mulai/", registry.set_up, name="setup"),
    path("mulai/daftar/", registry.next_steps, name="checklist"),
    path("publik/", public.front, name="public"),
    path("publik/angka.csv", public.numbers_csv, name="public-csv"),
    path("", include("konflik.desk.web.urls")),
]

handler400 = "konflik.desk.web.errors.bad_request"
handler403 = "konflik.desk.web.errors.forbidden"
handler404 = "konflik.desk.web.errors.not_found"
