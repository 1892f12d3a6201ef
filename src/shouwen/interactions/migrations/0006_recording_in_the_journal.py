"""The journal knows when the recording of a contact stood still."""

from django.db import migrations

NAMES = """
alter table interactions_journal drop constraint interactions_journal_name;
alter table interactions_journal add constraint interactions_journal_name check (name in (
    'arrive', 'ivr_start', 'human_request', 'queue_in', 'offer', 'rna', 'answer', 'hold_on', 'hold_off',
    'consult_start', 'consult_end', 'transfer', 'end', 'wrap_end', 'abandon', 'flow_out', 'callback_accept',
    'recording_off', 'recording_on'));
"""


class Migration(migrations.Migration):
    dependencies = [("interactions", "0005_calls_from_strangers")]
    operations = [migrations.RunSQL(NAMES, migrations.RunSQL.noop)]
