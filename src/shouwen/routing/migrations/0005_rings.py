"""Rings, overflow and flow-out; what a person carries limits what he is offered."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

HELPERS = """
create or replace function routing_exclusive(medium text) returns boolean language sql immutable as $$
    select medium in ('voice', 'callback') $$;

create or replace function routing_interruptible(medium text) returns boolean language sql immutable as $$
    select medium in ('email', 'back_office', 'e_form', 'letter', 'fax', 'voice_mailbox') $$;

-- Whether what a seat carries forbids to offer it a medium. A slot given back still counts until the matching has
-- taken note of it: nothing may become eligible outside the lock.
create or replace function routing_blocked(seat bigint, wanted text) returns boolean language sql stable as $$
    select exists (select 1 from routing_slot c
                    where c.staff_id = seat and c.state <> 'free'
                      and (routing_exclusive(c.medium)
                           or routing_exclusive(wanted) and not routing_interruptible(c.medium))) $$;
"""

MATCH = """
drop function routing_match_seat(bigint, bigint[]);
-- The seat that gets an item: held for, the nearest ring, same site, least surplus, longest idle; for a VIP the
-- highest grade in any ring that is open.
create function routing_match_seat(item bigint, passed_over bigint[]) returns bigint
language plpgsql stable as $$
declare seat bigint;
begin
    select p.staff_id into seat
      from routing_work_item w
      join routing_queue q on q.id = w.queue_id
      cross join lateral (
            select 0 as ring, q.skill_id as skill_id, w.needed_level as level
             union all
            select g.ordinal, g.skill_id, g.needed_level from routing_ring g
             where g.queue_id = w.queue_id and g.ordinal <= w.ring) r
      join routing_agent_skill k on k.skill_id = r.skill_id and k.level >= r.level
      join routing_presence p on p.staff_id = k.staff_id and p.domain_id = q.domain_id
     where w.id = item and w.state = 'waiting' and not q.stopped
       and p.available
       and (w.hold_until is null or w.preferred_staff_id = p.staff_id)
       and p.staff_id <> all (w.refused_by) and p.staff_id <> all (passed_over)
       and exists (select 1 from routing_slot s
                    where s.staff_id = p.staff_id and s.medium = w.medium and s.state = 'free')
       and not routing_blocked(p.staff_id, w.medium)
     order by (w.hold_until is not null and w.preferred_staff_id = p.staff_id) desc,
              case when w.highest_grade then 0 else r.ring end,
              (w.site_id = p.organisation_id) is true desc,
              case when w.highest_grade then -k.level else k.level end,
              p.idle_since, p.staff_id
     limit 1;
    return seat;
end $$;

-- The item a seat gets: the earliest virtual arrival among all it may take, in any of its queues, rings and media.
-- The head of each ring of each line is enough: a seat that reaches a queue by ring n may take rings n and above.
create or replace function routing_match_item(seat bigint, passed_over bigint[]) returns bigint
language plpgsql stable as $$
declare item bigint;
begin
    select x.id into item
      from routing_presence p
      cross join (select distinct s.medium from routing_slot s
                   where s.staff_id = seat and s.state = 'free') m
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
      cross join lateral (
            select w.id, w.vtime from routing_work_item w
             where w.state = 'waiting' and w.queue_id = reach.queue_id and w.medium = m.medium
               and w.ring = line.ring and w.needed_level <= reach.level
               and (w.hold_until is null or w.preferred_staff_id = seat)
               and seat <> all (w.refused_by) and w.id <> all (passed_over)
             order by w.vtime, w.id limit 1) x
     where p.staff_id = seat and p.available and not routing_blocked(seat, m.medium)
     order by x.vtime, x.id limit 1;
    return item;
end $$;

-- Gives out everything a domain can give out, in the order of virtual arrival. Items alike (queue, medium, level,
-- ring) are given up together when one that anybody may have finds nobody: seats only fill while we are in here.
create or replace function routing_match_domain(domain bigint, at timestamptz) returns int language plpgsql as $$
declare
    queues bigint[];
    media text[];
    levels int[];
    rings int[];
    given_up text[] := '{}';
    passed_over bigint[] := '{}';
    r record;
    seat bigint;
    given int := 0;
