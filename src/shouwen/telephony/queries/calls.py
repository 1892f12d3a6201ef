"""Calls for the desk: how one stands, whose they are, who may look at it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db.models import QuerySet

from shouwen.interactions import queries as interactions
from shouwen.interactions.errors import InteractionNotFound
from shouwen.kernel import masking
from shouwen.kit import files
from shouwen.kit.principals import Principal
from shouwen.responsibility import queries as responsibility
from shouwen.routing import queries as routing

from ..models import Call, Consult, Leg, Recording, RecordingPause
from ..permissions import LISTEN

SUBJECT = "conversation"
Box = Literal["active", "follow_up", "ended"]
PauseState = Literal["none", "pausing", "paused", "resuming", "failed"]
_STATES = {"active": "open", "follow_up": "ended", "ended": "closed"}
LIMIT = 200


@dataclass(frozen=True)
class LegView:
    """One line of a call."""

    side: str
    staff_id: int | None
    begun_at: datetime
    rang_at: datetime | None
    up_at: datetime | None
    ended_at: datetime | None
    cause: str


@dataclass(frozen=True)
class RecordingView:
    """The recording of a call; no file where its time was over."""

    file: files.FileCard | None
    seconds: float


@dataclass(frozen=True)
class PauseView:
    """A stretch that was not recorded, or is not now: since its media server paused, until when at the latest."""

    begun_at: datetime
    until: datetime
    ended_at: datetime | None


@dataclass(frozen=True)
class ConsultView:
    """A colleague who is asked: of which queue, and who it is once he answered."""

    queue_code: str
    staff_id: int | None


@dataclass(frozen=True)
class CallView:
    """A call as the desk shows it; the number is masked."""

    interaction_id: int
    dialled: str
    calling: str
    outbound: bool
    step: str
    outcome: str
    staff_id: int | None
    answered_at: datetime | None
    held_at: datetime | None
    reconnect_by: datetime | None
    consult: ConsultView | None
    legs: list[LegView]
    recording: RecordingView | None
    pauses: list[PauseView]
    pause: PauseState

    @property
    def dialling(self) -> str:
        """Return how far a call of ours is: the own phone rings, the line is made, the customer's rings."""
        if self.step != "dialling":
            return ""
        lines = [leg for leg in self.legs if leg.side == "customer"]
        if not lines:
            return "phone"
        return "ringing" if lines[-1].rang_at else "calling"


@dataclass(frozen=True)
class Boxed:
    """A call in somebody's inbox."""

    interaction_id: int
    answered_at: datetime | None


def call_of(interaction_id: int) -> CallView | None:
    """Return a call; None for a contact of another medium."""
    call = Call.objects.filter(interaction_id=interaction_id).first()
    if call is None:
        return None
    rows = Leg.objects.filter(call=call).order_by("id")
    shown = rows.values_list("side", "staff_id", "begun_at", "rang_at", "up_at", "ended_at", "cause")
    pauses = list(RecordingPause.objects.filter(call=call).select_related("instruction").order_by("id"))
    return CallView(
        interaction_id=call.pk,
        dialled=call.dialled,
        calling=masking.phone(call.calling) if call.calling else "",
        outbound=call.outbound,
        step=call.step,
        outcome=call.outcome,
        staff_id=call.staff_id,
        answered_at=call.answered_at,
        held_at=call.held_at,
        reconnect_by=call.reconnect_by,
        consult=_consult(call.pk),
        legs=[LegView(*row) for row in shown],
        recording=_recording(call.pk),
        pauses=_stretches(pauses),
        pause=_pause_state(call, pauses),
    )


def calling_numbers(ids: Iterable[int]) -> dict[int, str]:
    """Return the masked numbers that calls came from, of those contacts that are calls."""
    rows = Call.objects.filter(interaction_id__in=set(ids)).exclude(calling="")
    return {i: masking.phone(number) for i, number in rows.values_list("interaction_id", "calling")}


