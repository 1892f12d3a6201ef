import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0002_roles"),
        ("customers", "0001_initial"),
        ("interactions", "0003_reasons"),
    ]

    operations = [
        migrations.CreateModel(
            name="Category",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=60, unique=True)),
                ("level", models.SmallIntegerField()),
                ("position", models.SmallIntegerField()),
                ("name_zh", models.CharField(max_length=60)),
                ("name_en", models.CharField(max_length=80)),
                (
                    "super_class",
                    models.CharField(
                        choices=[
                            ("network_quality", "Network Quality"),
                            ("tariff_dispute", "Tariff Dispute"),
                            ("vas_subscription", "Vas Subscription"),
                            ("service_quality", "Service Quality"),
                        ],
                        max_length=20,
                    ),
                ),
                ("business", models.CharField(blank=True, default="", max_length=40)),
                ("queue_code", models.CharField(blank=True, default="", max_length=40)),
                ("active", models.BooleanField(default=True)),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="tickets.category",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("level", 1), ("parent__isnull", True)),
                            models.Q(("level__in", [2, 3]), ("parent__isnull", False)),
                            _connector="OR",
                        ),
                        name="tickets_category_level",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "super_class__in",
                                ["network_quality", "tariff_dispute", "vas_subscription", "service_quality"],
                            )
                        ),
                        name="tickets_category_super_class",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="KindPolicy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20, unique=True)),
                (
                    "owner_rule",
                    models.CharField(
                        choices=[("first_asked", "First Asked"), ("handler", "Handler")],
                        default="first_asked",
                        max_length=20,
                    ),
                ),
                ("attempts_required", models.SmallIntegerField(default=3)),
                ("attempt_gap_hours", models.SmallIntegerField(default=22)),
                ("reopenings_before_escalation", models.SmallIntegerField(default=2)),
                (
                    "default_category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tickets.category"
                    ),
                ),
            ],
            options={
                "db_table": "tickets_kind_policy",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["enquiry", "fault", "complaint", "suggestion"])),
                        name="tickets_kind_policy_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("owner_rule__in", ["first_asked", "handler"])),
                        name="tickets_kind_policy_owner_rule",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("attempts_required__gte", 1), ("attempts_required__lte", 9)),
                        name="tickets_kind_policy_attempts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("attempt_gap_hours__gte", 1), ("attempt_gap_hours__lte", 240)),
                        name="tickets_kind_policy_gap",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reopenings_before_escalation__gte", 1), ("reopenings_before_escalation__lte", 9)
                        ),
                        name="tickets_kind_policy_reopenings",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Ticket",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20, unique=True)),
                ("kind", models.CharField(max_length=20)),
                ("title", models.CharField(max_length=120)),
                ("description", models.TextField()),
                ("urgency", models.CharField(default="normal", max_length=20)),
                ("queue_code", models.CharField(max_length=40)),
                ("state", models.CharField(default="acknowledged", max_length=20)),
                ("version", models.IntegerField(default=1)),
                ("opened_at", models.DateTimeField()),
                ("accessed_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField()),
                ("handled_at", models.DateTimeField(null=True)),
                ("delivered_at", models.DateTimeField(null=True)),
                ("followed_up_at", models.DateTimeField(null=True)),
                ("waiting_since", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("question", models.TextField(blank=True, default="")),
                ("answer", models.TextField(blank=True, default="")),
                ("reopened_count", models.SmallIntegerField(default=0)),
                ("closed_reason", models.CharField(blank=True, default="", max_length=20)),
                ("escalated_at", models.DateTimeField(null=True)),
                ("escalated_to", models.CharField(blank=True, default="", max_length=20)),
                ("urged_at", models.DateTimeField(null=True)),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tickets.category"
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="customers.customer"
                    ),
                ),
                (
                    "interaction",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="interactions.interaction",
                    ),
                ),
                (
                    "linked_to",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tickets.ticket"
                    ),
                ),
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
                    models.Index(fields=["-opened_at", "-id"], name="tickets_ticket_newest"),
                    models.Index(fields=["organisation", "-opened_at", "-id"], name="tickets_ticket_scope"),
                    models.Index(fields=["customer", "-opened_at", "-id"], name="tickets_ticket_customer"),
                    models.Index(
                        condition=models.Q(
                            ("state__in", ("acknowledged", "inProgress", "pending", "held", "resolved"))
                        ),
                        fields=["queue_code", "-opened_at", "-id"],
                        name="tickets_ticket_queue",
                    ),
                    models.Index(fields=["interaction"], name="tickets_ticket_interaction"),
                    models.Index(fields=["state", "-opened_at", "-id"], name="tickets_ticket_by_state"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["enquiry", "fault", "complaint", "suggestion"])),
                        name="tickets_ticket_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                (
                                    "acknowledged",
                                    "inProgress",
                                    "pending",
                                    "held",
                                    "resolved",
                                    "closed",
                                    "cancelled",
                                    "rejected",
                                ),
                            )
                        ),
                        name="tickets_ticket_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("urgency__in", ["normal", "urgent", "critical"])),
                        name="tickets_ticket_urgency",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["resolved", "closed"]), _negated=True),
                            models.Q(
                                models.Q(("answer", ""), _negated=True),
                                ("delivered_at__isnull", False),
                                ("handled_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="tickets_ticket_answered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_reason__in", ["confirmed", "unreached"]), ("state", "closed")),
                            models.Q(("closed_reason", "withdrawn"), ("state__in", ["cancelled", "rejected"])),
                            models.Q(
                                ("closed_reason", ""),
                                ("state__in", ("acknowledged", "inProgress", "pending", "held", "resolved")),
                            ),
                            _connector="OR",
                        ),
                        name="tickets_ticket_closed_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at__isnull", True),
                                ("state__in", ("acknowledged", "inProgress", "pending", "held", "resolved")),
                            ),
                            models.Q(
                                models.Q(
                                    ("state__in", ("acknowledged", "inProgress", "pending", "held", "resolved")),
                                    _negated=True,
                                ),
                                ("closed_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="tickets_ticket_closed_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "closed"), _negated=True),
                            ("followed_up_at__isnull", False),
                            _connector="OR",
                        ),
                        name="tickets_ticket_followed_up",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "pending"), _negated=True),
                            models.Q(("question", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="tickets_ticket_question",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("accepted_at__gte", models.F("accessed_at")),
                            models.Q(
                                ("handled_at__isnull", True),
                                ("handled_at__gte", models.F("accepted_at")),
                                _connector="OR",
                            ),
                            models.Q(
                                ("delivered_at__isnull", True),
                                ("delivered_at__gte", models.F("handled_at")),
                                _connector="OR",
                            ),
                            models.Q(
                                ("followed_up_at__isnull", True),
                                ("followed_up_at__gte", models.F("delivered_at")),
                                _connector="OR",
                            ),
                        ),
                        name="tickets_ticket_journey",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("escalated_at__isnull", True), ("escalated_to", "")),
                            models.Q(("escalated_at__isnull", False), ("escalated_to", "duty_leader")),
                            _connector="OR",
                        ),
                        name="tickets_ticket_escalated",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactAttempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("channel", models.CharField(max_length=20)),
                ("outcome", models.CharField(max_length=20)),
                ("agreed", models.BooleanField(null=True)),
                ("note", models.CharField(blank=True, default="", max_length=500)),
                ("by", models.CharField(max_length=40)),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="attempts", to="tickets.ticket"
                    ),
                ),
            ],
            options={
                "db_table": "tickets_contact_attempt",
                "indexes": [models.Index(fields=["ticket", "id"], name="tickets_attempt_history")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["awaiting", "reached", "no_answer", "failed"])),
                        name="tickets_attempt_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("agreed__isnull", True), ("outcome", "reached"), _connector="OR"),
                        name="tickets_attempt_agreed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "awaiting"), ("settled_at__isnull", True)),
                            models.Q(models.Q(("outcome", "awaiting"), _negated=True), ("settled_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="tickets_attempt_settled",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("outcome", "awaiting")),
                        fields=("ticket",),
                        name="tickets_attempt_one_awaiting",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TicketEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("kind", models.CharField(max_length=30)),
                ("actor", models.CharField(max_length=40)),
                ("actor_name", models.CharField(blank=True, default="", max_length=60)),
                ("text_zh", models.CharField(max_length=200)),
                ("text_en", models.CharField(max_length=200)),
                ("body", models.TextField(blank=True, default="")),
                ("visible_to_customer", models.BooleanField()),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="tickets.ticket"
                    ),
                ),
            ],
            options={
                "db_table": "tickets_entry",
                "indexes": [models.Index(fields=["ticket", "id"], name="tickets_entry_history")],
            },
        ),
    ]
