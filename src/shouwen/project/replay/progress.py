"""One line that says how far a replay is."""

from __future__ import annotations

import sys
import time

from shouwen.kernel.calendars import BEIJING
from shouwen.project.speech import say

from .world import World

BAR = 24
QUIET_SECONDS = 15.0


class Progress:
    """Writes its line over and over in a terminal; elsewhere a new line now and then."""

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()
        self._begun = time.monotonic()
        self._told = 0.0

    def __call__(self, world: World) -> None:
        """Tell how far it is."""
        if not self._terminal and time.monotonic() - self._told < QUIET_SECONDS:
            return
        self._told = time.monotonic()
        end = "" if self._terminal else "\n"
        start = "\r\033[K" if self._terminal else ""
        sys.stderr.write(f"{start}{line(world, time.monotonic() - self._begun)}{end}")
        sys.stderr.flush()

    def done(self) -> None:
        """Leave the line."""
        if self._terminal:
            sys.stderr.write("\r\033[K")


def line(world: World, seconds: float) -> str:
    """Return the line."""
    total = len(world.stories)
    began = sum(story.began is not None for story in world.stories)
    ended = sum(story.ended is not None for story in world.stories)
    filled = BAR * ended // max(total, 1)
    bar = "#" * filled + "." * (BAR - filled)
    at = world.clock.now().astimezone(BEIJING).strftime("%m-%d %H:%M")
    words = say(
        f"来件 {began}/{total} 办结 {ended} 业务时间 {at}", f"{began}/{total} in, {ended} done, {at} in Beijing"
    )
    return f"[{bar}] {words} ({seconds:.0f} s)"
