"""What is there already is kept by the source of the services that are given with it, where these have one source."""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F, Max, Min, OuterRef, Subquery


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    def model(name: str) -> Any:
        return apps.get_model("directory", name).objects.using(schema_editor.connection.alias)

    def keeper(rows: Any, owner: str, source: str) -> Subquery:
        given = rows.filter(**{owner: OuterRef("pk"), f"{source}__isnull": False}).order_by().values(owner)
        sources = given.annotate(first=Min(source), last=Max(source)).filter(first=F("last"))
        return Subquery(sources.values("first"))

    model("Organization").update(source=keeper(model("Service"), "organization", "source"))
    model("Location").update(source=keeper(model("ServiceAtLocation"), "location", "service__source"))
    for name in ("Location", "Program"):
        owners = model("Organization").filter(pk=OuterRef("organization")).values("source")
        model(name).filter(source__isnull=True).update(source=Subquery(owners))


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0012_who_keeps_what'),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
