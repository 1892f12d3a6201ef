"""A consultation that is open: looking at it, and ending it with what became of it."""

from __future__ import annotations

from datetime import datetime

from shouwen.interactions import actions as interactions
from shouwen.kit.events import publish
from shouwen.kit.prepared import Prepared, columns, fetched
from shouwen.kit.principals import SYSTEM
from shouwen.routing import actions as routing
from shouwen.routing import queries as queues

from ..events import ConsultChanged
from ..models import Call, Consult
from .finding import audience, end_leg, living, public_id
from .instructing import instruct

CONSULT = "consult"
"""What a consultation is called where it waits for a person."""

_OPEN = Prepared(
    lambda call: Consult.objects.filter(call_id=call, ended_at=None).values_list(*columns(Consult)), takes=Consult
)


def open_consult(call: Call) -> Consult | None:
    """Return the consultation of a call that has not ended, taken for changing."""
    return fetched(Consult, _OPEN(call=call.pk))


def close_consult(call: Call, outcome: str, at: datetime) -> bool:
    """End a call's consultation, if there is one: who was asked is rung or kept no longer. Tell whether there was."""
    asked = open_consult(call)
    if asked is None:
        return False
    leg = living(call, "consulted")
    if leg is not None:
        end_leg(leg, outcome, at)
        instruct(call, "hang_up", at, channel=leg.channel)
    note_end(call, asked, outcome, at)
    if not routing.abandon(subject=CONSULT, subject_id=asked.pk, at=at):
        release(asked, at)
    return True


def note_end(call: Call, asked: Consult, outcome: str, at: datetime) -> None:
    """Write down that a consultation is over, and what became of it."""
    asked.ended_at, asked.outcome = max(at, asked.begun_at), outcome
    asked.save(update_fields=["ended_at", "outcome"])
    interactions.journal(
        interaction_id=call.pk,
        name="consult_end",
        queue_code=asked.queue_code,
        staff_id=asked.staff_id,
        detail={"outcome": outcome},
        at=at,
    )
    tell(call, asked, at)


def release(asked: Consult, at: datetime) -> None:
    """Let who was asked be free again at once: there is nothing to write up."""
    if routing.finish(subject=CONSULT, subject_id=asked.pk, at=at):
        item = queues.work_of(CONSULT, [asked.pk])[asked.pk]
        if item.state == "wrap":
            routing.complete_wrap_up(subject=CONSULT, subject_id=asked.pk, by=SYSTEM)


def tell(call: Call, asked: Consult, at: datetime) -> None:
    """Tell those concerned how a consultation stands."""
    state = "ended" if asked.ended_at else "talking" if asked.answered_at else "asked"
    fact = ConsultChanged(call.pk, public_id(call), asked.staff_id, state)
    publish(fact, audience=audience(call, asked.asked_by_id, asked.staff_id), at=at)
