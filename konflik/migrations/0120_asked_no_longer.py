"""Bells that still asked for what is closed, held or has moved since ask no more, as `ask_no_longer` does from now on."""

from django.db import migrations
from django.db.models import F, Q


def ask_no_longer(apps, schema_editor):
    notices = apps.get_model("konflik", "Notice").objects.using(schema_editor.connection.alias)
    asking = notices.filter(source="deadline", must_confirm=True, confirmed_at__isnull=True, answer__isnull=True)
    ended = ~Q(deadline__state="running") | ~Q(deadline__due_version=F("source_version"))
    asking.filter(ended).update(must_confirm=False)


class Migration(migrations.Migration):
    dependencies = [("konflik", "0119_answered_by_another")]

    operations = [migrations.RunPython(ask_no_longer, migrations.RunPython.noop, elidable=True)]
