"""The matching asks what a seat carries beside only of the seat whose turn it is, not of all that are free.

Going back leaves the function as it is: it answers as the one before did, from the same tables.
"""

from django.db import migrations

MATCH = """
-- As before, but what a seat carries is looked at in the order of seats, until one may have the item.
create or replace function routing_match_seat(item bigint, passed_over bigint[]) returns bigint
language plpgsql stable as $$
declare next record;
begin
    for next in
        with open as materialized (
            select s.staff_id from routing_slot s
             where s.state = 'free' and s.medium = (select w.medium from routing_work_item w where w.id = item))
        select p.staff_id, w.medium
          from routing_work_item w
          join routing_queue q on q.id = w.queue_id
          cross join lateral (
                select 0 as ring, q.skill_id as skill_id, w.needed_level as level
                 union all
                select g.ordinal, g.skill_id, g.needed_level from routing_ring g
                 where g.queue_id = w.queue_id and g.ordinal <= w.ring) r
          cross join open
          join routing_agent_skill k on k.staff_id = open.staff_id and k.skill_id = r.skill_id and k.level >= r.level
          join routing_presence p on p.staff_id = k.staff_id and p.domain_id = q.domain_id
         where w.id = item and w.state = 'waiting' and not q.stopped
           and p.available
           and (w.hold_until is null or w.preferred_staff_id = p.staff_id)
           and p.staff_id <> all (w.refused_by) and p.staff_id <> all (passed_over)
         order by (w.hold_until is not null and w.preferred_staff_id = p.staff_id) desc,
                  case when w.highest_grade then 0 else r.ring end,
                  (w.site_id = p.organisation_id) is true desc,
                  case when w.highest_grade then -k.level else k.level end,
                  p.idle_since, p.staff_id
    loop
        if not routing_blocked(next.staff_id, next.medium) then return next.staff_id; end if;
    end loop;
    return null;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("routing", "0011_outbound")]
    operations = [migrations.RunSQL(MATCH, migrations.RunSQL.noop)]
