"""Telephone calls: Asterisk brought here."""

from __future__ import annotations

import click

from shouwen.project.config import load
from shouwen.project.voice import fetch, told


@click.group()
def voice() -> None:
    """Telephone calls."""


@voice.command()
@click.option("--refresh", is_flag=True, help="Look for a newer one even if one is there.")
def install(refresh: bool) -> None:  # noqa: FBT001
    """Fetch Asterisk into a folder of this user: no privileges, nothing else on the machine changes."""
    for line in told(fetch(load().asterisk, refresh=refresh)):
        click.echo(line)
