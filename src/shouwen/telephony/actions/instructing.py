"""Telling a media server what to do: written with the decision, carried out after it is kept."""

from __future__ import annotations

from datetime import datetime

from shouwen.kit.events import announce
from shouwen.kit.prepared import insert, note

from ..models import Call, Instruction


def instruct(call: Call, verb: str, at: datetime, **arguments: object) -> None:
    """Add one instruction at the end of a call's; its gateway is woken once that is kept."""
    note(_instruction(call, verb, at, arguments))
    announce()


def instruct_known(call: Call, verb: str, at: datetime, **arguments: object) -> Instruction:
    """Add one instruction, and return it, to be known again when it was carried out."""
    row = _instruction(call, verb, at, arguments)
    insert(row)
    announce()
    return row


def _instruction(call: Call, verb: str, at: datetime, arguments: dict[str, object]) -> Instruction:
    return Instruction(call=call, asterisk=call.asterisk, verb=verb, arguments=arguments, given_at=at)


def take_back(call: Call, at: datetime) -> None:
    """Take back what would still make a line of a call that is over: nobody's telephone is to ring for it."""
    rows = Instruction.objects.filter(call=call, verb__in=["ring", "dial"], done_at=None)
    rows.update(done_at=at, failed="the call was over")
