"""Entry rules, callbacks, nuisances, announcements, loans; why a seat was chosen; the limit of writing up."""

import datetime as dt

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import shouwen.routing.rules.entry

MATCH = """
-- As before, but it begins with the free slots: where people wait there are few.
create or replace function routing_match_seat(item bigint, passed_over bigint[]) returns bigint
language plpgsql stable as $$
declare seat bigint;
begin
    with open as materialized (
        select s.staff_id from routing_slot s
         where s.state = 'free' and s.medium = (select w.medium from routing_work_item w where w.id = item))
    select p.staff_id into seat
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
       and not routing_blocked(p.staff_id, w.medium)
     order by (w.hold_until is not null and w.preferred_staff_id = p.staff_id) desc,
              case when w.highest_grade then 0 else r.ring end,
              (w.site_id = p.organisation_id) is true desc,
              case when w.highest_grade then -k.level else k.level end,
              p.idle_since, p.staff_id
     limit 1;
    return seat;
end $$;

-- As before, but what a person carries is looked at once a medium.
create or replace function routing_match_item(seat bigint, passed_over bigint[]) returns bigint
language plpgsql stable as $$
declare item bigint;
begin
    with media as materialized (
        select s.medium from routing_slot s where s.staff_id = seat and s.state = 'free'
         group by s.medium having not routing_blocked(seat, s.medium))
    select x.id into item
      from routing_presence p
      cross join media m
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
     where p.staff_id = seat and p.available
     order by x.vtime, x.id limit 1;
    return item;
end $$;

-- As before, and it keeps why it was this seat.
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
    insert into routing_choice (work_item_id, staff_id, at, klass, ring, level, held, same_site, highest_grade,
                                idle_since, outcome)
    select w.id, seat, at, w.klass, way.ring, way.level, w.hold_until is not null,
           (w.site_id = p.organisation_id) is true, w.highest_grade, p.idle_since, ''
      from routing_work_item w
      join routing_queue q on q.id = w.queue_id
      join routing_presence p on p.staff_id = seat
      cross join lateral (
            select r.ring, k.level
              from (select 0 as ring, q.skill_id as skill_id, w.needed_level as level
                     union all
                    select g.ordinal, g.skill_id, g.needed_level from routing_ring g
                     where g.queue_id = w.queue_id and g.ordinal <= w.ring) r
              join routing_agent_skill k on k.staff_id = seat and k.skill_id = r.skill_id and k.level >= r.level
             order by case when w.highest_grade then -k.level else r.ring end, r.ring limit 1) way
     where w.id = item;
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
    update routing_choice set ended_at = routing_take_back.at, outcome = why where work_item_id = item and ended_at is null;
    perform routing_open_rings(item, at);
    perform routing_tell('OfferMissed', 'rna', item, seat, jsonb_build_object('reason', why), false, at);
    perform routing_tell('WorkWaiting', null, item, null, '{}', true, at);
end $$;
"""

