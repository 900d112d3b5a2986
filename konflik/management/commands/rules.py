"""Write the page of all limits for Bagian Hukum."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from konflik.clocks.services.reference import first_policies
from konflik.law.rulespage import rules_page


class Command(BaseCommand):
    """`manage.py rules`."""

    help = "Menulis daftar tenggat untuk Bagian Hukum ke docs/rules.md."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Write the page anew and say where it stands."""
        page = Path(settings.BASE_DIR) / "docs" / "rules.md"
        page.write_text(rules_page(first_policies()), encoding="utf-8")
        self.stdout.write(f"Daftar tenggat ditulis ke {page}.")
