"""Where the trouble is, and by which way the request came: time limits may depend on both."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("tickets", "0002_categories")]

    operations = [
        migrations.AddField("ticket", "area", models.CharField(blank=True, default="", max_length=10)),
        migrations.AddField("ticket", "channel", models.CharField(default="desk", max_length=20)),
        migrations.AddConstraint(
            "ticket",
            models.CheckConstraint(name="tickets_ticket_area", condition=Q(area__in=["", "urban", "rural"])),
        ),
    ]
