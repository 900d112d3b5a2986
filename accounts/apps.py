"""The Django app `accounts`."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Wiring only; the topics hold the code."""

    name = "accounts"
    verbose_name = "Pengguna dan wilayah"
    default_auto_field = "django.db.models.BigAutoField"
