"""Callers hear their place while they wait, and may be called back instead."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_single_sign_on"),
        ("interactions", "0005_calls_from_strangers"),
        ("telephony", "0003_consulting"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="call", name="telephony_call_outcome"),
        migrations.AddField(model_name="call", name="tell_at", field=models.DateTimeField(null=True)),
        migrations.AlterField(
            model_name="call",
            name="outcome",
            field=models.CharField(
                blank=True,
                choices=[
                    ("answered", "Answered"),
                    ("abandoned", "Abandoned"),
                    ("turned_away", "Turned Away"),
                    ("callback", "Callback"),
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
                    ("connect", "Connect"),
                    ("join", "Join"),
                    ("hang_up", "Hang Up"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddIndex(
            model_name="call",
            index=models.Index(
                condition=models.Q(("tell_at__isnull", False)), fields=["tell_at"], name="telephony_call_to_tell"
            ),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(models.Q(("step", "over"), _negated=True), ("outcome", "")),
                    models.Q(("outcome__in", ["answered", "abandoned", "turned_away", "callback"]), ("step", "over")),
                    _connector="OR",
                ),
                name="telephony_call_outcome",
            ),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=models.Q(("step", "waiting"), ("tell_at", None), _connector="OR"),
                name="telephony_call_told",
            ),
        ),
    ]
