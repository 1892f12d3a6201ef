"""A visit knows how long it was from the contact's arrival to its outcome; those counted before learn it."""

from __future__ import annotations

from django.db import migrations, models

LEARN = """
update metrics_visit v set since_arrival_ms = greatest(floor(extract(epoch from v.left_at - j.at) * 1000), 0)
  from interactions_journal j
 where v.medium = 'voice' and v.left_at is not null and j.interaction_id = v.interaction_id and j.name = 'arrive'
   and not exists (select 1 from metrics_visit e
                    where e.interaction_id = v.interaction_id and e.ordinal < v.ordinal and e.outcome = 'answered')
"""


class Migration(migrations.Migration):
    dependencies = [("metrics", "0001_intervals"), ("interactions", "0007_recording_in_the_journal")]

    operations = [
        migrations.AddField(
            model_name="visit",
            name="since_arrival_ms",
            field=models.BigIntegerField(null=True),
        ),
        migrations.RunSQL(LEARN, migrations.RunSQL.noop),
    ]
