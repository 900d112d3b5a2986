"""The Django app `accounts`."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin


class AccountsConfig(AppConfig):
    """Wiring only; the topics hold the code."""

    default = True
    name = "accounts"
    verbose_name = "Pengguna dan wilayah"
    default_auto_field = "django.db.models.BigAutoField"


class KonflikAdminConfig(admin.AdminConfig):
    """Django's admin with the site of this house, so that every `admin.site` means it."""

    default = False
    default_site = "accounts.access.admin.KonflikAdminSite"
