"""Entries that are open at the same times share a number, which stands in the index of what fits.

The index of what is far away is made again after it: where SQLite takes two indexes for equally good, it takes the one
that was made last, and that one is far better for the question it is there for.
"""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0027_derived_unchecked'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='finderentry',
            name='finder_from_far',
        ),
        migrations.RemoveIndex(
            model_name='finderentry',
            name='finder_what_fits',
        ),
        migrations.AddField(
            model_name='finderentry',
            name='hours',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddIndex(
            model_name='finderentry',
            index=models.Index(fields=['term', 'latitude', 'longitude', 'marks', 'hours', 'id'], name='finder_what_fits'),
        ),
        migrations.AddIndex(
            model_name='finderentry',
            index=models.Index(condition=Q(names_provinces=True), fields=['term', 'provinces', 'latitude', 'longitude'], name='finder_from_far'),
        ),
    ]
