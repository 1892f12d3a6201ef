import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [
        ("telephony", "0004_while_waiting"),
        ("interactions", "0007_recording_in_the_journal"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="instruction",
            name="verb",
            field=models.CharField(
                choices=[
                    ("greet", "Greet"),
                    ("turn_away", "Turn Away"),
                    ("hold", "Hold"),
                    ("tell", "Tell"),
                    ("farewell", "Farewell"),
                    ("ring", "Ring"),
                    ("connect", "Connect"),
                    ("join", "Join"),
                    ("hang_up", "Hang Up"),
                    ("pause", "Pause"),
                    ("unpause", "Unpause"),
                ],
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="RecordingPause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("begun_at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "ended_by",
                    models.CharField(
                        blank=True,
                        choices=[("agent", "Agent"), ("limit", "Limit"), ("moved", "Moved"), ("call", "Call")],
                        max_length=5,
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pauses",
                        to="telephony.call",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["call", "id"], name="telephony_pause_of_call"),
                    models.Index(condition=Q(("ended_at", None)), fields=["until"], name="telephony_pause_due"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(("ended_at", None)), fields=("call",), name="telephony_pause_one"
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("ended_at", None), ("ended_by", "")),
                            Q(("ended_at__isnull", False), ("ended_by__in", ["agent", "limit", "moved", "call"])),
                            _connector="OR",
                        ),
                        name="telephony_pause_ended",
                    ),
                    models.CheckConstraint(condition=Q(("until__gt", F("begun_at"))), name="telephony_pause_limited"),
                ],
            },
        ),
    ]
