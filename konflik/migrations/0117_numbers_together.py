"""Country and province once more, with every issue type and severity together: added up from their own cells."""

from django.db import migrations, models

LEVELS = [
    (0, "Indonesia"),
    (1, "Provinsi"),
    (2, "Kabupaten/Kota"),
    (3, "Kecamatan/Distrik"),
    (10, "Indonesia, semua isu"),
    (11, "Provinsi, semua isu"),
]
SAME = {"case": "stage, source, secrecy", "month": "month, stage_left, stage_entered, source, secrecy"}
MORE = {"case": (", severity", ", 0"), "month": ("", "")}


def add_up(apps, schema_editor):
    """Gains that wait are not in the cells yet and come into both when they are folded."""
    for kind, same in SAME.items():
        column, value = MORE[kind]
        schema_editor.execute(
            f"INSERT INTO konflik_{kind}cell (level, province, kabupaten, kecamatan, issue_type, {same}{column}, number) "
            f"SELECT level + 10, province, '', '', '', {same}{value}, SUM(number) FROM konflik_{kind}cell WHERE level IN (0, 1) "
            f"GROUP BY level, province, {same}"
        )


def take_away(apps, schema_editor):
    """The cells before."""
    for kind in SAME:
        schema_editor.execute(f"DELETE FROM konflik_{kind}cell WHERE level IN (10, 11)")


class Migration(migrations.Migration):

    dependencies = [
        ('konflik', '0116_deadline_faces'),
    ]

    operations = [
        migrations.AlterField(model_name='casecell', name='level', field=models.PositiveSmallIntegerField(choices=LEVELS)),
        migrations.AlterField(model_name='monthcell', name='level', field=models.PositiveSmallIntegerField(choices=LEVELS)),
        migrations.RunPython(add_up, take_away),
    ]
