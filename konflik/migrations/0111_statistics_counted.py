"""The new cells of an installation that has cases already, counted from its journal."""

from django.db import migrations

from konflik.counts.services import rebuild


def count(apps, schema_editor):
    if apps.get_model("konflik", "JournalLine").objects.filter(case__isnull=False).exists():
        rebuild()


class Migration(migrations.Migration):
    dependencies = [("konflik", "0110_statistics_cells"), ("accounts", "0003_clocks")]

    operations = [migrations.RunPython(count, migrations.RunPython.noop, elidable=True)]
