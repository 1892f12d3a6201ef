"""Calls that we make: their step, their ends, the callback they make good."""

import django.db.models.deletion
from django.db import migrations, models

ENDS = [
    *("answered", "abandoned", "turned_away", "cut", "callback"),
    *("busy", "no_answer", "refused", "wrong_number", "unreachable", "cancelled", "not_taken"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("routing", "0011_outbound"),
        ("telephony", "0007_cut_calls"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="call", name="telephony_call_step"),
        migrations.RemoveConstraint(model_name="call", name="telephony_call_outcome"),
        migrations.RemoveConstraint(model_name="call", name="telephony_call_answered"),
        migrations.AddField(
            model_name="call", name="outbound", field=models.BooleanField(db_default=False, default=False)
        ),
        migrations.AddField(
            model_name="call",
            name="callback",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="routing.callback"
            ),
        ),
        migrations.AddField(model_name="leg", name="rang_at", field=models.DateTimeField(null=True)),
        migrations.AlterField(
            model_name="call",
            name="step",
            field=models.CharField(
                choices=[
                    ("notice", "Notice"),
                    ("dialling", "Dialling"),
                    ("waiting", "Waiting"),
                    ("talking", "Talking"),
                    ("over", "Over"),
                ],
                default="notice",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="call",
            name="outcome",
            field=models.CharField(
                blank=True,
                choices=[
                    ("answered", "Answered"),
                    ("abandoned", "Abandoned"),
                    ("turned_away", "Turned Away"),
                    ("cut", "Cut"),
                    ("callback", "Callback"),
                    ("busy", "Busy"),
                    ("no_answer", "No Answer"),
                    ("refused", "Refused"),
                    ("wrong_number", "Wrong Number"),
                    ("unreachable", "Unreachable"),
                    ("cancelled", "Cancelled"),
                    ("not_taken", "Not Taken"),
                ],
                max_length=12,
            ),
        ),
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
                    ("dial", "Dial"),
                    ("connect", "Connect"),
                    ("join", "Join"),
                    ("hang_up", "Hang Up"),
                    ("pause", "Pause"),
                    ("unpause", "Unpause"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddIndex(
            model_name="call",
            index=models.Index(
                condition=models.Q(("outbound", True)), fields=["calling"], name="telephony_call_to_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("step__in", ["notice", "dialling", "waiting", "talking", "over"]),
                    models.Q(
                        models.Q(("outbound", False), models.Q(("step", "dialling"), _negated=True)),
                        models.Q(("outbound", True), models.Q(("step", "notice"), _negated=True)),
                        _connector="OR",
                    ),
                ),
                name="telephony_call_step",
            ),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(models.Q(("step", "over"), _negated=True), ("outcome", "")),
                    models.Q(("outcome__in", ENDS), ("step", "over")),
                    _connector="OR",
                ),
                name="telephony_call_outcome",
            ),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("staff", None), models.Q(("step", "talking"), _negated=True)),
                    models.Q(("answered_at__isnull", False), ("staff__isnull", False)),
                    models.Q(
                        ("outbound", True), ("staff__isnull", False), models.Q(("step", "talking"), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="telephony_call_answered",
            ),
        ),
    ]
