"""What shift and duty leaders see and do on the floor."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpRequest
from ninja import Router

from shouwen.kit import clock
from shouwen.kit.api import command, principal
from shouwen.kit.permissions import require

from .. import actions, queries
from ..errors import OutOfScope, QueueNotFound, SeatUnknown
from ..permissions import VIEW
from .definitions import definitions_router
from .floor import floor_router
from .schemas import ForcedPresenceIn, MoveIn, PauseIn, QueueOut, SeatOut, SkillOut, SkillsIn, WorkOut

router = Router(tags=["routing"])
router.add_router("", floor_router)
router.add_router("", definitions_router)


@router.get("/queues", operation_id="listQueues", response=list[QueueOut])
def list_queues(request: HttpRequest) -> list[QueueOut]:
    """List the queues in the data scope and how they stand."""
    by = principal(request)
    require(by, VIEW)
    return [_queue(row) for row in queries.queue_figures() if by.sees(row.organisation_id)]


@router.get("/queues/{code}/waiting", operation_id="listWaiting", response=list[WorkOut])
def list_waiting(request: HttpRequest, code: str) -> list[WorkOut]:
    """List who waits in a queue, in the order of service."""
    by = principal(request)
    require(by, VIEW)
    if not by.sees(queries.queue(code).organisation_id):
        raise QueueNotFound(queue=code)
    return [WorkOut(**asdict(row)) for row in queries.waiting(code)]


@router.post("/queues/{code}/pause", operation_id="pauseQueue", response=QueueOut)
@command()
def pause_queue(request: HttpRequest, code: str, body: PauseIn) -> QueueOut:
    """Stop giving out what waits in a queue, or go on."""
    actions.pause_queue(queue_code=code, paused=body.paused, by=principal(request))
    return next(_queue(row) for row in queries.queue_figures() if row.code == code)


@router.get("/agents", operation_id="listAgents", response=list[SeatOut])
def list_agents(request: HttpRequest) -> list[SeatOut]:
    """List the seats in the data scope: what people do, carry and handle."""
    by = principal(request)
    require(by, VIEW)
    return [SeatOut(**asdict(card)) for card in queries.agents(by.organisations)]


@router.get("/skills", operation_id="listSkills", response=list[SkillOut])
def list_skills(request: HttpRequest) -> list[SkillOut]:
    """List what a seat can be able to handle, by code."""
    require(principal(request), VIEW)
    return [SkillOut(code=code, name=name) for code, name in queries.skill_names().items()]


@router.put("/agents/{staff_id}/skills", operation_id="setSkills", response=SeatOut)
@command()
def set_skills(request: HttpRequest, staff_id: int, body: SkillsIn) -> SeatOut:
    """Set all that somebody handles; effective with the next contact."""
    by = principal(request)
    _agent(request, staff_id)
    actions.set_skills(staff_id=staff_id, levels=body.skills, by=by)
    return _agent(request, staff_id)


@router.post("/agents/{staff_id}/presence", operation_id="forcePresence", response=SeatOut)
@command()
def force_presence(request: HttpRequest, staff_id: int, body: ForcedPresenceIn) -> SeatOut:
    """Say for somebody what he is doing."""
    _agent(request, staff_id)
    actions.set_presence(state=body.state, reason=body.reason, by=principal(request), staff_id=staff_id)
    return _agent(request, staff_id)


@router.post("/work/{work_item_id}/move", operation_id="moveWork", response=WorkOut)
@command()
def move_work(request: HttpRequest, work_item_id: int, body: MoveIn) -> WorkOut:
    """Move a contact to another queue, ahead of all new contacts there."""
    held = queries.work_item(work_item_id)
    by = principal(request)
    if not by.sees(queries.queue(held.queue_code).organisation_id):
        raise OutOfScope
    moved = actions.transfer(subject=held.subject, subject_id=held.subject_id, queue_code=body.queue_code, by=by)
    return WorkOut(**asdict(queries.work_item(moved)))


def _agent(request: HttpRequest, staff_id: int) -> SeatOut:
    found = queries.agents(principal(request).organisations, staff_ids=[staff_id])
    if not found:
        raise SeatUnknown(staff=staff_id)
    return SeatOut(**asdict(found[0]))


def _queue(row: queries.QueueFigures) -> QueueOut:
    values = asdict(row)
    since = values.pop("waiting_since")
    waited = None if since is None else max(0, round((clock.now() - since).total_seconds()))
    return QueueOut(**values, longest_wait_seconds=waited)
