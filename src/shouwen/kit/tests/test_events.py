"""Facts are told at least once, each subscriber for himself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from shouwen.kit import clock, events
from shouwen.kit.actions import action, forbid_inside_action
from shouwen.kit.models import Delivery, Subscription
from shouwen.kit.testing import facts

heard: list[int] = []
failing: list[bool] = []


@dataclass(frozen=True)
class BellRang(events.Fact):
    times: int


def listen(fact: BellRang) -> None:
    heard.append(fact.times)


def stumble(fact: BellRang) -> None:
    if failing:
        raise OSError("line down")
    heard.append(-fact.times)


@pytest.fixture(autouse=True)
def ears(db: None) -> Iterator[None]:
    heard.clear()
    failing.clear()
    events.subscribe(BellRang)(listen)
    events.subscribe(BellRang)(stumble)
    events.sync_subscriptions()
    yield
    for handler in (listen, stumble):
        events.HANDLERS.pop(f"{handler.__module__}.{handler.__qualname__}")


@action
def ring(times: int, *, refuse: bool = False) -> None:
    events.publish(BellRang(times), audience=["staff:1"], at=clock.now())
    if refuse:
        raise ValueError("refused")


def test_each_subscriber_hears_a_fact_once() -> None:
    ring(3)
    events.deliver()
    events.deliver()
    assert sorted(heard) == [-3, 3]


def test_a_refused_action_publishes_nothing() -> None:
    with pytest.raises(ValueError, match="refused"):
        ring(3, refuse=True)
    assert (facts(BellRang.name), Delivery.objects.count()) == ([], 0)


def test_a_failing_subscriber_undoes_only_itself_and_is_tried_again() -> None:
    ring(3)
    failing.append(True)
    events.deliver()
    assert (heard, Delivery.objects.get().attempts) == ([3], 1)
    failing.clear()
    Delivery.objects.update(next_at=clock.wall())
    events.deliver()
    assert (heard, Delivery.objects.count()) == ([3, -3], 0)


def test_a_subscriber_that_left_the_code_leaves_the_list() -> None:
    events.HANDLERS.pop(f"{stumble.__module__}.stumble")
    events.sync_subscriptions()
    held = Subscription.objects.filter(fact="kit.BellRang").values_list("subscriber", flat=True)
    assert list(held) == [f"{listen.__module__}.listen"]
    events.subscribe(BellRang)(stumble)


def test_a_new_subscriber_may_hear_the_kept_facts_from_a_date() -> None:
    started = clock.wall()
    ring(3)
    events.deliver()
    heard.clear()
    assert events.replay_for(subscriber=f"{listen.__module__}.listen", since=started) == 1
    events.deliver()
    assert heard == [3]


def test_no_network_inside_an_action() -> None:
    @action
    def call_billing() -> None:
        forbid_inside_action("HTTP")

    with pytest.raises(RuntimeError, match="HTTP inside an action"):
        call_billing()
