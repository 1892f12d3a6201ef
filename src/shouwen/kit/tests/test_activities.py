"""What rooms offer to flows is done once, in time, and in the end by a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from pydantic import BaseModel

from shouwen.accounts.tests.factories import by, staff, staff_client
from shouwen.kernel.errors import DomainError
from shouwen.kit import activities, clock, permissions
from shouwen.kit.activities import ACTIVITIES, Later, Run, activity, errors
from shouwen.kit.models import ActivityRun, RateWindow
from shouwen.kit.testing import FrozenClock, facts

pytestmark = pytest.mark.django_db(transaction=True)
FALLBACK = ("请手工办理。", "Do it by hand.")


class Number(BaseModel):
    n: int


class Doubled(BaseModel):
    n: int


class Refused(DomainError):
    zh = "不行。"
    en = "No."


class Broken(Exception):
    """A defect that goes away, or not."""


done: list[int] = []


@pytest.fixture(autouse=True)
def offered() -> Iterator[None]:
    """Activities of a room."""
    kept = dict(ACTIVITIES)
    done.clear()

    def offer(code: str, retries: int = 0) -> Any:
        span = timedelta(seconds=2)
        return activity(code, zh="加倍", en="Double", timeout=span, retries=retries, fallback=FALLBACK)

    @offer("test.double")
    def double(given: Number, run: Run) -> Doubled:
        done.append(given.n)
        return Doubled(n=given.n * 2)

    @offer("test.refuse")
    def refuse(given: Number, run: Run) -> Doubled:
        raise Refused

    @offer("test.later")
    def later(given: Number, run: Run) -> Doubled | Later:
        return Later()

    @offer("test.flaky", retries=2)
    def flaky(given: Number, run: Run) -> Doubled:
        RateWindow.objects.create(door="x", caller=str(run.attempt), minute=clock.wall(), count=1)
        if run.attempt < given.n:
            raise Broken
        return Doubled(n=run.attempt)

    @offer("test.slow")
    def slow(given: Number, run: Run) -> Doubled:
        with connection.cursor() as cursor:
            cursor.execute("select pg_sleep(30)")
        return Doubled(n=1)

    yield
    ACTIVITIES.clear()
    ACTIVITIES.update(kept)


def start(code: str, n: int = 1, key: str = "a") -> activities.RunView:
    return activities.start(code=code, key=key, given={"n": n}, caller="dialog:1")


def test_one_key_is_one_deed() -> None:
    assert [start("test.double", 4).output for _ in range(2)] == [{"n": 8}] * 2
    assert done == [4]
    with pytest.raises(errors.KeyOfAnother):
        start("test.double", 5)


def test_input_that_does_not_fit_is_refused_by_name() -> None:
    with pytest.raises(errors.InputUnfit, match="n Field required"):
        activities.start(code="test.double", key="a", given={}, caller="dialog:1")
    with pytest.raises(errors.UnknownActivity):
        start("test.nothing")


def test_a_failure_undoes_its_work_and_is_tried_again(clock_at: FrozenClock) -> None:
    assert start("test.flaky", 2).state == "failed"
    assert RateWindow.objects.count() == 0
    assert activities.work_due(at=clock.now()) == 0
    clock_at.advance(seconds=5)
    assert activities.work_due(at=clock.now()) == 1
    assert ActivityRun.objects.values_list("state", "attempts", "output").get() == ("done", 2, {"n": 2})


def test_after_its_last_try_a_person_finishes_it(clock_at: FrozenClock) -> None:
    start("test.flaky", 9)
    for _ in range(3):
        clock_at.advance(minutes=1)
        activities.work_due(at=clock.now())
    row = ActivityRun.objects.get()
    assert (row.state, row.attempts, row.error) == ("needs_person", 3, "Broken()")
    leader = by(staff("8001", "system_management"))
    with pytest.raises(errors.InputUnfit):
        activities.settle(by=leader, run_id=row.pk, given={}, remark="")
    activities.settle(by=leader, run_id=row.pk, given={"n": 3}, remark="已手工办理")
    row.refresh_from_db()
    assert (row.state, row.output, row.answered_by) == ("done", {"n": 3}, leader.key)
    assert [f["name"] for f in facts()] == ["kit.ActivityNeedsPerson", "kit.ActivityAnswered"]
    with pytest.raises(errors.RunOver):
        activities.settle(by=leader, run_id=row.pk, given={"n": 3}, remark="")


def test_a_refusal_is_not_tried_again() -> None:
    assert start("test.refuse").state == "needs_person"
    assert ActivityRun.objects.get().error == "不行。"


def test_an_answer_may_come_later_by_its_token() -> None:
    run = start("test.later")
    assert (run.state, run.output) == ("waiting", None)
    activities.answer(token=run.token, given={"n": 6})
    activities.answer(token=run.token, given={"n": 6})
    with pytest.raises(errors.RunOver):
        activities.answer(token=run.token, given={"n": 7})
    with pytest.raises(errors.RunNotFound):
        activities.answer(token="x", given={"n": 7})
    assert (start("test.later").output, len(facts("kit.ActivityAnswered"))) == ({"n": 6}, 1)


def test_an_answer_that_does_not_come_brings_a_person(clock_at: FrozenClock) -> None:
    start("test.later")
    clock_at.advance(seconds=2)
    assert activities.work_due(at=clock.now()) == 1
    assert ActivityRun.objects.values_list("state", "error").get() == ("needs_person", "no answer in time")


def test_work_beyond_its_time_is_cut_short() -> None:
    ACTIVITIES["test.slow"] = ACTIVITIES["test.slow"].__class__(
        **{**vars(ACTIVITIES["test.slow"]), "timeout": timedelta(milliseconds=50)}
    )
    assert start("test.slow").state == "needs_person"
    assert "statement timeout" in ActivityRun.objects.get().error


def test_only_who_may_finishes_by_hand() -> None:
    start("test.refuse")
    with pytest.raises(permissions.PermissionRefused):
        activities.settle(by=by(staff("8021")), run_id=ActivityRun.objects.get().pk, given={"n": 1}, remark="")


def test_administrators_see_the_list_and_its_runs() -> None:
    start("test.refuse")
    client = staff_client(staff("8001", "system_management"))
    listed = {one["code"]: one for one in client.get("/api/activities").json()}
    assert (listed["test.refuse"]["runs"], listed["test.refuse"]["fallback_en"]) == (
        {"needs_person": 1},
        "Do it by hand.",
    )
    assert listed["tickets.open"]["takes"]["required"] == ["kind", "title", "customer_id"]
    (run,) = client.get("/api/activity-runs", state="needs_person").json()["items"]
    settled = client.post(f"/api/activity-runs/{run['id']}/settle", {"output": {"n": 1}, "remark": "好"}).json()
    assert (settled["state"], settled["output"]) == ("done", {"n": 1})
    assert staff_client(staff("8021")).get("/api/activities").status_code == 403
