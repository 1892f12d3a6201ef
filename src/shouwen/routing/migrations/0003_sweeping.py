"""The third entrance to the matching, `routing_sweep`: what time brings and a crash left behind. And the view of visits."""

from django.db import migrations

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
    perform routing_tell('OfferMissed', 'rna', item, seat, jsonb_build_object('reason', why), false, at);
    perform routing_tell('WorkWaiting', null, item, null, '{}', true, at);
end $$;

-- Offers nobody answered: who missed one is not ready until he says so.
create or replace function routing_expire(domain bigint, at timestamptz) returns int language plpgsql as $$
declare
    r record;
    taken int := 0;
begin
    for r in
        select w.id, w.offered_to_id as seat from routing_work_item w
          join routing_queue q on q.id = w.queue_id and q.domain_id = domain
          join routing_presence p on p.staff_id = w.offered_to_id
         where w.state = 'offered' and w.offer_expires_at <= at
         order by w.offer_expires_at, w.id for no key update of w, p skip locked
    loop
        if exists (select 1 from routing_presence where staff_id = r.seat and state = 'ready') then
            perform routing_set_presence(r.seat, 'not_ready', 'no_answer', at);
        end if;
        perform routing_take_back(r.id, 'no_answer', at);
        taken := taken + 1;
    end loop;
    return taken;
end $$;

-- Offers to somebody who takes no more work.
create or replace function routing_recall(domain bigint, at timestamptz) returns int language plpgsql as $$
declare
    r record;
    taken int := 0;
begin
    for r in
        select w.id from routing_work_item w
          join routing_queue q on q.id = w.queue_id and q.domain_id = domain
          join routing_presence p on p.staff_id = w.offered_to_id and p.state <> 'ready'
         where w.state = 'offered'
         order by w.id for no key update of w skip locked
    loop
        perform routing_take_back(r.id, 'left', at);
        taken := taken + 1;
    end loop;
    return taken;
end $$;

-- Seats whose screen has been silent since before `lost_before` (on the wall) get no more work.
create or replace function routing_lose(domain bigint, lost_before timestamptz, at timestamptz) returns int
language plpgsql as $$
declare
    r record;
    lost int := 0;
begin
    for r in
        select staff_id from routing_presence p
         where p.domain_id = domain and p.state = 'ready' and p.seen_at < lost_before
         order by staff_id for no key update skip locked
    loop
        perform routing_set_presence(r.staff_id, 'not_ready', 'lost', at);
        lost := lost + 1;
    end loop;
    return lost;
end $$;

-- Skills and pauses as leaders want them; holds and refusals whose time is over or whose seat is gone.
create or replace function routing_adopt(domain bigint, at timestamptz) returns void language plpgsql as $$
begin
    update routing_agent_skill k set level = wanted_level
      from routing_skill s
     where s.id = k.skill_id and s.domain_id = domain
       and k.id in (select id from routing_agent_skill where level <> wanted_level
                       for no key update skip locked);
    update routing_queue q set stopped = paused
     where q.id in (select id from routing_queue where domain_id = domain and stopped <> paused
                       for no key update skip locked);
    update routing_work_item w set hold_until = null
      from routing_queue q
     where q.id = w.queue_id and q.domain_id = domain and w.state = 'waiting' and w.hold_until is not null
       and (w.hold_until <= at or not exists (
            select 1 from routing_presence p
              join routing_agent_skill k on k.staff_id = p.staff_id and k.level >= w.needed_level
             where p.staff_id = w.preferred_staff_id and k.skill_id = q.skill_id and p.state <> 'offline'))
       and w.id in (select id from routing_work_item where state = 'waiting' and hold_until is not null
                       for no key update skip locked);
    update routing_work_item w set refused_by = '{}', refused_until = null
     where w.state = 'waiting' and w.refused_until <= at
       and w.queue_id in (select id from routing_queue where domain_id = domain)
       and w.id in (select id from routing_work_item where state = 'waiting' and refused_until <= at
                       for no key update skip locked);
end $$;

-- What time has brought and what a crash between a commit and its matching has left, then everything that fits.
create or replace function routing_sweep(domain bigint, at timestamptz, lost_before timestamptz default null)
returns int language plpgsql set lock_timeout = '5s' as $$
declare r record;
begin
    perform routing_lock(domain);
    perform routing_adopt(domain, at);
    for r in select w.id from routing_work_item w join routing_queue q on q.id = w.queue_id
              where w.state = 'arrived' and q.domain_id = domain
              order by w.id limit 100 for no key update of w skip locked   -- the rest with the next sweep
    loop
        perform routing_line_up(r.id, at);
    end loop;
    perform routing_lose(domain, lost_before, at);
    perform routing_expire(domain, at);
    perform routing_recall(domain, at);
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

FACTS = """
create or replace view routing_visit as
select w.id, w.subject, w.subject_id, q.code as queue_code, w.medium, w.asked_klass as klass, w.state,
       w.staff_id, w.offers, w.requested_at, w.answered_at, w.finished_at, w.closed_at,
       extract(epoch from coalesce(w.answered_at, w.closed_at) - w.requested_at)::float8 as wait_seconds,
       extract(epoch from w.finished_at - w.answered_at)::float8 as handling_seconds,
       case when w.state in ('done', 'moved') then extract(epoch from w.closed_at - w.finished_at)::float8 end
           as wrap_up_seconds
  from routing_work_item w join routing_queue q on q.id = w.queue_id;
"""

UNDO = """
drop view routing_visit;
drop function routing_sweep(bigint, timestamptz, timestamptz);
drop function routing_adopt(bigint, timestamptz);
drop function routing_lose(bigint, timestamptz, timestamptz);
drop function routing_recall(bigint, timestamptz);
drop function routing_expire(bigint, timestamptz);
drop function routing_take_back(bigint, text, timestamptz);
"""


class Migration(migrations.Migration):
    dependencies = [("routing", "0002_matching")]
    operations = [migrations.RunSQL(SWEEP + FACTS, UNDO)]
