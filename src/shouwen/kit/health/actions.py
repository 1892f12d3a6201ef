"""What an administrator may do about what hangs."""

from __future__ import annotations

import logging

from django.db import DatabaseError, connection, transaction

from shouwen.kit import audit, clock
from shouwen.kit.actions import action
from shouwen.kit.models import Delivery
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal

from . import permissions
from .errors import NothingToRetry

logger = logging.getLogger(__name__)
_FAILED = "select task_name from procrastinate_jobs where id = %s and status = 'failed' for update"


def count_statements() -> None:
    """Have the database count its statements, where it can and lets us; the page says so where it does not."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("create extension if not exists pg_stat_statements")
    except DatabaseError as refusal:
        logger.info("statements are not counted: %s", refusal)


@action
def retry_delivery(*, by: Principal, delivery_id: int) -> None:
    """Let a failed delivery be tried now instead of at its next turn."""
    require(by, permissions.MEND)
    row = Delivery.objects.select_for_update(skip_locked=True).filter(id=delivery_id).first()
    if row is None:
        raise NothingToRetry
    row.next_at = clock.wall()
    row.save(update_fields=["next_at"])
    audit.record(
        by, "health.retry_delivery", subject="delivery", subject_id=row.pk, to=row.subscriber, attempts=row.attempts
    )


@action
def retry_job(*, by: Principal, job_id: int) -> None:
    """Queue a failed job again."""
    require(by, permissions.MEND)
    with connection.cursor() as cursor:
        cursor.execute(_FAILED, [job_id])
        found = cursor.fetchone()
        if found is None:
            raise NothingToRetry
        cursor.execute("select procrastinate_retry_job_v2(%s, %s, null, null, null)", [job_id, clock.wall()])
    audit.record(by, "health.retry_job", subject="job", subject_id=job_id, task=found[0])
