"""A deadline explains itself: how it came about, step by step, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from shouwen.kernel.calendars import BEIJING, WorkingCalendar

from . import clockwork, words
from .choosing import Conditions
from .clockwork import Allowance
from .ladders import Rung
from .words import Words

Sort = Literal["start", "policy", "measure", "counted", "skipped", "pause", "due", "tell", "end"]
MOST_DAYS = 31
WEEKDAYS = (
    ("周一", "Mon"),
    ("周二", "Tue"),
    ("周三", "Wed"),
    ("周四", "Thu"),
    ("周五", "Fri"),
    ("周六", "Sat"),
    ("周日", "Sun"),
)


@dataclass(frozen=True)
class Line:
    """One step in both languages."""

    sort: Sort
    zh: str
    en: str


@dataclass(frozen=True)
class Named:
    """A version of a rule, by name."""

    name: Words
    number: int
    valid_from: datetime | None = None


@dataclass(frozen=True)
class Stood:
    """A stretch in which the clock stood; without an end it still does."""

    reason: str
    began_at: datetime
    ended_at: datetime | None
    limit_at: datetime | None
    ended_by: str = ""


@dataclass(frozen=True)
class Account:
    """Everything a deadline's story is told from."""

    started_at: datetime
    due_at: datetime
    allowance: Allowance
    policy: Named
    conditions: Conditions
    beaten: Sequence[Words]
    calendar: WorkingCalendar
    calendar_named: Named | None
    day_names: Callable[[date], Words | None]
    stood: Sequence[Stood] = ()
    rungs: Sequence[Rung] = ()
    told: Sequence[int] = ()
    met_at: datetime | None = None
    cancelled_at: datetime | None = None
    breached_at: datetime | None = None

    @property
    def pauses(self) -> list[clockwork.Pause]:
        """Return the pauses that are over."""
        return [clockwork.Pause(one.began_at, one.ended_at) for one in self.stood if one.ended_at]


def explain(account: Account) -> list[Line]:
    """Tell the story of a deadline, from its start to how it stands."""
    return [
        Line("start", f"{moment(account.started_at)} 开始计时", f"The clock starts at {moment(account.started_at)}"),
        _policy(account),
        _measure(account),
        *(_pause(one) for one in account.stood),
        *_days(account),
        Line("due", f"到期：{moment(account.due_at)}", f"Due: {moment(account.due_at)}"),
        *(_tell(rung, account.told) for rung in account.rungs),
        *_end(account),
    ]


def moment(at: datetime) -> str:
    """Return an instant as people of the house read it."""
    return f"{at.astimezone(BEIJING):%Y-%m-%d %H:%M}"


def conditions(asked: Conditions) -> Words:
    """Return whom a policy is for."""
    parts = []
    for dimension in (one for one in words.DIMENSIONS if one in asked):
        values, (zh, en) = asked[dimension], words.DIMENSIONS[dimension]
        named = [words.value(dimension, one) for one in values]
        parts.append((f"{zh}为{'、'.join(one[0] for one in named)}", f"{en} {' or '.join(one[1] for one in named)}"))
    if not parts:
        return "不限条件", "for everything"
    return "，".join(one[0] for one in parts), ", ".join(one[1] for one in parts)


def _policy(account: Account) -> Line:
    zh, en = account.policy.name
    asked_zh, asked_en = conditions(account.conditions)
    version_zh, version_en = _version(account.policy)
    over_zh = over_en = ""
    if account.beaten:
        over_zh = f"；{'、'.join(f'「{one[0]}」' for one in account.beaten)}也适用，但条件较少"
        over_en = f"; {', '.join(f'“{one[1]}”' for one in account.beaten)} would fit too, with fewer conditions"
    return Line(
        "policy",
        f"适用「{zh}」{version_zh}：{asked_zh}{over_zh}",
        f"“{en}” holds{version_en}: {asked_en}{over_en}",
    )


def _version(named: Named) -> Words:
    if not named.number:
        return "（产品自带）", " (as the product ships it)"
    return f"第 {named.number} 版", f", version {named.number}"


def _measure(account: Account) -> Line:
    zh, en = words.allowance(account.allowance)
    if account.calendar_named is None:
        return Line("measure", f"时长 {zh}，昼夜连续计算", f"It has {en}, counted day and night")
    name_zh, name_en = account.calendar_named.name
    version_zh, version_en = _version(account.calendar_named)
    return Line("measure", f"时长 {zh}，按「{name_zh}」{version_zh}计算", f"It has {en} by “{name_en}”{version_en}")


def _pause(one: Stood) -> Line:
    zh, en = words.REASONS.get(one.reason, (one.reason, one.reason))
    began = moment(one.began_at)
    until_zh = f"，最长到 {moment(one.limit_at)}" if one.limit_at else ""
    until_en = f", until {moment(one.limit_at)} at most" if one.limit_at else ""
    if one.ended_at is None:
        return Line("pause", f"{began} 起暂停：{zh}{until_zh}", f"Stands since {began}: {en}{until_en}")
    why_zh, why_en = ("（到达上限）", " (its limit)") if one.ended_by == "limit" else ("", "")
    ended = moment(one.ended_at)
    return Line("pause", f"{began} 至 {ended} 暂停：{zh}{why_zh}", f"Stood from {began} to {ended}: {en}{why_en}")


def _days(account: Account) -> Iterator[Line]:
    """Count day by day what a calendar counts, days without working time drawn together."""
    if not account.allowance.needs_calendar:
        return
    free: list[date] = []
    lines = 0
    for day in _each_day(account):
        counted = _counted(account, day)
        if counted is None:
            free.append(day)
            continue
        yield from _skipped(account, free)
        free = []
        lines += 1
        if lines > MOST_DAYS:
            yield Line("counted", "……（其后每天照此计算）", "… (and so on, day by day)")
            return
        yield counted
    yield from _skipped(account, free)


