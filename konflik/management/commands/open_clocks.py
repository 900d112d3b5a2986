"""Open the deadlines of what was recorded before there were clocks; a second run finds nothing to do."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from konflik.acts.services import begin_periods
from konflik.registry.services import dates as registry
from konflik.stages.services import dates as stages
from konflik.status.services import dates as status


class Command(BaseCommand):
    """`manage.py open_clocks`."""

    help = "Membuka tenggat untuk kegiatan, butir kesepakatan, SK, dan penugasan yang sudah dicatat sebelumnya."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Open and say in one line what was done."""
        now = timezone.now()
        opened = stages.open_dates(now=now) + registry.open_dates(now=now) + status.open_dates(now=now) + begin_periods(now=now)
        self.stdout.write(f"Tenggat: {opened} dibuka atau diperbaiki." if opened else "Tenggat sudah lengkap.")
