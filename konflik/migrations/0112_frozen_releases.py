"""Frozen releases of the statistics, and the rounding of their year: the database refuses to change, delete or replace either."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

TEXT = "terbitan statistik tidak boleh diubah atau dihapus"
# (table, its key)
KEPT = [("konflik_release", "month"), ("konflik_roundingyear", "year")]

FUNCTION = f"""
CREATE OR REPLACE FUNCTION konflik_refuse_release_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '{TEXT} (%%)', TG_TABLE_NAME USING ERRCODE = '23001';
END $$;
"""


def sqlite_statements():
    for table, key in KEPT:
        for verb in ("UPDATE", "DELETE"):
            name = f"{table}_no_{verb.lower()}"
            yield f"CREATE TRIGGER {name} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{TEXT}'); END;", f"DROP TRIGGER IF EXISTS {name};"
        # SQLite deletes without a delete trigger where INSERT OR REPLACE meets a row with the same key.
        name = f"{table}_no_replace"
        yield (
            f"CREATE TRIGGER {name} BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key}) "
            f"BEGIN SELECT RAISE(ABORT, '{TEXT}'); END;",
            f"DROP TRIGGER IF EXISTS {name};",
        )


def postgres_statements():
    for table, _ in KEPT:
        for verb, level in (("UPDATE", "ROW"), ("DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
            name = f"{table}_no_{verb.lower()}"
            yield (
                f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH {level} EXECUTE FUNCTION konflik_refuse_release_change();",
                f"DROP TRIGGER IF EXISTS {name} ON {table};",
            )


def forwards(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    if not is_sqlite:
        schema_editor.execute(FUNCTION, params=())
    for create, _ in sqlite_statements() if is_sqlite else postgres_statements():
        schema_editor.execute(create, params=None)


def backwards(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for _, drop in sqlite_statements() if is_sqlite else postgres_statements():
        schema_editor.execute(drop, params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('konflik', '0111_statistics_counted'),
    ]

    operations = [
        migrations.CreateModel(
            name='RoundingYear',
            fields=[
                ('year', models.PositiveSmallIntegerField(primary_key=True, serialize=False, verbose_name='tahun')),
                ('k', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(3), django.core.validators.MaxValueValidator(20)], verbose_name='batas pengungkapan')),
                ('seed', models.CharField(editable=False, max_length=64)),
            ],
            options={
                'verbose_name': 'pembulatan tahunan',
                'verbose_name_plural': 'pembulatan tahunan',
                'constraints': [models.CheckConstraint(condition=models.Q(('k__gte', 3), ('k__lte', 20)), name='rounding_k_in_range')],
            },
        ),
        migrations.CreateModel(
            name='Release',
            fields=[
                ('month', models.DateField(primary_key=True, serialize=False, verbose_name='bulan')),
                ('frozen_at', models.DateTimeField(verbose_name='dibekukan pada')),
                ('numbers', models.JSONField(verbose_name='angka terbit')),
                ('year', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='releases', to='konflik.roundingyear', verbose_name='tahun')),
            ],
            options={
                'verbose_name': 'terbitan statistik',
                'verbose_name_plural': 'terbitan statistik',
            },
        ),
        migrations.RunPython(forwards, backwards),
    ]
