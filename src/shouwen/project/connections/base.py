"""The database backend: Django's for PostgreSQL, but for how it reads `timestamptz`.

Django puts a Python class in front of the driver's reader of instants, to set their time zone. A page of fifty tickets
has some 350 instants, and this was a third of its time. Our connections speak UTC, in which the driver's own reader,
written in C, answers already.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from psycopg.adapt import AdaptersMap
from psycopg.pq import Format

INSTANT = psycopg.adapters.types["timestamptz"].oid


class DatabaseWrapper(base.DatabaseWrapper):
    """Connections to PostgreSQL that speak UTC and bind values in the server."""

    def get_connection_params(self) -> dict[str, Any]:
        """Return what the driver connects with."""
        params = super().get_connection_params()
        return {**params, "context": _with_own_reader(params["context"])}

    def create_cursor(self, name: str | None = None) -> Any:
        """Open a cursor; Django's way would put its own reader back."""
        if name:
            return self.connection.cursor(name, scrollable=False, withhold=self.connection.autocommit)
        return self.connection.cursor()


@cache
def _with_own_reader(template: AdaptersMap) -> AdaptersMap:
    """Return Django's adapters with the driver's reader of instants."""
    reader = psycopg.adapters.get_loader(INSTANT, Format.TEXT)
    assert reader
    found = AdaptersMap(template)
    found.register_loader(INSTANT, reader)
    return found
