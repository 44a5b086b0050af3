"""The database itself refuses to change or delete what was published."""

from django.db import migrations

from palermo.foundation.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("report", "0001_initial")]
    operations = [
        append_only("report_edition", ["number", "content_en", "content_fr", "sha256", "published_at"]),
        append_only("report_editionrow"),
        append_only("report_editionfile"),
    ]
