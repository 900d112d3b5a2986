"""The Django app `konflik`."""

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.backends.signals import connection_created

from konflik.checks import refuse_unsafe_settings
from konflik.rest.connections import tune


class KonflikConfig(AppConfig):
    """Wiring only; the topics hold the code."""

    name = "konflik"
    verbose_name = "Perkara konflik"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Django runs what is registered."""
        register(refuse_unsafe_settings, Tags.security)
        connection_created.connect(tune)
