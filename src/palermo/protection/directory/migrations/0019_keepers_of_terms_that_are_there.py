"""Lists and terms that are there already are kept by the source of the services they describe, where these have one."""

from typing import Any
from uuid import UUID

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F, Max, Min, OuterRef, Subquery

NEEDS, KINDS = UUID("6f1c1a52-6b0e-4b7e-9a52-2f5d5b1f0c01"), UUID("6f1c1a52-6b0e-4b7e-9a52-2f5d5b1f0c02")
"""The lists that are built in. No source keeps them, or their terms."""


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    def model(name: str) -> Any:
        return apps.get_model("directory", name).objects.using(schema_editor.connection.alias)

    def keeper(rows: Any, owner: str, source: str) -> Subquery:
        given = rows.filter(**{owner: OuterRef("pk"), f"{source}__isnull": False}).order_by().values(owner)
        sources = given.annotate(first=Min(source), last=Max(source)).filter(first=F("last"))
        return Subquery(sources.values("first"))

    terms = model("TaxonomyTerm").exclude(taxonomy__in=[NEEDS, KINDS])
    terms.update(source=keeper(model("ServiceTerm"), "term", "service__source"))
    lists = model("Taxonomy").exclude(pk__in=[NEEDS, KINDS])
    lists.update(source=keeper(model("TaxonomyTerm"), "taxonomy", "source"))


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0018_keepers_of_terms'),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
