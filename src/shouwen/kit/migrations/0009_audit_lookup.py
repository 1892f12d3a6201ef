from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("kit", "0008_privacy")]
    operations = [
        AddIndexConcurrently("auditrow", models.Index(fields=["principal", "id"], name="kit_audit_principal")),
        AddIndexConcurrently("auditrow", models.Index(fields=["recorded_at"], name="kit_audit_time")),
    ]
