"""Telephone calls: the gateway that leads Asterisk, and Asterisk brought here."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from collections.abc import Callable
from typing import Protocol

import click
import psycopg

from shouwen.project.config import Config, load, read
from shouwen.project.voice import APP, Voice, fetch, line_of, located, told

from .data import database_running, start_django

AGAIN_SECONDS = 0.3


class Leads(Protocol):
    """Something that leads calls until the database is lost, or it is stopped."""

    async def run(self) -> None: ...


@click.group(invoke_without_command=True)
@click.pass_context
def voice(ctx: click.Context) -> None:
    """Lead the calls of one Asterisk; a second one stands by until the first is gone."""
    if ctx.invoked_subcommand is None:
        _lead(load())


@voice.command()
@click.option("--refresh", is_flag=True, help="Look for a newer one even if one is there.")
def install(refresh: bool) -> None:  # noqa: FBT001
    """Fetch Asterisk into a folder of this user: no privileges, nothing else on the machine changes."""
    for line in told(fetch(read().asterisk, refresh=refresh)):  # no key is made: this may be an image for many
        click.echo(line)


@voice.command()
@click.argument("staff_number")
@click.option("--number", help="The phone's own number. Default: the staff number.")
@click.option("--address", default="", help="Where a phone stands that does not register: sip:8021@10.0.0.5:5060.")
def phone(staff_number: str, number: str | None, address: str) -> None:
    """Give somebody a phone; prints what it registers with."""
    with database_running():
        start_django()
        from shouwen.accounts.queries import find_staff
        from shouwen.kit.principals import SYSTEM
        from shouwen.telephony import actions

        found = find_staff(staff_number)
        secret = actions.set_phone(by=SYSTEM, staff_id=found.id, number=number or staff_number, address=address)
    click.echo(f"{found.number} {found.name}: {number or staff_number} {address or secret}")


@voice.command()
@click.argument("number")
@click.option("--address", default="", help="Where a phone stands that does not register: sip:3001@10.0.0.5:5060.")
def seat(number: str, address: str) -> None:
    """Set up a phone that stands at a seat, for whoever sits there; prints what it registers with."""
    with database_running():
        start_django()
        from shouwen.kit.principals import SYSTEM
        from shouwen.telephony import actions

        secret = actions.set_seat_phone(by=SYSTEM, number=number, address=address)
    click.echo(f"{number} {address or secret}")


def _lead(config: Config) -> None:
    start_django()
    from shouwen.adapters.asterisk import Replaced
    from shouwen.kit.health.beats import Heart
    from shouwen.project.wiring import wire_files

    wire_files(config)
    Heart("voice").start()
    try:
        asyncio.run(_until_told(config))
    except Replaced:
        logging.getLogger(__name__).warning("another gateway leads %s now; this one ends", config.asterisk_name)


async def _until_told(config: Config) -> None:
    """Run the gateway until we are asked to end."""
    from shouwen.adapters.asterisk import Ari, Gateway

    line = line_of(config)
    speech = Voice(located(config.asterisk), line.home / "sounds")

    def gateway() -> Gateway:
        return Gateway(
            Ari(f"http://127.0.0.1:{line.ari_port}", app=APP, password=line.password),
            name=line.name,
            speech=speech,
            recordings=line.recordings,
            ports=line.ports,
            refusals=line.refusals,
        )

    work = asyncio.current_task()
    assert work is not None
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, work.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await lead_again(gateway)


async def lead_again(gateway: Callable[[], Leads]) -> None:
    """Lead, and where the database was lost begin anew as soon as it answers: a process of its own takes longer."""
    from django.db import InterfaceError, OperationalError

    while True:
        try:
            await gateway().run()
        except (psycopg.OperationalError, psycopg.InterfaceError, OperationalError, InterfaceError) as lost:
            logging.getLogger(__name__).warning("the database is away: %s", lost)
        await asyncio.sleep(AGAIN_SECONDS)
