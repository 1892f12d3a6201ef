"""The roster."""

import datetime as dt

import django.contrib.postgres.constraints
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("routing", "0001_initial"),  # makes the extension that exclusion over a person needs
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Shift",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "activity",
                    models.CharField(
                        choices=[
                            ("work", "work"),
                            ("break", "break"),
                            ("training", "training"),
                            ("meeting", "meeting"),
                        ],
                        max_length=10,
                    ),
                ),
                ("paid", models.BooleanField()),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["staff", "starts_at"], name="workforce_shift_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("activity__in", ("work", "break", "training", "meeting"))),
                        name="workforce_shift_activity",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_at__gt", models.F("starts_at")),
                            ("ends_at__lte", models.F("starts_at") + dt.timedelta(hours=16)),
                        ),
                        name="workforce_shift_order",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("staff", "="),
                            (
                                models.Func(models.F("starts_at"), models.F("ends_at"), function="tstzrange"),
                                "&&",
                            ),
                        ],
                        name="workforce_shift_no_overlap",
                    ),
                ],
            },
        ),
    ]
