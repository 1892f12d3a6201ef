"""Counting the journal: in step, whatever comes late; the same as counting anew; the same on every page."""

from __future__ import annotations

import random
import threading
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from shouwen.interactions import actions as interactions
from shouwen.interactions import queries as contacts
from shouwen.kit.actions import action
from shouwen.metrics import actions, queries
from shouwen.metrics.jobs import count_new
from shouwen.metrics.models import Interval, Segment, Visit
from shouwen.metrics.queries import POLICY, Filters
from shouwen.metrics.rules.aggregates import Sums
from shouwen.metrics.rules.figures import count
from shouwen.metrics.rules.visits import fold

pytestmark = pytest.mark.django_db(transaction=True)
NINE = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
END = NINE + timedelta(days=4)
QUEUES = frozenset({"general", "broadband"})
EVER = Filters(NINE - timedelta(days=1), END, QUEUES)


def line(interaction_id: int, name: str, minutes: float, queue: str = "general", staff_id: int | None = 7) -> None:
    interactions.journal(
        interaction_id=interaction_id,
        name=name,
        queue_code=queue,
        staff_id=staff_id,
        at=NINE + timedelta(minutes=minutes),
    )


def kept() -> dict[tuple[Any, ...], Sums]:
    names = Sums.__dataclass_fields__
    rows = Interval.objects.values("starts_at", "queue_code", "medium", "staff_id", *names)
    return {
        (r["starts_at"], r["queue_code"], r["medium"], r["staff_id"]): Sums(**{n: r[n] for n in names}) for r in rows
    }


def stories(dice: random.Random, contacts_: int) -> list[tuple[int, str, float, str, int]]:
    """Everything that some contacts go through, in the order in which it comes to the journal: not that of time."""
    told = []
    for number in range(1, contacts_ + 1):
        at, queue, staff = dice.uniform(0, 600), dice.choice(sorted(QUEUES)), dice.randint(1, 3)
        told.append((number, "queue_in", at, queue, staff))
        fate = dice.choice(["waits", "leaves", "served", "missed", "moved", "callback"])
        at += dice.choice([0.05, 0.25, 0.2501, 1, 20])
        if fate == "leaves":
            told.append((number, "abandon", at, queue, staff))
        if fate == "callback":
            told.append((number, "callback_accept", at, queue, staff))
        if fate == "missed":
            told += [(number, "offer", at, queue, staff), (number, "rna", at + 1, queue, staff)]
        if fate in {"served", "moved"}:
            told += [(number, "answer", at, queue, staff), (number, "end", at + 5, queue, staff)]
            told.append((number, "transfer" if fate == "moved" else "wrap_end", at + 12, queue, staff))
        if fate == "moved":
            told.append((number, "queue_in", at + 12, "broadband" if queue == "general" else "general", staff))
    dice.shuffle(told)
    return told


@pytest.mark.parametrize("seed", range(6))
def test_counting_bit_by_bit_is_counting_anew_and_folding_the_whole(seed):
    dice = random.Random(seed)
    told = stories(dice, 25)
    for number, name, at, queue, staff in told:
        line(number, name, at, queue, staff)
        if dice.random() < 0.15:
            count_new(NINE)
    count_new(NINE)
    step_by_step = kept()
    assert count_new(NINE) == 0
    actions.rebuild(policy=POLICY, at=NINE)
    assert kept() == step_by_step
    ids = {number for number, *_ in told}
    whole = fold(contacts.journal_of(ids))
    counted = queries.total(EVER).sums
    assert counted.counts == count(whole.visits, POLICY, END)
    assert counted.handled == sum(s.finished_at is not None for s in whole.segments)
    assert counted.missed_offers == sum(r.missed for r in whole.rings)
    handled = sum((s.handling for s in whole.segments if s.handling), timedelta())
    assert counted.handling_ms == pytest.approx(handled.total_seconds() * 1000, abs=len(whole.segments))


@pytest.mark.req("R-KPI-003")
@pytest.mark.parametrize("seed", range(3))
def test_every_division_of_the_table_adds_up_to_the_same_whole(seed):
    """The connect rate by hour, day and month: numerators and denominators are summed, whatever the table is divided
    by, so the whole is the same on every page; by person all that a person can be asked about adds up."""
    for number, name, at, queue, staff in stories(random.Random(seed), 30):
        line(number, name, at * 6, queue, staff)
    count_new(NINE)
    whole = queries.total(EVER)
    for by in ("interval", "day", "queue", "channel"):
        parts = queries.lines(by, EVER)
        assert sum((p.sums for p in parts), Sums()) == whole.sums
        assert whole.figures["answer_rate"] == queries.percent(_rate(parts))
    people = queries.lines("agent", EVER)
    assert sum(p.sums.answered for p in people) == whole.sums.answered
    assert sum(p.sums.handled for p in people) == whole.sums.handled
    assert len(queries.lines("day", EVER)) > 1


