"""What the connections to PostgreSQL give."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection
from psycopg.pq import Format

from shouwen.project.connections.base import INSTANT

pytestmark = pytest.mark.django_db

MIDNIGHT = datetime(2026, 2, 28, 16, tzinfo=UTC)


def test_an_instant_is_read_in_utc_by_the_drivers_own_code() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select timestamptz '2026-03-01 00:00+08', array[timestamptz '2026-03-01 00:00+08']")
        assert cursor.fetchone() == (MIDNIGHT, [MIDNIGHT])
        reader = cursor.cursor.adapters.get_loader(INSTANT, Format.TEXT)
    assert reader is not None
    assert "psycopg_binary" in reader.__module__


def test_rows_read_one_after_the_other_have_their_instants_in_utc_too() -> None:
    with connection.chunked_cursor() as cursor:
        cursor.execute("select timestamptz '2026-03-01 00:00+08'")
        assert list(cursor) == [(MIDNIGHT,)]
