"""Service records, ratings, and the tree of reasons."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from shouwen.kit import audit, clock
from shouwen.kit.actions import action
from shouwen.kit.events import publish
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal

from .. import events, rules
from ..errors import (
    AlreadyRated,
    InteractionClosed,
    NoteTooLong,
    ReasonInvalid,
    RecordStale,
    ScoreInvalid,
    UnknownHandling,
    UnknownReason,
)
from ..models import Interaction, Rating, Reason, ServiceRecord
from ..permissions import HANDLE, MANAGE_REASONS
from ..queries import ServiceRecordView
from .contacts import locked


@action
def save_service_record(
    *,
    interaction_id: int,
    reason: str,
    handling: str,
    note: str,
    version: int,
    by: Principal,
    audience: Iterable[str] = (),
) -> ServiceRecordView:
    """Note what a contact was about and what was done; refused when somebody saved in between."""
    require(by, HANDLE)
    at = clock.now()
    text = _checked(reason, handling, note)
    contact = locked(interaction_id)
    if contact.state == Interaction.State.CLOSED:
        raise InteractionClosed
    row = _written(contact, reason=reason, handling=handling, note=text, version=version, by=by, at=at)
    noted = {"reason": reason, "handling": handling, "version": row.version}
    audit.record(by, "interactions.record", subject="conversation", subject_id=interaction_id, **noted)
    fact = events.ServiceRecordSaved(interaction_id, row.version, str(contact.public_id))
    publish(fact, audience=audience, at=at)
    return ServiceRecordView(row.reason, row.handling, row.note, row.version, row.saved_at)


def _written(
    contact: Interaction,
    *,
    reason: str,
    handling: str,
    note: str,
    version: int,
    by: Principal,
    at: datetime,
) -> ServiceRecord:
    row, _ = ServiceRecord.objects.get_or_create(interaction=contact)
    if row.version != version:
        raise RecordStale
    row.reason, row.handling, row.note = reason, handling, note
    row.version, row.saved_at, row.saved_by_id = version + 1, at, by.id
    row.save()
    return row


@action
def rate(
    *,
    interaction_id: int,
    score: int,
    comment: str,
    by: Principal,
    at: datetime,
    audience: Iterable[str] = (),
) -> None:
    """Keep the customer's rating of a contact; the door has settled whose contact it is."""
    if not 1 <= score <= 5:
        raise ScoreInvalid
    contact = locked(interaction_id)
    _, made = Rating.objects.get_or_create(
        interaction=contact,
        defaults={"score": score, "comment": rules.clean(comment)[:1000], "rated_at": at},
    )
    if not made:
        raise AlreadyRated
    audit.record(by, "interactions.rate", subject="conversation", subject_id=contact.pk, score=score)
    publish(events.InteractionRated(contact.pk, score, str(contact.public_id)), audience=audience, at=at)


@action
def add_reason(*, code: str, parent: str | None, zh: str, en: str, by: Principal) -> None:
    """Add a reason for contact to the tree."""
    require(by, MANAGE_REASONS)
    above = Reason.objects.filter(code=parent, parent=None).first() if parent else None
    taken = Reason.objects.filter(code=code).exists()
    if taken or not (code and zh and en) or (parent and above is None):
        raise ReasonInvalid
    row = Reason.objects.create(code=code, parent=above, zh=zh, en=en)
    audit.record(by, "interactions.reason.open", subject="reason", subject_id=row.pk, code=code)


def _checked(reason: str, handling: str, note: str) -> str:
    if reason and not Reason.objects.filter(code=reason, active=True, parent__isnull=False).exists():
        raise UnknownReason
    if handling and handling not in rules.HANDLING_CODES:
        raise UnknownHandling
    text = rules.clean(note)
    if len(text) > rules.NOTE_LIMIT:
        raise NoteTooLong(length=len(text), limit=rules.NOTE_LIMIT)
    return text
