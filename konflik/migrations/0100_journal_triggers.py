"""The journal refuses update, delete, replace and truncate in the database itself.

A detail can be deleted, one by one: that is how personal data is erased.
"""

from django.db import migrations

LINE, DETAIL, ANCHOR = "konflik_journalline", "konflik_journaldetail", "konflik_journalanchor"
REFUSED = {LINE: ("UPDATE", "DELETE"), ANCHOR: ("UPDATE", "DELETE"), DETAIL: ("UPDATE",)}
# SQLite deletes without a delete trigger where INSERT OR REPLACE meets a row with the same key.
SAME_KEY = {
    LINE: "id = NEW.id OR (stream = NEW.stream AND position = NEW.position) OR (stream = NEW.stream AND previous_hash = NEW.previous_hash)",
    ANCHOR: "id = NEW.id OR day = NEW.day",
    DETAIL: "line_id = NEW.line_id",
}

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
        if vendor == "sqlite":
            name = f"{table}_no_replace"
            yield (
                f"CREATE TRIGGER {name} BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {SAME_KEY[table]}) "
                f"BEGIN SELECT RAISE(ABORT, 'riwayat tidak boleh diubah atau dihapus'); END;",
                f"DROP TRIGGER IF EXISTS {name};",
            )
        else:
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
