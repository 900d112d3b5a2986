"""The Django app `konflik`."""

from django.apps import AppConfig


class KonflikConfig(AppConfig):
    """Wiring only; the topics hold the code."""

    name = "konflik"
    verbose_name = "Perkara konflik"
    default_auto_field = "django.db.models.BigAutoField"
