"""Work that comes round by itself: what is due is a column in a table, and these look for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings

from shouwen.accounts import jobs as accounts
from shouwen.customers import jobs as customers
from shouwen.governance import jobs as governance
from shouwen.insight import jobs as insight
from shouwen.interactions import jobs as interactions
from shouwen.kit import activities, approvals, audit, clock, events, exports, files, imports, privacy
from shouwen.kit.api.limits import forget_old_windows
from shouwen.messaging import jobs as messaging
from shouwen.metrics import jobs as metrics
from shouwen.notifications import jobs as notifications
from shouwen.routing import jobs as routing
from shouwen.sla import jobs as sla
from shouwen.telephony import jobs as telephony
from shouwen.tickets import jobs as tickets

from .backup.schedule import Nightly
from .heads import keep_head
from .job_queue import worker_connection

HOUR = 3600.0
STALLED_SECONDS = 30


@dataclass(frozen=True)
class Chore:
    """A piece of work and how many wall seconds lie between two rounds."""

    name: str
    every: float
    work: Callable[[], object]


def deliver_due() -> int:
    """Hand facts to their subscribers."""
    return events.deliver(limit=1000)


def send_due(channel: str) -> None:
    """Send messages until none is due."""
    while notifications.send_due(channel):
        pass


def rescue_jobs() -> None:
    """Queue the jobs of killed workers again: nothing else would."""

    async def rescue() -> None:
        worker_app = worker_connection()
        async with worker_app.open_async():
            manager = worker_app.job_manager
            for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
                await manager.retry_job(job)

    asyncio.run(rescue())


def keep_audit_head() -> None:
    """Write the signed head of the audit chain outside the database, once a day."""
    keep_head(settings.CONFIG.data, settings.CONFIG.audit_key)


nightly = Nightly()


def back_up() -> None:
    """Make the daily backup when it is due; a trial is worth none."""
    if not clock.pace().trial:
        nightly(settings.CONFIG)


CHORES = (
    Chore("routing-sweep", 0.5, lambda: routing.sweep(at=clock.now())),
    Chore("deadlines", 0.5, lambda: sla.sweep(at=clock.now())),
    Chore("audit-seal", 1.0, audit.seal),
    Chore("silent-chats", 1.0, lambda: messaging.sweep(at=clock.now())),
    Chore("lost-lines", 0.5, lambda: telephony.sweep(at=clock.now())),
    Chore("alerts", 2.0, lambda: insight.watch(at=clock.now())),
    Chore("figures", 0.5, lambda: metrics.count_new(at=clock.now())),
    Chore("approvals", 5.0, lambda: approvals.expire_due(at=clock.now())),
    Chore("activities", 1.0, lambda: activities.work_due(at=clock.now())),
    Chore("follow-up", 1.0, lambda: tickets.follow_up(at=clock.now())),
    Chore("rescue-jobs", 15.0, rescue_jobs),
    Chore("expired-sessions", HOUR, customers.forget_expired),
    Chore("staff-sessions", 5.0, accounts.end_expired),
    Chore("old-sign-ins", HOUR, accounts.forget_sessions),
    Chore("single-sign-on", 5.0, accounts.check_provided),
    Chore("qualifications", 60.0, accounts.warn_of_endings),
    Chore("journal-months", HOUR, lambda: interactions.sweep(clock.now())),
    Chore("wrap-up-codes", 1.0, lambda: interactions.adopt(clock.now())),
    Chore("partitions", HOUR, events.make_partitions),
    Chore("audit-head", HOUR, keep_audit_head),
    Chore("backup", 60.0, back_up),
    Chore("rate-windows", HOUR, forget_old_windows),
    Chore("scan-files", 2.0, files.scan_waiting),
    Chore("unused-files", HOUR, files.sweep),
    Chore("old-exports", HOUR, exports.forget_old),
    Chore("old-imports", HOUR, imports.forget_old),
    Chore("data-requests", 60.0, governance.sweep),
    Chore("retention", HOUR, privacy.sweep),
)