begin
    if not exists (select 1 from routing_presence p
                    where p.domain_id = domain and p.available and exists (
                        select 1 from routing_slot s where s.staff_id = p.staff_id and s.state = 'free')) then
        return 0;
    end if;
    select array_agg(g.queue_id), array_agg(g.medium), array_agg(g.needed_level), array_agg(g.ring)
      into queues, media, levels, rings
      from (select distinct w.queue_id, w.medium::text, w.needed_level, w.ring
              from routing_work_item w join routing_queue q on q.id = w.queue_id
             where w.state = 'waiting' and q.domain_id = domain and not q.stopped) g;
    if queues is null then return 0; end if;
    loop
        select x.id, x.open_to_all, format('%s:%s:%s:%s', g.queue, g.medium, g.level, g.ring) as alike into r
          from unnest(queues, media, levels, rings) g (queue, medium, level, ring)
          cross join lateral (
                select w.id, w.vtime, w.hold_until is null and w.refused_by = '{}' as open_to_all
                  from routing_work_item w
                 where w.state = 'waiting' and w.queue_id = g.queue and w.medium = g.medium
                   and w.needed_level = g.level and w.ring = g.ring and w.id <> all (passed_over)
                 order by w.vtime, w.id limit 1) x
         where format('%s:%s:%s:%s', g.queue, g.medium, g.level, g.ring) <> all (given_up)
         order by x.vtime, x.id limit 1;
        if not found then return given; end if;
        seat := routing_place(r.id, at);
        if seat > 0 then given := given + 1;
        elsif seat is null and r.open_to_all then given_up := given_up || r.alike;
        else passed_over := passed_over || r.id;
        end if;
    end loop;
end $$;
"""

LINE = """
-- Opens the rings that a waiting item has reached, and notes when the next one opens.
create or replace function routing_open_rings(item bigint, at timestamptz) returns void language sql as $$
    update routing_work_item w
       set ring = coalesce((select max(g.ordinal) from routing_ring g where g.queue_id = w.queue_id
                               and w.requested_at + make_interval(secs => g.after_seconds) <= at), 0),
           ring_due_at = (select min(w.requested_at + make_interval(secs => g.after_seconds)) from routing_ring g
                           where g.queue_id = w.queue_id
                             and w.requested_at + make_interval(secs => g.after_seconds) > at)
     where w.id = item;
$$;

-- Ends an item's visit to its queue and begins one elsewhere with the same place in time: its class and virtual
-- arrival stay. Returns the new visit, `arrived`.
create or replace function routing_move_on(item bigint, target bigint, why text, at timestamptz) returns bigint
language plpgsql as $$
declare
    t routing_queue;
    moved bigint;
begin
    select * into t from routing_queue where id = target;
    update routing_work_item set state = 'moved', closed_at = greatest(at, requested_at), hold_until = null,
                                 version = version + 1 where id = item;
    perform routing_tell('WorkMoved', 'flow_out', item, null,
                         jsonb_build_object('to_queue_code', t.code, 'why', why), false, at);
    insert into routing_work_item (
        subject, subject_id, customer_id, contact, medium, queue_id, site_id, needed_level, asked_klass, klass,
        bonus_seconds, highest_grade, vtime, preferred_staff_id, refused_by, refused_until, ring, moved_on,
        long_wait_at, state, offers, previous_id, requested_at, version)
    select subject, subject_id, customer_id, contact, medium, t.id, t.organisation_id, t.needed_level, asked_klass,
           klass, bonus_seconds, highest_grade, vtime, preferred_staff_id, refused_by, refused_until, 0, true,
           at + make_interval(secs => t.long_wait_seconds), 'arrived', 0, id, at, 1
      from routing_work_item where id = item
    returning id into moved;
    perform interactions_journal(subject_id, 'queue_in', t.code, null, jsonb_build_object('why', why), at)
       from routing_work_item where id = moved and subject = 'conversation';
    return moved;
end $$;

-- Whether an item may go on to another queue: once, and only where its medium is served and work is given out.
create or replace function routing_may_move_on(item bigint, target bigint) returns boolean language sql stable as $$
    select not w.moved_on and not t.stopped and (t.media = '{}' or w.medium = any (t.media))
      from routing_work_item w, routing_queue t where w.id = item and t.id = target
$$;

drop function routing_line_up(bigint, timestamptz);
-- Puts an arrived item in line and returns it; in a full queue it goes on to the next one, and what is returned is
-- its new visit. A hold for somebody who is away or may not take it is dropped at once.
create function routing_line_up(item bigint, at timestamptz) returns bigint
language plpgsql set lock_timeout = '500ms' as $$
declare
    w routing_work_item;
    q routing_queue;
