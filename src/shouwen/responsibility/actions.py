"""Everything that may be done about who answers for a matter.

`open`, `wait_on`, `close` and `reopen` are parts of other rooms' verbs, which have checked who asks. Moving a
matter between people is checked here: only those who hold it, a leader, or the one it is offered to.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from shouwen.accounts import queries as accounts
from shouwen.kit import clock
from shouwen.kit.actions import action
from shouwen.kit.events import publish
from shouwen.kit.permissions import require
from shouwen.kit.prepared import Prepared, change, columns, fetched, insert, note
from shouwen.kit.principals import Principal

from . import permissions, rules
from .errors import AlreadyOwner, CannotAnswer, DateNeeded, NobodyAnswers, NotOfferedToYou, NotYours
from .events import HandlerChanged, HandOverOffered, OwnerChanged
from .models import Responsibility, ResponsibilityChange

_OF = Prepared(
    lambda subject, subject_id: Responsibility.objects.filter(subject=subject, subject_id=subject_id).values_list(
        *columns(Responsibility)
    ),
    takes=Responsibility,
)


@action
def open(  # noqa: A001  the domain's word
    *,
    subject: str,
    subject_id: int,
    owner_id: int,
    customer_id: int | None,
    by: Principal,
    answered: bool = False,
) -> None:
    """Begin to answer for a subject. `answered`: the owner has spoken with the customer already.

    Opening a subject twice changes nothing.
    """
    at = clock.now()
    row = Responsibility(
        subject=subject,
        subject_id=subject_id,
        owner_id=owner_id,
        customer_id=customer_id,
        opened_at=at,
        answered_at=at if answered else None,
    )
    row.pk = insert(row, once=True)
    if row.pk is not None:
        _log(row, "open", by, at)


@action
def assume(*, subject: str, subject_id: int, staff_id: int, by: Principal, owner_too: bool = False) -> None:
    """Let a person take the matter up: the first one becomes owner and handler, later ones handler.

    With `owner_too` every one becomes owner, where the policy says so.
    """
    row, hands = _lock(subject, subject_id)
    if by.kind != "staff" or by.id != staff_id:
        _require_mover(by, hands)
    _require_active(staff_id)
    first = replace(hands, answered=False) if owner_too else hands
    _move(row, hands, rules.assumed(first, staff_id), "assume", by)


@action
def hand(*, subject: str, subject_id: int, handler_id: int | None, by: Principal, owner_too: bool = False) -> None:
    """Give the work to somebody else, or back to the queue with None. The owner stays, unless `owner_too`."""
    row, hands = _lock(subject, subject_id)
    _require_mover(by, hands)
    after = rules.handed(hands, handler_id)
    if handler_id is not None:
        _require_active(handler_id)
        after = rules.accepted(rules.offered(after, handler_id)) if owner_too else after
    _move(row, hands, after, "hand", by)


@action
def offer(*, subject: str, subject_id: int, to_id: int, by: Principal) -> None:
    """Ask a colleague to answer for the matter. Nothing moves until he accepts."""
    row, hands = _lock(subject, subject_id)
    _require_mover(by, hands)
    _require_active(to_id)
    if to_id == hands.owner_id:
        raise AlreadyOwner
    _move(row, hands, rules.offered(hands, to_id), "offer", by)


@action
def accept(*, subject: str, subject_id: int, by: Principal) -> None:
    """Take over what was offered: owner and handler move to the one who accepts."""
    row, hands = _lock(subject, subject_id)
    _require_offered(by, hands)
    _move(row, hands, rules.accepted(hands), "accept", by)


@action
def decline(*, subject: str, subject_id: int, by: Principal) -> None:
    """Leave the matter where it is."""
    row, hands = _lock(subject, subject_id)
    _require_offered(by, hands)
    _move(row, hands, rules.declined(hands), "decline", by)


@action
def inherit(*, subject: str, subject_id: int, from_id: int, to_id: int, by: Principal) -> None:
    """Let a colleague take every place that somebody who left had in the matter."""
    row, hands = _lock(subject, subject_id)
    require(by, permissions.REASSIGN)
    _move(row, hands, rules.inherited(hands, from_id, to_id), "inherit", by)


@action
def wait_on(
    *,
    subject: str,
    subject_id: int,
    party: rules.Party,
    by: Principal,
    next_contact_at: datetime | None = None,
) -> None:
    """Say what the matter waits on; when it is not us, say when we look again."""
    at = clock.now()
    row, _ = _lock(subject, subject_id)
    if not rules.date_fits(party, next_contact_at, at):
        raise DateNeeded
    row.waits_on, row.next_contact_at = party, next_contact_at
    row.save(update_fields=["waits_on", "next_contact_at"])
    _log(row, "wait_on", by, at)


@action
def close(*, subject: str, subject_id: int, by: Principal) -> None:
    """Nobody needs to answer for the subject any more. Closing twice changes nothing."""
    at = clock.now()
    row = _taken(subject, subject_id)
    if row is None or row.closed_at is not None:
        return
    change(row, closed_at=at, offered_to_id=None, next_contact_at=None)
    _log(row, "close", by, at)


@action
def reopen(*, subject: str, subject_id: int, by: Principal) -> None:
    """Answer for a closed subject again: same owner, same handler, and it waits on us."""
    at = clock.now()
    row = _taken(subject, subject_id)
    if row is None:
        raise NobodyAnswers
    row.closed_at, row.waits_on, row.next_contact_at = None, "us", None
    row.save(update_fields=["closed_at", "waits_on", "next_contact_at"])
    _log(row, "reopen", by, at)


def _taken(subject: str, subject_id: int) -> Responsibility | None:
    return fetched(Responsibility, _OF(subject=subject, subject_id=subject_id))


def _lock(subject: str, subject_id: int) -> tuple[Responsibility, rules.Hands]:
    row = _taken(subject, subject_id)
    if row is None or row.closed_at is not None:
        raise NobodyAnswers
    answered = row.answered_at is not None
    return row, rules.Hands(row.owner_id, row.handler_id, row.offered_to_id, answered=answered)


def _move(row: Responsibility, before: rules.Hands, after: rules.Hands, verb: str, by: Principal) -> None:
    """Write the new hands, log them, and tell those concerned. The same hands again change nothing."""
    if after == before:
        return
    at = clock.now()
    hands = {"owner_id": after.owner_id, "handler_id": after.handler_id, "offered_to_id": after.offered_to_id}
    change(row, **hands, answered_at=row.answered_at or (at if after.answered else None))
    _log(row, verb, by, at)
    _tell(row, before, after, at)


def _tell(row: Responsibility, before: rules.Hands, after: rules.Hands, at: datetime) -> None:
    who = [before.owner_id, before.handler_id, after.owner_id, after.handler_id, after.offered_to_id]
    audience = [f"staff:{staff_id}" for staff_id in who if staff_id is not None]
    matter = (row.subject, row.subject_id)
    if before.owner_id != after.owner_id:
        publish(OwnerChanged(*matter, before.owner_id, after.owner_id), audience=audience, at=at)
    if before.handler_id != after.handler_id:
        publish(HandlerChanged(*matter, before.handler_id, after.handler_id), audience=audience, at=at)
    if after.offered_to_id not in (None, before.offered_to_id):
        publish(HandOverOffered(*matter, after.owner_id, after.offered_to_id), audience=audience, at=at)


def _log(row: Responsibility, verb: str, by: Principal, at: datetime) -> None:
    change = ResponsibilityChange(
        responsibility=row,
        at=at,
        verb=verb,
        by=by.key,
        owner_id=row.owner_id,
        handler_id=row.handler_id,
        offered_to_id=row.offered_to_id,
        waits_on=row.waits_on,
        next_contact_at=row.next_contact_at,
    )
    note(change)


def _require_mover(by: Principal, hands: rules.Hands) -> None:
    if by.kind == "staff" and rules.may_move(hands, by.id):
        return
    if by.kind not in ("staff", "system"):
        raise NotYours
    require(by, permissions.REASSIGN)


def _require_offered(by: Principal, hands: rules.Hands) -> None:
    if by.kind != "staff" or hands.offered_to_id != by.id:
        raise NotOfferedToYou


def _require_active(staff_id: int) -> None:
    card = accounts.staff_card(staff_id)
    if not card.active:
        raise CannotAnswer(number=card.number)
