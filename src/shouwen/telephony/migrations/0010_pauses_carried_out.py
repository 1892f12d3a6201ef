"""A pause knows the instruction by which the recording stood still; it may have failed."""

from __future__ import annotations

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import OuterRef, Q, Subquery


def link(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give each pause the instruction that was given with it."""
    instruction = apps.get_model("telephony", "Instruction")
    given = instruction.objects.filter(call_id=OuterRef("call_id"), verb="pause", given_at=OuterRef("begun_at"))
    apps.get_model("telephony", "RecordingPause").objects.update(instruction=Subquery(given.values("id")[:1]))


class Migration(migrations.Migration):
    dependencies = [("telephony", "0009_phone_book")]

    operations = [
        migrations.RemoveConstraint(model_name="recordingpause", name="telephony_pause_ended"),
        migrations.AlterField(
            model_name="recordingpause",
            name="ended_by",
            field=models.CharField(
                blank=True,
                choices=[
                    ("agent", "Agent"),
                    ("limit", "Limit"),
                    ("moved", "Moved"),
                    ("call", "Call"),
                    ("failed", "Failed"),
                ],
                max_length=6,
            ),
        ),
        migrations.AddConstraint(
            model_name="recordingpause",
            constraint=models.CheckConstraint(
                condition=Q(
                    Q(("ended_at", None), ("ended_by", "")),
                    Q(
                        ("ended_at__isnull", False),
                        ("ended_by__in", ["agent", "limit", "moved", "call", "failed"]),
                    ),
                    _connector="OR",
                ),
                name="telephony_pause_ended",
            ),
        ),
        migrations.AddField(
            model_name="recordingpause",
            name="instruction",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="telephony.instruction",
            ),
        ),
        migrations.RunPython(link, migrations.RunPython.noop),
    ]
