"""The journal: append-only, in months, written by actions and by SQL alike."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from shouwen.interactions import actions, jobs, queries
from shouwen.interactions.models import JournalEntry

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def write(name: str = "arrive", at: datetime = AT, **fields: object) -> None:
    actions.journal(interaction_id=7, name=name, at=at, **fields)  # type: ignore[arg-type]


def lines(since: datetime = AT, hours: int = 1) -> list[tuple[str, str | None, int | None]]:
    found = queries.journal(since=since, until=since + timedelta(hours=hours))
    return [(line.name, line.queue_code, line.staff_id) for line in found]


def test_lines_are_read_in_the_order_of_time_and_writing():
    write("queue_in", AT + timedelta(seconds=1), queue_code="general")
    write("arrive")
    write("offer", AT + timedelta(seconds=1), queue_code="general", staff_id=8)
    assert lines() == [("arrive", None, None), ("queue_in", "general", None), ("offer", "general", 8)]


def test_only_the_names_asked_for_are_read():
    for name in ("arrive", "queue_in", "end"):
        write(name)
    found = queries.journal(since=AT, until=AT + timedelta(hours=1), names={"end", "arrive"})
    assert [line.name for line in found] == ["arrive", "end"]


def test_the_end_of_the_stretch_is_outside():
    write("arrive", AT + timedelta(hours=1))
    assert lines() == []


def test_sql_writes_the_same_line():
    with connection.cursor() as cursor:
        cursor.execute("select interactions_journal(7, 'answer', 'general', 8, '{\"a\": 1}', %s)", [AT])
        cursor.execute("select interactions_journal(7, 'end', null, null, null, %s)", [AT])
    found = JournalEntry.objects.order_by("id").values_list("name", "staff_id", "detail")
    assert list(found) == [("answer", 8, {"a": 1}), ("end", None, {})]


@pytest.mark.parametrize("change", ["update interactions_journal set name = 'end'", "delete from interactions_journal"])
def test_what_is_written_stays(change):
    write()
    with pytest.raises(DatabaseError, match="never changed or removed"), transaction.atomic():
        connection.cursor().execute(change)
    assert lines() == [("arrive", None, None)]


def test_months_are_protected_one_by_one():
    write()
    with pytest.raises(DatabaseError, match="never changed or removed"), transaction.atomic():
        connection.cursor().execute("delete from interactions_journal_2026_11")


def test_only_words_of_the_event_model_are_written():
    with pytest.raises(IntegrityError, match="interactions_journal_name"):
        write("coffee")


def test_each_line_lies_in_its_month():
    write(at=datetime(2026, 11, 30, 23, 59, 59, tzinfo=UTC))
    write(at=datetime(2026, 12, 1, tzinfo=UTC))
    with connection.cursor() as cursor:
        cursor.execute("select tableoid::regclass::text from interactions_journal order by at")
        assert [row[0] for row in cursor.fetchall()] == [
            "interactions_journal_2026_11",
            "interactions_journal_2026_12",
        ]


def test_a_line_in_a_year_nobody_prepared_makes_its_month():
    far = datetime(2031, 3, 5, tzinfo=UTC)
    write(at=far)
    assert lines(far) == [("arrive", None, None)]
    assert actions.make_months(at=far, ahead=0) == 0


def test_the_job_makes_months_ahead_once():
    at = datetime(2040, 11, 23, tzinfo=UTC)
    assert (jobs.sweep(at), jobs.sweep(at)) == (4, 0)


def test_a_month_made_later_is_as_protected_and_as_fast():
    far = datetime(2033, 1, 1, tzinfo=UTC)
    write(at=far)
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_indexes where tablename = 'interactions_journal_2033_01'")
        assert cursor.fetchone() == (3,)
    with pytest.raises(DatabaseError, match="never changed or removed"), transaction.atomic():
        JournalEntry.objects.filter(at=far).update(name="end")
