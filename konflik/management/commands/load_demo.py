"""Load the demo; a second run changes nothing."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from konflik import environment
from konflik.demo.services import load


class Command(BaseCommand):
    """`manage.py load_demo`; thin, the work is done in konflik.demo."""

    help = "Memuat data peragaan: perkara dari pemberitaan rapat yang sungguh ada, forum, dan satu akun per peran."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Load and say in one line what was done."""
        loaded = load(now=timezone.now(), password=environment.text("KONFLIK_DEMO_PASSWORD"))
        for name in loaded.left_out:
            self.stdout.write(f"Kabupaten {name} dilewati: wilayahnya belum dimuat.")
        if not loaded.people and not loaded.forums and not loaded.cases:
            self.stdout.write("Data peragaan sudah lengkap.")
            return
        self.stdout.write(f"Data peragaan dimuat: {loaded.people} akun, {loaded.forums} forum, {loaded.cases} perkara.")
