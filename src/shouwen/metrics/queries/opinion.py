"""Ratings by interval, day, queue, person or channel."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta

from shouwen.interactions import queries as interactions
from shouwen.interactions.queries import RatingView
from shouwen.kernel.calendars import BEIJING

from ..models import Segment as SegmentRow
from ..rules.opinion import Satisfaction, satisfaction
from .table import By, Filters
from .today import MOMENT, POLICY, percent

__all__ = ["RatingView", "SegmentRow", "opinion_figures", "ratings", "satisfaction_by", "satisfaction_of"]


def ratings(chosen: Filters) -> list[tuple[RatingView, SegmentRow]]:
    """Return the ratings given in a stretch, each with the last work on its contact."""
    given = interactions.ratings(since=chosen.since, until=chosen.until - MOMENT, queue_codes=chosen.queue_codes)
    rows = SegmentRow.objects.filter(interaction_id__in=[r.interaction_id for r in given]).order_by("ordinal")
    last = {row.interaction_id: row for row in rows}
    return [
        (r, last[r.interaction_id])
        for r in given
        if r.interaction_id in last and _chosen(last[r.interaction_id], chosen)
    ]


def satisfaction_by(by: By, chosen: Filters, answered: dict[str, int]) -> dict[str, Satisfaction]:
    """Return what customers said, by the key of the table; `answered` is how many could have said something."""
    scores: dict[str, list[int]] = defaultdict(list)
    for rating, segment in ratings(chosen):
        scores[_key(by, rating.rated_at, segment, chosen.step)].append(rating.score)
    return {key: satisfaction(scores[key], answered.get(key, 0), POLICY) for key in {*scores, *answered}}


def satisfaction_of(chosen: Filters, answered: int) -> Satisfaction:
    """Return what customers said altogether."""
    return satisfaction([rating.score for rating, _ in ratings(chosen)], answered, POLICY)


def opinion_figures(found: Satisfaction) -> dict[str, float | None]:
    """Return the figures of opinion by key."""
    mean = found.mean
    return {
        "rated": found.valid,
        "satisfaction": percent(found.top),
        "csat_mean": None if mean is None else float(round(mean, 2)),
        "response_rate": percent(found.response),
    }


def _chosen(segment: SegmentRow, chosen: Filters) -> bool:
    return (not chosen.medium or segment.medium == chosen.medium) and chosen.staff_id in {None, segment.staff_id}


def _key(by: By, at: datetime, segment: SegmentRow, step: int) -> str:
    if by == "interval":
        width = timedelta(minutes=step)
        return (
            (at - (at - datetime(1999, 12, 31, 16, tzinfo=UTC)) % width).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        )
    named = {"queue": segment.queue_code, "agent": str(segment.staff_id or 0), "channel": segment.medium}
    return named.get(by) or at.astimezone(BEIJING).strftime("%Y-%m-%d")
