"""Each line of the journal names the transaction that wrote it, so that a reader misses none and reads none twice.

Numbers alone would not do: a line numbered earlier may be committed later.
"""

from django.db import migrations

CURSOR = """
alter table interactions_journal add column xid xid8 not null default '1';
alter table interactions_journal alter column xid set default pg_current_xact_id();
create index interactions_journal_reading on interactions_journal (xid, id);
"""
UNDO = """
drop index interactions_journal_reading;
alter table interactions_journal drop column xid;
"""


class Migration(migrations.Migration):
    dependencies = [("interactions", "0003_reasons")]
    operations = [migrations.RunSQL(CURSOR, UNDO)]
