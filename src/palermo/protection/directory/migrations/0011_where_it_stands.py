"""The finder knows in which province a place stands, whose holidays and clock it has, and about where it is."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def forget(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What the finder knew says nothing yet of the new columns; it is made anew once all migrations have run."""
    apps.get_model("directory", "FinderEntry").objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0010_what_fits'),
    ]

    operations = [
        migrations.RunPython(forget, migrations.RunPython.noop),
        migrations.AddField(
            model_name='finderentry',
            name='stands_in',
            field=models.CharField(blank=True, db_default='', default='', max_length=2),
        ),
        migrations.AddField(
            model_name='finderentry',
            name='area_latitude',
            field=models.FloatField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='finderentry',
            name='area_longitude',
            field=models.FloatField(blank=True, null=True),
        ),
    ]
