from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_clocks'),
        ('konflik', '0102_notices'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='notice',
            name='notice_sending_is_leased',
        ),
        migrations.AddField(
            model_name='notice',
            name='office',
            field=models.CharField(blank=True, choices=[('kepala_daerah', 'Bupati/Wali Kota'), ('sekretaris_daerah', 'Sekretaris Daerah'), ('kepala_kesbangpol', 'Kepala Kesbangpol'), ('kapolres', 'Kapolres'), ('dandim', 'Dandim'), ('kajari', 'Kepala Kejaksaan Negeri'), ('pimpinan_dprd', 'Pimpinan DPRD'), ('kepala_perangkat_daerah', 'Kepala perangkat daerah'), ('kakankemenag', 'Kepala Kantor Kementerian Agama'), ('camat', 'Camat'), ('kepala_desa', 'Kepala desa/lurah'), ('gubernur', 'Gubernur'), ('sekretariat', 'Sekretariat Tim Terpadu'), ('ppkd', 'PPKD/Bendahara Umum Daerah'), ('ppid', 'Pejabat Pengelola Informasi dan Dokumentasi'), ('petugas_pdp', 'Petugas pelindungan data pribadi'), ('panglima_tni', 'Panglima TNI'), ('partai_politik', 'Partai politik'), ('bpk', 'Badan Pemeriksa Keuangan'), ('satgas', 'Satuan Tugas Penyelesaian Konflik Sosial'), ('penanggung_jawab', 'Instansi penanggung jawab')], max_length=32, verbose_name='sebagai'),
        ),
        migrations.AddField(
            model_name='notice',
            name='together',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('lease_until__isnull', False), ('state', 'sending')), models.Q(models.Q(('state', 'sending'), _negated=True), ('lease_until__isnull', True)), ('state__in', ['pending', 'uncertain']), _connector='OR'), name='notice_sending_is_leased'),
        ),
    ]
