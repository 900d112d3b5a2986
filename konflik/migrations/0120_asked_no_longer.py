"""Bells that still asked for what is closed, held or has moved since ask no more, as `ask_no_longer` does from now on."""

from django.db import migrations
from django.db.models import Exists, F, OuterRef, Q

OPEN = ("running", "suspended")


def ask_no_longer(apps, schema_editor):
    alias = schema_editor.connection.alias
    deadlines = apps.get_model("konflik", "Deadline").objects.using(alias)
    notices = apps.get_model("konflik", "Notice").objects.using(alias)
    asking = notices.filter(must_confirm=True, confirmed_at__isnull=True, answer__isnull=True)
    ended = ~Q(deadline__state="running") | ~Q(deadline__due_version=F("source_version"))
    asking.filter(ended, source="deadline").update(must_confirm=False)
    opened = deadlines.filter(trigger_id=OuterRef("line_id"))
    asking.filter(Exists(opened), ~Exists(opened.filter(state__in=OPEN)), source="line").update(must_confirm=False)


class Migration(migrations.Migration):
    dependencies = [("konflik", "0119_answered_by_another")]

    operations = [migrations.RunPython(ask_no_longer, migrations.RunPython.noop, elidable=True)]
