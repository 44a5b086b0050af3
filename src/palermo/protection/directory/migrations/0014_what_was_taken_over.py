"""What was taken over once for all follows its source from now on: it is made anew once all migrations have run."""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone


def follow(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    def model(name: str) -> Any:
        return apps.get_model("directory", name).objects.using(schema_editor.connection.alias)

    for pair in model("Likeness").filter(taken_over__state="applied").select_related("decided_by"):
        model("Change").filter(pk=pair.taken_over_id).update(
            state="undone", decided_by=pair.decided_by, decided_at=timezone.now()
        )
    for one in model("Service").filter(merged_services__isnull=False).distinct():
        model("Given").get_or_create(service=one, defaults={"document": one.document})
    # Made anew with everything else that the finder knows.
    model("FinderEntry").delete()


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0013_keepers_of_what_is_there'),
    ]

    operations = [
        migrations.RunPython(follow, migrations.RunPython.noop),
    ]