def _each_day(account: Account) -> Iterator[date]:
    day, last = account.calendar.local_day(account.started_at), account.calendar.local_day(account.due_at)
    while day <= last:
        yield day
        day += timedelta(days=1)


def _counted(account: Account, day: date) -> Line | None:
    if not account.calendar.works_on(day):
        return None
    if account.allowance.working_days is not None:
        return _closing(account, day)
    start, end = _bounds(account, day)
    spent = clockwork.used(start, end, account.calendar, _within(account.pauses, start))
    whole = clockwork.used(account.started_at, end, account.calendar, account.pauses)
    left = timedelta(seconds=account.allowance.working_seconds or 0) - whole
    spent_text, left_text = span(spent), span(max(left, timedelta(0)))
    return Line(
        "counted",
        f"{dated(day)[0]}计 {spent_text[0]}，余 {left_text[0]}",
        f"{dated(day)[1]}: {spent_text[1]} counted, {left_text[1]} left",
    )


def _closing(account: Account, day: date) -> Line:
    zh, en = dated(day)
    if day == account.calendar.local_day(account.started_at):
        return Line("skipped", f"{zh}是起算当天，不计", f"{en}: the day of the start does not count")
    closes = account.calendar.add_working_days(_noon(day - timedelta(days=1)), 1)
    if any(pause.covers(closes) for pause in account.pauses):
        return Line("skipped", f"{zh}收班时正在暂停，不计", f"{en}: the clock stood at closing time; not counted")
    number = sum(1 for close in _closings(account, closes) if not any(pause.covers(close) for pause in account.pauses))
    at = f"{closes.astimezone(BEIJING):%H:%M}"
    return Line("counted", f"{zh}第 {number} 个工作日（{at} 收班）", f"{en}: working day {number} (closes {at})")


def _closings(account: Account, last: datetime) -> Iterator[datetime]:
    for close in account.calendar.closings(account.started_at):
        if close > last:
            return
        yield close


def _bounds(account: Account, day: date) -> tuple[datetime, datetime]:
    midnight = datetime.combine(day, time(0), account.calendar.zone)
    return max(midnight, account.started_at), min(midnight + timedelta(days=1), account.due_at)


def _within(pauses: Sequence[clockwork.Pause], start: datetime) -> list[clockwork.Pause]:
    """Return the parts of pauses that lie after an instant."""
    return [clockwork.Pause(max(one.began_at, start), one.ended_at) for one in pauses if one.ended_at > start]


def _skipped(account: Account, free: Sequence[date]) -> Iterator[Line]:
    """Say which days do not count and why; neighbours with the same reason are one line."""
    runs: list[tuple[Words, list[date]]] = []
    for day in free:
        reason = account.day_names(day) or (
            ("周末", "weekend") if day.weekday() >= 5 else ("非工作日", "no working day")
        )
        if runs and runs[-1][0] == reason:
            runs[-1][1].append(day)
        else:
            runs.append((reason, [day]))
    for (zh, en), days in runs:
        first, last = dated(days[0]), dated(days[-1])
        from_to = first if len(days) == 1 else (f"{first[0]}至{last[0]}", f"{first[1]} to {last[1]}")
        yield Line("skipped", f"{from_to[0]}{zh}，不计", f"{from_to[1]}: {en}, not counted")


def _tell(rung: Rung, told: Sequence[int]) -> Line:
    people = [recipient(one) for one in rung.step.to]
    zh, en = "、".join(one[0] for one in people), ", ".join(one[1] for one in people)
    late_zh = late_en = ""
    if rung.tell_at != rung.reached_at:
        late_zh, late_en = f"（{moment(rung.reached_at)} 到达，静默时段后发出）", " (after the quiet hours)"
    done_zh, done_en = ("，已通知", ", told") if rung.step.percent in told else ("", "")
    at = moment(rung.tell_at)
    return Line(
        "tell",
        f"用去 {rung.step.percent}%：{at} 通知{zh}{late_zh}{done_zh}",
        f"{rung.step.percent}% used: {en} at {at}{late_en}{done_en}",
    )


def recipient(code: str) -> Words:
    """Return whom a word of the ladder means."""
    sort, _, name = code.partition(":")
    if sort == "role":
        return words.SEATS.get(name, (f"台席「{name}」", f"seat type {name}"))
    if sort == "staff":
        return f"工号 {name}", f"agent {name}"
    return words.PEOPLE[code]


def _end(account: Account) -> Iterator[Line]:
    if account.breached_at:
        at = moment(account.due_at)
        yield Line("end", f"{at} 未完成，已超时", f"Not done by {at}: late")
    if account.met_at:
        at = moment(account.met_at)
        yield Line("end", f"{at} 完成", f"Done at {at}")
    if account.cancelled_at:
        at = moment(account.cancelled_at)
        yield Line("end", f"{at} 不再需要", f"No longer needed since {at}")


def dated(day: date) -> Words:
    """Return a day with its weekday."""
    zh, en = WEEKDAYS[day.weekday()]
    return f"{day:%m-%d}（{zh}）", f"{en} {day:%m-%d}"


def span(length: timedelta) -> Words:
    """Return a length of time in hours and minutes."""
    minutes = round(length.total_seconds() / 60)
    hours, rest = divmod(minutes, 60)
    parts = [(f"{hours} 小时", f"{hours} h")] if hours else []
    parts += [(f"{rest} 分钟", f"{rest} min")] if rest or not hours else []
    return " ".join(one[0] for one in parts), " ".join(one[1] for one in parts)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), BEIJING)
