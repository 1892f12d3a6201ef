"""What a media server did of what it was told."""

from __future__ import annotations

from typing import Literal

from django.db import connection
from django.db.models import Q

from shouwen.kit import clock
from shouwen.kit.actions import action

from ..models import Instruction, RecordingPause
from .finding import locked
from .pausing import pause_carried_out

FAILED_MOST = 200
_DONE = "update telephony_instruction set done_at = %s where id = any(%s) and done_at is null"


@action
def all_carried_out(*, instruction_ids: list[int]) -> None:
    """Note that instructions were carried out that need no more than that; told twice, the first counts."""
    with connection.cursor() as cursor:
        cursor.execute(_DONE, [clock.now(), instruction_ids])


@action
def carried_out(*, instruction_id: int, failed: str = "") -> None:
    """Note that an instruction was carried out, or why it could not be; told twice, the first counts."""
    pauses = RecordingPause.objects.filter(Q(instruction_id=instruction_id) | Q(resumption_id=instruction_id))
    paused = pauses.values_list("call_id", flat=True).first()
    call, at = locked(paused) if paused else None, clock.now()
    due = Instruction.objects.filter(id=instruction_id, done_at=None)
    if due.update(done_at=at, failed=failed[:FAILED_MOST]) and call is not None:
        pause_carried_out(call, instruction_id, at, failed=bool(failed))


@action
def begin_calling(*, instruction_id: int) -> Literal["now", "again", "over"]:
    """Note that a customer is about to be called, so that he is called once whoever dies in between.

    `again`: somebody began it before; `over`: it is done, or was taken back.
    """
    due = Instruction.objects.select_for_update().filter(id=instruction_id, done_at=None).first()
    if due is None:
        return "over"
    if due.begun_at is not None:
        return "again"
    due.begun_at = clock.now()
    due.save(update_fields=["begun_at"])
    return "now"
