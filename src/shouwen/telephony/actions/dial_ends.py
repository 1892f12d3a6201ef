"""What becomes of a call that we make and that reaches nobody, and of what we owe with it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from shouwen.interactions import actions as interactions
from shouwen.kit.events import publish
from shouwen.kit.principals import SYSTEM
from shouwen.routing import actions as routing
from shouwen.routing import queries as queues

from .. import rules
from ..events import CallMade
from ..models import Call, Leg
from ..queries.dialling import dial_rules
from ..rules import dialling
from .closing import close_unanswered
from .finding import SUBJECT, end_leg, public_id
from .instructing import instruct, take_back

NOT_CALLED = {"cancelled", "not_taken", "cut"}
"""Ends of a call for which the customer's telephone was never asked, or we did not wait for him."""


def dial_gone(call: Call, leg: Leg, cause: int | None, at: datetime, *, cut: bool = False) -> None:
    """End a call that we make because one of its lines is gone before anybody talked; `cut`: nobody knows how."""
    if cut:
        end_leg(leg, "lost", at)
        _end(call, "cut", at)
    elif leg.side == Leg.Side.CUSTOMER:
        outcome = dialling.outcome_of(cause, rang=leg.rang_at is not None)
        end_leg(leg, outcome, at)
        _end(call, outcome, at)
    elif leg.up_at is None:
        end_leg(leg, rules.cause_of(cause), at)
        _end(call, "not_taken", at)
    else:
        end_leg(leg, "hung_up", at)
        _end(call, "cancelled", at)


def cancel_dialling(call: Call, at: datetime) -> None:
    """Let who calls give up before anybody answered."""
    _end(call, "cancelled", at)


def _end(call: Call, outcome: str, at: datetime) -> None:
    """Close a call that reached nobody, cut what is left of it, and see to what we owe."""
    take_back(call, at)
    for leg in Leg.objects.filter(call=call, ended_at=None):
        end_leg(leg, outcome if leg.side == Leg.Side.CUSTOMER else "ended", at)
        instruct(call, "hang_up", at, channel=leg.channel)
    write_journal(call, "dial_end", at, outcome=outcome)
    if routing.finish(subject=SUBJECT, subject_id=call.pk, at=at):
        _release(call)
    close_unanswered(
        call, outcome=outcome, ended_by="system" if outcome in dialling.WORDS or outcome == "cut" else "staff", at=at
    )
    if call.callback_id is not None:
        _see_to_callback(call.callback_id, outcome, at)
    tell_made(call, outcome, at)
    if outcome not in NOT_CALLED:
        zh, en = dialling.WORDS[outcome]
        said = {"zh": f"致电客户，{zh}", "en": f"Called the customer: {en}"}
        interactions.write_line(interaction_id=call.pk, what="outbound", **said, at=at)


def tell_made(call: Call, outcome: str, at: datetime) -> None:
    """Tell what a call was made for what became of it."""
    if call.about_id is None:
        return
    assert call.staff_id is not None
    fact = CallMade(call.pk, public_id(call), call.staff_id, outcome, call.about, call.about_id, at.isoformat())
    publish(fact, at=at)


def _release(call: Call) -> None:
    """Let who called be free again at once: there is nothing to write up."""
    if queues.work_of(SUBJECT, [call.pk])[call.pk].state == "wrap":
        routing.complete_wrap_up(subject=SUBJECT, subject_id=call.pk, by=SYSTEM)


def _see_to_callback(callback_id: int, outcome: str, at: datetime) -> None:
    if outcome in NOT_CALLED:
        routing.settle_callback(callback_id=callback_id, result="postponed", due_at=at, by=SYSTEM)
    else:
        result: Literal["wrong", "missed"] = "wrong" if outcome == "wrong_number" else "missed"
        house = dial_rules(at)
        again = routing.Again(house.tries, house.again)
        routing.settle_callback(callback_id=callback_id, result=result, again=again, by=SYSTEM)


def write_journal(call: Call, name: str, at: datetime, **detail: object) -> None:
    """Write one line of a call that we make."""
    interactions.journal(
        interaction_id=call.pk,
        name=name,
        queue_code=call.interaction.queue_code,
        staff_id=call.staff_id,
        detail=detail,
        at=at,
    )
