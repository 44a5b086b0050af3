"""The database itself refuses to change or delete what organisations said in a published report."""

from django.db import migrations

from palermo.foundation.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("report", "0003_accounts_and_fillings")]
    operations = [append_only("report_editionaccount")]
