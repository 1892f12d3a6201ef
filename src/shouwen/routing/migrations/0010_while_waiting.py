"""What callers hear while they wait: their place, and that they may be called back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("routing", "0009_planned_once")]

    operations = [
        migrations.AddField(
            model_name="queue",
            name="callback_offer",
            field=models.BooleanField(db_default=True, default=True),
        ),
        migrations.AddField(
            model_name="queue",
            name="place_seconds",
            field=models.IntegerField(db_default=60, default=60, null=True),
        ),
        migrations.AddConstraint(
            model_name="queue",
            constraint=models.CheckConstraint(
                condition=models.Q(("place_seconds", None), ("place_seconds__gte", 1), _connector="OR"),
                name="routing_queue_place",
            ),
        ),
    ]
