"""Announcements of the public page."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_api_keys'),
        ('konflik', '0114_class_of_duties'),
    ]

    operations = [
        migrations.CreateModel(
            name='PublicNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('section', models.CharField(choices=[('warning', 'Peringatan dini dan keadaan'), ('policy', 'Kebijakan, rencana, dan program'), ('prevention', 'Kegiatan pencegahan yang sudah ditetapkan'), ('stopping', 'Arahan penghentian konflik'), ('recovery', 'Mekanisme pemulihan pascakonflik')], max_length=12, verbose_name='bagian')),
                ('title', models.CharField(max_length=160, verbose_name='judul')),
                ('text', models.TextField(help_text='Dibaca semua orang. Jangan menyebut nama orang, alamat rumah, atau perkara berkelas rahasia.', max_length=4000, verbose_name='isi')),
                ('source', models.CharField(help_text='Nomor dan tanggal keputusan, surat, atau dokumen yang menjadi sumbernya.', max_length=160, verbose_name='dasar')),
                ('published_on', models.DateField(verbose_name='tampil sejak')),
                ('withdrawn_on', models.DateField(blank=True, help_text='Kosong: tetap tampil.', null=True, verbose_name='ditarik sejak')),
                ('kabupaten', models.ForeignKey(limit_choices_to={'level': 2}, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.region', verbose_name='kabupaten/kota')),
            ],
            options={
                'verbose_name': 'pengumuman',
                'verbose_name_plural': 'pengumuman',
                'constraints': [models.CheckConstraint(condition=models.Q(('section__in', ['warning', 'policy', 'prevention', 'stopping', 'recovery'])), name='public_note_section_known'), models.CheckConstraint(condition=models.Q(('withdrawn_on__isnull', True), ('withdrawn_on__gte', models.F('published_on')), _connector='OR'), name='public_note_ends_after_start', violation_error_message='Tanggal penarikan tidak boleh sebelum tanggal tampil.')],
            },
        ),
    ]
