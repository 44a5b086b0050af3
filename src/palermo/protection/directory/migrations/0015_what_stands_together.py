import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0014_what_was_taken_over'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='likeness',
            name='taken_over',
        ),
        migrations.AddField(
            model_name='service',
            name='told_by',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='directory.service'),
        ),
        migrations.AddField(
            model_name='serviceatlocation',
            name='shown_for',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='directory.service'),
        ),
        migrations.AddIndex(
            model_name='serviceatlocation',
            index=models.Index(condition=models.Q(('shown_for__isnull', False)), fields=['shown_for'], name='visit_shown_for'),
        ),
    ]
