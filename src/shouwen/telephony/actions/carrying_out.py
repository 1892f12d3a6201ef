"""What a media server did of what it was told."""

from __future__ import annotations

from shouwen.kit import clock
from shouwen.kit.actions import action

from ..models import Instruction, RecordingPause
from .finding import locked
from .pausing import pause_carried_out

FAILED_MOST = 200


@action
def carried_out(*, instruction_id: int, failed: str = "") -> None:
    """Note that an instruction was carried out, or why it could not be; told twice, the first counts."""
    paused = RecordingPause.objects.filter(instruction_id=instruction_id).values_list("call_id", flat=True).first()
    call, at = locked(paused) if paused else None, clock.now()
    due = Instruction.objects.filter(id=instruction_id, done_at=None)
    if due.update(done_at=at, failed=failed[:FAILED_MOST]) and call is not None:
        pause_carried_out(call, instruction_id, at, failed=bool(failed))