def is_call(interaction_id: int) -> bool:
    """Tell whether a contact came by telephone and is led here."""
    return Call.objects.filter(interaction_id=interaction_id).exists()


def _consult(interaction_id: int) -> ConsultView | None:
    rows = Consult.objects.filter(call_id=interaction_id, ended_at=None)
    found = rows.values_list("queue_code", "staff_id").first()
    return ConsultView(*found) if found else None


def _recording(interaction_id: int) -> RecordingView | None:
    row = Recording.objects.filter(call_id=interaction_id).values_list("file_id", "seconds").first()
    if row is None:
        return None
    file = files.cards([row[0]]).get(row[0]) if row[0] is not None else None
    return RecordingView(file, row[1])


def _stood_since(pause: RecordingPause) -> datetime | None:
    """Return since when the recording stood still; None while it did not, or never did."""
    told = pause.instruction
    if told is None or told.done_at is None or told.failed:
        return None
    return told.done_at if pause.ended_at is None or told.done_at < pause.ended_at else None


def _stretches(pauses: list[RecordingPause]) -> list[PauseView]:
    found = ((since, pause) for pause in pauses if (since := _stood_since(pause)) is not None)
    return [PauseView(since, pause.until, pause.ended_at) for since, pause in found]


def _pause_state(call: Call, pauses: list[RecordingPause]) -> PauseState:
    """Tell whether the recording stands still now; who was told that it could not be is told until he tries again."""
    last = pauses[-1] if pauses else None
    if last is not None and last.ended_at is None:
        if last.resumption_id is not None:
            return "resuming"
        return "pausing" if _stood_since(last) is None else "paused"
    failed = last is not None and last.ended_by == RecordingPause.EndedBy.FAILED and last.staff_id == call.staff_id
    return "failed" if failed else "none"


def may_listen(call: CallView, by: Principal) -> bool:
    """Tell whether somebody may hear a recording: who took the call, and who may listen to others'."""
    return call.staff_id == by.id or by.may(LISTEN)


def boxes(staff_id: int, since: datetime, *, restricted: bool) -> dict[Box, int]:
    """Return how many calls are in each box of somebody's inbox; `restricted`: locked away ones too."""
    return {box: _rows(staff_id, box, since, restricted=restricted).count() for box in _STATES}  # type: ignore[misc]


def boxed(staff_id: int, box: Box, since: datetime, *, restricted: bool) -> list[Boxed]:
    """Return the calls in one box, the longest waiting first; `ended` shows what was closed since `since`."""
    order = "-interaction__closed_at" if box == "ended" else "answered_at"
    rows = _rows(staff_id, box, since, restricted=restricted).order_by(order, "interaction_id")
    return [Boxed(*row) for row in rows.values_list("interaction_id", "answered_at")[:LIMIT]]


def _rows(staff_id: int, box: str, since: datetime, *, restricted: bool) -> QuerySet[Call]:
    mine = Call.objects.filter(staff_id=staff_id, interaction__state=_STATES[box])
    if box != "ended":
        return mine
    mine = mine.filter(interaction__closed_at__gte=since)
    return mine if restricted else mine.filter(interaction__customer__restricted_at=None)


def require_reader(*, by: Principal, interaction_id: int) -> interactions.Conversation:
    """Return a call that `by` may look at: he has it, is offered it, or may view what others have."""
    contact = interactions.conversation(interaction_id)
    if by.may("interactions.view-all") and by.sees(contact.organisation_id):
        return contact
    duty = responsibility.of(SUBJECT, [interaction_id]).get(interaction_id)
    hands = (duty.owner_id, duty.handler_id, duty.offered_to_id) if duty else ()
    offered = any((o.subject, o.subject_id) == (SUBJECT, interaction_id) for o in routing.offers_of(by.id))
    talks = Leg.objects.filter(call_id=interaction_id, staff_id=by.id, ended_at=None).exists()
    if by.id in hands or offered or talks or Call.objects.filter(pk=interaction_id, staff_id=by.id).exists():
        return contact
    raise InteractionNotFound
