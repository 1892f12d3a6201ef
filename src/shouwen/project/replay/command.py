"""`shouwen replay`: many requests from the first word to the customer's yes, on a running product."""

from __future__ import annotations

import asyncio
import json
import signal
from dataclasses import dataclass
from pathlib import Path

import click

from shouwen.kernel.errors import DomainError
from shouwen.project.speech import say

from . import arrivals, reading, report, sample
from .errors import NobodyThere
from .http import Browser, GaveUp, Line, Refused
from .product import own_product
from .progress import Progress
from .report import Report
from .run import Wishes
from .run import replay as drive

PATIENCE_SECONDS = 10.0
PASSWORD = "jianghai-2026"  # noqa: S105  the demo's; a test compares


@dataclass(frozen=True)
class Place:
    """Where the product runs: at an address, or made for this replay."""

    url: str | None
    log: Path | None
    speed: float


@click.command()
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--agents", type=click.IntRange(1, 500), default=20, show_default=True, help="Simulated agents.")
@click.option("--back-office", type=click.IntRange(1, 100), default=5, show_default=True, help="Back-office people.")
@click.option("--speed", type=click.FloatRange(1, 100_000), default=600, show_default=True, help="Domain : wall time.")
@click.option("--hours", type=click.Path(path_type=Path), help="Calls whose hours of the day set the arrivals.")
@click.option("--limit", type=click.IntRange(1), help="Only the earliest N messages.")
@click.option("--days", type=click.FloatRange(0.01, 366), default=5, show_default=True, help="Days of arrivals.")
@click.option("--settle", type=click.FloatRange(0, 366), default=12, show_default=True, help="Days to finish after.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed, the same behaviour.")
@click.option("--url", help="A running demo to drive, instead of one made for this replay.")
@click.option("--log", type=click.Path(path_type=Path), help="With --url: its log, where one-time codes stand.")
@click.option("--password", default=PASSWORD, help="With --url: of the administrator 1001 and the leader 7001.")
@click.option("--report", "out", type=click.Path(path_type=Path), help="Write the report as JSON here.")
def replay(  # noqa: PLR0917
    file: Path | None,
    agents: int,
    back_office: int,
    speed: float,
    hours: Path | None,
    limit: int | None,
    days: float,
    settle: float,
    seed: int,
    url: str | None,
    log: Path | None,
    password: str,
    out: Path | None,
) -> None:
    """Replay the messages of FILE (.csv or .csv.gz; without one, the sample that ships with the product).

    Simulated customers write, agents answer or open tickets, the back office resolves, customers confirm, send back
    or stay silent: all through public HTTP and the live stream. The exit code is 0 only if the promise held.
    """
    try:
        messages = _messages(file, limit)
        profile = arrivals.read_profile(hours) if hours else None
        wishes = Wishes(messages, agents, back_office, days, settle, seed, profile, password)
        found = asyncio.run(_run(Place(url, log, speed), wishes))
    except asyncio.CancelledError:
        raise click.ClickException(say("已中止。", "Stopped.")) from None
    except DomainError as refused:
        raise click.ClickException(say(refused.text("zh"), refused.text("en"))) from None
    click.echo(report.as_text(found))
    if out:
        out.write_text(json.dumps(found.as_json(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    raise SystemExit(0 if found.holds else 1)


def _messages(file: Path | None, limit: int | None) -> tuple[reading.Message, ...]:
    found = reading.read(file or sample.FILE, limit=limit)
    if found.ignored:
        names = ", ".join(found.ignored)
        click.echo(say(f"没有用到的列：{names}", f"Columns not used: {names}"), err=True)
    return found.messages


async def _run(place: Place, wishes: Wishes) -> Report:
    progress, me = Progress(), asyncio.current_task()
    assert me
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, me.cancel)
    try:
        if place.url:
            await _reach(place.url)
            return await drive(place.url, wishes, log=place.log, say=progress)
        async with own_product(speed=place.speed) as product:
            return await drive(product.url, wishes, log=product.log, say=progress)
    finally:
        progress.done()


async def _reach(url: str) -> None:
    """Make sure that somebody answers there before anything is sent."""
    line = Line.to(url, patience=PATIENCE_SECONDS)
    try:
        await Browser(line).get("/api/clock")
    except (GaveUp, Refused):
        raise NobodyThere(url=url) from None
    finally:
        await line.close()