begin
    select * into w from routing_work_item where id = item and state = 'arrived' for no key update;
    if not found then return null; end if;
    select * into q from routing_queue where id = w.queue_id;
    if q.overflow_to_id is not null and w.klass not in ('re_offer', 'transfer')
       and routing_may_move_on(item, q.overflow_to_id)
       and (select count(*) from (select 1 from routing_work_item x
             where x.state = 'waiting' and x.queue_id = q.id limit q.most_waiting) line) >= q.most_waiting then
        return routing_line_up(routing_move_on(item, q.overflow_to_id, 'overflow', at), at);
    end if;
    update routing_work_item x
       set state = 'waiting', version = version + 1,
           hold_until = case when x.hold_until > at and exists (
                select 1 from routing_presence p
                  join routing_agent_skill k on k.staff_id = p.staff_id and k.level >= x.needed_level
                 where p.staff_id = x.preferred_staff_id and k.skill_id = q.skill_id
                   and p.state <> 'offline') then x.hold_until end
     where x.id = item;
    perform routing_open_rings(item, at);
    perform routing_tell('WorkWaiting', null, item, null, '{}', true, at);
    return item;
end $$;

create or replace function routing_route(item bigint, at timestamptz) returns bigint
language plpgsql set lock_timeout = '5s' as $$
declare domain bigint; in_line bigint;
begin
    select q.domain_id into domain from routing_work_item w join routing_queue q on q.id = w.queue_id
     where w.id = item;
    if not found then return null; end if;
    perform routing_lock(domain);
    in_line := routing_line_up(item, at);
    return routing_place(coalesce(in_line, item), at);
end $$;
"""

SWEEP = """
-- An offer comes back: the item waits again, before all others, with its first arrival.
create or replace function routing_take_back(item bigint, why text, at timestamptz) returns void
language plpgsql as $$
declare seat bigint;
begin
    select offered_to_id into seat from routing_work_item where id = item;
    update routing_slot set state = 'free', work_item_id = null where work_item_id = item;
    update routing_work_item
       set state = 'waiting', klass = 're_offer', vtime = requested_at - interval '2 days',
           offered_to_id = null, offer_expires_at = null, hold_until = null, version = version + 1
     where id = item;
    perform routing_open_rings(item, at);
    perform routing_tell('OfferMissed', 'rna', item, seat, jsonb_build_object('reason', why), false, at);
    perform routing_tell('WorkWaiting', null, item, null, '{}', true, at);
end $$;

-- Rings as leaders want them, and those that waiting has reached.
create or replace function routing_adopt_rings(domain bigint, at timestamptz) returns void language plpgsql as $$
declare r record;
begin
    for r in select id from routing_queue where domain_id = domain and rings_changed
              order by id for no key update skip locked
    loop
        delete from routing_ring where queue_id = r.id;
        insert into routing_ring (queue_id, ordinal, after_seconds, skill_id, needed_level)
        select q.id, o.n, (o.ring ->> 'after_seconds')::int, s.id, (o.ring ->> 'level')::int
          from routing_queue q
          cross join lateral jsonb_array_elements(q.rings) with ordinality o (ring, n)
          join routing_skill s on s.code = o.ring ->> 'skill' and s.domain_id = q.domain_id
         where q.id = r.id;
        update routing_queue set rings_changed = false where id = r.id;
        perform routing_open_rings(w.id, at) from routing_work_item w
          where w.state = 'waiting' and w.queue_id = r.id;
    end loop;
    for r in select w.id from routing_work_item w join routing_queue q on q.id = w.queue_id
              where w.state = 'waiting' and w.ring_due_at <= at and q.domain_id = domain
              order by w.id for no key update of w skip locked
    loop
        perform routing_open_rings(r.id, at);
    end loop;
end $$;

-- Who has waited too long where he is goes on; leaders hear of waits that are too long.
create or replace function routing_flow_out(domain bigint, at timestamptz) returns void language plpgsql as $$
declare r record;
begin
    for r in select w.id, q.flow_out_to_id as target
               from routing_work_item w join routing_queue q on q.id = w.queue_id
              where w.state = 'waiting' and w.flow_out_at <= at and q.domain_id = domain
                and q.flow_out_to_id is not null
              order by w.flow_out_at, w.id for no key update of w skip locked
    loop
        if routing_may_move_on(r.id, r.target) then
            perform routing_line_up(routing_move_on(r.id, r.target, 'flow_out', at), at);
        end if;
    end loop;
    for r in select w.id from routing_work_item w join routing_queue q on q.id = w.queue_id
              where w.state = 'waiting' and w.long_wait_at <= at and q.domain_id = domain
              order by w.id for no key update of w skip locked
    loop
        update routing_work_item set long_wait_at = null where id = r.id;
        perform routing_tell('WaitTooLong', null, r.id, null, '{}', false, at);
    end loop;
end $$;

