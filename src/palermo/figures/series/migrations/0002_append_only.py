"""Values and their codes are only ever added."""

from django.db import migrations

from palermo.foundation.append_only import append_only


class Migration(migrations.Migration):

    dependencies = [("series", "0001_series")]

    operations = [append_only("series_observation"), append_only("series_observationcode")]
