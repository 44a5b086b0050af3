"""Beside the terms of organizations and services at locations, those of programs and locations are kept."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Exists, OuterRef

from palermo.protection.directory.hsds.parting import terms_of

KINDS = {
    "organization": "Organization",
    "program": "Program",
    "location": "Location",
    "service_at_location": "ServiceAtLocation",
}
AT_ONCE = 5_000
"""So many rows are written in one statement."""


def describe(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Keep the terms of all that is there anew, each with the kind of what it describes."""
    database = schema_editor.connection.alias
    own = apps.get_model("directory", "OwnTerm")
    own.objects.using(database).all().delete()
    for kind, name in KINDS.items():
        described = apps.get_model("directory", name).objects.using(database).filter(document__has_key="attributes")
        rows = described.order_by().values_list("pk", "document").iterator()
        terms = (own(kind=kind, record=key, term=term) for key, said in rows for term in sorted(terms_of(said)))
        own.objects.using(database).bulk_create(terms, batch_size=AT_ONCE)


def forget(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Leave what was kept before, where an id told an entry from those of every kind."""
    own = apps.get_model("directory", "OwnTerm").objects.using(schema_editor.connection.alias)
    own.filter(kind__in=["program", "location"]).delete()
    same = own.filter(kind="organization", term=OuterRef("term"), record=OuterRef("record"))
    own.filter(Exists(same), kind="service_at_location").delete()


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0023_own_terms_by_kind'),
    ]

    operations = [
        migrations.RunPython(describe, forget),
    ]
