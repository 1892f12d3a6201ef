"""Queues and how they stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from shouwen.kit.prepared import Prepared, columns, fetched
from shouwen.kit.principals import Principal

from ..errors import QueueNotFound
from ..models import AgentSkill, Queue
from ..permissions import VIEW


@dataclass(frozen=True)
class QueueCard:
    """What colleagues and screens need to know of a queue."""

    code: str
    name: str
    duty_leader_id: int
    organisation_id: int
    paused: bool
    skill: str
    needed_level: int
    media: list[str]
    general: bool
    place_seconds: int | None
    callback_offer: bool

    @property
    def takes_calls(self) -> bool:
        """Tell whether calls may wait here."""
        return not self.media or "voice" in self.media


@dataclass(frozen=True)
class QueueFigures:
    """How a queue stands at this moment."""

    code: str
    name: str
    organisation_id: int
    paused: bool
    waiting: int
    offered: int
    in_service: int
    wrap_up: int
    waiting_since: datetime | None
    agents_ready: int
    agents_free: int


_CARD = (
    "code",
    "name",
    "duty_leader_id",
    "organisation_id",
    "paused",
    "skill__code",
    "needed_level",
    "media",
    "general",
    "place_seconds",
    "callback_offer",
)
_NAMED = Prepared(lambda code: Queue.objects.filter(code=code).values_list(*_CARD))
_GENERAL = Prepared(lambda: Queue.objects.filter(general=True).order_by("id").values_list(*_CARD))
_ROW = columns(Queue, "skill")
_ROW_NAMED = Prepared(lambda code: Queue.objects.filter(code=code).values_list(*_ROW))
_ROW_GENERAL = Prepared(lambda: Queue.objects.filter(general=True).order_by("id").values_list(*_ROW))
_SERVED = Prepared(
    lambda staff: Queue.objects.filter(
        skill_id__in=AgentSkill.objects.filter(staff_id=staff, wanted_level__gt=0).values("skill_id")
    ).values_list("code")
)
_AREAS = Prepared(lambda: Queue.objects.values_list("code", "organisation_id"))


def queue_row(code: str) -> Queue:
    """Return a queue, for use in this room; without a code the one for needs nobody knows yet."""
    row = fetched(Queue, _ROW_NAMED(code=code) if code else _ROW_GENERAL(), beside="skill")
    if row is None:
        raise QueueNotFound(queue=code)
    return row


def card_of(row: Queue) -> QueueCard:
    """Return what others need to know of a queue whose row is there."""
    return QueueCard(
        code=row.code,
        name=row.name,
        duty_leader_id=row.duty_leader_id,
        organisation_id=row.organisation_id,
        paused=row.paused,
        skill=row.skill.code,
        needed_level=row.needed_level,
        media=row.media,
        general=row.general,
        place_seconds=row.place_seconds,
        callback_offer=row.callback_offer,
    )


def queue(code: str) -> QueueCard:
    """Return a queue; an empty code is the general queue, for needs nobody knows yet."""
    found = _NAMED(code=code) if code else _GENERAL()
    if not found:
        raise QueueNotFound(queue=code)
    return QueueCard(*found[0])


def queues() -> list[QueueCard]:
    """Return all queues by code."""
    return [QueueCard(*row) for row in Queue.objects.order_by("code").values_list(*_CARD)]


def queue_codes_of(by: Principal) -> list[str]:
    """Return the queues somebody hears of: those he serves, and for who leads those of his area."""
    codes = {code for (code,) in _SERVED(staff=by.id)}
    if by.may(VIEW):
        codes |= {code for code, organisation_id in _AREAS() if by.sees(organisation_id)}
    return sorted(codes)


_FIGURES = """
select q.code, q.name, q.organisation_id, q.paused,
       coalesce(w.waiting, 0), coalesce(w.offered, 0), coalesce(w.in_service, 0), coalesce(w.wrap_up, 0),
       w.waiting_since, coalesce(a.ready, 0), coalesce(a.free, 0)
  from routing_queue q
  left join (
        select queue_id,
               count(*) filter (where state in ('arrived', 'waiting', 'offered')) as waiting,
               count(*) filter (where state = 'offered') as offered,
               count(*) filter (where state = 'assigned') as in_service,
               count(*) filter (where state = 'wrap') as wrap_up,
               min(requested_at) filter (where state in ('arrived', 'waiting', 'offered')) as waiting_since
          from routing_work_item
         where state in ('arrived', 'waiting', 'offered', 'assigned', 'wrap')
         group by queue_id) w on w.queue_id = q.id
  left join lateral (
        select count(*) as ready,
               count(*) filter (where exists (
                    select 1 from routing_slot s where s.staff_id = p.staff_id and s.state = 'free')) as free
          from routing_agent_skill k join routing_presence p on p.staff_id = k.staff_id
         where k.skill_id = q.skill_id and k.level >= q.needed_level and p.state = 'ready') a on true
 order by q.code
"""


def queue_figures() -> list[QueueFigures]:
    """Return how each queue stands; `waiting` counts everybody no person has taken yet, offered ones included."""
    with connection.cursor() as cursor:
        cursor.execute(_FIGURES)
        return [QueueFigures(*row) for row in cursor.fetchall()]


def queue_rules_of(code: str) -> dict[str, Any]:
    """Return the rules a queue goes by now, as content that may be changed and published."""
    rows = Queue.objects.select_related("overflow_to", "flow_out_to", "closed_to", "skill", "duty_leader")
    row = rows.get(code=queue(code).code)
    return {"code": row.code, "name": row.name, "number": row.rules_number, "content": rules_content(row)}


def rules_content(row: Queue) -> dict[str, Any]:
    """Return a queue's rules in the form in which they are written."""
    plain = ("needed_level", "discipline", "offer_seconds", "hold_seconds", "wrap_up_seconds", "rings", "most_waiting")
    others = ("flow_out_seconds", "long_wait_seconds", "hours", "closed", "green", "name", "media", "place_seconds")
    content = {name: getattr(row, name) for name in (*plain, *others)}
    content["callback_offer"] = row.callback_offer
    content["skill"], content["duty_leader"] = row.skill.code, row.duty_leader.number
    for name in ("overflow_to", "flow_out_to", "closed_to"):
        content[name] = other.code if (other := getattr(row, name)) else ""
    for name in ("callbacks_from", "callbacks_until"):
        content[name] = f"{getattr(row, name):%H:%M}"
    return content
