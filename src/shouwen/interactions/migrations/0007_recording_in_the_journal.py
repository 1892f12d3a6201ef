"""The journal knows when the recording of a contact stood still."""

from django.db import migrations

NAMES = """
do $$
declare held text;
begin
    select pg_get_constraintdef(oid) into strict held from pg_constraint
     where conrelid = 'interactions_journal'::regclass and conname = 'interactions_journal_name';
    alter table interactions_journal drop constraint interactions_journal_name;
    execute 'alter table interactions_journal add constraint interactions_journal_name '
            || replace(held, 'ARRAY[', 'ARRAY[''recording_off''::text, ''recording_on''::text, ');
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("interactions", "0006_words_of_calls")]
    operations = [migrations.RunSQL(NAMES, migrations.RunSQL.noop)]
