"""Views of routing for analysis: the columns with their meaning and unit."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """One column of a view."""

    name: str
    unit: str
    meaning: str


VISITS = "routing_visit"
"""One row for each visit of a contact to a queue."""

VISIT_COLUMNS = (
    Column("id", "", "work item"),
    Column("subject", "", "what waited: conversation, ticket …"),
    Column("subject_id", "", "its number"),
    Column("queue_code", "", "queue"),
    Column("medium", "", "medium"),
    Column("klass", "", "class with which it came, before any re-offer"),
    Column("state", "", "done, abandoned, moved, or where it is now"),
    Column("staff_id", "", "who took it; null when nobody did"),
    Column("offers", "count", "offers made until somebody took it or it ended"),
    Column("requested_at", "time", "first entry into this queue; re-offers keep it"),
    Column("answered_at", "time", "when a person took it"),
    Column("finished_at", "time", "when the service ended"),
    Column("closed_at", "time", "when the visit ended: written up, abandoned or moved"),
    Column("wait_seconds", "s", "from the entry to the answer, or to the end without one; offers are inside"),
    Column("handling_seconds", "s", "from the answer to the end of the service"),
    Column("wrap_up_seconds", "s", "from the end of the service until it was written up"),
)
