import django.db.models.deletion
from django.db import migrations, models

import shouwen.kit.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0002_roles"),
    ]

    operations = [
        migrations.CreateModel(
            name="Customer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    shouwen.kit.ids.PublicId(
                        db_default=models.Func(function="kit_uuidv7", output_field=models.UUIDField()),
                        editable=False,
                        unique=True,
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[("public", "Public"), ("business", "Business"), ("gov_ent", "Gov Ent")],
                        default="public",
                        max_length=10,
                    ),
                ),
                ("star", models.SmallIntegerField(null=True)),
                ("birth_date", models.DateField(null=True)),
                ("account_number", models.CharField(max_length=30, null=True, unique=True)),
                ("language", models.CharField(default="zh-CN", max_length=5)),
                ("registered_at", models.DateTimeField()),
                ("version", models.IntegerField(default=1)),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organisation", "id"], name="customers_customer_scope"),
                    models.Index(fields=["name"], name="customers_customer_name", opclasses=["text_pattern_ops"]),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="customers_customer_named"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("star", None), models.Q(("star__gte", 1), ("star__lte", 7)), _connector="OR"
                        ),
                        name="customers_customer_star",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["public", "business", "gov_ent"])),
                        name="customers_customer_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("language__in", ["zh-CN", "en"])), name="customers_customer_language"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("account_number", None), models.Q(("account_number", ""), _negated=True), _connector="OR"
                        ),
                        name="customers_customer_account",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactPoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("phone", "Phone"), ("email", "Email")], max_length=10)),
                ("value", models.CharField(max_length=254)),
                ("verified_at", models.DateTimeField(null=True)),
                ("preferred", models.BooleanField(default=False)),
                ("signs_in", models.BooleanField(default=False)),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contact_points",
                        to="customers.customer",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["kind", "value"], name="customers_contact_value"),
                    models.Index(fields=["value"], name="customers_contact_prefix", opclasses=["text_pattern_ops"]),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("customer", "kind", "value"), name="customers_contact_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("signs_in", True)), fields=("value",), name="customers_contact_signs_in"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("signs_in", True)),
                        fields=("customer",),
                        name="customers_contact_one_sign_in",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("preferred", True)),
                        fields=("customer", "kind"),
                        name="customers_contact_one_preferred",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["phone", "email"])), name="customers_contact_kind"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("signs_in", False), ("kind", "phone"), _connector="OR"),
                        name="customers_contact_phone_signs_in",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "purpose",
                    models.CharField(
                        choices=[("marketing", "Marketing"), ("profiling", "Profiling"), ("survey", "Survey")],
                        max_length=20,
                    ),
                ),
                ("given", models.BooleanField()),
                ("text_version", models.CharField(max_length=40)),
                ("channel", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="consents", to="customers.customer"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["customer", "purpose", "-id"], name="customers_consent_latest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("purpose__in", ["marketing", "profiling", "survey"])),
                        name="customers_consent_purpose",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AccessSession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("kind", models.CharField(choices=[("visitor", "Visitor"), ("customer", "Customer")], max_length=10)),
                ("opened_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "visitor",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="continued_by",
                        to="customers.accesssession",
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="customers.customer",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["customer", "expires_at"], name="customers_session_of"),
                    models.Index(fields=["expires_at"], name="customers_session_age"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("customer", None), ("kind", "visitor")),
                            models.Q(("kind", "customer"), models.Q(("customer", None), _negated=True)),
                            _connector="OR",
                        ),
                        name="customers_session_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("visitor", None), ("kind", "customer"), _connector="OR"),
                        name="customers_session_continues",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MatterLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("subject", models.CharField(max_length=30)),
                ("subject_id", models.BigIntegerField()),
                ("issued_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="customers.customer"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["subject", "subject_id"], name="customers_link_subject")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("issued_at"))), name="customers_link_lives"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ServicePin",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=200)),
                ("set_at", models.DateTimeField()),
                ("failures", models.SmallIntegerField(default=0)),
                ("locked_until", models.DateTimeField(null=True)),
                (
                    "customer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="service_pin", to="customers.customer"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("failures__gte", 0)), name="customers_pin_failures")
                ],
            },
        ),
        migrations.CreateModel(
            name="SignInCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("phone", models.CharField(max_length=20)),
                ("address", models.CharField(max_length=45)),
                ("requested_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("digest", models.CharField(max_length=64, null=True)),
                ("attempts", models.SmallIntegerField(default=0)),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "customer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="customers.customer",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["phone", "-requested_at"], name="customers_code_phone"),
                    models.Index(fields=["address", "-requested_at"], name="customers_code_address"),
                    models.Index(fields=["requested_at"], name="customers_code_age"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("attempts__gte", 0), ("attempts__lte", 5)), name="customers_code_attempts"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("digest", None), models.Q(("customer", None), _negated=True), _connector="OR"
                        ),
                        name="customers_code_has_customer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("used_at", None), models.Q(("digest", None), _negated=True), _connector="OR"
                        ),
                        name="customers_code_used_was_made",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("requested_at"))), name="customers_code_lives"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TimelineEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("kind", models.CharField(max_length=40)),
                ("channel", models.CharField(max_length=30)),
                ("subject", models.CharField(max_length=30)),
                ("subject_id", models.BigIntegerField()),
                ("line_zh", models.CharField(max_length=300)),
                ("line_en", models.CharField(max_length=300)),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="timeline", to="customers.customer"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["customer", "-at", "-id"], name="customers_timeline_newest"),
                    models.Index(fields=["subject", "subject_id"], name="customers_timeline_subject"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("line_zh", ""), _negated=True), models.Q(("line_en", ""), _negated=True)
                        ),
                        name="customers_timeline_two_languages",
                    )
                ],
            },
        ),
    ]
