"""A notice that another's answer has made needless asks no more and climbs no further."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('konflik', '0118_public_note_authors'),
    ]

    operations = [
        migrations.RemoveIndex(model_name='notice', name='notice_to_climb'),
        migrations.AddField(
            model_name='notice',
            name='answer',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='made_needless', to='konflik.notice', verbose_name='sudah dijawab dengan'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(condition=models.Q(('answer__isnull', True), ('climbed_at__isnull', True), ('confirmed_at__isnull', True), ('must_confirm', True)), fields=['confirm_until', 'id'], name='notice_to_climb'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('answer__isnull', True), ('must_confirm', True), _connector='OR'), name='notice_answered_was_asked'),
        ),
    ]
