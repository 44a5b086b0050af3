"""Versions of rules, attacks and the ledger are only ever added; what is published never changes."""

from django.db import migrations

from palermo.foundation.append_only import append_only


class Migration(migrations.Migration):

    dependencies = [("releases", "0001_releases")]

    operations = [
        append_only("releases_ruleset"),
        append_only("releases_attackrun"),
        append_only("releases_budgetentry"),
        append_only("releases_release", when="OLD.state = 'published'"),
        append_only("releases_releasetable", when="OLD.is_published"),
        append_only("releases_tablepart", when="OLD.is_published"),
    ]
