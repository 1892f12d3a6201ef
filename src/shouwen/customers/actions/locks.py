"""Doors that two requests must not pass at once."""

from __future__ import annotations

from django.db import connection


def hold(*doors: str) -> None:
    """Wait until no other transaction holds any of these doors, and hold them until this one ends.

    Taken in one order, so that two requests never wait for each other.
    """
    with connection.cursor() as cursor:
        for door in sorted(doors):
            cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"customers:{door}"])
