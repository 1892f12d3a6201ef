"""Three minutes of service while every process of the installation is killed again and again."""

from __future__ import annotations

import asyncio
import functools

import pytest

from tests import prepared
from trials.kill import Effort, trial

EFFORT = Effort(minutes=3, kills=20, requests=60, agents=8, back_office=3, seed=1)


@pytest.mark.kill
def test_nothing_is_lost_or_doubled_while_processes_are_killed() -> None:
    """Every acknowledged command has its effect exactly once, every open request an owner and a clock; no contact is
    with two agents, no agent above his slots, everything killed comes back, and the audit trail verifies.
    """
    finding = asyncio.run(trial(EFFORT, prepare=functools.partial(prepared.copy, "tables")))
    report = finding.report
    assert sum(finding.kills.values()) >= 20
    assert finding.never_back == []
    assert finding.breaches == []
    assert finding.audit == ""
    assert (report.lost, report.doubled, report.ownerless, report.faults) == (0, 0, 0, [])
    assert report.came_in == EFFORT.requests
    assert report.open_with_owner_and_clock == report.open
    assert finding.looks > 0
