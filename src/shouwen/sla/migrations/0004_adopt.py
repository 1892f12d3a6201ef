"""Deadlines that run already go on under what the product ships, with the allowance and the pause they have."""

from django.db import migrations

TICKETS = ("enquiry", "fault", "complaint", "suggestion")


def adopt(apps, schema_editor):
    deadline, pause = apps.get_model("sla", "Deadline"), apps.get_model("sla", "Pause")
    deadline.objects.update(policy_number=0)
    deadline.objects.filter(working_days__isnull=False).update(calendar="office", calendar_number=0)
    for row in deadline.objects.filter(met_at=None, cancelled_at=None):
        if row.paused_at:
            pause.objects.create(deadline=row, reason="customer", began_at=row.paused_at)
        if row.policy.split(".")[0] in TICKETS:
            row.ladder, row.ladder_number, row.next_tell_at = "standard", 0, row.warn_at
            row.save(update_fields=["ladder", "ladder_number", "next_tell_at"])


class Migration(migrations.Migration):
    dependencies = [("sla", "0003_versions")]
    operations = [migrations.RunPython(adopt, migrations.RunPython.noop)]
