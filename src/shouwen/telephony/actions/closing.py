"""What the end of a call brings with it, whoever ends it and however it went."""

from __future__ import annotations

from datetime import datetime

from shouwen.interactions import actions as interactions
from shouwen.kit.events import publish
from shouwen.kit.prepared import change
from shouwen.kit.principals import SYSTEM, Principal
from shouwen.routing import actions as routing
from shouwen.routing import queries as work

from ..events import CallEnded
from ..models import Call, Leg
from .clocks import from_handling_to_wrap_up
from .consults import close_consult
from .finding import SUBJECT, all_living, audience, end_leg, public_id
from .instructing import instruct
from .pausing import end_pause


def end_served(call: Call, *, ended_by: str, by: Principal, at: datetime, last_words: bool = False) -> None:
    """End a call that somebody took: both lines are cut, and from now on the wrap-up clock runs.

    `last_words`: the caller is still being told something, and his line is cut after that.
    """
    close_consult(call, "caller_gone" if ended_by == "customer" else "ended", at)
    end_pause(call, "call", at)
    _over(call, "answered")
    for leg in all_living(call):
        if last_words and leg.side == Leg.Side.CUSTOMER:
            continue
        end_leg(leg, "ended", at)
        instruct(call, "hang_up", at, channel=leg.channel, bridge=public_id(call))
    interactions.end(
        interaction_id=call.pk, ended_by=ended_by, staff_id=call.staff_id, by=by, at=at, audience=audience(call)
    )
    from_handling_to_wrap_up(call, at)
    if not routing.finish(subject=SUBJECT, subject_id=call.pk, at=at):
        routing.abandon(subject=SUBJECT, subject_id=call.pk, at=at)
    _tell_ended(call, at)


def close_unanswered(call: Call, *, outcome: str, ended_by: str, at: datetime) -> None:
    """End and close a call that nobody answered; its line may still be there for a last word."""
    _over(call, outcome)
    if not work.work_of(SUBJECT, [call.pk]):
        _note_end(call, outcome, at)
    heard = audience(call)
    interactions.end(interaction_id=call.pk, ended_by=ended_by, by=SYSTEM, at=at, audience=heard)
    interactions.close(interaction_id=call.pk, by=SYSTEM, at=at, audience=heard)
    interactions.settle(interaction_id=call.pk, by=SYSTEM, at=at)
    _tell_ended(call, at)


def _note_end(call: Call, outcome: str, at: datetime) -> None:
    """Write how a call ended that never came into a queue."""
    code, detail = call.interaction.queue_code, {"outcome": outcome}
    interactions.journal(interaction_id=call.pk, name="end", queue_code=code, detail=detail, at=at)


def _over(call: Call, outcome: str) -> None:
    over = {"step": Call.Step.OVER, "outcome": outcome, "staff_id": call.staff_id}
    change(call, **over, held_at=None, reconnect_by=None, tell_at=None)


def _tell_ended(call: Call, at: datetime) -> None:
    publish(CallEnded(call.pk, public_id(call), call.outcome), audience=audience(call), at=at)
