"""Letting the recording of a call stand still while the caller says the number of a card."""

from __future__ import annotations

from datetime import datetime, timedelta

from shouwen.interactions import actions as interactions
from shouwen.kit import audit, clock
from shouwen.kit.actions import action
from shouwen.kit.events import publish
from shouwen.kit.prepared import Prepared, columns, fetched
from shouwen.kit.principals import Principal

from ..events import RecordingPaused
from ..models import Call, RecordingPause
from .finding import SUBJECT, audience, locked, public_id, talking
from .instructing import instruct, instruct_known

PAUSE_LASTS = timedelta(minutes=2)
"""After so long the recording goes on by itself, whoever forgot it; counted from when it was seen to stand still."""
RESUMED_AGAIN = timedelta(seconds=5)
"""So soon a recording that could not be resumed is resumed again."""

_RUNNING = Prepared(
    lambda call: RecordingPause.objects.filter(call_id=call, ended_at=None).values_list(*columns(RecordingPause)),
    takes=RecordingPause,
)


@action
def pause_recording(*, by: Principal, interaction_id: int) -> None:
    """Have the recording stand still for a moment, for card numbers only; asking twice is asking once.

    It stands still once its media server has done so: until then it may still be recorded what the caller says.
    """
    call = talking(interaction_id, by)
    pause, at = _open(call), clock.now()
    if pause is not None and pause.resumption_id is None:
        return
    if pause is not None:
        _close(call, pause, RecordingPause.EndedBy.AGENT, at)  # it goes on first: one thing is done after another
    told = instruct_known(call, "pause", at, recording=public_id(call))
    RecordingPause.objects.create(call=call, staff_id=by.id, instruction=told, begun_at=at, until=at + PAUSE_LASTS)
    _note(call, "recording_off", by.id, {"why": "card"}, at)
    audit.record(by, "telephony.pause-recording", subject=SUBJECT, subject_id=call.pk)
    _tell(call, by.id, "pausing", at)


@action
def resume_recording(*, by: Principal, interaction_id: int) -> None:
    """Have the recording go on; it does once its media server has resumed it."""
    call = talking(interaction_id, by)
    if _let_go_on(call, _open(call), RecordingPause.EndedBy.AGENT, clock.now()):
        audit.record(by, "telephony.resume-recording", subject=SUBJECT, subject_id=call.pk)


@action
def pause_over(*, interaction_id: int) -> bool:
    """Have a recording go on that stood still for as long as it may; tell whether that was due."""
    call, at = locked(interaction_id), clock.now()
    pause = _open(call)
    due = pause is not None and pause.until <= at
    return due and _let_go_on(call, pause, RecordingPause.EndedBy.LIMIT, at)


def pause_carried_out(call: Call, instruction_id: int, at: datetime, *, failed: bool) -> None:
    """Note what a media server did of a pause, or of its end; a pause that is over already stays over."""
    pause = _open(call)
    if pause is not None and pause.instruction_id == instruction_id:
        _stands_still(call, pause, at, failed=failed)
    elif pause is not None and pause.resumption_id == instruction_id:
        _goes_on(call, pause, at, failed=failed)


def end_pause(call: Call, ended_by: str, at: datetime) -> bool:
    """End the pause of a call that is over or passed on, if there is one; tell whether there was.

    A call that is over is recorded no more.
    """
    pause = _open(call)
    if pause is None:
        return False
    if ended_by != RecordingPause.EndedBy.CALL and pause.resumption_id is None:
        instruct(call, "unpause", at, recording=public_id(call))
    _close(call, pause, ended_by, at)
    return True


def _let_go_on(call: Call, pause: RecordingPause | None, ended_by: str, at: datetime) -> bool:
    if pause is None or pause.resumption_id is not None:
        return False
    pause.resumption = instruct_known(call, "unpause", at, recording=public_id(call), by=ended_by)
    pause.save(update_fields=["resumption"])
    _tell(call, pause.staff_id, "resuming", at)
    return True


def _stands_still(call: Call, pause: RecordingPause, at: datetime, *, failed: bool) -> None:
    if failed:
        _close(call, pause, RecordingPause.EndedBy.FAILED, at)
        return
    pause.until = max(at, pause.begun_at) + PAUSE_LASTS
    pause.save(update_fields=["until"])
    if pause.resumption_id is None:
        _tell(call, pause.staff_id, "paused", at)


def _goes_on(call: Call, pause: RecordingPause, at: datetime, *, failed: bool) -> None:
    """Note that the recording goes on; where it could not, it stands still, and that is tried again."""
    if not failed:
        assert pause.resumption is not None
        _close(call, pause, pause.resumption.arguments["by"], at)
        return
    pause.resumption, pause.until = None, max(at, pause.begun_at) + RESUMED_AGAIN
    pause.save(update_fields=["resumption", "until"])
    _tell(call, pause.staff_id, "paused", at)


def _close(call: Call, pause: RecordingPause, ended_by: str, at: datetime) -> None:
    pause.ended_at, pause.ended_by = max(at, pause.begun_at), ended_by
    pause.save(update_fields=["ended_at", "ended_by"])
    _note(call, "recording_on", pause.staff_id, {"by": ended_by}, at)
    _tell(call, pause.staff_id, "failed" if ended_by == RecordingPause.EndedBy.FAILED else "none", at)


def _open(call: Call) -> RecordingPause | None:
    return fetched(RecordingPause, _RUNNING(call=call.pk))


def _tell(call: Call, staff_id: int, state: str, at: datetime) -> None:
    publish(RecordingPaused(call.pk, public_id(call), state), audience=audience(call, staff_id), at=at)


def _note(call: Call, name: str, staff_id: int, detail: dict[str, str], at: datetime) -> None:
    code = call.interaction.queue_code
    interactions.journal(interaction_id=call.pk, name=name, queue_code=code, staff_id=staff_id, detail=detail, at=at)
