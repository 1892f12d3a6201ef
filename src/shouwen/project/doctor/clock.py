"""Time: deadlines are only as right as the clocks."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import psycopg

from shouwen.project.speech import say

from .finding import Finding

TOLERATED_SECONDS = 2.0
Connection = psycopg.Connection[tuple[object, ...]]


def _set_clock() -> str:
    return say(
        "用 NTP 校准本机和数据库主机的时钟（例如 chrony）。",
        "Keep this machine and the database's in step by NTP (chrony, for example).",
    )


def skew(connection: Connection) -> Finding:
    """Compare this machine's clock with the database's."""
    before = time.time()
    row = connection.execute("select extract(epoch from clock_timestamp())").fetchone()
    middle = (before + time.time()) / 2
    assert row is not None
    apart = float(str(row[0])) - middle
    return Finding(
        say("时钟", "clock"),
        ok=abs(apart) <= TOLERATED_SECONDS,
        detail=say(f"与数据库相差 {apart:+.2f} 秒", f"{apart:+.2f} s from the database's"),
        remedy=_set_clock(),
    )


def jumps(connection: Connection) -> Finding:
    """Look for records from the future: the clock was set back after they were written."""
    row = connection.execute(
        "select greatest((select max(recorded_at) from kit_fact), (select max(recorded_at) from kit_audit))"
    ).fetchone()
    newest = row[0] if row else None
    ahead = (newest - datetime.now(UTC)).total_seconds() if isinstance(newest, datetime) else 0.0
    well = ahead <= TOLERATED_SECONDS
    detail = (
        say("没有来自未来的记录", "no records from the future")
        if well
        else say(f"有记录比现在晚 {ahead:.0f} 秒：时钟被拨回过", f"records {ahead:.0f} s ahead: the clock was set back")
    )
    return Finding(say("时钟跳变", "clock jumps"), ok=well, detail=detail, remedy=_set_clock())


def speed(connection: Connection) -> Finding:
    """Say whether this is a trial whose time runs fast."""
    row = connection.execute("select speed from kit_clock where trial").fetchone()
    detail = (
        say(f"试运行：时间快 {row[0]:g} 倍", f"trial: time runs {row[0]:g} times faster")
        if row
        else say("正常", "real")
    )
    return Finding(say("业务时间", "domain time"), ok=True, detail=detail)
