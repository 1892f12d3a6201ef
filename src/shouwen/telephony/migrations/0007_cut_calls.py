from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("telephony", "0006_ports")]

    operations = [
        migrations.RemoveConstraint(model_name="call", name="telephony_call_outcome"),
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
                ],
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(models.Q(("step", "over"), _negated=True), ("outcome", "")),
                    models.Q(
                        ("outcome__in", ["answered", "abandoned", "turned_away", "cut", "callback"]), ("step", "over")
                    ),
                    _connector="OR",
                ),
                name="telephony_call_outcome",
            ),
        ),
    ]
