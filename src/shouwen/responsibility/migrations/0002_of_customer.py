"""The open matters of a customer are found at once."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("responsibility", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="responsibility",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", True)),
                fields=["customer_id", "subject", "-opened_at"],
                name="responsibility_of_customer",
            ),
        ),
    ]
