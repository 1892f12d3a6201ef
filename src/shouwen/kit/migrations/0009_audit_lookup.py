from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kit", "0008_privacy")]
    operations = [
        migrations.AddIndex("auditrow", models.Index(fields=["principal", "id"], name="kit_audit_principal")),
        migrations.AddIndex("auditrow", models.Index(fields=["recorded_at"], name="kit_audit_time")),
    ]
