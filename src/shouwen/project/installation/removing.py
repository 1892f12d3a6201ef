"""Taking the demo operator away while the installation runs, when somebody asked for it on a page."""

from __future__ import annotations

import asyncio
import os

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
            await _take_away(wanted, config, supervisor, journal)
        await asyncio.sleep(LOOK_SECONDS)


async def _take_away(wanted: demo_removal.Removal, config: Config, supervisor: Supervisor, journal: Journal) -> None:
    """Stop who works with the database, let the removal run, start them again however it ended."""
    journal.say("up", f"the demo is taken away, as {wanted.by} asked")
    stopped = await supervisor.end(*AT_WORK)
    why = await _why_not(wanted, config, journal)
    if why:
        demo_removal.failed(config, wanted, why)
        withdraw(config)
    else:
        os.environ.pop("SHOUWEN_DEMO", None)
        demo_removal.done(config)
    for name in stopped:
        supervisor.add(parts.python(name, config))


async def _why_not(wanted: demo_removal.Removal, config: Config, journal: Journal) -> str:
    """Run the removal; return why it did not happen, empty when it did."""
    if not database.has_staff(config.database_url):
        return ""
    status, said = await parts.ran(config, demo_removal.COMMAND, "--by", wanted.by)
    for line in said:
        journal.say("remove", line)
    return (said[-1].removeprefix("Error: ") if said else "?") if status else ""
