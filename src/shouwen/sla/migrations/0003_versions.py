"""Deadlines remember the versions they run under; pauses have rows of their own."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("sla", "0002_limits")]

    operations = [
        migrations.CreateModel(
            name="Pause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "deadline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pauses", to="sla.deadline"
                    ),
                ),
                ("reason", models.CharField(max_length=30)),
                ("began_at", models.DateTimeField()),
                ("limit_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.CharField(blank=True, default="", max_length=10)),
            ],
            options={
                "db_table": "sla_pause",
                "constraints": [
                    models.UniqueConstraint(
                        fields=["deadline"], condition=Q(ended_at__isnull=True), name="sla_pause_one_running"
                    ),
                    models.CheckConstraint(
                        name="sla_pause_ended",
                        condition=Q(ended_at__isnull=True, ended_by="")
                        | Q(ended_at__gte=F("began_at"), ended_by__in=["resumed", "limit", "settled"]),
                    ),
                ],
                "indexes": [models.Index(fields=["deadline", "id"], name="sla_pause_of_deadline")],
            },
        ),
        migrations.RemoveConstraint("deadline", "sla_deadline_one_measure"),
        migrations.RemoveConstraint("deadline", "sla_deadline_pausable"),
        migrations.RemoveIndex("deadline", "sla_deadline_warn"),
        migrations.RenameField("deadline", "allowance_seconds", "seconds"),
        migrations.AddField("deadline", "facets", models.JSONField(default=dict)),
        migrations.AlterField("deadline", "policy", models.CharField(max_length=120)),
        migrations.AddField("deadline", "policy_number", models.IntegerField(default=1), preserve_default=False),
        migrations.AddField("deadline", "calendar", models.CharField(blank=True, default="", max_length=120)),
        migrations.AddField("deadline", "calendar_number", models.IntegerField(null=True)),
        migrations.AddField("deadline", "ladder", models.CharField(blank=True, default="", max_length=120)),
        migrations.AddField("deadline", "ladder_number", models.IntegerField(null=True)),
        migrations.AddField("deadline", "working_seconds", models.IntegerField(null=True)),
        migrations.AddField("deadline", "next_tell_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "deadline",
            "told",
            django.contrib.postgres.fields.ArrayField(models.SmallIntegerField(), default=list),
        ),
        migrations.AddField("deadline", "pause_ends_at", models.DateTimeField(null=True)),
    ]
