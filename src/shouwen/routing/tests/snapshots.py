"""What must hold in every committed snapshot of the floor, asked of the database in one statement."""

from __future__ import annotations

from django.db import connection

_BROKEN = """
select 'free slot beside a waiting item' as what, count(*)
  from routing_work_item w
  join routing_queue q on q.id = w.queue_id and not q.stopped
  cross join lateral (
        select q.skill_id, w.needed_level as level
         union all
        select r.skill_id, r.needed_level from routing_ring r where r.queue_id = q.id and r.ordinal <= w.ring) way
  join routing_agent_skill k on k.skill_id = way.skill_id and k.level >= way.level
  join routing_presence p on p.staff_id = k.staff_id and p.available and p.domain_id = q.domain_id
  join routing_slot s on s.staff_id = p.staff_id and s.medium = w.medium and s.state = 'free'
 where w.state = 'waiting' and (w.hold_until is null or w.preferred_staff_id = p.staff_id)
   and p.staff_id <> all (w.refused_by)
   and not exists (
        select 1 from routing_slot c where c.staff_id = p.staff_id and c.state <> 'free'
           and (c.medium in ('voice', 'callback')
                or w.medium in ('voice', 'callback')
                   and c.medium not in ('email', 'back_office', 'e_form', 'letter', 'fax', 'voice_mailbox')))
union all
select 'item with a person but no slot', count(*)
  from routing_work_item w left join routing_slot s on s.work_item_id = w.id
 where w.state in ('offered', 'assigned', 'wrap')
   and (s.id is null or s.staff_id <> coalesce(w.offered_to_id, w.staff_id)
        or s.state <> case w.state when 'assigned' then 'busy' else w.state end)
union all
select 'slot holding an item that is elsewhere', count(*)
  from routing_slot s join routing_work_item w on w.id = s.work_item_id
 where w.state not in ('offered', 'assigned', 'wrap')
union all
select 'item in two slots', count(*)
  from (select work_item_id from routing_slot where work_item_id is not null
         group by work_item_id having count(*) > 1) twice
union all
select 'gap in the presence ledger', count(*)
  from (select staff_id, started_at, lag(ended_at) over (partition by staff_id order by started_at, id) as before
          from routing_presence_span) spans
 where before is not null and before <> started_at
"""


def broken() -> dict[str, int]:
    """Return what does not hold, with how often; empty when all is well."""
    with connection.cursor() as cursor:
        cursor.execute(_BROKEN)
        return {what: count for what, count in cursor.fetchall() if count}
