"""Facts travel upwards: published below, subscribed above, delivered after commit; and, live, to their audience."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any, ClassVar, TypeVar

from django.db import connection, transaction

from . import clock, notifier, spans
from .actions import action
from .models import Delivery, Subscription
from .models import Fact as FactRow
from .statements import write

logger = logging.getLogger(__name__)


class Fact:
    """Base of every fact: a frozen dataclass in the past tense, ids and plain values only.

    Stored under `<room>.<Class>`; a subclass in `shouwen.tickets.events` is `tickets.TicketOpened`.
    """

    name: ClassVar[str]

    def __init_subclass__(cls) -> None:
        cls.name = f"{cls.__module__.split('.')[1]}.{cls.__name__}"
        KINDS[cls.name] = cls


F = TypeVar("F", bound=Fact)
KINDS: dict[str, type[Fact]] = {}
HANDLERS: dict[str, tuple[str, Callable[[Any], None]]] = {}
KEPT = timedelta(days=30)
RETRY = (timedelta(seconds=1), timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=5))


def subscribe(kind: type[F]) -> Callable[[Callable[[F], None]], Callable[[F], None]]:
    """Call the decorated function, at least once per fact of `kind`, after the fact is committed."""

    def register(handler: Callable[[F], None]) -> Callable[[F], None]:
        HANDLERS[f"{handler.__module__}.{handler.__qualname__}"] = (kind.name, handler)
        return handler

    return register


def publish(fact: Fact, *, audience: Iterable[str] = (), at: datetime) -> None:
    """Record `fact` once, with a delivery for each subscriber, in the current transaction.

    `audience` names who may hear it live: `staff:8`, `queue:broadband`, `org:3`, `customer:5`, `visitor:7`, `board:3`.
    """
    payload = json.dumps(asdict(fact), default=str)  # type: ignore[call-overload]
    write("select kit_publish(%s, %s::jsonb, %s, %s)", [fact.name, payload, sorted(set(audience)), at])
    announce()


def announce() -> None:
    """Tell the live processes, once this transaction is committed, that there are new facts."""
    transaction.on_commit(notifier.poke, robust=True)


@action
def sync_subscriptions() -> None:
    """Make the database's list of subscribers equal to the code's. Done by every migrate and start."""
    wanted = {(fact, path) for path, (fact, _) in HANDLERS.items()}
    held = set(Subscription.objects.values_list("fact", "subscriber"))
    Subscription.objects.bulk_create(
        (Subscription(fact=f, subscriber=s) for f, s in sorted(wanted - held)), ignore_conflicts=True
    )
    for fact, path in held - wanted:
        Subscription.objects.filter(fact=fact, subscriber=path).delete()


def deliver(limit: int = 1000) -> int:
    """Hand over what is due; return how many were handled. A failure waits and is tried again."""
    return sum(1 for _ in iter(lambda: limit and _deliver_next(), 0))


def _deliver_next() -> int:
    """Take one due delivery; return its number, or 0 when none is left."""
    taken: list[int] = []
    try:
        return _hand_over(taken)
    except Exception as error:
        if not taken:
            raise
        logger.exception("delivery %s failed", taken[0])
        _postpone(delivery_id=taken[0], error=repr(error))
        return taken[0]


_TAKE = """
with due as (
    select id, fact_id, fact_recorded_at, subscriber from kit_delivery
     where next_at <= %s order by next_at, id limit 1 for update skip locked),
taken as (
    delete from kit_delivery d using due where d.id = due.id)
select due.id, due.subscriber, f.name, f.payload
  from due left join kit_fact f on f.id = due.fact_id and f.recorded_at = due.fact_recorded_at
"""


@action
def _hand_over(taken: list[int]) -> int:
    """Take one delivery and act on it, so that both are kept or neither is.

    1. Take away the oldest due row that nobody else holds, with its fact.
    2. Call its subscriber; if that fails, the row is there again.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [clock.wall()])
        row = cursor.fetchone()
    if row is None:
        return 0
    number, subscriber, name, payload = row
    taken.append(number)
    if name is not None and subscriber in HANDLERS:
        with spans.span(f"deliver {subscriber}", fact=name):
            HANDLERS[subscriber][1](KINDS[name](**json.loads(payload)))
    return int(number)


@action
def _postpone(*, delivery_id: int, error: str) -> None:
    row = Delivery.objects.select_for_update().filter(id=delivery_id).first()
    if row is None:
        return
    row.next_at = clock.wall() + RETRY[min(row.attempts, len(RETRY) - 1)]
    row.attempts += 1
    row.error = error[:2000]
    row.save(update_fields=["next_at", "attempts", "error"])


@action
def replay_for(*, subscriber: str, since: datetime) -> int:
    """Queue every kept fact since a date for one subscriber again; return how many."""
    kind = HANDLERS[subscriber][0]
    rows = FactRow.objects.filter(name=kind, recorded_at__gte=since).values_list("id", "recorded_at")
    made = Delivery.objects.bulk_create(
        [Delivery(fact_id=i, fact_recorded_at=r, subscriber=subscriber, next_at=clock.wall()) for i, r in rows],
        ignore_conflicts=True,
    )
    return len(made)


@action
def make_partitions() -> None:
    """Keep the next three months of the fact table ready, and let go of what is older than 30 days."""
    with connection.cursor() as cursor:
        cursor.execute("select kit_make_partitions('kit_fact', 3, %s)", [clock.wall()])
        cursor.execute("select kit_drop_partitions('kit_fact', %s)", [clock.wall() - KEPT])
