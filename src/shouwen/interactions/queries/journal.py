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


class Reached(NamedTuple):
    """How far a reader of the journal has come: transaction and number of the last line read."""

    xid: int = 0
    id: int = 0


_NEW = """
    select interaction_id, xid::text::bigint, id from interactions_journal
     where (xid, id) > (%s::text::xid8, %s) and xid < pg_snapshot_xmin(pg_current_snapshot())
     order by xid, id limit %s
"""


def touched(after: Reached, limit: int) -> tuple[set[int], Reached]:
    """Return the contacts of which something was written after `after`, and how far that reaches.

    Only below the oldest transaction still running: what commits later has a place after the cursor.
    """
    with connection.cursor() as cursor:
        cursor.execute(_NEW, [str(after.xid), after.id, limit])
        found = cursor.fetchall()
    return {row[0] for row in found}, Reached(*found[-1][1:]) if found else after


_OF = """
    select at, interaction_id, name, queue_code, staff_id from interactions_journal
     where interaction_id = any (%s) order by at, id
"""


def journal_of(interaction_ids: Iterable[int]) -> list[Entry]:
    """Return everything that ever happened to some contacts, in the order of time."""
    with connection.cursor() as cursor:
        cursor.execute(_OF, [sorted(set(interaction_ids))])
        return [Entry._make(row) for row in cursor.fetchall()]
