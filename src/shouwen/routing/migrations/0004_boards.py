"""Facts go to the boards of their area only: nobody hears what he could not fetch."""

from django.db import migrations

TELL = """
-- Publishes a fact about a work item and, for a conversation, writes its line in the journal.
create or replace function routing_tell(
    fact text, line text, item bigint, seat bigint, extra jsonb, to_contact boolean, at timestamptz
) returns void language plpgsql as $$
declare
    w routing_work_item;
    q text;
    area bigint;
begin
    select * into w from routing_work_item where id = item;
    select code, organisation_id into q, area from routing_queue where id = w.queue_id;
    perform kit_publish(
        'routing.' || fact,
        jsonb_build_object('work_item_id', w.id, 'subject', w.subject, 'subject_id', w.subject_id, 'queue_code', q)
            || case when seat is null then '{}'::jsonb else jsonb_build_object('staff_id', seat) end || extra,
        array_remove(array['board:' || area, 'queue:' || q, 'staff:' || seat,
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
declare moment timestamptz; area bigint;
begin
    update routing_presence
       set state = new_state, reason = why, since = greatest(at, since), available = false
     where staff_id = seat
    returning since, organisation_id into moment, area;
    update routing_presence_span set ended_at = moment where staff_id = seat and ended_at is null;
    insert into routing_presence_span (staff_id, state, reason, started_at) values (seat, new_state, why, moment);
    perform kit_publish(
        'routing.PresenceChanged', jsonb_build_object('staff_id', seat, 'state', new_state, 'reason', why),
        array['board:' || area, 'staff:' || seat], at);
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("routing", "0003_sweeping")]
    operations = [migrations.RunSQL(TELL + PRESENCE, migrations.RunSQL.noop)]
