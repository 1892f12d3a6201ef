"""The journal: append-only, partitioned by month, written through one function by actions and by routing's SQL."""

from django.db import migrations, models

TABLE = """
create sequence interactions_journal_id_seq;
create table interactions_journal (
    at timestamptz not null,
    id bigint not null default nextval('interactions_journal_id_seq'),
    interaction_id bigint not null,
    name text not null constraint interactions_journal_name check (name in (
        'arrive', 'ivr_start', 'human_request', 'queue_in', 'offer', 'rna', 'answer', 'hold_on', 'hold_off',
        'consult_start', 'consult_end', 'transfer', 'end', 'wrap_end', 'abandon', 'flow_out', 'callback_accept')),
    queue_code text,
    staff_id bigint,
    detail jsonb not null,
    primary key (at, id)
) partition by range (at);
create index interactions_journal_contact on interactions_journal (interaction_id, at, id);
create trigger interactions_journal_append_only before update or delete on interactions_journal
    for each row execute function kit_refuse_change();
"""

# A month is made beside the table and attached: `create table ... partition of` would stop every writer. There is no
# default partition, because its rows would block the making of the month they belong to; a line whose month is not
# there yet (a trial in another year, a clock set wrong) makes the month itself.
MONTHS = """
create or replace function interactions_make_journal_months(since timestamptz, ahead int) returns int
language plpgsql as $$
declare
    first timestamp := date_trunc('month', since at time zone 'UTC');
    part text; opens timestamptz; closes timestamptz; made int := 0;
begin
    for i in 0..ahead loop
        opens := (first + make_interval(months => i)) at time zone 'UTC';
        closes := (first + make_interval(months => i + 1)) at time zone 'UTC';
        part := 'interactions_journal' || to_char(opens at time zone 'UTC', '_YYYY_MM');
        continue when to_regclass(part) is not null;
        perform pg_advisory_xact_lock(hashtext('interactions_journal'));
        continue when to_regclass(part) is not null;
        execute format('create table %I (like interactions_journal including all)', part);
        execute format('alter table interactions_journal attach partition %I for values from (%L) to (%L)',
                       part, opens, closes);
        made := made + 1;
    end loop;
    return made;
end $$;
select interactions_make_journal_months(clock_timestamp(), 3);
"""

WRITE = """
create or replace function interactions_journal(
    interaction_id bigint, name text, queue_code text, staff_id bigint, detail jsonb, at timestamptz
) returns bigint language plpgsql as $$
declare written bigint;
begin
    if to_regclass('interactions_journal' || to_char(at at time zone 'UTC', '_YYYY_MM')) is null then
        perform interactions_make_journal_months(at, 0);
    end if;
    insert into interactions_journal as j (at, interaction_id, name, queue_code, staff_id, detail)
    values (interactions_journal.at, interactions_journal.interaction_id, interactions_journal.name,
            interactions_journal.queue_code, interactions_journal.staff_id,
            coalesce(interactions_journal.detail, '{}'::jsonb))
    returning j.id into written;
    return written;
end $$;
"""

UNDO = """
drop function interactions_journal(bigint, text, text, bigint, jsonb, timestamptz);
drop function interactions_make_journal_months(timestamptz, int);
drop table interactions_journal;
drop sequence interactions_journal_id_seq;
"""


class Migration(migrations.Migration):
    dependencies = [("interactions", "0001_initial"), ("kit", "0002_sql")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(TABLE + MONTHS + WRITE, UNDO)],
            state_operations=[
                migrations.CreateModel(
                    name="JournalEntry",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "at", "id", blank=True, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("id", models.BigIntegerField()),
                        ("at", models.DateTimeField()),
                        ("interaction_id", models.BigIntegerField()),
                        ("name", models.TextField()),
                        ("queue_code", models.TextField(null=True)),
                        ("staff_id", models.BigIntegerField(null=True)),
                        ("detail", models.JSONField()),
                    ],
                    options={"db_table": "interactions_journal"},
                ),
            ],
        ),
    ]
