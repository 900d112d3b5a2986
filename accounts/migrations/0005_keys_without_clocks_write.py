"""The scope clocks:write opened no address: keys that have it keep their others."""

from django.db import migrations


def forget(apps, schema_editor):
    """Take it off every key."""
    keys = apps.get_model("accounts", "ApiKey").objects
    for key in keys.filter(scopes__icontains="clocks:write"):
        keys.filter(pk=key.pk).update(scopes=[one for one in key.scopes if one != "clocks:write"])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_api_keys")]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
