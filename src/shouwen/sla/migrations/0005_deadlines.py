"""What the versions have replaced goes; what they promise is guarded."""

from django.db import migrations, models
from django.db.models import Q

OPEN = {"met_at__isnull": True, "cancelled_at__isnull": True}


class Migration(migrations.Migration):
    dependencies = [("sla", "0004_adopt")]

    operations = [
        migrations.RemoveField("deadline", "pausable"),
        migrations.RemoveField("deadline", "warn_at"),
        migrations.RemoveField("deadline", "warned_at"),
        migrations.RemoveField("deadline", "pause_reason"),
        migrations.DeleteModel("Policy"),
        migrations.DeleteModel("CalendarDay"),
        migrations.AddConstraint(
            "deadline",
            models.CheckConstraint(
                name="sla_deadline_one_measure",
                condition=(
                    Q(seconds__gt=0, working_seconds__isnull=True, working_days__isnull=True)
                    | Q(seconds__isnull=True, working_seconds__gt=0, working_days__isnull=True)
                    | Q(seconds__isnull=True, working_seconds__isnull=True, working_days__gt=0)
                ),
            ),
        ),
        migrations.AddConstraint(
            "deadline",
            models.CheckConstraint(
                name="sla_deadline_calendar",
                condition=Q(seconds__isnull=False) ^ Q(calendar_number__isnull=False),
            ),
        ),
        migrations.AddConstraint(
            "deadline",
            models.CheckConstraint(
                name="sla_deadline_pause_ends",
                condition=Q(pause_ends_at__isnull=True) | Q(paused_at__isnull=False),
            ),
        ),
        migrations.AddIndex(
            "deadline",
            models.Index(
                fields=["next_tell_at"],
                name="sla_deadline_tell",
                condition=Q(**OPEN, paused_at__isnull=True, next_tell_at__isnull=False),
            ),
        ),
        migrations.AddIndex(
            "deadline",
            models.Index(fields=["pause_ends_at"], name="sla_deadline_limit", condition=Q(pause_ends_at__isnull=False)),
        ),
    ]
