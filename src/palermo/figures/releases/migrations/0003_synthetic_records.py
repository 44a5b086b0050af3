"""Synthetic records, and rules that ask for them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from palermo.foundation.append_only import append_only, freed


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0004_analyst'),
        ('releases', '0002_append_only'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SyntheticRecords',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rows', models.PositiveIntegerField()),
                ('layout', models.JSONField()),
                ('content', models.BinaryField()),
                ('sha256', models.CharField(max_length=64)),
                ('misfit', models.FloatField()),
                ('worst', models.JSONField(default=list)),
                ('quality', models.JSONField(default=dict)),
                ('is_published', models.BooleanField(default=False)),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('is_published', False), ('quality', {}), _connector='OR'), name='synthetic_quality_not_published'),
                ],
            },
        ),
        freed("releases_ruleset"),
        migrations.RemoveConstraint(
            model_name='ruleset',
            name='rule_set_known_method',
        ),
        migrations.AlterField(
            model_name='ruleset',
            name='method',
            field=models.CharField(choices=[('suppress', 'leave numbers out, and others besides so that nobody works them out'), ('round', 'round every number, so that totals still add up'), ('round_by_record', 'round at random by record, the same cell the same way in every table'), ('noise', 'add noise from a budget that is kept in a ledger'), ('synthetic', 'make up records that stand for nobody, from a budget that is kept in a ledger')], default='suppress', max_length=20),
        ),
        migrations.AddConstraint(
            model_name='ruleset',
            constraint=models.CheckConstraint(condition=models.Q(('method__in', ['suppress', 'round', 'round_by_record', 'noise', 'synthetic'])), name='rule_set_known_method'),
        ),
        migrations.AddConstraint(
            model_name='ruleset',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('method', 'synthetic'), _negated=True), ('delta__gt', 0), _connector='OR'), name='rule_set_synthetic_has_delta'),
        ),
        append_only("releases_ruleset"),
        migrations.AddField(
            model_name='syntheticrecords',
            name='release',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='synthetic', to='releases.release'),
        ),
    ]
