"""What happened, in order."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db import connection


class Entry(NamedTuple):
    """One line of the journal, as figures need it."""

    at: datetime
    interaction_id: int
    name: str
    queue_code: str | None
    staff_id: int | None


_READ = """
    select at, interaction_id, name, queue_code, staff_id from interactions_journal
     where at >= %s and at < %s and (%s::text[] is null or name = any (%s)) order by at, id
"""


def journal(*, since: datetime, until: datetime, names: Iterable[str] | None = None) -> list[Entry]:
    """Return the lines from `since` until before `until`, in the order of time; all, or those of some names.

    Read past the ORM: a day has hundreds of thousands of lines, and figures are counted from all of them.
    """
    wanted = None if names is None else sorted(names)
    with connection.cursor() as cursor:
        cursor.execute(_READ, [since, until, wanted, wanted])
        return [Entry._make(row) for row in cursor.fetchall()]
