"""A place that tells its address and no point is about there, to the finder and to the API."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def forget(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Where places are was read in another way; it is made anew once all migrations have run."""
    apps.get_model("directory", "FinderEntry").objects.all().delete()
    apps.get_model("directory", "Reach").objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0025_listed_by_terms'),
    ]

    operations = [
        migrations.RunPython(forget, migrations.RunPython.noop),
    ]
