"""Every entry that the finder knows has the number of its hours."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def forget(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What is without a number is made anew, with all the rest, once all migrations have run."""
    entries = apps.get_model("directory", "FinderEntry").objects
    if entries.filter(hours=0).exists():
        entries.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0028_hours_once'),
    ]

    operations = [
        migrations.RunPython(forget, migrations.RunPython.noop),
    ]