-- What time has brought and what a crash between a commit and its matching has left, then everything that fits.
create or replace function routing_sweep(domain bigint, at timestamptz, lost_before timestamptz default null)
returns int language plpgsql set lock_timeout = '5s' as $$
declare r record;
begin
    perform routing_lock(domain);
    perform routing_adopt(domain, at);
    perform routing_adopt_rings(domain, at);
    for r in select w.id from routing_work_item w join routing_queue q on q.id = w.queue_id
              where w.state = 'arrived' and q.domain_id = domain
              order by w.id limit 100 for no key update of w skip locked   -- the rest with the next sweep
    loop
        perform routing_line_up(r.id, at);
    end loop;
    perform routing_lose(domain, lost_before, at);
    perform routing_expire(domain, at);
    perform routing_recall(domain, at);
    perform routing_flow_out(domain, at);
    for r in select staff_id from routing_presence
              where domain_id = domain and state = 'ready' and not available
              union
             select s.staff_id from routing_slot s join routing_presence p on p.staff_id = s.staff_id
              where s.state = 'released' and p.domain_id = domain
              order by staff_id
    loop
        perform routing_take_note(r.staff_id, at);
    end loop;
    return routing_match_domain(domain, at);
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_roles"),
        ("customers", "0001_initial"),
        ("routing", "0004_boards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Ring",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ordinal", models.SmallIntegerField()),
                ("after_seconds", models.IntegerField()),
                ("needed_level", models.SmallIntegerField()),
            ],
            options={
                "db_table": "routing_ring",
            },
        ),
        migrations.RemoveIndex(
            model_name="workitem",
            name="routing_work_item_waiting",
        ),
        migrations.AddField(
            model_name="queue",
            name="flow_out_seconds",
            field=models.IntegerField(null=True),
        ),
        migrations.AddField(
            model_name="queue",
            name="flow_out_to",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="routing.queue"
            ),
        ),
        migrations.AddField(
            model_name="queue",
            name="long_wait_seconds",
            field=models.IntegerField(null=True),
        ),
        migrations.AddField(
            model_name="queue",
            name="most_waiting",
            field=models.IntegerField(null=True),
        ),
        migrations.AddField(
            model_name="queue",
            name="overflow_to",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="routing.queue"
            ),
        ),
        migrations.AddField(
            model_name="queue",
            name="rings",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="queue",
            name="rings_changed",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="workitem",
            name="flow_out_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="workitem",
            name="long_wait_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="workitem",
            name="moved_on",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="workitem",
            name="ring",
            field=models.SmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="workitem",
            name="ring_due_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name="workitem",
            index=models.Index(
                condition=models.Q(("state", "waiting")),
                fields=["queue", "medium", "ring", "vtime", "id"],
                name="routing_work_item_line",
            ),
        ),
        migrations.AddIndex(
            model_name="workitem",
            index=models.Index(
                condition=models.Q(("ring_due_at__isnull", False), ("state", "waiting")),
                fields=["ring_due_at"],
                name="routing_work_item_ring_due",
            ),
        ),
        migrations.AddIndex(
            model_name="workitem",
            index=models.Index(
                condition=models.Q(("flow_out_at__isnull", False), ("state", "waiting")),
                fields=["flow_out_at"],
                name="routing_work_item_flow_out",
            ),
        ),
        migrations.AddIndex(
            model_name="workitem",
            index=models.Index(
                condition=models.Q(("long_wait_at__isnull", False), ("state", "waiting")),
                fields=["long_wait_at"],
                name="routing_work_item_long_wait",
            ),
        ),
        migrations.AddConstraint(
            model_name="queue",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("most_waiting", None), ("overflow_to", None)),
                    models.Q(("most_waiting__gte", 0), ("overflow_to__isnull", False)),
                    _connector="OR",
                ),
                name="routing_queue_overflow",
            ),
        ),
        migrations.AddConstraint(
            model_name="queue",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("flow_out_seconds", None), ("flow_out_to", None)),
                    models.Q(("flow_out_seconds__gte", 1), ("flow_out_to__isnull", False)),
                    _connector="OR",
                ),
                name="routing_queue_flow_out",
            ),
        ),
        migrations.AddField(
            model_name="ring",
            name="queue",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="routing.queue"
            ),
        ),
        migrations.AddField(
            model_name="ring",
            name="skill",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="routing.skill"),
        ),
        migrations.AddConstraint(
            model_name="ring",
            constraint=models.UniqueConstraint(fields=("queue", "ordinal"), name="routing_ring_once"),
        ),
        migrations.AddConstraint(
            model_name="ring",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("after_seconds__gte", 0), ("needed_level__gte", 1), ("needed_level__lte", 10), ("ordinal__gte", 1)
                ),
                name="routing_ring_sound",
            ),
        ),
        migrations.RunSQL(HELPERS + MATCH + LINE + SWEEP, migrations.RunSQL.noop),
    ]