SWEEP = """
-- Writing up has its limit: after it the seat may take the next contact, and the record can still be written.
create or replace function routing_end_wrap_ups(domain bigint, at timestamptz) returns void language plpgsql as $$
declare r record;
begin
    for r in select w.id, w.staff_id from routing_work_item w join routing_queue q on q.id = w.queue_id
              where w.state = 'wrap' and q.domain_id = domain
                and w.finished_at + make_interval(secs => q.wrap_up_seconds) <= at
              order by w.id for no key update of w skip locked
    loop
        update routing_work_item set state = 'done', closed_at = greatest(at, finished_at), version = version + 1
         where id = r.id;
        update routing_slot set state = 'released', work_item_id = null where work_item_id = r.id;
        perform routing_tell('WrapUpCompleted', 'wrap_end', r.id, r.staff_id, '{}', false, at);
    end loop;
end $$;

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
    perform routing_end_wrap_ups(domain, at);
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
        ("routing", "0005_rings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Announcement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("zh", models.CharField(max_length=300)),
                ("en", models.CharField(max_length=300)),
                ("at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "routing_announcement",
            },
        ),
        migrations.CreateModel(
            name="Callback",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("scheduled", "Scheduled"),
                            ("queued", "Queued"),
                            ("done", "Done"),
                            ("unreached", "Unreached"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="scheduled",
                        max_length=10,
                    ),
                ),
                ("from_subject", models.CharField(max_length=20)),
                ("from_subject_id", models.BigIntegerField()),
                ("place", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("asked_at", models.DateTimeField()),
                ("attempts", models.SmallIntegerField(default=0)),
                ("note", models.CharField(blank=True, max_length=500)),
                ("closed_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "routing_callback",
            },
        ),
        migrations.CreateModel(
            name="Choice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("klass", models.CharField(max_length=10)),
                ("ring", models.SmallIntegerField()),
                ("level", models.SmallIntegerField()),
                ("held", models.BooleanField()),
                ("same_site", models.BooleanField()),
                ("highest_grade", models.BooleanField()),
                ("idle_since", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("outcome", models.CharField(blank=True, max_length=10)),
            ],
            options={
                "db_table": "routing_choice",
            },
        ),
        migrations.CreateModel(
            name="Loan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("level", models.SmallIntegerField()),
                ("before", models.SmallIntegerField()),
                ("at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("returned_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "routing_loan",
            },
        ),
        migrations.CreateModel(
            name="Nuisance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("contact", models.CharField(max_length=40)),
                ("level", models.CharField(choices=[("slow", "Slow"), ("block", "Block")], max_length=5)),
                ("reason", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("appeal", models.CharField(blank=True, max_length=500)),
                ("appealed_at", models.DateTimeField(null=True)),
                ("lifted_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "routing_nuisance",
            },
        ),
        migrations.AddField(
            model_name="queue",
            name="callbacks_from",
            field=models.TimeField(default=dt.time(8, 0)),
        ),
        migrations.AddField(
            model_name="queue",
            name="callbacks_until",
            field=models.TimeField(default=dt.time(21, 0)),
        ),
        migrations.AddField(
            model_name="queue",
            name="closed",
            field=models.CharField(
                choices=[("wait", "wait"), ("refuse", "refuse"), ("other", "other")],
                default=shouwen.routing.rules.entry.Closed["WAIT"],
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="queue",
            name="closed_to",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="routing.queue"
            ),
        ),
        migrations.AddField(
            model_name="queue",
            name="green",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="queue",
            name="hours",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name="queue",
            name="rules_number",
            field=models.IntegerField(default=0),
        ),
        migrations.AddField(
            model_name="workitem",
            name="entry_code",
            field=models.CharField(blank=True, db_default="", default="", max_length=20),
        ),
        migrations.AddField(
            model_name="workitem",
            name="expected_seconds",
            field=models.IntegerField(null=True),
        ),
        migrations.AddIndex(
            model_name="slot",
            index=models.Index(
                condition=models.Q(("state", "free")), fields=["medium", "staff"], name="routing_slot_free"
            ),
        ),
        migrations.AddIndex(
            model_name="workitem",
            index=models.Index(
                condition=models.Q(("state", "wrap")), fields=["finished_at"], name="routing_work_item_wrap"
            ),
        ),
        migrations.AddIndex(
            model_name="workitem",
            index=models.Index(fields=["customer", "-requested_at"], name="routing_work_item_customer"),
        ),
        migrations.AddConstraint(
            model_name="queue",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed__in", ["wait", "refuse"]), ("closed_to", None)),
                    models.Q(("closed", "other"), ("closed_to__isnull", False)),
                    _connector="OR",
                ),
                name="routing_queue_closed",
            ),
        ),
        migrations.AddConstraint(
            model_name="queue",
            constraint=models.CheckConstraint(
                condition=models.Q(("callbacks_from__lt", models.F("callbacks_until"))), name="routing_queue_callbacks"
            ),
        ),
        migrations.AddConstraint(
            model_name="queue",
            constraint=models.UniqueConstraint(
                condition=models.Q(("green", True)), fields=("domain",), name="routing_queue_one_green"
            ),
        ),
        migrations.AddField(
            model_name="announcement",
            name="by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="announcement",
            name="queue",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="routing.queue"
            ),
        ),
        migrations.AddField(
            model_name="callback",
            name="customer",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="customers.customer",
            ),
        ),
        migrations.AddField(
            model_name="callback",
            name="queue",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="routing.queue"
            ),
        ),
        migrations.AddField(
            model_name="choice",
            name="staff",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="choice",
            name="work_item",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="routing.workitem"
            ),
        ),
        migrations.AddField(
            model_name="loan",
            name="skill",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="routing.skill"
            ),
        ),
        migrations.AddField(
            model_name="loan",
            name="staff",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="nuisance",
            name="by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="announcement",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("zh", ""), _negated=True), models.Q(("en", ""), _negated=True)),
                name="routing_announcement_said",
            ),
        ),
        migrations.AddConstraint(
            model_name="announcement",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__gt", models.F("at"))), name="routing_announcement_ends"
            ),
        ),
        migrations.AddIndex(
            model_name="callback",
            index=models.Index(
                condition=models.Q(("state", "scheduled")), fields=["due_at"], name="routing_callback_due"
            ),
        ),
        migrations.AddConstraint(
            model_name="callback",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["scheduled", "queued"])),
                fields=("number",),
                name="routing_callback_one_a_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="callback",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at", None), ("state__in", ["scheduled", "queued"])),
                    models.Q(("closed_at__isnull", False), ("state__in", ["done", "unreached", "cancelled"])),
                    _connector="OR",
                ),
                name="routing_callback_closed",
            ),
        ),
        migrations.AddIndex(
            model_name="choice",
            index=models.Index(fields=["work_item", "id"], name="routing_choice_of_item"),
        ),
        migrations.AddIndex(
            model_name="choice",
            index=models.Index(fields=["staff", "at"], name="routing_choice_of_staff"),
        ),
        migrations.AddIndex(
            model_name="loan",
            index=models.Index(condition=models.Q(("returned_at", None)), fields=["until"], name="routing_loan_due"),
        ),
        migrations.AddConstraint(
            model_name="loan",
            constraint=models.UniqueConstraint(
                condition=models.Q(("returned_at", None)), fields=("staff", "skill"), name="routing_loan_one_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="loan",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__gte", 1), ("level__lte", 10)), name="routing_loan_level"
            ),
        ),
        migrations.AddIndex(
            model_name="nuisance",
            index=models.Index(
                condition=models.Q(("lifted_at", None)), fields=["contact", "-until"], name="routing_nuisance_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="nuisance",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__gt", models.F("at"))), name="routing_nuisance_ends"
            ),
        ),
        migrations.AddConstraint(
            model_name="nuisance",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("reason", ""), _negated=True), models.Q(("contact", ""), _negated=True)),
                name="routing_nuisance_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="nuisance",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__in", ["slow", "block"])), name="routing_nuisance_level"
            ),
        ),
        migrations.RunSQL(MATCH + SWEEP, migrations.RunSQL.noop),
    ]
