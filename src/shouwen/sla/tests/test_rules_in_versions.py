"""Calendars, policies and ladders are written by one, published by another, and refuse what does not hold together."""

from __future__ import annotations

from typing import Any

import pytest

from shouwen.accounts.tests.factories import organisation, staff, staff_client
from shouwen.kit import clock
from shouwen.kit.testing import ApiClient
from shouwen.sla import queries
from shouwen.sla.queries.in_force import CALENDAR, LADDER, POLICY
from shouwen.sla.rules import standard

pytestmark = pytest.mark.django_db
FAST = {"seconds": 8 * 3600, "working_seconds": None, "working_days": None}
RURAL = "fault.handling.rural"


def keeper(number: str = "8200", city: str = "苏州") -> ApiClient:
    return staff_client(staff(number, "data_maintenance", organisation(city), name=f"维护{number}"))


def drafted(client: ApiClient, kind: str, key: str, content: dict[str, Any]) -> Any:
    return client.post("/api/versions", {"kind": kind, "key": key, "title": key, "content": content})


def press(client: ApiClient, version: dict[str, Any], verb: str, body: Any = None) -> Any:
    return client.post(f"/api/versions/{version['id']}/{verb}", body, If_Match=f'"{version["revision"]}"')


def handling(**facets: str) -> int | None:
    found = queries.chosen(["handling"], {"kind": "fault", **facets}, at=clock.now())["handling"]
    return found.content.allowance.seconds


@pytest.mark.req("R-GOV-005")
def test_a_policy_is_published_by_another_of_the_unit_that_owns_it_and_holds_from_then_on():
    """The norm is interpreted by its owner: nobody of another unit publishes it, nor does its author."""
    content = {**standard.policies()[RURAL], "conditions": {"kind": ["fault"], "tier": ["7"]}, "allowance": FAST}
    author = keeper()
    version = drafted(author, POLICY, "fault.gold", content).json()
    version = press(author, version, "submit").json()
    assert press(author, version, "publish", {}).json()["code"] == "version-own-work"
    assert press(keeper("8201", "南京"), version, "publish", {}).status_code in (403, 404)
    assert handling(tier="7") == 48 * 3600
    assert press(keeper("8202"), version, "publish", {}).status_code == 200
    path = queries.chosen(
        ["handling"], {"kind": "fault", "tier": "7"}, at=clock.now(), organisation_id=organisation().pk
    )
    assert path["handling"].policy.key == "fault.gold"
    assert path["handling"].content.allowance.seconds == 8 * 3600


@pytest.mark.parametrize(
    ("kind", "key", "changes", "field"),
    [
        (CALENDAR, "office", {"week": [[]] * 7}, "content.week"),
        (CALENDAR, "office", {"week": [[["09:00", "12:00"], ["11:00", "18:00"]]] * 7}, "content.week"),
        (CALENDAR, "office", {"days": [{"day": "2026-12-25", "name": "x", "periods": []}] * 2}, "content.days"),
        (POLICY, RURAL, {"allowance": {"seconds": 60, "working_days": 1}}, "content.allowance"),
        (POLICY, RURAL, {"allowance": {"working_days": 1}, "calendar": ""}, "content.calendar"),
        (POLICY, RURAL, {"pauses": [{"reason": "customer"}, {"reason": "customer"}]}, "content.pauses"),
        (LADDER, "standard", {"steps": [{"percent": 50, "to": ["owner"]}] * 2}, "content.steps"),
        (LADDER, "standard", {"steps": [{"percent": 50, "to": ["nobody"]}]}, "content.steps"),
        (LADDER, "standard", {"quiet": ["08:00", "08:00"]}, "content.quiet"),
    ],
)
def test_what_does_not_hold_together_is_not_put_to_review(kind, key, changes, field):
    shipped = {CALENDAR: standard.calendars, POLICY: standard.policies, LADDER: standard.ladders}[kind]()[key]
    client = keeper()
    version = drafted(client, kind, key, {**shipped, **changes}).json()
    answer = press(client, version, "submit")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)


@pytest.mark.parametrize(
    ("kind", "content", "field"),
    [
        (CALENDAR, {"week": []}, "content.name"),
        (CALENDAR, {**standard.calendars()["office"], "week": [[["9", "12:00"]]] + [[]] * 6}, "content.week.0.0.0"),
        (POLICY, {**standard.policies()[RURAL], "metric": "patience"}, "content.metric"),
        (POLICY, {**standard.policies()[RURAL], "speed": 1}, "content.speed"),
        (
            LADDER,
            {**standard.ladders()["standard"], "steps": [{"percent": 0, "to": ["owner"]}]},
            "content.steps.0.percent",
        ),
    ],
)
def test_what_has_the_wrong_shape_is_not_even_a_draft(kind, content, field):
    answer = drafted(keeper(), kind, "odd", content)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)


def test_everything_the_product_ships_is_sound_and_in_force():
    from shouwen.kit import versions

    for kind, shipped in (
        (CALENDAR, standard.calendars()),
        (LADDER, standard.ladders()),
        (POLICY, standard.policies()),
    ):
        known = versions.KINDS[kind]
        for content in shipped.values():
            assert known.ready(known.check(content)) == content
        assert {one.key for one in versions.all_current(kind, clock.now())} == set(shipped)


def test_two_versions_are_compared_in_words():
    author, other = keeper(), keeper("8201")
    content = {**standard.policies()[RURAL], "allowance": FAST}
    version = drafted(author, POLICY, RURAL, content).json()
    found = other.get(f"/api/versions/{version['id']}/compare").json()["changes"]
    assert [change["zh"] for change in found] == ["时长 › 自然时间：由「3 天」改为「8 小时」"]
    lines = {line["at_zh"]: line["zh"] for line in version["lines"]}
    assert (lines["时限"], lines["时长 › 自然时间"]) == ("处理", "8 小时")
