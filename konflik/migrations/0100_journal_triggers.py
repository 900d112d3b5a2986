"""The journal refuses update and delete in the database itself."""

from django.db import migrations

LINE, DETAIL, ANCHOR = "konflik_journalline", "konflik_journaldetail", "konflik_journalanchor"
REFUSED = {LINE: ("UPDATE", "DELETE"), ANCHOR: ("UPDATE", "DELETE"), DETAIL: ("UPDATE",)}

POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION konflik_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'riwayat tidak boleh diubah atau dihapus (%%)', TG_TABLE_NAME USING ERRCODE = '23001';
END $$;
"""


def statements(vendor):
    for table, verbs in REFUSED.items():
        for verb in verbs:
            name = f"{table}_no_{verb.lower()}"
            if vendor == "sqlite":
                yield (
                    f"CREATE TRIGGER {name} BEFORE {verb} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, 'riwayat tidak boleh diubah atau dihapus'); END;",
                    f"DROP TRIGGER IF EXISTS {name};",
                )
            else:
                yield (
                    f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION konflik_refuse_change();",
                    f"DROP TRIGGER IF EXISTS {name} ON {table};",
                )
        if vendor == "postgresql" and "DELETE" in verbs:
            name = f"{table}_no_truncate"
            yield (
                f"CREATE TRIGGER {name} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION konflik_refuse_change();",
                f"DROP TRIGGER IF EXISTS {name} ON {table};",
            )


def forwards(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    if vendor == "postgresql":
        schema_editor.execute(POSTGRES_FUNCTION, params=())
    for create, _ in statements(vendor):
        schema_editor.execute(create, params=None)


def backwards(apps, schema_editor):
    for _, drop in statements(schema_editor.connection.vendor):
        schema_editor.execute(drop, params=None)


class Migration(migrations.Migration):
    dependencies = [("konflik", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
