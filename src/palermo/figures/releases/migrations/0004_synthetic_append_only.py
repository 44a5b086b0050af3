"""Synthetic records never change once they are published."""

from django.db import migrations

from palermo.foundation.append_only import append_only


class Migration(migrations.Migration):

    dependencies = [("releases", "0003_synthetic_records")]

    operations = [append_only("releases_syntheticrecords", when="OLD.is_published")]
