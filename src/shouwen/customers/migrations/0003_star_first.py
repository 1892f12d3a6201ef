from django.db import migrations, models
from django.db.models.functions import Coalesce


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0002_restriction"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="customer",
            index=models.Index(
                models.OrderBy(Coalesce("star", 0), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                name="customers_customer_star_first",
            ),
        ),
    ]
