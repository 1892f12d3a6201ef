"""Taking the demo operator away again, where nothing real hangs on it."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime

import psycopg
from django.db.models import QuerySet

from shouwen.accounts.models import Staff
from shouwen.customers.models import Customer
from shouwen.interactions.models import Interaction
from shouwen.kit import audit
from shouwen.kit.actions import action
from shouwen.kit.principals import SYSTEM
from shouwen.project.config import Config
from shouwen.project.speech import say
from shouwen.routing.models import Queue
from shouwen.tickets.models import Ticket

from .cast import CALLERS, LINES, STAFF

SHOWN = 5
# Everything was the demo's, so everything goes; the next migrate makes the tables anew, with what they begin with.
EMPTY = "drop schema public cascade; create schema public"


class DemoStays(Exception):
    """Something real hangs on the demo, or there is none."""


def is_there() -> bool:
    """Tell whether this is the demo operator: its people and its customers, whose contracts nobody else has.

    Staff numbers alone tell nothing: a centre of one's own may well have a 1001 and an 8021.
    """
    people = Staff.objects.filter(number__in=[person.number for person in STAFF])
    return people.exists() and _callers().exists()


def hindrances() -> list[str]:
    """Name what is in the database that the demo did not bring: people, customers, queues, and their matters."""
    staff = Staff.objects.exclude(number__in=[person.number for person in STAFF])
    queues = Queue.objects.exclude(code__in=[line.code for line in LINES])
    known = _callers()
    customers = Customer.objects.exclude(id__in=known.values("id"))
    chats = Interaction.objects.exclude(customer_id__in=known.values("id"))
    tickets = Ticket.objects.exclude(customer_id__in=known.values("id"))
    return [
        *_named(say("人员", "staff"), [str(number) for number in staff.values_list("number", flat=True)]),
        *_named(say("队列", "queues"), [str(code) for code in queues.values_list("code", flat=True)]),
        *_counted(say("客户", "customers"), customers.count()),
        *_counted(say("会话", "conversations"), chats.count()),
        *_counted(say("工单", "tickets"), tickets.count()),
    ]


def _callers() -> QuerySet[Customer]:
    return Customer.objects.filter(account_number__in=[caller.account for caller in CALLERS])


def _named(what: str, found: list[str]) -> list[str]:
    more = "…" if len(found) > SHOWN else ""
    return [f"{what}: {', '.join(sorted(found)[:SHOWN])}{more}"] if found else []


def _counted(what: str, count: int) -> list[str]:
    return [f"{what}: {count}"] if count else []


def refuse_unless_demo() -> None:
    """Refuse a database that is not the demo's alone."""
    if not is_there():
        raise DemoStays(say("这里没有演示数据。", "There is no demo data here."))
    found = hindrances()
    if found:
        there = "; ".join(found)
        raise DemoStays(
            say(
                f"没有删除任何内容：数据库里有演示数据以外的内容（{there}）。请在新的数据目录（SHOUWEN_DATA）里开通。",
                f"Nothing was removed: the database has more than the demo ({there}). Open your own centre in a "
                "new data folder (SHOUWEN_DATA).",
            )
        )


@action
def note(*, by: str, backup: str) -> None:
    """Begin the new audit trail with what became of the old one."""
    audit.record(SYSTEM, "set-up.demo.removed", subject="house", subject_id=0, asked_by=by, backup=backup)


def remove(config: Config) -> None:
    """Empty the database and the data folder's files. The caller has made a backup and nothing runs."""
    with psycopg.connect(config.database_url, autocommit=True) as connection:
        connection.execute(EMPTY.encode())
    shutil.rmtree(config.data / "files", ignore_errors=True)
    heads = config.data / "audit-heads.jsonl"
    if heads.exists():
        heads.rename(config.data / f"audit-heads-demo-{datetime.now(UTC):%Y%m%dT%H%M%S}Z.jsonl")
