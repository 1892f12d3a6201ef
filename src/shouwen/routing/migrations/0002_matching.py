"""The matching of contacts to seats, in SQL, under one advisory lock a routing domain.

Entrances, each to be called alone in autocommit: `routing_route` (a contact has arrived), `routing_ready` (a seat may
take more) and `routing_sweep` (what time or a crash left behind, once a second). Everything that makes an item or a
seat eligible happens in here. What takes eligibility away (a customer leaves, somebody takes a break) may happen in
any transaction: it locks the item or the presence first, and `routing_offer` locks both again before it offers.

Lock order: domain, item, presence, slot.
"""

from django.db import migrations

STORAGE = """
alter table routing_work_item set (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.02);
alter table routing_slot set (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.02);
alter table routing_presence set (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.02);
"""

LOCK = """
create or replace function routing_lock(domain bigint) returns void language plpgsql as $$
begin
    perform pg_advisory_xact_lock(hashtext('routing'), domain::int);
end $$;
"""

TELL = """
-- Publishes a fact about a work item and, for a conversation, writes its line in the journal.
create or replace function routing_tell(
    fact text, line text, item bigint, seat bigint, extra jsonb, to_contact boolean, at timestamptz
) returns void language plpgsql as $$
declare
    w routing_work_item;
    q text;
begin
    select * into w from routing_work_item where id = item;
    select code into q from routing_queue where id = w.queue_id;
    perform kit_publish(
        'routing.' || fact,
        jsonb_build_object('work_item_id', w.id, 'subject', w.subject, 'subject_id', w.subject_id, 'queue_code', q)
            || case when seat is null then '{}'::jsonb else jsonb_build_object('staff_id', seat) end || extra,
        array_remove(array['board', 'queue:' || q, 'staff:' || seat,
                           case when to_contact then nullif(w.contact, '') end], null),
        at);
    if line is not null and w.subject = 'conversation' then
        perform interactions_journal(w.subject_id, line, q, seat, extra, at);
    end if;
end $$;
"""

PRESENCE = """
-- The one place that writes presence and its ledger. Time never runs backwards within a seat.
create or replace function routing_set_presence(seat bigint, new_state text, why text, at timestamptz)
returns void language plpgsql as $$
declare moment timestamptz;
begin
    update routing_presence
       set state = new_state, reason = why, since = greatest(at, since), available = false
     where staff_id = seat
    returning since into moment;
    update routing_presence_span set ended_at = moment where staff_id = seat and ended_at is null;
    insert into routing_presence_span (staff_id, state, reason, started_at) values (seat, new_state, why, moment);
    perform kit_publish(
        'routing.PresenceChanged', jsonb_build_object('staff_id', seat, 'state', new_state, 'reason', why),
        array['board', 'staff:' || seat], at);
end $$;
"""

