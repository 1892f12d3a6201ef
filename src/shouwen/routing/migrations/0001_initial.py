import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.operations
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import shouwen.routing.rules.precedence
import shouwen.routing.rules.presence


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0002_roles"),
        ("accounts", "__first__"),
        ("customers", "0001_initial"),
    ]

    operations = [
        django.contrib.postgres.operations.BtreeGistExtension(),
        migrations.CreateModel(
            name="Domain",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, unique=True)),
            ],
            options={
                "db_table": "routing_domain",
            },
        ),
        migrations.CreateModel(
            name="Skill",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, unique=True)),
                ("name", models.CharField(max_length=60)),
                (
                    "domain",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="routing.domain"
                    ),
                ),
            ],
            options={
                "db_table": "routing_skill",
            },
        ),
        migrations.CreateModel(
            name="Queue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, unique=True)),
                ("name", models.CharField(max_length=60)),
                ("needed_level", models.SmallIntegerField(default=1)),
                (
                    "media",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), default=list, size=None
                    ),
                ),
                (
                    "discipline",
                    models.CharField(
                        choices=[("weighted", "weighted"), ("fifo", "fifo"), ("priority", "priority")],
                        default=shouwen.routing.rules.precedence.Discipline["WEIGHTED"],
                        max_length=10,
                    ),
                ),
                ("general", models.BooleanField(default=False)),
                ("offer_seconds", models.IntegerField(default=30)),
                ("hold_seconds", models.IntegerField(default=30)),
                ("wrap_up_seconds", models.IntegerField(default=300)),
                ("paused", models.BooleanField(default=False)),
                ("stopped", models.BooleanField(default=False)),
                (
                    "domain",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="routing.domain"
                    ),
                ),
                (
                    "duty_leader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "skill",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="routing.skill"
                    ),
                ),
            ],
            options={
                "db_table": "routing_queue",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("needed_level__gte", 1), ("needed_level__lte", 10)),
                        name="routing_queue_level",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("discipline__in", ["weighted", "fifo", "priority"])),
                        name="routing_queue_discipline",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("hold_seconds__gte", 0), ("offer_seconds__gte", 1), ("wrap_up_seconds__gte", 0)
                        ),
                        name="routing_queue_seconds",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("general", True)), fields=("domain",), name="routing_queue_one_general"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AgentSkill",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("level", models.SmallIntegerField(default=0)),
                ("wanted_level", models.SmallIntegerField()),
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
                    "skill",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="routing.skill",
                    ),
                ),
            ],
            options={
                "db_table": "routing_agent_skill",
                "indexes": [
                    models.Index(fields=["skill", "level", "staff"], name="routing_agent_skill_reverse"),
                    models.Index(
                        condition=models.Q(("level", models.F("wanted_level")), _negated=True),
                        fields=["skill"],
                        name="routing_agent_skill_wanted",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("staff", "skill"), name="routing_agent_skill_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("level__gte", 0), ("level__lte", 10), ("wanted_level__gte", 0), ("wanted_level__lte", 10)
                        ),
                        name="routing_agent_skill_level",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.CharField(max_length=20)),
                ("subject_id", models.BigIntegerField()),
                ("contact", models.CharField(blank=True, max_length=40)),
                ("medium", models.CharField(max_length=20)),
                ("needed_level", models.SmallIntegerField()),
                (
                    "asked_klass",
                    models.CharField(
                        choices=[
                            ("re_offer", "re_offer"),
                            ("transfer", "transfer"),
                            ("green", "green"),
                            ("vip", "vip"),
                            ("callback", "callback"),
                            ("plain", "plain"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "klass",
                    models.CharField(
                        choices=[
                            ("re_offer", "re_offer"),
                            ("transfer", "transfer"),
                            ("green", "green"),
                            ("vip", "vip"),
                            ("callback", "callback"),
                            ("plain", "plain"),
                        ],
                        max_length=10,
                    ),
                ),
                ("bonus_seconds", models.IntegerField(default=0)),
                ("highest_grade", models.BooleanField(default=False)),
                ("vtime", models.DateTimeField()),
                ("hold_until", models.DateTimeField(null=True)),
                (
                    "refused_by",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                ("refused_until", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("arrived", "Arrived"),
                            ("waiting", "Waiting"),
                            ("offered", "Offered"),
                            ("assigned", "Assigned"),
                            ("wrap", "Wrap"),
                            ("done", "Done"),
                            ("abandoned", "Abandoned"),
                            ("moved", "Moved"),
                        ],
                        default="arrived",
                        max_length=10,
                    ),
                ),
                ("offer_expires_at", models.DateTimeField(null=True)),
                ("offers", models.IntegerField(default=0)),
                ("requested_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("version", models.IntegerField(default=1)),
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
                    "offered_to",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "preferred_staff",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "previous",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="routing.workitem"
                    ),
                ),
                (
                    "queue",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="routing.queue",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "staff",
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
                "db_table": "routing_work_item",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["queue", "medium", "vtime", "id"],
                        name="routing_work_item_waiting",
                    ),
                    models.Index(
                        condition=models.Q(("state", "arrived")), fields=["id"], name="routing_work_item_arrived"
                    ),
                    models.Index(
                        condition=models.Q(("state", "offered")),
                        fields=["offer_expires_at"],
                        name="routing_work_item_offered",
                    ),
                    models.Index(
                        condition=models.Q(("state", "offered")),
                        fields=["offered_to"],
                        name="routing_work_item_offered_to",
                    ),
                    models.Index(fields=["subject", "subject_id", "-id"], name="routing_work_item_subject"),
                    models.Index(fields=["queue", "answered_at"], name="routing_work_item_answered"),
                    models.Index(fields=["queue", "requested_at"], name="routing_work_item_requested"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["arrived", "waiting", "offered", "assigned", "wrap"])),
                        fields=("subject", "subject_id"),
                        name="routing_work_item_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("offer_expires_at__isnull", False), ("offered_to__isnull", False), ("state", "offered")
                            ),
                            models.Q(
                                models.Q(("state", "offered"), _negated=True),
                                ("offer_expires_at", None),
                                ("offered_to", None),
                            ),
                            _connector="OR",
                        ),
                        name="routing_work_item_offer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["assigned", "wrap", "done"]), _negated=True),
                            models.Q(("answered_at__isnull", False), ("staff__isnull", False)),
                            _connector="OR",
                        ),
                        name="routing_work_item_served",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at", None),
                                ("state__in", ["arrived", "waiting", "offered", "assigned", "wrap"]),
                            ),
                            models.Q(("closed_at__isnull", False), ("state__in", ["done", "abandoned", "moved"])),
                            _connector="OR",
                        ),
                        name="routing_work_item_closed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("needed_level__gte", 1), ("needed_level__lte", 10)),
                        name="routing_work_item_level",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("hold_until", None), ("preferred_staff__isnull", False), _connector="OR"),
                        name="routing_work_item_hold",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Slot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("medium", models.CharField(max_length=20)),
                ("ordinal", models.SmallIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("free", "Free"),
                            ("offered", "Offered"),
                            ("busy", "Busy"),
                            ("wrap", "Wrap"),
                            ("released", "Released"),
                        ],
                        default="released",
                        max_length=10,
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
                (
                    "work_item",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="slot",
                        to="routing.workitem",
                    ),
                ),
            ],
            options={
                "db_table": "routing_slot",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "released")), fields=["staff"], name="routing_slot_released"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("staff", "medium", "ordinal"), name="routing_slot_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["free", "released"]), ("work_item", None)),
                            models.Q(("state__in", ["offered", "busy", "wrap"]), ("work_item__isnull", False)),
                            _connector="OR",
                        ),
                        name="routing_slot_holds",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Presence",
            fields=[
                (
                    "staff",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("ready", "ready"),
                            ("not_ready", "not_ready"),
                            ("acw", "acw"),
                            ("break", "break"),
                            ("training", "training"),
                            ("meeting", "meeting"),
                            ("offline", "offline"),
                        ],
                        default=shouwen.routing.rules.presence.State["OFFLINE"],
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=40)),
                ("since", models.DateTimeField()),
                ("available", models.BooleanField(default=False)),
                ("idle_since", models.DateTimeField()),
                ("seen_at", models.DateTimeField(null=True)),
                (
                    "domain",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="routing.domain"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "db_table": "routing_presence",
                "indexes": [
                    models.Index(
                        condition=models.Q(("available", True)),
                        fields=["domain", "idle_since"],
                        name="routing_presence_available",
                    ),
                    models.Index(
                        condition=models.Q(("available", False), ("state", "ready")),
                        fields=["domain"],
                        name="routing_presence_coming",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["ready", "not_ready", "acw", "break", "training", "meeting", "offline"])
                        ),
                        name="routing_presence_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("available", False), ("state", "ready"), _connector="OR"),
                        name="routing_presence_available_is_ready",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PresenceSpan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("ready", "ready"),
                            ("not_ready", "not_ready"),
                            ("acw", "acw"),
                            ("break", "break"),
                            ("training", "training"),
                            ("meeting", "meeting"),
                            ("offline", "offline"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=40)),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
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
                "db_table": "routing_presence_span",
                "indexes": [models.Index(fields=["staff", "started_at"], name="routing_presence_span_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at", None), ("ended_at__gte", models.F("started_at")), _connector="OR"
                        ),
                        name="routing_presence_span_order",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)), fields=("staff",), name="routing_presence_span_one_open"
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("staff", "="),
                            (models.Func(models.F("started_at"), models.F("ended_at"), function="tstzrange"), "&&"),
                        ],
                        name="routing_presence_span_no_overlap",
                    ),
                ],
            },
        ),
    ]
