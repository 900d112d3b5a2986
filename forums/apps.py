"""The Django app `forums`."""

from django.apps import AppConfig


class ForumsConfig(AppConfig):
    """Wiring only; the topics hold the code."""

    name = "forums"
    verbose_name = "Forum dan tim"
    default_auto_field = "django.db.models.BigAutoField"