MATCH = """
-- The seat that gets an item: held for, same site, least surplus (VIP: highest grade), longest idle.
create or replace function routing_match_seat(item bigint, passed_over bigint[]) returns bigint
language plpgsql stable as $$
declare seat bigint;
begin
    select p.staff_id into seat
      from routing_work_item w
      join routing_queue q on q.id = w.queue_id
      join routing_agent_skill k on k.skill_id = q.skill_id and k.level >= w.needed_level
      join routing_presence p on p.staff_id = k.staff_id and p.domain_id = q.domain_id
     where w.id = item and w.state = 'waiting' and not q.stopped
       and p.available
       and (w.hold_until is null or w.preferred_staff_id = p.staff_id)
       and p.staff_id <> all (w.refused_by) and p.staff_id <> all (passed_over)
       and exists (select 1 from routing_slot s
                    where s.staff_id = p.staff_id and s.medium = w.medium and s.state = 'free')
     order by (w.hold_until is not null and w.preferred_staff_id = p.staff_id) desc,
              (w.site_id = p.organisation_id) is true desc,
              case when w.highest_grade then -k.level else k.level end,
              p.idle_since, p.staff_id
     limit 1;
    return seat;
end $$;

-- The item a seat gets: the earliest virtual arrival among all it may take, in any of its queues and media.
create or replace function routing_match_item(seat bigint, passed_over bigint[]) returns bigint
language plpgsql stable as $$
declare item bigint;
begin
    select x.id into item
      from routing_presence p
      join routing_agent_skill k on k.staff_id = p.staff_id and k.level > 0
      join routing_queue q on q.skill_id = k.skill_id and q.domain_id = p.domain_id and not q.stopped
      cross join (select distinct s.medium from routing_slot s
                   where s.staff_id = seat and s.state = 'free') m
      cross join lateral (
            select w.id, w.vtime from routing_work_item w
             where w.state = 'waiting' and w.queue_id = q.id and w.medium = m.medium
               and w.needed_level <= k.level
               and (w.hold_until is null or w.preferred_staff_id = seat)
               and seat <> all (w.refused_by) and w.id <> all (passed_over)
             order by w.vtime, w.id limit 1) x
     where p.staff_id = seat and p.available
     order by x.vtime, x.id limit 1;
    return item;
end $$;

-- Offers an item to a seat. Answers 'offered', or which of the two ('item', 'seat') is not to be had after all.
-- Waits a moment for somebody who is just leaving; passes over who takes longer (the sweeper comes back to it).
create or replace function routing_offer(item bigint, seat bigint, at timestamptz) returns text
language plpgsql set lock_timeout = '500ms' as $$
declare
    free_slot bigint;
    expires timestamptz;
begin
    begin
        perform 1 from routing_work_item where id = item and state = 'waiting' for no key update;
        if not found then return 'item'; end if;
    exception when lock_not_available then return 'item';
    end;
    begin
        perform 1 from routing_presence where staff_id = seat and available for no key update;
        if not found then return 'seat'; end if;
        select s.id into free_slot from routing_slot s, routing_work_item w
         where w.id = item and s.staff_id = seat and s.medium = w.medium and s.state = 'free'
         order by s.ordinal limit 1 for no key update of s;
        if not found then return 'seat'; end if;
    exception when lock_not_available then return 'seat';
    end;
    update routing_work_item w
       set state = 'offered', offered_to_id = seat, offers = offers + 1, version = version + 1,
           offer_expires_at = at + make_interval(secs => q.offer_seconds)
      from routing_queue q where w.id = item and q.id = w.queue_id
    returning w.offer_expires_at into expires;
    update routing_slot set state = 'offered', work_item_id = item where id = free_slot;
    update routing_presence set idle_since = at where staff_id = seat;
    perform routing_tell('WorkOffered', 'offer', item, seat, jsonb_build_object('expires_at', expires), false, at);
    return 'offered';
end $$;

-- Finds a seat for one item: the seat, null when nobody may have it, 0 when the item is not to be had after all.
create or replace function routing_place(item bigint, at timestamptz) returns bigint language plpgsql as $$
declare
    seat bigint;
    outcome text;
    passed_over bigint[] := '{}';
begin
    loop
        seat := routing_match_seat(item, passed_over);
        if seat is null then return null; end if;
        outcome := routing_offer(item, seat, at);
        if outcome = 'offered' then return seat; end if;
        if outcome = 'item' then return 0; end if;
        passed_over := passed_over || seat;
    end loop;
end $$;

-- Fills the free slots of one seat.
create or replace function routing_fill(seat bigint, at timestamptz) returns int language plpgsql as $$
declare
    next_item bigint;
    outcome text;
    given int := 0;
    passed_over bigint[] := '{}';
begin
    loop
        next_item := routing_match_item(seat, passed_over);
        if next_item is null then return given; end if;
        outcome := routing_offer(next_item, seat, at);
        if outcome = 'offered' then given := given + 1;
        elsif outcome = 'item' then passed_over := passed_over || next_item;
        else return given;
        end if;
    end loop;
end $$;

-- Gives out everything a domain can give out, in the order of virtual arrival. Items alike (queue, medium, level) are
-- given up together when one that anybody may have finds nobody: seats only fill while we are in here.
create or replace function routing_match_domain(domain bigint, at timestamptz) returns int language plpgsql as $$
declare
    queues bigint[];
    media text[];
    levels int[];
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
    select array_agg(g.queue_id), array_agg(g.medium), array_agg(g.needed_level) into queues, media, levels
      from (select distinct w.queue_id, w.medium::text, w.needed_level
              from routing_work_item w join routing_queue q on q.id = w.queue_id
             where w.state = 'waiting' and q.domain_id = domain and not q.stopped) g;
    if queues is null then return 0; end if;
    loop
        select x.id, x.open_to_all, format('%s:%s:%s', g.queue, g.medium, g.level) as alike into r
          from unnest(queues, media, levels) g (queue, medium, level)
          cross join lateral (
                select w.id, w.vtime, w.hold_until is null and w.refused_by = '{}' as open_to_all
                  from routing_work_item w
                 where w.state = 'waiting' and w.queue_id = g.queue and w.medium = g.medium
                   and w.needed_level = g.level and w.id <> all (passed_over)
                 order by w.vtime, w.id limit 1) x
         where format('%s:%s:%s', g.queue, g.medium, g.level) <> all (given_up)
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

ROUTE = """
-- Puts an arrived item in line. A hold for somebody who is away or may not take it is dropped at once.
create or replace function routing_line_up(item bigint, at timestamptz) returns boolean
language plpgsql set lock_timeout = '500ms' as $$
begin
    update routing_work_item w
       set state = 'waiting', version = version + 1,
           hold_until = case when w.hold_until > at and exists (
                select 1 from routing_presence p
                  join routing_agent_skill k on k.staff_id = p.staff_id and k.level >= w.needed_level
                  join routing_queue q on q.id = w.queue_id and q.skill_id = k.skill_id
                 where p.staff_id = w.preferred_staff_id and p.state <> 'offline') then w.hold_until end
     where w.id = item and w.state = 'arrived';
    if not found then return false; end if;
    perform routing_tell('WorkWaiting', null, item, null, '{}', true, at);
    return true;
