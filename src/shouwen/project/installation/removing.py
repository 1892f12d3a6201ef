"""Taking the demo operator away while the installation runs, when somebody asked for it on a page."""

from __future__ import annotations

import asyncio
import os

import psycopg

from shouwen.project import demo_removal
from shouwen.project.config import Config
from shouwen.project.first_start import withdraw
from shouwen.project.supervisor import Journal, Supervisor

from . import database, parts

LOOK_SECONDS = 0.5
AT_WORK = ("web", "live", "worker", "voice")


async def attend(config: Config, supervisor: Supervisor, journal: Journal) -> None:
    """Do what is asked for; a removal that was begun and killed is gone on with."""
    while True:
        wanted = demo_removal.pending(config)
        if wanted and not wanted.failure:
            try:
                await _take_away(wanted, config, supervisor, journal)
            except OSError as failure:  # a full disk: what was asked for stays, and is tried again
                journal.say("up", f"the demo could not be taken away: {failure}")
        await asyncio.sleep(LOOK_SECONDS)


async def _take_away(wanted: demo_removal.Removal, config: Config, supervisor: Supervisor, journal: Journal) -> None:
    """Stop who works with the database, let the removal run, start them again however it ended."""
    journal.say("up", f"the demo is taken away, as {wanted.by} asked")
    stopped = await supervisor.end(*AT_WORK)
    try:
        _settle(wanted, config, await _why_not(wanted, config, journal))
    finally:
        for name in stopped:
            supervisor.add(parts.python(name, config))


def _settle(wanted: demo_removal.Removal, config: Config, why: str) -> None:
    """Keep how it ended."""
    if why:
        demo_removal.failed(config, wanted, why)
        withdraw(config)
    else:
        os.environ.pop("SHOUWEN_DEMO", None)
        demo_removal.done(config)


async def _why_not(wanted: demo_removal.Removal, config: Config, journal: Journal) -> str:
    """Run the removal; return why it did not happen, empty when it did."""
    try:
        if not database.has_staff(config.database_url):
            return ""
        status, said = await parts.ran(config, demo_removal.COMMAND, "--by", wanted.by)
    except (psycopg.Error, OSError) as failure:
        return str(failure).strip() or type(failure).__name__
    for line in said:
        journal.say("remove", line)
    return (said[-1].removeprefix("Error: ") if said else "?") if status else ""