def _rate(parts: Any) -> Any:
    from shouwen.metrics.rules.shares import ratio

    answered, gone = sum(p.sums.answered for p in parts), sum(p.sums.abandoned for p in parts)
    return ratio(answered, answered + gone)


def test_a_line_that_comes_late_corrects_the_interval_it_belongs_to():
    line(1, "queue_in", 0)
    line(1, "abandon", 20)
    count_new(NINE)
    assert (queries.total(EVER).sums.abandoned, queries.total(EVER).figures["answer_rate"]) == (1, 0.0)
    line(1, "answer", 0.2)
    line(2, "queue_in", -30)
    count_new(NINE)
    found = {row.key: row.sums for row in queries.lines("interval", EVER)}
    assert found["2026-11-23T01:00:00Z"].answered == 1
    assert found["2026-11-23T01:00:00Z"].abandoned == 0
    assert found["2026-11-23T00:30:00Z"].waiting == 1


def test_a_contact_that_changes_its_interval_leaves_nothing_behind():
    line(1, "queue_in", 20)
    count_new(NINE)
    line(1, "queue_in", 3)
    count_new(NINE)
    assert [(row.key, row.sums.offered) for row in queries.lines("interval", EVER)] == [("2026-11-23T01:00:00Z", 1)]


def test_what_commits_late_is_counted_though_its_number_is_lower():
    """A transaction that began first and ends last: its line is behind nobody's cursor."""
    begun, go = threading.Event(), threading.Event()

    @action
    def slow() -> None:
        line(1, "queue_in", 0)
        Visit.objects.exists()  # whatever is asked next sends the line
        begun.set()
        go.wait(10)

    def other() -> None:
        slow()
        connection.close()

    writing = threading.Thread(target=other)
    writing.start()
    begun.wait(10)
    line(2, "queue_in", 1)
    assert count_new(NINE) == 0
    go.set()
    writing.join()
    assert count_new(NINE) == 2
    assert queries.total(EVER).sums.offered == 2


def test_two_processes_never_count_at_once():
    line(1, "queue_in", 0)
    count_new(NINE)
    line(2, "queue_in", 0)
    held, go = threading.Event(), threading.Event()

    @action
    def holding() -> None:
        from shouwen.metrics.models import Progress

        Progress.objects.select_for_update().get(id=1)
        held.set()
        go.wait(10)

    def other() -> None:
        holding()
        connection.close()

    thread = threading.Thread(target=other)
    thread.start()
    held.wait(10)
    assert count_new(NINE) == 0
    go.set()
    thread.join()
    assert count_new(NINE) == 1


@pytest.mark.req("R-KPI-013")
def test_response_time_by_channel_is_a_mean_a_median_and_a_ninetieth():
    """Service response time: from request to answer by channel: mean, half and nine in ten."""
    for number, wait in enumerate((2, 4, 6, 8, 10, 12, 14, 16, 18, 60), start=1):
        line(number, "queue_in", 0)
        line(number, "answer", wait / 60)
    count_new(NINE)
    (found,) = queries.lines("channel", EVER)
    assert (found.figures["asa"], found.figures["response_p50"], found.figures["response_p90"]) == (15.0, 10.0, 18.0)


def test_the_list_behind_a_figure_has_as_many_rows_as_the_figure_counts():
    for number, name, at, queue, staff in stories(random.Random(9), 40):
        line(number, name, at, queue, staff)
    count_new(NINE)
    figures = queries.total(EVER).figures
    for key in ("offered", "answered", "in_time", "abandoned", "short_abandoned", "flow_out", "callbacks", "handled"):
        assert len(queries.listed(key, EVER)) == figures[key], key
    first = queries.listed("offered", EVER, limit=10)
    rest = queries.listed("offered", EVER, after=first[-1].id)
    assert len(first) + len(rest) == figures["offered"]


def test_an_empty_table_has_no_lines_and_no_shares():
    assert queries.lines("queue", EVER) == []
    found = queries.total(EVER)
    assert asdict(found.sums) == asdict(Sums())
    shares = ("service_level", "answer_rate", "abandon_rate", "asa", "handling_time", "response_p90", "transfer_rate")
    assert [found.figures[key] for key in shares] == [None] * len(shares)


def test_busy_time_has_rings_and_segments_cut_to_what_is_asked():
    line(1, "queue_in", 0)
    line(1, "offer", 1)
    line(1, "answer", 2)
    line(1, "end", 8)
    line(1, "wrap_end", 12)
    count_new(NINE)
    had = queries.contact_spans(NINE, NINE + timedelta(minutes=10), [7])[7]
    minutes = [((a - NINE).total_seconds() / 60, (b - NINE).total_seconds() / 60) for a, b in had.rang + had.served]
    assert minutes == [(1, 2), (2, 10)]
    assert (Visit.objects.count(), Segment.objects.get().talk_ms) == (1, 360_000)
