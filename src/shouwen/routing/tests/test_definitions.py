"""What users define: drafted by one, published by another, followed by the floor; and refused in words at the field."""

from __future__ import annotations

from typing import Any

import pytest

from shouwen.accounts.tests.factories import by, organisation, staff, staff_client
from shouwen.interactions import queries as contacts
from shouwen.interactions.actions import adopt_wrap_up_codes
from shouwen.kit import versions
from shouwen.kit.testing import ApiClient, FrozenClock
from shouwen.routing import actions
from shouwen.routing.models import Queue, Skill
from shouwen.routing.queries.definitions import KINDS

from .factories import ask, leader, queue

pytestmark = pytest.mark.django_db
NAMES = {"zh": "午餐", "en": "Lunch"}


def system() -> ApiClient:
    return staff_client(staff("1001", "system_management", organisation=organisation()))


def drafted(client: ApiClient, kind: str, key: str, content: dict[str, Any]) -> Any:
    return client.post("/api/versions", {"kind": KINDS[kind], "key": key, "title": key, "content": content})


def published(kind: str, key: str, content: dict[str, Any]) -> None:
    """Let one person write a definition and another publish it."""
    writer, reviewer = by(staff("1001", "system_management")), by(leader())
    made = versions.draft(by=writer, kind=KINDS[kind], key=key, title=key, content=content)
    versions.submit(by=writer, version_id=made, revision=1)
    versions.publish(by=reviewer, version_id=made, revision=2)


def row(client: ApiClient, kind: str, key: str) -> Any:
    items = client.get(f"/api/routing-definitions/{kind}").json()["items"]
    return next(one for one in items if one["key"] == key)


def test_a_new_queue_is_set_up_by_its_first_published_rules(clock_at: FrozenClock) -> None:
    queue()
    content = {"name": "宽带夜间", "skill": "broadband", "duty_leader": leader().number, "media": ["web_chat"]}
    published("queue", "night", {**content, "offer_seconds": 20})
    assert actions.adopt_published(clock_at.now()) == 1
    made = Queue.objects.get(code="night")
    assert (made.name, made.skill.code, made.offer_seconds, made.media) == ("宽带夜间", "broadband", 20, ["web_chat"])
    assert made.organisation_id == leader().organisation_id
    assert actions.adopt_published(clock_at.now()) == 0


def test_a_skill_is_added_and_renamed_by_its_published_version(clock_at: FrozenClock) -> None:
    published("skill", "fibre", {"zh": "光纤", "en": "Fibre"})
    assert actions.adopt_published(clock_at.now()) == 1
    assert Skill.objects.get(code="fibre").name == "光纤"


def test_wrap_up_codes_follow_what_is_published_and_a_retired_one_is_offered_no_more(clock_at: FrozenClock) -> None:
    versions.install(kind=KINDS["reason"], key="fibre", title="光纤", content={"zh": "光纤", "en": "Fibre"})
    assert adopt_wrap_up_codes(clock_at.now()) == 1
    assert "fibre" in {one.code for one in contacts.reasons()}
    current = versions.current(KINDS["reason"], "fibre", clock_at.now())
    assert current is not None
    keeper = by(staff("6001", "quality"))
    versions.retire(by=keeper, version_id=current.id, revision=2, remark="merged")
    assert adopt_wrap_up_codes(clock_at.advance(seconds=1)) == 1
    assert "fibre" not in {one.code for one in contacts.reasons()}
    assert adopt_wrap_up_codes(clock_at.now()) == 0


def test_what_was_set_up_before_it_had_versions_is_listed_with_its_present_rules() -> None:
    queue()
    found = row(system(), "queue", "broadband")
    assert (found["name_zh"], found["in_force"]) == ("broadband queue", None)
    assert found["content"]["skill"] == "broadband"
    assert found["content"]["duty_leader"] == leader().number


