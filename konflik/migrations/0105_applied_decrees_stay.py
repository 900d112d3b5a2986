"""A decree on days off that was applied, and its days, are refused every change by the database itself; a newer one replaces it."""

from django.db import migrations

DECREE, DAY = "konflik_calendardecree", "konflik_dayoff"
TEXT = "keputusan hari libur yang sudah diberlakukan tidak boleh diubah"
OF_APPLIED = f"EXISTS (SELECT 1 FROM {DECREE} d WHERE d.id = {{row}}.decree_id AND d.applied_at IS NOT NULL)"
# (table, verb, condition): what is refused.
REFUSED = [
    (DECREE, "UPDATE", "OLD.applied_at IS NOT NULL"),
    (DECREE, "DELETE", "OLD.applied_at IS NOT NULL"),
    (DAY, "INSERT", OF_APPLIED.format(row="NEW")),
    (DAY, "UPDATE", f"{OF_APPLIED.format(row='OLD')} OR {OF_APPLIED.format(row='NEW')}"),
    (DAY, "DELETE", OF_APPLIED.format(row="OLD")),
]
# SQLite deletes without a delete trigger where INSERT OR REPLACE meets a row with the same key.
REPLACED = f"EXISTS (SELECT 1 FROM {DECREE} d WHERE d.applied_at IS NOT NULL AND (d.id = NEW.id OR (d.number = NEW.number AND d.covers_from = NEW.covers_from)))"

FUNCTION = f"""
CREATE OR REPLACE FUNCTION konflik_refuse_applied() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE touched boolean := false;
BEGIN
  IF TG_TABLE_NAME = '{DECREE}' THEN
    touched := OLD.applied_at IS NOT NULL;
  ELSE
    IF TG_OP IN ('INSERT', 'UPDATE') THEN touched := touched OR {OF_APPLIED.format(row="NEW")}; END IF;
    IF TG_OP IN ('DELETE', 'UPDATE') THEN touched := touched OR {OF_APPLIED.format(row="OLD")}; END IF;
  END IF;
  IF touched THEN RAISE EXCEPTION '{TEXT} (%%)', TG_TABLE_NAME USING ERRCODE = '23001'; END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
"""


def sqlite_statements():
    for table, verb, condition in [*REFUSED, (DECREE, "INSERT", REPLACED)]:
        name = f"{table}_applied_no_{verb.lower()}"
        yield (
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{TEXT}'); END;",
            f"DROP TRIGGER IF EXISTS {name};",
        )


def postgres_statements():
    for table, verb, _ in REFUSED:
        name = f"{table}_applied_no_{verb.lower()}"
        yield (
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION konflik_refuse_applied();",
            f"DROP TRIGGER IF EXISTS {name} ON {table};",
        )


def statements(vendor):
    return list(sqlite_statements() if vendor == "sqlite" else postgres_statements())


def forwards(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    if vendor == "postgresql":
        schema_editor.execute(FUNCTION, params=())
    for create, _ in statements(vendor):
        schema_editor.execute(create, params=None)


def backwards(apps, schema_editor):
    for _, drop in statements(schema_editor.connection.vendor):
        schema_editor.execute(drop, params=None)


class Migration(migrations.Migration):
    dependencies = [("konflik", "0104_conflict_status")]
    operations = [migrations.RunPython(forwards, backwards)]
