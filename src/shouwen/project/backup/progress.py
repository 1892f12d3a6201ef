"""What a person at a terminal sees while a backup or a restore goes on; a log sees one line for each part."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator

import click

from shouwen.project.speech import say

REDRAW_SECONDS = 0.2


class Progress:
    """Tells how far the work is."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._quiet = quiet
        self._live = sys.stdout.isatty() and not quiet

    @contextlib.contextmanager
    def phase(self, zh: str, en: str, count: int) -> Iterator[Callable[[int], None]]:
        """Tell about one part of `count` steps; call what is given with how many are done."""
        name, done, begun = say(zh, en), 0, time.monotonic()
        shown = 0.0

        def step(more: int) -> None:
            nonlocal done, shown
            done += more
            if self._live and time.monotonic() - shown > REDRAW_SECONDS:
                shown = time.monotonic()
                click.echo(f"\r  {name} {done}/{count}\033[K", nl=False)

        yield step
        if not self._quiet:
            start, end = ("\r", "\033[K") if self._live else ("", "")
            click.echo(f"{start}  ✓ {name} ({time.monotonic() - begun:.1f} s){end}")