def test_a_draft_waits_beside_what_is_in_force() -> None:
    client = system()
    versions.install(kind=KINDS["break"], key="lunch", title="午餐", content={**NAMES, "minutes_a_day": 45})
    drafted(client, "break", "lunch", {**NAMES, "minutes_a_day": 60})
    found = row(client, "break", "lunch")
    assert (found["in_force"]["number"], found["content"]["minutes_a_day"]) == (1, 45)
    assert (found["under_way"]["number"], found["under_way"]["content"]["minutes_a_day"]) == (2, 60)
    assert (found["summary_zh"], found["summary_en"]) == ("小休，每天 45 分钟", "break, 45 minutes a day")


@pytest.mark.parametrize(
    ("kind", "content", "field", "word"),
    [
        ("queue", {"offer_seconds": 2}, "content.offer_seconds", "「振铃时长」不正确：填 5 至 600 秒。"),
        ("queue", {"most_waiting": 5}, "content.overflow_to", "「排满后转到」"),
        ("queue", {"name": "夜间", "skill": "broadband"}, "content.duty_leader", "「值班长」"),
        ("queue", {"media": ["pigeon"]}, "content.media", "「渠道」"),
        ("code", {**NAMES, "alias_of": "10000", "queue": "x"}, "content.queue", "「进入队列」"),
        ("break", {"zh": "午餐"}, "content.en", "「英文名称」"),
        ("skill", {"en": "Fibre"}, "content.zh", "「中文名称」"),
    ],
)
def test_a_wrong_definition_is_refused_in_words_at_its_field(
    kind: str, content: dict[str, Any], field: str, word: str
) -> None:
    answer = drafted(system(), kind, "one", content)
    assert answer.status_code == 422
    fault = answer.json()["errors"][0]
    assert fault["field"] == field
    assert word in fault["detail"]


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("queue", {"overflow_to": "nowhere", "most_waiting": 5}),
        ("queue", {"hours": "moonlight"}),
        ("queue", {"name": "夜间", "skill": "broadband", "duty_leader": "0000"}),
        ("code", {**NAMES, "queue": "nowhere"}),
        ("code", {**NAMES, "alias_of": "99999"}),
        ("reason", {**NAMES, "parent": "nowhere"}),
    ],
)
def test_what_names_something_that_is_not_there_goes_into_no_review(kind: str, content: dict[str, Any]) -> None:
    queue()
    seat = "data_maintenance" if kind == "reason" else "system_management"
    client = staff_client(staff("1001", seat, organisation=organisation()))
    made = drafted(client, kind, "one", content).json()
    answer = client.post(f"/api/versions/{made['id']}/submit", If_Match='"1"')
    assert answer.status_code == 422, answer.content


def test_a_code_leads_only_to_a_queue_that_takes_calls_and_keeps_it_from_giving_them_up() -> None:
    queue(media=("web_chat",))
    queue("hotline", media=("web_chat", "voice"))
    client = system()
    made = drafted(client, "code", "10000", {**NAMES, "queue": "broadband"}).json()
    refused = client.post(f"/api/versions/{made['id']}/submit", If_Match='"1"').json()["errors"][0]
    assert (refused["field"], "不受理电话" in refused["detail"]) == ("content.queue", True)
    versions.install(kind=KINDS["code"], key="112", title="112", content={**NAMES, "queue": "hotline"})
    content = {"name": "hotline queue", "skill": "hotline", "duty_leader": leader().number, "media": ["web_chat"]}
    made = drafted(client, "queue", "hotline", content).json()
    refused = client.post(f"/api/versions/{made['id']}/submit", If_Match='"1"').json()["errors"][0]
    assert (refused["field"], "有接入码指向" in refused["detail"]) == ("content.media", True)


def test_the_share_of_each_dialled_code_is_shown_to_leaders_only(clock_at: FrozenClock) -> None:
    queue()
    for n, code in enumerate(("10000", "10000", "10000", "112"), 1):
        ask(n, entry_code=code)
    shares = staff_client(leader()).get("/api/dialled-codes").json()["items"]
    assert shares == [{"code": "10000", "share": 0.75}, {"code": "112", "share": 0.25}]
    assert staff_client(staff("8021")).get("/api/dialled-codes").status_code == 403


def test_an_agent_sees_no_definitions() -> None:
    assert staff_client(staff("8021")).get("/api/routing-definitions/queue").status_code == 403
    assert staff_client(leader()).get("/api/routing-definitions/skill").json() == {"items": []}
