"""Impact assessments (个人信息保护法第五十五、五十六条): written, reviewed by another, in force, kept."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.accounts.models import Staff
from shouwen.accounts.tests.factories import organisation, staff, staff_client
from shouwen.governance.rules import Assessment, ground_of, kept_until, lacking
from shouwen.kit import clock, privacy
from shouwen.kit.models import AuditRow, Version
from shouwen.kit.testing import ApiClient, FrozenClock, at_once

WHOLE = {
    "activities": ["governance.DataRequest"],
    "grounds": ["sensitive"],
    "lawfulness": "答复权利请求是法定义务，只核验身份所必需的信息。",
    "impact": "证件信息泄露可能被冒用；仅办理人员可见，风险有限。",
    "measures": "加密保存、按权限查看并留痕，办结三年后清空。",
    "risk": "low",
    "conclusion": "风险可接受，按现有措施执行。",
    "consulted": "法务、客服代表",
}


def writer() -> Staff:
    return staff("8801", "data_maintenance", name="梅若兰")


def reviewer() -> ApiClient:
    return staff_client(staff("8802", "duty_leader", name="沈南乔"))


def drafted(client: ApiClient, content: dict[str, Any] | None = None, key: str = "dpia-1") -> Any:
    body = {"kind": "governance.assessment", "key": key, "title": "权利请求", "content": content or WHOLE}
    return client.post("/api/versions", body)


def press(client: ApiClient, version: dict[str, Any], verb: str, **body: object) -> Any:
    return client.post(f"/api/versions/{version['id']}/{verb}", body, If_Match=f'"{version["revision"]}"')


def published() -> dict[str, Any]:
    row = drafted(staff_client(writer())).json()
    submitted = press(staff_client(writer()), row, "submit").json()
    answer = press(reviewer(), submitted, "publish")
    assert answer.status_code == 200, answer.content
    done: dict[str, Any] = answer.json()
    return done


@pytest.mark.django_db
def test_one_writes_another_publishes_and_the_list_says_until_when_it_is_kept() -> None:
    done = published()
    line = reviewer().get("/api/assessments").json()["items"]
    assert [(one["id"], one["state"], one["risk"], one["kept_until"]) for one in line] == [
        (done["id"], "published", "low", "2029-11-23")
    ]
    verbs = AuditRow.objects.filter(subject="version.governance.assessment").order_by("id")
    assert list(verbs.values_list("verb", flat=True)) == ["versions.draft", "versions.submit", "versions.publish"]


@pytest.mark.django_db
def test_whoever_wrote_it_does_not_publish_it() -> None:
    leader = staff_client(staff("8803", "shift_leader"))
    row = drafted(leader).json()
    refused = press(leader, press(leader, row, "submit").json(), "publish")
    assert (refused.status_code, refused.json()["code"]) == (403, "version-own-work")


@pytest.mark.django_db(transaction=True)
def test_of_two_who_change_or_review_it_at_once_one_is_refused_and_nothing_is_overwritten() -> None:
    row = drafted(staff_client(writer())).json()
    writers = [staff_client(who) for who in (writer(), staff("8804", "data_maintenance", name="温子衿"))]
    texts = [{**WHOLE, "consulted": word} for word in ("法务", "客服代表")]
    edits = [
        partial(who.patch, f"/api/versions/{row['id']}", {"content": text}, If_Match=f'"{row["revision"]}"')
        for who, text in zip(writers, texts, strict=True)
    ]
    answers = at_once(*edits)
    assert sorted(one.status_code for one in answers) == [200, 412]
    kept = Version.objects.get(id=row["id"])
    assert kept.content["consulted"] == texts[0 if answers[0].status_code == 200 else 1]["consulted"]
    asked = press(writers[0], {"id": kept.pk, "revision": kept.revision}, "submit").json()
    leaders = [staff_client(staff(f"88{n}", "duty_leader", name=f"复核{n}")) for n in (11, 12)]
    decisions = [partial(press, who, asked, "publish") for who in leaders]
    assert sorted(one.status_code for one in at_once(*decisions)) == [200, 412]
    assert AuditRow.objects.filter(verb="versions.publish", subject_id=kept.pk).count() == 1


@pytest.mark.django_db
def test_what_lacks_a_part_is_kept_as_a_draft_and_not_reviewed() -> None:
    client = staff_client(writer())
    row = drafted(client, {**WHOLE, "impact": "小", "risk": ""}).json()
    refused = press(client, row, "submit")
    assert (refused.status_code, refused.json()["code"]) == (422, "assessment-incomplete")
    assert [one["field"] for one in refused.json()["errors"]] == ["content.impact", "content.risk"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("part", "value"), [("activities", ["nobody.Holds"]), ("risk", "none"), ("impact", 7), ("other", "x")]
)
def test_what_no_assessment_says_is_refused_by_name(part: str, value: object) -> None:
    refused = drafted(staff_client(writer()), {**WHOLE, part: value})
    assert (refused.status_code, refused.json()["code"]) == (422, "assessment-malformed")
    assert refused.json()["errors"][0]["field"].startswith(f"content.{part}")


@pytest.mark.django_db
def test_an_agent_neither_writes_nor_reads_them() -> None:
    agent = staff_client(staff("8021"))
    assert drafted(agent).status_code == 403
    assert [agent.get(f"/api/assessments{rest}").status_code for rest in ("", "/due")] == [403, 403]


@pytest.mark.django_db
def test_an_assessment_of_another_city_is_not_in_the_list() -> None:
    published()
    other = staff_client(staff("8899", "duty_leader", organisation("无锡")))
    assert other.get("/api/assessments").json()["items"] == []


@pytest.mark.django_db
def test_what_must_be_assessed_is_named_until_an_assessment_in_force_covers_it() -> None:
    client = reviewer()
    before = {one["code"]: one["ground"] for one in client.get("/api/assessments/due").json()["items"]}
    published()
    after = {one["code"] for one in client.get("/api/assessments/due").json()["items"]}
    assert (before["governance.DataRequest"], before["notifications.Notification"]) == ("sensitive", "handed_on")
    assert set(before) - after == {"governance.DataRequest"}


@pytest.mark.django_db
def test_after_three_years_it_is_still_there_whatever_the_sweep_takes(clock_at: FrozenClock) -> None:
    done = published()
    clock_at.advance(days=3 * 366)
    privacy.sweep()
    refused = staff_client(writer()).delete(f"/api/versions/{done['id']}", If_Match=f'"{done["revision"]}"')
    assert refused.status_code == 409
    assert Version.objects.get(id=done["id"]).content == WHOLE
    assert clock.now().year == 2029


@pytest.mark.django_db
def test_the_register_says_who_else_receives_the_data() -> None:
    lines = {one["code"]: one for one in reviewer().get("/api/privacy/register").json()["items"]}
    assert lines["customers.Customer"]["recipients_zh"] == "不提供给他人"
    assert "短信" in lines["notifications.Notification"]["recipients_zh"]
    table = b"".join(reviewer().get("/api/privacy/register.csv")).decode()
    assert table.splitlines()[0].split(",")[-1] == "接收方"


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)))
def test_an_assessment_is_kept_at_least_three_full_years(day: date) -> None:
    assert 1095 <= (kept_until(day) - day).days <= 1097


def test_an_empty_assessment_lacks_everything_but_whom_one_asked() -> None:
    assert lacking(Assessment()) == [
        *("activities", "grounds", "lawfulness", "impact", "measures", "risk", "conclusion")
    ]
    assert lacking(Assessment.model_validate(WHOLE)) == []


def test_plain_data_that_stays_with_us_needs_no_assessment() -> None:
    assert ground_of({"name", "contact"}, None) == ""
    assert ground_of({"identity"}, None) == "sensitive"
    assert ground_of({"name"}, ("短信网关", "SMS gateway")) == "handed_on"