end $$;

create or replace function routing_route(item bigint, at timestamptz) returns bigint
language plpgsql set lock_timeout = '5s' as $$
declare domain bigint;
begin
    select q.domain_id into domain from routing_work_item w join routing_queue q on q.id = w.queue_id
     where w.id = item;
    if not found then return null; end if;
    perform routing_lock(domain);
    perform routing_line_up(item, at);
    return routing_place(item, at);
end $$;
"""

READY = """
-- Takes note of what a seat got back or said: released slots become free, `ready` becomes available.
create or replace function routing_take_note(seat bigint, at timestamptz) returns void language plpgsql as $$
begin
    perform 1 from routing_presence where staff_id = seat for no key update skip locked;
    if not found then return; end if;   -- somebody changes it right now and will call again after his commit
    update routing_slot set state = 'free' where staff_id = seat and state = 'released';
    if found then
        update routing_presence set idle_since = greatest(at, idle_since) where staff_id = seat and available;
    end if;
    update routing_presence set available = true, idle_since = at
     where staff_id = seat and state = 'ready' and not available;
end $$;

create or replace function routing_ready(seat bigint, at timestamptz) returns int
language plpgsql set lock_timeout = '5s' as $$
declare domain bigint;
begin
    select domain_id into domain from routing_presence where staff_id = seat;
    if not found then return 0; end if;
    perform routing_lock(domain);
    perform routing_take_note(seat, at);
    return routing_fill(seat, at);
end $$;
"""

UNDO = """
drop function routing_ready(bigint, timestamptz);
drop function routing_take_note(bigint, timestamptz);
drop function routing_route(bigint, timestamptz);
drop function routing_line_up(bigint, timestamptz);
drop function routing_match_domain(bigint, timestamptz);
drop function routing_fill(bigint, timestamptz);
drop function routing_place(bigint, timestamptz);
drop function routing_offer(bigint, bigint, timestamptz);
drop function routing_match_item(bigint, bigint[]);
drop function routing_match_seat(bigint, bigint[]);
drop function routing_set_presence(bigint, text, text, timestamptz);
drop function routing_tell(text, text, bigint, bigint, jsonb, boolean, timestamptz);
drop function routing_lock(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("routing", "0001_initial"), ("kit", "0002_sql"), ("interactions", "0002_journal")]
    operations = [migrations.RunSQL(STORAGE + LOCK + TELL + PRESENCE + MATCH + ROUTE + READY, UNDO)]
