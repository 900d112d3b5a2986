"""Numbers on four levels, with the gains that are not in them yet. The old cells go; the next migration counts anew."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("konflik", "0109_ladders_alarm_and_closing_lines")]

    operations = [
        migrations.DeleteModel("CaseCell"),
        migrations.DeleteModel("MonthCell"),
        migrations.CreateModel(
            name='CaseGain',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('province', models.CharField(blank=True, max_length=2)),
                ('kabupaten', models.CharField(blank=True, max_length=5)),
                ('kecamatan', models.CharField(blank=True, max_length=8)),
                ('stage', models.CharField(max_length=12)),
                ('source', models.CharField(max_length=1)),
                ('issue_type', models.CharField(max_length=40)),
                ('severity', models.PositiveSmallIntegerField()),
                ('secrecy', models.PositiveSmallIntegerField()),
                ('gain', models.SmallIntegerField()),
            ],
            options={
                'verbose_name': 'perubahan sel perkara',
                'verbose_name_plural': 'perubahan sel perkara',
            },
        ),
        migrations.CreateModel(
            name='MonthGain',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('province', models.CharField(blank=True, max_length=2)),
                ('kabupaten', models.CharField(blank=True, max_length=5)),
                ('kecamatan', models.CharField(blank=True, max_length=8)),
                ('month', models.DateField()),
                ('stage_left', models.CharField(blank=True, max_length=12)),
                ('stage_entered', models.CharField(max_length=12)),
                ('source', models.CharField(max_length=1)),
                ('issue_type', models.CharField(max_length=40)),
                ('secrecy', models.PositiveSmallIntegerField()),
                ('gain', models.SmallIntegerField()),
            ],
            options={
                'verbose_name': 'perubahan sel bulan',
                'verbose_name_plural': 'perubahan sel bulan',
            },
        ),
        migrations.CreateModel(
            name='CaseCell',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('province', models.CharField(blank=True, max_length=2)),
                ('kabupaten', models.CharField(blank=True, max_length=5)),
                ('kecamatan', models.CharField(blank=True, max_length=8)),
                ('stage', models.CharField(max_length=12)),
                ('source', models.CharField(max_length=1)),
                ('issue_type', models.CharField(max_length=40)),
                ('severity', models.PositiveSmallIntegerField()),
                ('secrecy', models.PositiveSmallIntegerField()),
                ('level', models.PositiveSmallIntegerField(choices=[(0, 'Indonesia'), (1, 'Provinsi'), (2, 'Kabupaten/Kota'), (3, 'Kecamatan/Distrik')])),
                ('number', models.IntegerField(default=0)),
            ],
            options={
                'verbose_name': 'sel perkara',
                'verbose_name_plural': 'sel perkara',
                'constraints': [models.UniqueConstraint(fields=('level', 'province', 'kabupaten', 'kecamatan', 'stage', 'source', 'issue_type', 'severity', 'secrecy'), name='case_cell_once'), models.CheckConstraint(condition=models.Q(('number__gte', 0)), name='case_cell_not_negative')],
            },
        ),
        migrations.CreateModel(
            name='MonthCell',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('province', models.CharField(blank=True, max_length=2)),
                ('kabupaten', models.CharField(blank=True, max_length=5)),
                ('kecamatan', models.CharField(blank=True, max_length=8)),
                ('month', models.DateField()),
                ('stage_left', models.CharField(blank=True, max_length=12)),
                ('stage_entered', models.CharField(max_length=12)),
                ('source', models.CharField(max_length=1)),
                ('issue_type', models.CharField(max_length=40)),
                ('secrecy', models.PositiveSmallIntegerField()),
                ('level', models.PositiveSmallIntegerField(choices=[(0, 'Indonesia'), (1, 'Provinsi'), (2, 'Kabupaten/Kota'), (3, 'Kecamatan/Distrik')])),
                ('number', models.IntegerField(default=0)),
            ],
            options={
                'verbose_name': 'sel bulan',
                'verbose_name_plural': 'sel bulan',
                'constraints': [models.UniqueConstraint(fields=('level', 'province', 'kabupaten', 'kecamatan', 'month', 'stage_left', 'stage_entered', 'source', 'issue_type', 'secrecy'), name='month_cell_once'), models.CheckConstraint(condition=models.Q(('number__gte', 0)), name='month_cell_not_negative')],
            },
        ),
    ]
