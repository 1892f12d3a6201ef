"""Telling a media server what to do: written with the decision, carried out after it is kept."""

from __future__ import annotations

from datetime import datetime

from shouwen.kit import clock
from shouwen.kit.actions import action
from shouwen.kit.events import publish

from ..events import CallInstructed
from ..models import Call, Instruction

FAILED_MOST = 200


def instruct(call: Call, verb: str, at: datetime, **arguments: object) -> None:
    """Add one instruction at the end of a call's, in the current transaction."""
    Instruction.objects.create(call=call, asterisk=call.asterisk, verb=verb, arguments=arguments, given_at=at)
    publish(CallInstructed(call.pk, call.asterisk), at=at)


@action
def carried_out(*, instruction_id: int, failed: str = "") -> None:
    """Note that an instruction was carried out, or why it could not be."""
    due = Instruction.objects.filter(id=instruction_id, done_at=None)
    due.update(done_at=clock.now(), failed=failed[:FAILED_MOST])
