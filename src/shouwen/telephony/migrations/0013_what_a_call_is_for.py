"""A call that we make knows what it is made for."""

from __future__ import annotations

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("telephony", "0012_refused_once")]

    operations = [
        migrations.AddField(
            model_name="call",
            name="about",
            field=models.CharField(blank=True, db_default="", default="", max_length=20),
        ),
        migrations.AddField(
            model_name="call",
            name="about_id",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=Q(
                    Q(("about", ""), ("about_id", None)),
                    Q(Q(("about", ""), _negated=True), ("about_id__isnull", False), ("outbound", True)),
                    _connector="OR",
                ),
                name="telephony_call_about",
            ),
        ),
    ]
