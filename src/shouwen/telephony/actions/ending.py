"""How a call ends, whoever ends it, and how it is written up."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from shouwen.interactions import actions as interactions
from shouwen.interactions.errors import StillOpen
from shouwen.kit import audit, clock
from shouwen.kit.actions import action
from shouwen.kit.events import publish
from shouwen.kit.permissions import require
from shouwen.kit.principals import SYSTEM, Principal
from shouwen.responsibility import queries as duties
from shouwen.routing import actions as routing
from shouwen.routing import queries as work

from .. import permissions, rules
from ..events import CallCompleted
from ..models import Call, Leg
from ..rules import dialling
from .closing import close_unanswered, end_served
from .consulting import asked_gone, leave_to_asked
from .consults import open_consult
from .dial_ends import cancel_dialling, dial_gone
from .finding import SUBJECT, at_seat, audience, end_leg, living, locked_for_staff, locked_of, public_id
from .instructing import instruct
from .laying_aside import lose_line
from .ringing import let_ring_end, ring_failed, ring_unseen


@action
def leg_gone(*, channel: str, cause: int | None = None, how: Literal["seen", "unseen", "crash"] = "seen") -> bool:
    """Note that a channel is no more; what follows depends on whose it was and where the call stands.

    `how`: its end was seen; nobody looked when it ended; or its media server ended, and nobody hung up. Told twice, it
    is once: tell whether it was news.
    """
    found = locked_of(channel)
    if found is None or found[1].ended_at is not None:
        return False
    call, leg = found
    at = clock.now()
    if call.step == Call.Step.DIALLING:
        cut = dialling.is_unknown(how, customers=leg.side == Leg.Side.CUSTOMER)
        dial_gone(call, leg, cause, at, cut=cut)
    elif how == "crash":
        _cut(call, leg, at)
    elif leg.side == Leg.Side.CONSULTED:
        asked_gone(call, leg, rules.cause_of(cause), at)
    elif leg.side == Leg.Side.CUSTOMER:
        end_leg(leg, "hung_up", at)
        _caller_gone(call, at)
    elif leg.up_at is None and how == "unseen":
        ring_unseen(call, leg, at)
    elif leg.up_at is None:
        ring_failed(call, leg, rules.cause_of(cause), at)
    elif cause == rules.SILENT and call.step == Call.Step.TALKING and call.staff_id == leg.staff_id:
        lose_line(call, leg, at)
    else:
        _agent_gone(call, leg, at)
    return True


def _cut(call: Call, leg: Leg, at: datetime) -> None:
    """End a call whose media server ended in the middle of it: that was neither the caller nor staff."""
    if leg.side == Leg.Side.CUSTOMER:
        end_leg(leg, "lost", at)
        _caller_gone(call, at, cut=True)
    elif leg.side == Leg.Side.CONSULTED:
        asked_gone(call, leg, "lost", at)
    elif call.step == Call.Step.TALKING and leg.up_at is not None:
        end_leg(leg, "lost", at)
        end_served(call, ended_by="system", by=SYSTEM, at=at)
    else:
        end_leg(leg, "lost", at)


def _agent_gone(call: Call, leg: Leg, at: datetime) -> None:
    """End the call, or leave it to the colleague who is on the line."""
    end_leg(leg, "hung_up", at)
    if call.step != Call.Step.TALKING or call.staff_id != leg.staff_id:
        return
    asked = open_consult(call)
    if asked is not None and asked.answered_at is not None:
        leave_to_asked(call, asked, by=SYSTEM, at=at)
    else:
        end_served(call, ended_by="staff", by=SYSTEM, at=at)


@action
def hang_up(*, by: Principal, interaction_id: int) -> None:
    """Let the one who talks end the call from his desk; doing so twice is doing it once."""
    require(by, permissions.ANSWER)
    call = locked_for_staff(interaction_id, by)
    if call.step == Call.Step.OVER:
        audit.record(by, "telephony.hang-up-again", subject=SUBJECT, subject_id=call.pk)
        return
    if call.step == Call.Step.DIALLING:
        cancel_dialling(call, clock.now())
        audit.record(by, "telephony.cancel-dialling", subject=SUBJECT, subject_id=call.pk)
        return
    end_served(call, ended_by="staff", by=by, at=clock.now())


@action
def complete(*, by: Principal, interaction_id: int) -> None:
    """Finish an ended call: its record says why the customer called and what was done."""
    require(by, permissions.ANSWER)
    at = clock.now()
    call = locked_for_staff(interaction_id, by)
    if call.interaction.state == "open":
        raise StillOpen
    if call.interaction.state == "closed":
        audit.record(by, "telephony.complete-again", subject=SUBJECT, subject_id=call.pk)
        return
    interactions.close(interaction_id=call.pk, by=by, at=at, handled=True, audience=audience(call))
    interactions.settle(interaction_id=call.pk, by=by, at=at)
    item = work.work_of(SUBJECT, [call.pk]).get(call.pk)
    if item is not None and item.state == "wrap":
        routing.complete_wrap_up(subject=SUBJECT, subject_id=call.pk, by=at_seat(item.staff_id, by))
    interactions.write_completed(interaction_id=call.pk, at=at)
    audit.record(by, "telephony.complete", subject=SUBJECT, subject_id=call.pk)
    publish(CallCompleted(call.pk, public_id(call), by.id), audience=audience(call), at=at)


def turn_away(call: Call, words: str, at: datetime) -> None:
    """Tell a caller why nobody can be reached, and hang up: the contact is kept and closed."""
    leg = living(call, "customer")
    if leg is not None:
        instruct(call, "turn_away", at, channel=leg.channel, words=words)
    close_unanswered(call, outcome="turned_away", ended_by="system", at=at)


def _caller_gone(call: Call, at: datetime, *, cut: bool = False) -> None:
    """End a call whose caller hung up, or was cut off, wherever it stands.

    1. Somebody talks with him: it ends like any other and stays with him.
    2. It was answered once and waits again after a transfer: it goes back to the one who answers for it.
    3. Nobody answered yet: the caller is gone; the contact is kept and closed.
    """
    if call.step == Call.Step.OVER:
        return
    ended_by = "system" if cut else "customer"
    if call.step == Call.Step.TALKING:
        end_served(call, ended_by=ended_by, by=SYSTEM, at=at)
        return
    routing.abandon(subject=SUBJECT, subject_id=call.pk, at=at)
    stop_phone(call, at)
    if call.answered_at is not None:
        end_for_owner(call, ended_by=ended_by, at=at)
        return
    close_unanswered(call, outcome="cut" if cut else "abandoned", ended_by=ended_by, at=at)
    how_zh, how_en = ("线路中断，来电未接通人工", "Cut off") if cut else ("来电未接通人工，客户先挂机", "Hung up")
    en = f"{how_en} before anybody answered"
    interactions.write_line(interaction_id=call.pk, what="abandoned", zh=how_zh, en=en, at=at)


def end_for_owner(call: Call, *, ended_by: str, at: datetime, last_words: bool = False) -> None:
    """End a call that was answered once and waits again: it goes back to the one who answers for it."""
    call.staff_id = duties.of(SUBJECT, [call.pk])[call.pk].owner_id
    end_served(call, ended_by=ended_by, by=SYSTEM, at=at, last_words=last_words)


def stop_phone(call: Call, at: datetime) -> None:
    """Let the phone that rings for a call ring no more: its caller is gone."""
    leg = living(call, "agent")
    if leg is not None:
        let_ring_end(call, leg, "caller_gone", at)
