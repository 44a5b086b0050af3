"""The finder knows whether a service says itself which provinces it serves; an area without any may be anywhere."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def forget(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What the finder knew of provinces was read in another way; it is made anew once all migrations have run."""
    apps.get_model("directory", "FinderEntry").objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0020_what_may_hide'),
    ]

    operations = [
        migrations.RunPython(forget, migrations.RunPython.noop),
        migrations.AddField(
            model_name='finderentry',
            name='names_provinces',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddIndex(
            model_name='finderentry',
            index=models.Index(condition=models.Q(('names_provinces', True)), fields=['term', 'provinces', 'latitude', 'longitude'], name='finder_from_far'),
        ),
    ]
