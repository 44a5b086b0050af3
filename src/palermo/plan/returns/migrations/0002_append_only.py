"""Steps and reopenings are only ever added."""

from django.db import migrations

from palermo.foundation.append_only import append_only


class Migration(migrations.Migration):

    dependencies = [("returns", "0001_initial")]

    operations = [append_only("returns_step"), append_only("returns_reopening")]
