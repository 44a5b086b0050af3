"""The finder knows of which services immigration status does not matter."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def forget(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Where a service says so, what the finder knows is made anew once all migrations have run."""
    if apps.get_model("directory", "Service").objects.filter(document__any_immigration_status=True).exists():
        apps.get_model("directory", "FinderEntry").objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0029_hours_of_all'),
    ]

    operations = [
        migrations.RunPython(forget, migrations.RunPython.noop),
    ]
