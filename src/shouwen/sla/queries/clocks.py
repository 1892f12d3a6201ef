"""The clocks of subjects and how they stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import OuterRef, Q, QuerySet, Subquery

from shouwen.kit.prepared import Prepared

from ..models import Deadline
from ..rules import standing

OPEN = Q(met_at__isnull=True, cancelled_at__isnull=True)
RUNNING = OPEN & Q(paused_at__isnull=True)


@dataclass(frozen=True)
class Clock:
    """One promise of one subject: when it started, by when it must be met, how it stands."""

    id: int
    metric: str
    policy: str
    started_at: datetime
    due_at: datetime
    met_at: datetime | None
    breached_at: datetime | None
    paused_at: datetime | None
    pause_ends_at: datetime | None
    cancelled_at: datetime | None

    @property
    def allowance(self) -> timedelta:
        """Return the time between start and due, pauses included."""
        return self.due_at - self.started_at

    @property
    def open(self) -> bool:
        """Tell whether the promise still waits to be met."""
        return self.met_at is None and self.cancelled_at is None

    def state(self, at: datetime) -> standing.State:
        """Say how the promise stands at an instant."""
        return standing.state(
            due_at=self.due_at,
            met_at=self.met_at,
            cancelled_at=self.cancelled_at,
            paused_at=self.paused_at,
            breached_at=self.breached_at,
            at=at,
        )


_CLOCK = tuple(Clock.__dataclass_fields__)

_OF = Prepared(
    lambda subject, ids: (
        Deadline.objects.filter(subject=subject, subject_id__any=ids).order_by("id").values_list("subject_id", *_CLOCK)
    )
)


def of(subject: str, ids: Iterable[int]) -> dict[int, list[Clock]]:
    """Return every clock of each subject, oldest first; a subject without clocks is absent."""
    clocks: dict[int, list[Clock]] = defaultdict(list)
    wanted = list(ids)
    for subject_id, *values in _OF(subject=subject, ids=wanted) if wanted else ():
        clocks[subject_id].append(Clock(*values))
    return dict(clocks)


def running_subjects(subject: str) -> set[int]:
    """Return the subjects that have a promise running now: not met, not cancelled, not paused."""
    return {number for _, number in running_of_kinds([subject])}


def running_of_kinds(subjects: Iterable[str]) -> set[tuple[str, int]]:
    """Return what of some kinds has a promise running now: not met, not cancelled, not paused."""
    rows = Deadline.objects.filter(RUNNING, subject__in=list(subjects))
    return set(rows.values_list("subject", "subject_id").distinct())


def next_due(subject: str, key: str = "id") -> Subquery:
    """Return, for use beside the rows of a subject, when the open promise falls due that must be met first, or null."""
    rows = Deadline.objects.filter(OPEN, subject=subject, subject_id=OuterRef(key)).order_by("due_at")
    return Subquery(rows.values("due_at")[:1])


def overdue_ids(subject: str, at: datetime) -> QuerySet[Deadline, int]:
    """Return, for use as a subquery, the subjects with a promise past its time and still not met."""
    late = Q(breached_at__isnull=False) | Q(due_at__lt=at, paused_at__isnull=True)
    return Deadline.objects.filter(OPEN & late, subject=subject).values_list("subject_id", flat=True)
