"""A call has the network's name, so that one that several media servers refused is one, and one that was taken none."""

from __future__ import annotations

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("telephony", "0011_done_once_and_truly")]

    operations = [
        migrations.AddField(
            model_name="call",
            name="network_id",
            field=models.CharField(blank=True, db_default="", default="", max_length=200),
        ),
        migrations.AddField(
            model_name="refusedcall",
            name="network_id",
            field=models.CharField(blank=True, db_default="", default="", max_length=200),
        ),
        migrations.AddField(
            model_name="refusedcall",
            name="why",
            field=models.CharField(
                choices=[("full", "Full"), ("unled", "Unled")], db_default="full", default="full", max_length=5
            ),
        ),
        migrations.AddIndex(
            model_name="call",
            index=models.Index(
                condition=~Q(("network_id", "")),
                fields=["network_id"],
                name="telephony_call_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="refusedcall",
            constraint=models.UniqueConstraint(
                condition=~Q(("network_id", "")),
                fields=("network_id",),
                name="telephony_refused_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="refusedcall",
            constraint=models.CheckConstraint(
                condition=Q(("why__in", ["full", "unled"])), name="telephony_refused_why"
            ),
        ),
    ]
