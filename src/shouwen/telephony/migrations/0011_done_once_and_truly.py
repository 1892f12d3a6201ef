"""What calls a customer is begun once; a pause knows the instruction by which the recording goes on."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("telephony", "0010_pauses_carried_out")]

    operations = [
        migrations.AddField(
            model_name="instruction",
            name="begun_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="recordingpause",
            name="resumption",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="telephony.instruction",
            ),
        ),
    ]
