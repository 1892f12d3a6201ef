"""The matching does less under its lock: planned once a connection, fewer statements, no look without a slot.

PostgreSQL plans a function's statement anew for each call as long as it believes that knowing the values pays. For the
choice of an item it never does (each seat reaches a handful of queues), and planning took longer than choosing. A plan
goes when the statistics of a table change.

Going back leaves these functions as they are: they answer as the ones before did, from the same tables.
"""

from django.db import migrations

ENTRANCES = (
    "routing_route(bigint, timestamptz)",
    "routing_ready(bigint, timestamptz)",
    "routing_sweep(bigint, timestamptz, timestamptz)",
)

MATCH = """
-- As before, but a seat that may take nothing at all is known before any line is looked at.
create or replace function routing_match_item(seat bigint, passed_over bigint[]) returns bigint
language plpgsql stable as $$
declare
    media text[];
    item bigint;
begin
    select array_agg(m.medium) into media
      from (select distinct s.medium from routing_slot s where s.staff_id = seat and s.state = 'free') m
     where not routing_blocked(seat, m.medium);
    if media is null then return null; end if;
    select x.id into item
      from routing_presence p
      cross join lateral (
            select q.id as queue_id, 0 as ring, k.level as level
              from routing_agent_skill k
              join routing_queue q on q.skill_id = k.skill_id and q.domain_id = p.domain_id and not q.stopped
             where k.staff_id = seat and k.level > 0
             union all
            select g.queue_id, g.ordinal, 10
              from routing_agent_skill k
              join routing_ring g on g.skill_id = k.skill_id and g.needed_level <= k.level
              join routing_queue q on q.id = g.queue_id and q.domain_id = p.domain_id and not q.stopped
             where k.staff_id = seat) reach
      cross join lateral generate_series(reach.ring, coalesce(
            (select max(g.ordinal) from routing_ring g where g.queue_id = reach.queue_id), 0)) as line (ring)
      cross join unnest(media) m (medium)
      cross join lateral (
            select w.id, w.vtime from routing_work_item w
             where w.state = 'waiting' and w.queue_id = reach.queue_id and w.medium = m.medium
               and w.ring = line.ring and w.needed_level <= reach.level
               and (w.hold_until is null or w.preferred_staff_id = seat)
               and seat <> all (w.refused_by) and w.id <> all (passed_over)
             order by w.vtime, w.id limit 1) x
     where p.staff_id = seat and p.available
     order by x.vtime, x.id limit 1;
    return item;
end $$;
"""

NOTE = """
-- As before: released slots become free, `ready` becomes available, and either begins its idle time.
create or replace function routing_take_note(seat bigint, at timestamptz) returns void language plpgsql as $$
declare given_back boolean;
begin
    perform 1 from routing_presence where staff_id = seat for no key update skip locked;
    if not found then return; end if;   -- somebody changes it right now and will call again after his commit
    update routing_slot set state = 'free' where staff_id = seat and state = 'released';
    given_back := found;
    update routing_presence
       set available = true, idle_since = case when available then greatest(at, idle_since) else at end
     where staff_id = seat and state = 'ready' and (given_back or not available);
end $$;
"""

TELL = """
-- As before, in one look.
create or replace function routing_tell(
    fact text, line text, item bigint, seat bigint, extra jsonb, to_contact boolean, at timestamptz
) returns void language plpgsql as $$
declare w record;
begin
    select i.subject, i.subject_id, i.contact, q.code, q.organisation_id into w
      from routing_work_item i join routing_queue q on q.id = i.queue_id where i.id = item;
    perform kit_publish(
        'routing.' || fact,
        jsonb_build_object('work_item_id', item, 'subject', w.subject, 'subject_id', w.subject_id,
                           'queue_code', w.code)
            || case when seat is null then '{}'::jsonb else jsonb_build_object('staff_id', seat) end || extra,
        array_remove(array['board:' || w.organisation_id, 'queue:' || w.code, 'staff:' || seat,
                           case when to_contact then nullif(w.contact, '') end], null),
        at);
    if line is not null and w.subject = 'conversation' then
        perform interactions_journal(w.subject_id, line, w.code, seat, extra, at);
    end if;
end $$;
"""

LINE = """
-- How far a queue's rings are open to who has waited since then, and when the next one opens.
create or replace function routing_rings_open(queue bigint, since timestamptz, at timestamptz, out ring int, out due_at timestamptz)
language sql stable as $$
    select coalesce(max(g.ordinal) filter (where since + make_interval(secs => g.after_seconds) <= at), 0),
           min(since + make_interval(secs => g.after_seconds))
               filter (where since + make_interval(secs => g.after_seconds) > at)
      from routing_ring g where g.queue_id = queue
$$;

create or replace function routing_open_rings(item bigint, at timestamptz) returns void language sql as $$
    update routing_work_item w
       set (ring, ring_due_at) = (select r.ring, r.due_at from routing_rings_open(w.queue_id, w.requested_at, at) r)
     where w.id = item;
$$;

-- As before, in one write.
create or replace function routing_line_up(item bigint, at timestamptz) returns bigint
language plpgsql set lock_timeout = '500ms' as $$
declare
    w routing_work_item;
    q routing_queue;
begin
    select * into w from routing_work_item where id = item and state = 'arrived' for no key update;
    if not found then return null; end if;
    select * into q from routing_queue where id = w.queue_id;
    if q.overflow_to_id is not null and w.klass not in ('re_offer', 'transfer') and not w.moved_on
       and (select count(*) from (select 1 from routing_work_item x
             where x.state = 'waiting' and x.queue_id = q.id limit q.most_waiting) line) >= q.most_waiting
       and routing_may_move_on(item, q.overflow_to_id) then
        return routing_line_up(routing_move_on(item, q.overflow_to_id, 'overflow', at), at);
    end if;
    update routing_work_item x
       set state = 'waiting', version = version + 1,
           (ring, ring_due_at) = (select r.ring, r.due_at from routing_rings_open(x.queue_id, x.requested_at, at) r),
           hold_until = case when x.hold_until > at and exists (
                select 1 from routing_presence p
                  join routing_agent_skill k on k.staff_id = p.staff_id and k.level >= x.needed_level
                 where p.staff_id = x.preferred_staff_id and k.skill_id = q.skill_id
                   and p.state <> 'offline') then x.hold_until end
     where x.id = item;
    perform routing_tell('WorkWaiting', null, item, null, '{}', true, at);
    return item;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("routing", "0008_qualifications")]
    operations = [
        migrations.RunSQL(MATCH + NOTE + TELL + LINE, migrations.RunSQL.noop),
        *(
            migrations.RunSQL(
                f"alter function {entrance} set plan_cache_mode = 'force_generic_plan'",
                f"alter function {entrance} reset plan_cache_mode",
            )
            for entrance in ENTRANCES
        ),
    ]
