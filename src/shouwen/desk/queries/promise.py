"""The promise as one query: nothing lost, nothing doubled, nothing without somebody who answers for it.

*Lost*: an outside command acknowledged whose effect is absent. *Doubled*: two effects of one command. *Ownerless*: an
open matter without owner, whose owner is neither active nor covered, or without a clock: a running deadline while it
waits on us, a next contact date while it waits on somebody else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction

from shouwen.accounts import queries as accounts
from shouwen.interactions import queries as interactions
from shouwen.kit import clock
from shouwen.kit.api import commands_effects
from shouwen.responsibility import queries as responsibility
from shouwen.routing import queries as routing
from shouwen.sla import queries as sla
from shouwen.tickets import queries as tickets


@dataclass(frozen=True)
class Fault:
    """One breach of the promise: of what, and why."""

    subject: str
    subject_id: int
    why: str


@dataclass(frozen=True)
class Promise:
    """Every breach there is at an instant."""

    at: datetime
    lost: list[Fault]
    doubled: list[Fault]
    ownerless: list[Fault]

    @property
    def holds(self) -> bool:
        """Tell whether there is none."""
        return not (self.lost or self.doubled or self.ownerless)


RECENT = timedelta(days=1)


def recent_promise(at: datetime) -> Promise:
    """Look for every breach, among commands of the last day only: for screens that ask all the time."""
    return promise(at, since=clock.wall() - RECENT)


def promise(at: datetime, *, since: datetime | None = None) -> Promise:
    """Look for every breach in one snapshot of the database; `since` leaves older commands alone."""
    with _one_snapshot():
        commands = [(c.kind, Fault("command", c.command_id, c.operation)) for c in commands_effects(since)]
        ownerless = _ownerless(
            {
                "conversation": interactions.open_ids(),
                "ticket": tickets.open_ids(),
                "callback": routing.open_callback_ids(),
                "nuisance_appeal": routing.open_appeal_ids(),
            }
        )
    lost = [fault for kind, fault in commands if kind == "lost"]
    doubled = [fault for kind, fault in commands if kind == "doubled"]
    return Promise(at, lost, doubled, ownerless)


def _ownerless(opened: dict[str, set[int]]) -> list[Fault]:
    """Return the open matters that nobody answers for, or that nothing reminds us of, kind by kind."""
    duties = {(duty.subject, duty.subject_id): duty for duty in responsibility.open_of_kinds(opened)}
    running = sla.running_of_kinds(opened)
    away = accounts.unanswerable(duty.owner_id for duty in duties.values())
    faults: list[Fault] = []
    for subject, ids in opened.items():
        held = [duty for duty in duties.values() if duty.subject == subject]
        faults += [Fault(subject, i, "no-owner") for i in sorted(ids - {duty.subject_id for duty in held})]
        faults += _neglected(held, running, away)
    return faults


def _neglected(
    duties: Iterable[responsibility.Responsibility], running: set[tuple[str, int]], away: set[int]
) -> Iterator[Fault]:
    for duty in duties:
        matter = (duty.subject, duty.subject_id)
        timed = matter in running if duty.waits_on == "us" else duty.next_contact_at is not None
        if duty.owner_id in away:
            yield Fault(*matter, "owner-away")
        elif not timed:
            yield Fault(*matter, "no-clock")


@contextmanager
def _one_snapshot() -> Iterator[None]:
    """Read everything as it stood at one moment, unless a transaction is open already."""
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set transaction isolation level repeatable read, read only")
        yield
