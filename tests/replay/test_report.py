from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.kernel.calendars import BEIJING
from shouwen.project.replay.report import Outcome, Promise, Run, Spread, as_text, rank, span, sum_up

AT = datetime(2026, 11, 23, 10, tzinfo=BEIJING)
RUN = Run(600, AT, AT + timedelta(hours=10), 60, 40, 90, 2, {"offer-gone": 1})
HOUR = timedelta(hours=1)
OUTCOMES = [
    Outcome("left"),
    Outcome("answered", waited=HOUR, to_close=2 * HOUR, wall=timedelta(seconds=12)),
    Outcome("closed", ticket="GD1", closed_reason="confirmed", reopened=1, waited=3 * HOUR, to_close=40 * HOUR),
    Outcome("closed", ticket="GD2", closed_reason="unreached", waited=HOUR, to_close=90 * HOUR),
    Outcome("open", ticket="GD3", owner=True, clock=True, waited=HOUR),
    Outcome("unanswered", owner=True, clock=False),
]


@given(st.lists(st.floats(0, 1e6), min_size=1), st.floats(0.01, 1))
def test_a_percentile_is_a_value_that_occurred_and_that_its_share_do_not_exceed(
    values: list[float], share: float
) -> None:
    values.sort()
    found = rank(values, share)
    assert found in values
    assert sum(value <= found for value in values) >= share * len(values) - 1e-9


@given(st.lists(st.timedeltas(timedelta(0), timedelta(days=30)), min_size=1))
def test_a_spread_is_in_order(spans: list[timedelta]) -> None:
    found = Spread.of(spans)
    assert found
    assert min(spans).total_seconds() - 1e-3 <= found.p50 <= found.p95 <= max(spans).total_seconds() + 1e-3
    assert min(spans).total_seconds() - 1e-3 <= found.mean <= max(spans).total_seconds() + 1e-3


def test_no_span_is_no_spread() -> None:
    assert Spread.of([]) is None


def test_requests_are_counted_once_each() -> None:
    report = sum_up(OUTCOMES, asked=6, promise=Promise(), run=RUN)
    assert report.came_in == report.left + report.answered_at_once + report.closed + report.open
    assert (report.tickets, report.closed_confirmed, report.closed_unreached, report.reopened) == (3, 1, 1, 1)
    assert (report.open, report.open_with_owner_and_clock) == (2, 1)
    assert report.wait == Spread(4, 5400, 3600, 10800)
    assert report.carried_per_second == round(4 / 60, 3)
    assert report.holds


@pytest.mark.parametrize(
    ("asked", "promise"),
    [
        (6, Promise(lost=1)),
        (6, Promise(doubled=1)),
        (6, Promise(ownerless=1)),
        (6, Promise(faults=("lost: …",))),
        (7, Promise()),
    ],
)
def test_anything_lost_doubled_ownerless_or_turned_away_breaks_the_promise(asked: int, promise: Promise) -> None:
    assert not sum_up(OUTCOMES, asked=asked, promise=promise, run=RUN).holds


def test_the_report_is_text_and_json(monkeypatch: pytest.MonkeyPatch) -> None:
    report = sum_up(OUTCOMES, asked=6, promise=Promise(faults=("lost: chat x",)), run=RUN)
    plain = json.loads(json.dumps(report.as_json()))
    assert (plain["holds"], plain["came_in"], plain["wait"]["p95"]) == (False, 6, 10800)
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert "来件: 6" in as_text(report)
    assert as_text(report).endswith("承诺兑现：否")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert "Requests in: 6" in as_text(report)
    assert "lost: chat x" in as_text(report)


def test_spans_are_said_in_fitting_units() -> None:
    assert [span(5), span(600), span(7200 * 2)] == ["5.0 s", "10.0 min", "4.0 h"]
