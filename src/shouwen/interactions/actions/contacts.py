"""The life of a contact: opened, ended, closed; and what the journal says of it.

These verbs are parts of the doors' verbs, which have settled whose contact it is: they share the caller's transaction
and time. `audience` names who hears of it live; only the door knows.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import connection

from shouwen.kit import audit
from shouwen.kit.actions import action
from shouwen.kit.events import publish
from shouwen.kit.prepared import Prepared, change, columns, fetched, insert
from shouwen.kit.principals import Principal
from shouwen.kit.statements import write

from .. import events, queries
from ..errors import HandlingNeeded, InteractionNotFound, InteractionOver, ReasonNeeded, StillOpen
from ..models import Interaction

_NUMBERED = Prepared(
    lambda contact: Interaction.objects.filter(id=contact).values_list(*columns(Interaction)), takes=Interaction
)

_JOURNAL = "select interactions_journal(%s, %s, %s, %s, %s::jsonb, %s)"


@action
def open(  # noqa: A001 - the field's word
    *,
    medium: str,
    contact_mode: str,
    direction: str,
    customer_id: int | None,
    visitor_id: int | None,
    topic: str,
    queue_code: str,
    by: Principal,
    at: datetime,
    organisation_id: int | None = None,
    audience: Iterable[str] = (),
) -> int:
    """Begin a contact: one row, and the journal's first line."""
    row = Interaction(
        medium=medium,
        contact_mode=contact_mode,
        direction=direction,
        customer_id=customer_id,
        visitor_id=visitor_id,
        organisation_id=organisation_id,
        topic=topic[:80],
        queue_code=queue_code,
        opened_at=at,
    )
    insert(row)
    journal(interaction_id=row.pk, name="arrive", queue_code=queue_code, at=at)
    audit.record(by, "interactions.open", subject="conversation", subject_id=row.pk, medium=medium)
    fact = events.InteractionOpened(row.pk, str(row.public_id), medium)
    publish(fact, audience=audience, at=at)
    return row.pk


@action
def end(
    *,
    interaction_id: int,
    ended_by: str,
    by: Principal,
    at: datetime,
    staff_id: int | None = None,
    audience: Iterable[str] = (),
) -> None:
    """Let nothing more be said in a contact; `staff_id` is who was serving, if somebody was."""
    row = locked(interaction_id)
    if row.state != Interaction.State.OPEN:
        raise InteractionOver
    change(row, state=Interaction.State.ENDED, ended_by=ended_by, ended_at=max(at, row.opened_at))
    if staff_id is not None:
        journal(interaction_id=row.pk, name="end", queue_code=row.queue_code, staff_id=staff_id, at=at)
    audit.record(by, "interactions.end", subject="conversation", subject_id=row.pk, ended_by=ended_by)
    publish(events.InteractionEnded(row.pk, ended_by, str(row.public_id)), audience=audience, at=at)


@action
def close(
    *,
    interaction_id: int,
    by: Principal,
    at: datetime,
    handled: bool = False,
    audience: Iterable[str] = (),
) -> None:
    """Finish an ended contact. One that somebody `handled` needs its reason and its handling on record."""
    row = locked(interaction_id)
    if row.state == Interaction.State.OPEN:
        raise StillOpen
    if row.state == Interaction.State.CLOSED:
        return
    if handled:
        _require_record(interaction_id)
    change(row, state=Interaction.State.CLOSED, closed_at=max(at, row.ended_at or at))
    audit.record(by, "interactions.close", subject="conversation", subject_id=row.pk)
    publish(events.InteractionClosed(row.pk, str(row.public_id)), audience=audience, at=at)


@action
def move_to_queue(
    *, interaction_id: int, queue_code: str, organisation_id: int | None, by: Principal, at: datetime
) -> None:
    """Note that a contact belongs to another queue now."""
    row = locked(interaction_id)
    if row.state != Interaction.State.OPEN:
        raise InteractionOver
    before, row.queue_code = row.queue_code, queue_code
    row.organisation_id = organisation_id
    row.save(update_fields=["queue_code", "organisation"])
    record = {"before": before, "after": queue_code, "moved_at": at}
    audit.record(by, "interactions.move", subject="conversation", subject_id=row.pk, **record)


@action
def link_customer(
    *,
    interaction_id: int,
    customer_id: int,
    by: Principal,
    at: datetime,
    audience: Iterable[str] = (),
) -> None:
    """Note which customer a contact is with. Doing so twice changes nothing."""
    row = locked(interaction_id)
    if row.customer_id == customer_id:
        audit.record(by, "interactions.link-customer", subject="conversation", subject_id=row.pk, unchanged=True)
        return
    before, row.customer_id = row.customer_id, customer_id
    row.save(update_fields=["customer"])
    record = {"before": before, "after": customer_id}
    audit.record(by, "interactions.link-customer", subject="conversation", subject_id=row.pk, **record)
    publish(events.CustomerLinked(row.pk, customer_id, str(row.public_id)), audience=audience, at=at)


@action
def journal(
    *,
    interaction_id: int,
    name: str,
    queue_code: str | None = None,
    staff_id: int | None = None,
    detail: Mapping[str, object] | None = None,
    at: datetime,
) -> None:
    """Write one line of what happened to a contact, for ever."""
    said = json.dumps(detail or {}, default=str)
    write(_JOURNAL, [interaction_id, name, queue_code, staff_id, said, at])


@action
def make_months(*, at: datetime, ahead: int = 3) -> int:
    """Make the journal's months from `at` on; return how many were missing."""
    with connection.cursor() as cursor:
        cursor.execute("select interactions_make_journal_months(%s, %s)", [at, ahead])
        return int(cursor.fetchone()[0])


def locked(interaction_id: int) -> Interaction:
    """Take a contact for changing. Whoever changes a contact takes it first, before any other row."""
    row = fetched(Interaction, _NUMBERED(contact=interaction_id))
    if row is None:
        raise InteractionNotFound
    return row


def _require_record(interaction_id: int) -> None:
    missing = queries.service_record(interaction_id).missing
    if "reason" in missing:
        raise ReasonNeeded
    if "handling" in missing:
        raise HandlingNeeded
