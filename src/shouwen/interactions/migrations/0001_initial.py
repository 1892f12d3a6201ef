import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import shouwen.kit.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0002_roles"),
        ("accounts", "__first__"),
        ("customers", "0001_initial"),
        ("kit", "0002_sql"),
    ]

    operations = [
        migrations.CreateModel(
            name="Interaction",
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
                (
                    "medium",
                    models.CharField(
                        choices=[
                            ("web_chat", "Web Chat"),
                            ("voice", "Voice"),
                            ("sms", "Sms"),
                            ("email", "Email"),
                            ("fax", "Fax"),
                            ("wechat", "Wechat"),
                            ("letter", "Letter"),
                            ("voice_mailbox", "Voice Mailbox"),
                            ("e_form", "E Form"),
                            ("mini_program", "Mini Program"),
                            ("official_account", "Official Account"),
                            ("social", "Social"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "contact_mode",
                    models.CharField(
                        choices=[
                            ("direct_manual", "Direct Manual"),
                            ("automatic", "Automatic"),
                            ("indirect_manual", "Indirect Manual"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "direction",
                    models.CharField(
                        choices=[("inbound", "Inbound"), ("outbound_proactive", "Outbound Proactive")], max_length=20
                    ),
                ),
                ("visitor_id", models.BigIntegerField(null=True)),
                ("topic", models.CharField(blank=True, max_length=80)),
                ("queue_code", models.CharField(max_length=40)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("ended", "Ended"), ("closed", "Closed")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("last_seq", models.IntegerField(default=0)),
                ("opened_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "ended_by",
                    models.CharField(
                        choices=[("customer", "Customer"), ("staff", "Staff"), ("system", "System")],
                        max_length=10,
                        null=True,
                    ),
                ),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "customer",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="customers.customer",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["customer", "-id"], name="interactions_of_customer"),
                    models.Index(
                        condition=models.Q(("visitor_id__isnull", False)),
                        fields=["visitor_id"],
                        name="interactions_of_visitor",
                    ),
                    models.Index(
                        condition=models.Q(("state", "closed"), _negated=True),
                        fields=["opened_at"],
                        name="interactions_not_closed",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "medium__in",
                                [
                                    "web_chat",
                                    "voice",
                                    "sms",
                                    "email",
                                    "fax",
                                    "wechat",
                                    "letter",
                                    "voice_mailbox",
                                    "e_form",
                                    "mini_program",
                                    "official_account",
                                    "social",
                                ],
                            )
                        ),
                        name="interactions_interaction_medium",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("contact_mode__in", ["direct_manual", "automatic", "indirect_manual"])),
                        name="interactions_interaction_contact_mode",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("direction__in", ["inbound", "outbound_proactive"])),
                        name="interactions_interaction_direction",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("customer", None), _negated=True),
                            models.Q(("visitor_id", None), _negated=True),
                            _connector="OR",
                        ),
                        name="interactions_interaction_party",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at", None), ("ended_at", None), ("ended_by", None), ("state", "open")),
                            models.Q(
                                ("closed_at", None),
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                                ("state", "ended"),
                            ),
                            models.Q(
                                ("closed_at__isnull", False),
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                                ("state", "closed"),
                            ),
                            _connector="OR",
                        ),
                        name="interactions_interaction_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at", None),
                            models.Q(
                                ("ended_at__gte", models.F("opened_at")),
                                models.Q(
                                    ("closed_at", None), ("closed_at__gte", models.F("ended_at")), _connector="OR"
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="interactions_interaction_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("last_seq__gte", 0)), name="interactions_interaction_last_seq"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("body", models.TextField()),
                ("saved_at", models.DateTimeField()),
                (
                    "staff",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "interaction",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="drafts",
                        to="interactions.interaction",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("staff", "interaction"), name="interactions_draft_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seq", models.IntegerField()),
                (
                    "author_kind",
                    models.CharField(
                        choices=[("customer", "Customer"), ("staff", "Staff"), ("system", "System")], max_length=10
                    ),
                ),
                ("author_id", models.BigIntegerField(null=True)),
                ("body", models.TextField()),
                ("sent_at", models.DateTimeField()),
                ("client_key", models.CharField(max_length=200)),
                (
                    "interaction",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="interactions.interaction",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("interaction", "seq"), name="interactions_message_seq"),
                    models.UniqueConstraint(
                        fields=("interaction", "author_kind", "client_key"), name="interactions_message_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("body", ""), _negated=True), name="interactions_message_said"
                    ),
                    models.CheckConstraint(condition=models.Q(("seq__gte", 1)), name="interactions_message_from_one"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("author_id", None), ("author_kind", "system")),
                            models.Q(("author_id__isnull", False), ("author_kind__in", ["customer", "staff"])),
                            _connector="OR",
                        ),
                        name="interactions_message_author",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reason",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, unique=True)),
                ("zh", models.CharField(max_length=40)),
                ("en", models.CharField(max_length=60)),
                ("active", models.BooleanField(default=True)),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="interactions.reason",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("zh", ""), _negated=True), models.Q(("en", ""), _negated=True)),
                        name="interactions_reason_named",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Rating",
            fields=[
                (
                    "interaction",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="rating",
                        serialize=False,
                        to="interactions.interaction",
                    ),
                ),
                ("score", models.SmallIntegerField()),
                ("comment", models.CharField(blank=True, max_length=1000)),
                ("rated_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("score__gte", 1), ("score__lte", 5)), name="interactions_rating_score"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ServiceRecord",
            fields=[
                (
                    "interaction",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="service_record",
                        serialize=False,
                        to="interactions.interaction",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=40)),
                ("handling", models.CharField(blank=True, max_length=40)),
                ("note", models.TextField(blank=True)),
                ("version", models.IntegerField(default=0)),
                ("saved_at", models.DateTimeField(null=True)),
                (
                    "saved_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("version__gte", 0)), name="interactions_record_version")
                ],
            },
        ),
    ]
