"""Words of the journal for calls: back into the queue, a line that was lost, calls of ours, callbacks that reached."""

from django.db import migrations

BEFORE = (
    *("arrive", "ivr_start", "human_request", "queue_in", "offer", "rna", "answer", "hold_on", "hold_off"),
    *("consult_start", "consult_end", "transfer", "end", "wrap_end", "abandon", "flow_out", "callback_accept"),
)
NOW = (*BEFORE, "returned", "line_lost", "dial", "dial_end", "callback_reached")


def allow(words: tuple[str, ...]) -> str:
    """Return the statements that allow just these words, in the table and in each of its months."""
    listed = ", ".join(f"'{word}'" for word in words)
    return f"""
alter table interactions_journal drop constraint interactions_journal_name;
do $$
declare part regclass;
begin
    for part in select inhrelid::regclass from pg_inherits where inhparent = 'interactions_journal'::regclass loop
        execute format('alter table %s drop constraint if exists interactions_journal_name', part);
    end loop;
end $$;
alter table interactions_journal add constraint interactions_journal_name check (name in ({listed}));
"""


class Migration(migrations.Migration):
    dependencies = [("interactions", "0005_calls_from_strangers")]
    operations = [migrations.RunSQL(allow(NOW), allow(BEFORE))]
