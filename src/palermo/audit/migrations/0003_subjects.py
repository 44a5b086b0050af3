"""What events are found by, in a table of its own: the events themselves and their hashes stay as they are."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from palermo.foundation.append_only import append_only

_BATCH = 2000


def list_events(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """List every event that there is already."""
    subject = apps.get_model("audit", "AuditSubject")
    events = apps.get_model("audit", "AuditEvent").objects.order_by("number").values_list("number", "details")
    made = []
    for number, details in events.iterator():
        made += [subject(key=key, number=number) for key in _keys(details)]
        if len(made) >= _BATCH:
            subject.objects.bulk_create(made)
            made = []
    subject.objects.bulk_create(made)


def _keys(details: Mapping[str, Any]) -> Iterator[str]:
    """As `palermo.audit.keys` had it when this was written."""
    if "plan" in details:
        yield f"{details['plan']}/{details.get('code') or details.get('deliverable') or ''}"


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]
    operations = [
        migrations.CreateModel(
            name="AuditSubject",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=130)),
                ("number", models.PositiveBigIntegerField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("key", "number"), name="audit_subject_once")],
            },
        ),
        migrations.RunPython(list_events, migrations.RunPython.noop),
        append_only("audit_auditsubject"),
    ]
