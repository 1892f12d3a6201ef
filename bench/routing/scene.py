"""A floor of many seats with all rules on: 20 queues with rings, sites, holds, key customers, 10,000 waiting."""

from __future__ import annotations

from typing import Any

import psycopg
from django.db import connections

from shouwen.accounts.tests.factories import organisation
from shouwen.kit import clock
from shouwen.kit.principals import SYSTEM
from shouwen.routing import actions, jobs
from shouwen.routing.rules.shapes import Ring, Shape
from shouwen.routing.tests.factories import queue

CLIENTS, QUEUES, WAITING = 4, 20, 10_000
FLOOR = "update bench_floor set n = n + 1 where id = %s"
SERVE = "select bench_serve(%s, clock_timestamp())"
ASK = "select bench_ask(%s, clock_timestamp())"
_TABLES = """
drop table if exists bench_floor;
create table bench_floor (id bigint primary key, n bigint not null default 0) with (fillfactor = 60);
insert into bench_floor select id from accounts_staff;

create or replace function bench_serve(seat bigint, at timestamptz) returns void language plpgsql as $$
begin
    update routing_work_item w
       set state = 'done', staff_id = seat, answered_at = at, finished_at = at, closed_at = at, offered_to_id = null,
           offer_expires_at = null, hold_until = null, version = w.version + 2
      from routing_slot s where s.staff_id = seat and s.state = 'offered' and w.id = s.work_item_id;
    update routing_slot set state = 'released', work_item_id = null where staff_id = seat and state = 'offered';
end $$;

create or replace function bench_ask(n bigint, at timestamptz) returns bigint language sql as $$
    insert into routing_work_item (subject, subject_id, contact, medium, queue_id, site_id, needed_level, asked_klass,
        klass, bonus_seconds, highest_grade, vtime, preferred_staff_id, hold_until, refused_by, ring, moved_on, state,
        offers, requested_at, flow_out_at, long_wait_at, version)
    select 'conversation', n, '', 'voice', q.id, q.organisation_id, q.needed_level, 'plain', 'plain', 0, n % 10 = 0,
           at - case when n % 10 = 0 then interval '10 min' else interval '0' end,
           case when n % 10 = 1 then (select min(id) + n % 50 from accounts_staff) end,
           case when n % 10 = 1 then at + interval '30 s' end, '{}', 0, false, 'arrived', 0, at,
           at + interval '1 h', at + interval '1 h', 1
      from routing_queue q where q.code = 'q' || n % 20
    returning id $$;
"""
_SEATS = """
insert into accounts_staff (password, number, name, organisation_id, active, email, language, theme, business,
    failed_sign_ins, scope, time_zone, keys, password_due)
select '', 'a' || n, 'a' || n, o.ids[1 + n %% 4], true, '', 'zh-CN', 'system', '', 0, '', '', '{}', false
  from generate_series(1, %(agents)s) n, (select array_agg(id order by id) as ids from accounts_organisation
                                           where level = 'city') o
"""
_SKILLS = """
insert into routing_agent_skill (staff_id, skill_id, level, wanted_level)
select s.id, k.ids[1 + (s.id + i * 5) % 20], 1 + (s.id + i * 3) % 10, 1 + (s.id + i * 3) % 10
  from accounts_staff s, generate_series(0, 3) i,
       (select array_agg(id order by id) as ids from routing_skill) k
 where s.number like 'a%';
insert into routing_presence (staff_id, domain_id, organisation_id, state, reason, since, available, idle_since)
select s.id, d.id, s.organisation_id, 'ready', '', now(), true, now()
  from accounts_staff s, routing_domain d where s.number like 'a%';
insert into routing_presence_span (staff_id, state, reason, started_at)
select staff_id, 'ready', '', since from routing_presence;
insert into routing_slot (staff_id, medium, ordinal, state)
select staff_id, m, 1, 'free' from routing_presence, unnest(array['voice', 'email']) m;
analyze;
"""

_OCCUPIED = """
with pairs as (
    select s.id as slot, s.staff_id, w.id as item
      from (select id, staff_id, row_number() over (order by staff_id) as n from routing_slot where medium = 'voice') s
      join (select id, row_number() over (order by id) as n from routing_work_item) w using (n)),
given as (
    update routing_work_item w set state = 'offered', offered_to_id = p.staff_id, hold_until = null, offers = 1,
                                   offer_expires_at = now() + interval '1 h'
      from pairs p where w.id = p.item)
update routing_slot s set state = 'offered', work_item_id = p.item from pairs p where s.id = p.slot;
update routing_work_item set state = 'waiting', hold_until = null where state = 'arrived';
select routing_open_rings(id, clock_timestamp()) from routing_work_item where state = 'waiting';
"""


def prepare() -> None:
    """Make queues with rings through the product's actions."""
    for n in range(QUEUES):
        queue(f"q{n}", needed_level=1 + n % 3, media=(), organisation_id=organisation(f"城{n % 4}").id)
    for n in range(QUEUES):
        rings = (Ring(0, f"q{(n + 1) % QUEUES}", 8), Ring(60, f"q{(n + 7) % QUEUES}", 2))
        shape = Shape(rings=rings, most_waiting=2000, overflow_to=f"q{(n + 1) % QUEUES}")
        actions.shape_queue(queue_code=f"q{n}", shape=shape, by=SYSTEM)
    jobs.sweep(clock.now())
    connections.close_all()


def furnish(line: psycopg.Connection[tuple[Any, ...]], agents: int) -> list[int]:
    """Give the floor its seats; return their numbers."""
    line.execute(_SEATS, {"agents": agents})
    line.execute(_SKILLS)
    line.execute(_TABLES)
    return [row[0] for row in line.execute("select staff_id from routing_presence order by 1").fetchall()]


def occupy(line: psycopg.Connection[tuple[Any, ...]], seats: list[int]) -> None:
    """Give every seat a contact and let thousands wait, as if it had always been so."""
    line.execute("select bench_ask(n, clock_timestamp()) from generate_series(1, %s) n", [WAITING + len(seats)])
    line.execute(_OCCUPIED)
    line.execute("vacuum analyze")
