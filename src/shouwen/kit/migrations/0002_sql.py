"""Facts (partitioned by month), the publishing function, ids for the outside, the audit's protection."""

from django.db import migrations

FACTS = """
create sequence kit_fact_id_seq;
create table kit_fact (
    recorded_at timestamptz not null,
    id bigint not null default nextval('kit_fact_id_seq'),
    xid bigint not null,
    name text not null,
    payload jsonb not null,
    audience text[] not null,
    at timestamptz not null,
    primary key (recorded_at, id)
) partition by range (recorded_at);
create index kit_fact_order on kit_fact (xid, id);
create index kit_fact_id on kit_fact (id);

create function kit_make_partitions(parent text, ahead int, origin timestamptz) returns int
language plpgsql as $$
declare m timestamptz; made int := 0; part text;
begin
    for i in 0..ahead loop
        m := (date_trunc('month', origin at time zone 'UTC') + make_interval(months => i)) at time zone 'UTC';
        part := parent || to_char(m at time zone 'UTC', '_YYYY_MM');
        if to_regclass(part) is null then
            execute format('create table %I partition of %I for values from (%L) to (%L)', part, parent, m,
                ((m at time zone 'UTC') + interval '1 month') at time zone 'UTC');
            made := made + 1;
        end if;
    end loop;
    return made;
end $$;
select kit_make_partitions('kit_fact', 3, clock_timestamp());

create function kit_drop_partitions(parent text, before timestamptz) returns int
language plpgsql as $$
declare part text; dropped int := 0; last text := parent || to_char(before at time zone 'UTC', '_YYYY_MM');
begin
    for part in select inhrelid::regclass::text from pg_inherits where inhparent = parent::regclass loop
        if part < last then
            execute format('drop table %I', part);
            dropped := dropped + 1;
        end if;
    end loop;
    return dropped;
end $$;
"""

PUBLISH = """
create or replace function kit_publish(fact_name text, fact_payload jsonb, fact_audience text[], fact_at timestamptz)
returns bigint language plpgsql as $$
declare new_id bigint; written timestamptz := clock_timestamp();
begin
    insert into kit_fact (recorded_at, xid, name, payload, audience, at)
    values (written, pg_current_xact_id()::text::bigint, fact_name, fact_payload, fact_audience, fact_at)
    returning id into new_id;
    insert into kit_delivery (fact_id, fact_recorded_at, subscriber, attempts, next_at, error)
    select new_id, written, s.subscriber, 0, written, '' from kit_subscription s where s.fact = fact_name;
    return new_id;
end $$;
"""

UUID = """
do $$ begin
    if to_regproc('pg_catalog.uuidv7') is not null then
        create or replace function kit_uuidv7() returns uuid language sql volatile as 'select uuidv7()';
    else
        create or replace function kit_uuidv7() returns uuid language sql volatile as $f$
            select encode(
                set_bit(set_bit(
                    overlay(uuid_send(gen_random_uuid())
                        placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
                        from 1 for 6),
                    52, 1), 53, 1), 'hex')::uuid
        $f$;
    end if;
end $$;
"""

AUDIT = """
create or replace function kit_refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% rows are never changed or removed', tg_table_name;
end $$;
create trigger kit_audit_append_only before update or delete on kit_audit
    for each row execute function kit_refuse_change();
create trigger kit_audit_seal_append_only before update or delete on kit_audit_seal
    for each row execute function kit_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("kit", "0001_initial")]
    operations = [
        migrations.RunSQL(
            FACTS,
            "drop table kit_fact; drop sequence kit_fact_id_seq; drop function kit_make_partitions; drop function kit_drop_partitions",
        ),
        migrations.RunSQL(PUBLISH, "drop function kit_publish"),
        migrations.RunSQL(UUID, "drop function kit_uuidv7"),
        migrations.RunSQL(AUDIT, "drop function kit_refuse_change cascade"),
    ]
