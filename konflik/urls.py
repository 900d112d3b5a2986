"""Every address of the site, as a short list."""

from django.contrib import admin
from django.urls import include, path

from konflik.health import health

urlpatterns = [
    path("admin/", admin.site.urls),
    path("health/", health, name="health"),
    path("akun/", include("accounts.urls")),
    path("", include("konflik.desk.web.urls")),
]

handler400 = "konflik.desk.web.errors.bad_request"
