import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Responsibility",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.CharField(max_length=40)),
                ("subject_id", models.BigIntegerField()),
                ("customer_id", models.BigIntegerField(null=True)),
                (
                    "waits_on",
                    models.CharField(
                        choices=[("us", "Us"), ("customer", "Customer"), ("third_party", "Third Party")],
                        default="us",
                        max_length=20,
                    ),
                ),
                ("next_contact_at", models.DateTimeField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "handler",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "offered_to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "db_table": "responsibility",
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=["owner", "subject", "subject_id"],
                        name="responsibility_owned",
                    ),
                    models.Index(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=["handler", "subject", "subject_id"],
                        name="responsibility_handled",
                    ),
                    models.Index(
                        condition=models.Q(("offered_to__isnull", False)),
                        fields=["offered_to"],
                        name="responsibility_offered",
                    ),
                    models.Index(
                        condition=models.Q(("closed_at__isnull", True), ("next_contact_at__isnull", False)),
                        fields=["next_contact_at"],
                        name="responsibility_contact_due",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("subject", "subject_id"), name="responsibility_one_row"),
                    models.CheckConstraint(
                        condition=models.Q(("waits_on__in", ["us", "customer", "third_party"])),
                        name="responsibility_waits_on",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_at__isnull", False),
                            models.Q(("next_contact_at__isnull", True), ("waits_on", "us")),
                            models.Q(models.Q(("waits_on", "us"), _negated=True), ("next_contact_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="responsibility_next_contact",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("closed_at__isnull", True), ("offered_to__isnull", True), _connector="OR"),
                        name="responsibility_closed_has_no_offer",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ResponsibilityChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("verb", models.CharField(max_length=20)),
                ("by", models.CharField(max_length=40)),
                ("owner_id", models.BigIntegerField()),
                ("handler_id", models.BigIntegerField(null=True)),
                ("offered_to_id", models.BigIntegerField(null=True)),
                ("waits_on", models.CharField(max_length=20)),
                ("next_contact_at", models.DateTimeField(null=True)),
                (
                    "responsibility",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="responsibility.responsibility",
                    ),
                ),
            ],
            options={
                "db_table": "responsibility_change",
                "indexes": [models.Index(fields=["responsibility", "id"], name="responsibility_change_log")],
            },
        ),
    ]
