"""A notice changes a few times in its life: PostgreSQL does so within the page where no index is concerned and room was left."""

from django.db import migrations, models

ROOM = 75


def leave_room(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"ALTER TABLE konflik_notice SET (fillfactor = {ROOM})")


def leave_none(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE konflik_notice RESET (fillfactor)")


class Migration(migrations.Migration):
    dependencies = [("konflik", "0106_activity_case_index")]

    operations = [
        migrations.RemoveIndex(model_name="notice", name="notice_leased"),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(condition=models.Q(("state", "sending")), fields=["id"], name="notice_sending"),
        ),
        migrations.RunPython(leave_room, leave_none),
    ]
