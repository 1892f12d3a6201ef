"""A deadline tells how it came about, and what it tells is what was counted."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shouwen.accounts.tests.factories import staff, staff_client
from shouwen.kernel.calendars import BEIJING, WorkingCalendar
from shouwen.kernel.tests.test_calendars import any_calendar, moments
from shouwen.kit import clock
from shouwen.sla import actions, queries
from shouwen.sla.rules import clockwork, explaining, summaries
from shouwen.sla.rules.clockwork import Allowance
from shouwen.sla.rules.content import read_calendar
from shouwen.sla.rules.explaining import Account, Named, Stood, explain
from shouwen.sla.tests.factories import OFFICE_DAY, office, policy
from shouwen.sla.tests.test_clockwork import gaps, laid_out

NATIONAL_DAY = datetime(2026, 9, 30, 16, tzinfo=BEIJING)
OFFICE = {"week": [OFFICE_DAY] * 5 + [[]] * 2, "public_holidays": True, "days": []}
HOUR = timedelta(hours=1)


def account(allowance: Allowance, start: datetime, stood: list[Stood] | None = None, **more) -> Account:
    calendar = read_calendar(OFFICE)
    pauses = [clockwork.Pause(one.began_at, one.ended_at) for one in stood or [] if one.ended_at]
    return Account(
        started_at=start,
        due_at=clockwork.due(allowance, start, calendar.working(), pauses),
        allowance=allowance,
        policy=Named(("投诉处理时限", "Complaint: handling"), 3),
        conditions={"kind": ("complaint",)},
        beaten=[],
        calendar=calendar.working(),
        calendar_named=Named(("客服中心工作日历", "Office hours"), 2) if allowance.needs_calendar else None,
        day_names=calendar.named,
        stood=stood or [],
        **more,
    )


def test_working_hours_over_a_holiday_are_told_day_by_day():
    """From the eve of National Day: the holiday by name, the shifted Saturday worked, the pause, the hours left."""
    wait = Stood("customer", NATIONAL_DAY + HOUR, datetime(2026, 10, 8, 10, tzinfo=BEIJING), None, "resumed")
    told = [line.zh for line in explain(account(Allowance(working_seconds=10 * 3600), NATIONAL_DAY, [wait]))]
    assert told == [
        "2026-09-30 16:00 开始计时",
        "适用「投诉处理时限」第 3 版：类型为投诉",
        "时长 工作时间 10 小时，按「客服中心工作日历」第 2 版计算",
        "2026-09-30 17:00 至 2026-10-08 10:00 暂停：等待用户",
        "09-30（周三）计 1 小时，余 9 小时",
        "10-01（周四）至10-07（周三）国庆节，不计",
        "10-08（周四）计 7 小时，余 2 小时",
        "10-09（周五）计 2 小时，余 0 分钟",
        "到期：2026-10-09 11:00",
    ]


def test_working_days_are_counted_at_their_close_and_the_first_day_is_not():
    told = [line.en for line in explain(account(Allowance(working_days=2), NATIONAL_DAY))]
    assert told[3:] == [
        "Wed 09-30: the day of the start does not count",
        "Thu 10-01 to Wed 10-07: National Day, not counted",
        "Thu 10-08: working day 1 (closes 18:00)",
        "Fri 10-09: working day 2 (closes 18:00)",
        "Due: 2026-10-09 18:00",
    ]


def test_a_clock_that_stands_says_until_when_at_most():
    limit = NATIONAL_DAY + 240 * HOUR
    stood = [Stood("force_majeure", NATIONAL_DAY + HOUR, None, limit)]
    told = [line.zh for line in explain(account(Allowance(seconds=72 * 3600), NATIONAL_DAY, stood))]
    assert told[2:4] == [
        "时长 72 小时，昼夜连续计算",
        "2026-09-30 17:00 起暂停：不可抗力，最长到 2026-10-10 16:00",
    ]


@given(minutes=st.integers(1, 1500), calendar=any_calendar(), start=moments, gaps=gaps)
@settings(max_examples=60, deadline=None)
def test_the_hours_that_are_told_add_up_to_the_allowance(minutes, calendar, start, gaps):
    pauses = laid_out(start, gaps)
    allowance = Allowance(working_seconds=minutes * 60)
    told = explain(
        Account(
            started_at=start,
            due_at=clockwork.due(allowance, start, calendar, pauses),
            allowance=allowance,
            policy=Named(("x", "x"), 1),
            conditions={},
            beaten=[],
            calendar=calendar,
            calendar_named=Named(("x", "x"), 1),
            day_names=lambda _: None,
            stood=[Stood("customer", one.began_at, one.ended_at, None, "resumed") for one in pauses],
        )
    )
    counted = [line.en for line in told if line.sort == "counted"]
    if any("and so on" in line for line in counted):
        return
    spent = [re.search(r": (?:(\d+) h)? ?(?:(\d+) min)? counted", line) for line in counted]
    assert sum(int(found[1] or 0) * 60 + int(found[2] or 0) for found in spent if found) == minutes


def test_rules_are_summed_up_in_a_sentence():
    assert summaries.summary("sla.calendar", OFFICE) == (
        "周一至周五 09:00–12:00、13:00–18:00；含法定节假日和调休",
        "Mon to Fri 09:00–12:00、13:00–18:00; public holidays",
    )
    ladder = {"quiet": None, "steps": [{"percent": 80, "to": ["owner", "role:shift_leader"], "any_hour": False}]}
    assert summaries.summary("sla.ladder", ladder)[0] == "80% 首问责任人、班长台"


def test_every_word_of_the_ladder_can_be_said():
    assert explaining.recipient("staff:8021") == ("工号 8021", "agent 8021")
    assert explaining.recipient("role:own") == ("台席「own」", "seat type own")
    assert WorkingCalendar().works_on(NATIONAL_DAY.date())


@pytest.mark.django_db
def test_a_running_deadline_tells_its_versions_its_pauses_and_who_was_told(clock_at):
    office(public_holidays=True)
    policy(working_seconds=10 * 3600)
    at = clock.now()
    actions.start(subject="ticket", subject_id=7, metric="handling", facets={"kind": "complaint"}, at=at)
    policy(working_seconds=3600)
    actions.pause(subject="ticket", subject_id=7, reason="customer", at=clock_at.advance(hours=1))
    actions.resume(subject="ticket", subject_id=7, at=clock_at.advance(hours=4))
    (found,) = queries.explained("ticket", 7)
    told = [line.zh for line in found.lines]
    assert told[:7] == [
        "2026-11-23 10:00 开始计时",
        "适用「测试」第 2 版：类型为投诉",
        "时长 工作时间 10 小时，按「测试」第 2 版计算",
        "2026-11-23 11:00 至 2026-11-23 15:00 暂停：等待用户",
        "11-23（周一）计 4 小时，余 6 小时",
        "11-24（周二）计 6 小时，余 0 分钟",
        "到期：2026-11-24 16:00",
    ]
    assert told[7] == "用去 50%：2026-11-24 10:00 通知当前处理人"


@pytest.mark.django_db
def test_an_administrator_sees_beforehand_what_a_matter_would_be_promised_and_why():
    client = staff_client(staff("8200", "data_maintenance", name="许静"))
    sent = {"kind": "fault", "area": "rural", "at": "2026-11-23T02:00:00Z"}
    answer = client.get("/api/deadline-preview", **sent)
    found = {one["metric"]: one for one in answer.json()["items"]}
    assert found["handling"]["policy"] == "fault.handling.rural"
    assert found["handling"]["due_at"] == "2026-11-26T02:00:00Z"
    assert found["handling"]["lines"][1]["zh"] == (
        "适用「农村故障修复时限」第 1 版：类型为故障，区域为农村；「故障处理时限」也适用，但条件较少"
    )
    assert found["feedback"]["due_at"] == "2026-11-26T10:00:00Z"


@pytest.mark.django_db
def test_the_lists_show_what_holds_what_comes_and_what_is_being_written():
    client = staff_client(staff("8200", "data_maintenance", name="许静"))
    policy("fault.handling.rural", conditions={"kind": ["fault"], "area": ["rural"]}, valid_from=clock.now() + HOUR)
    rows = {row["key"]: row for row in client.get("/api/time-rules/policy").json()["items"]}
    rural = rows["fault.handling.rural"]
    assert (rural["in_force"]["number"], rural["coming"]["number"], rural["under_way"]) == (1, 2, None)
    assert rural["summary_zh"] == "处理 72 小时；类型为故障，区域为农村"
    assert [row["key"] for row in client.get("/api/time-rules/ladder").json()["items"]] == ["standard", "statutory"]
    words = client.get("/api/time-words").json()
    assert [one["code"] for one in words["reasons"]] == ["customer", "third_party", "force_majeure"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/api/time-rules/policy", "/api/time-words", "/api/deadline-preview?kind=fault"])
def test_agents_see_no_rules(path):
    assert staff_client(staff("8021", "comprehensive")).get(path).status_code == 403
