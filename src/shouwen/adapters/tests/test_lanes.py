"""A call's lane does one thing after another; a phone that is to ring goes before the music that waits."""

from __future__ import annotations

import asyncio
from functools import partial

from shouwen.adapters.asterisk.lanes import Lanes


def test_what_hurries_goes_before_what_yields_and_never_before_anything_else() -> None:
    done: list[str] = []

    async def does(what: str) -> None:
        done.append(what)

    async def scenario() -> None:
        lanes = Lanes()
        lanes.put(1, partial(does, "hang up"))
        lanes.put(1, partial(does, "music"), yields=True)
        lanes.put(1, partial(does, "ring"), hurries=True)
        lanes.put(1, partial(does, "say"))
        await lanes.settle()

    asyncio.run(scenario())
    assert done == ["hang up", "ring", "music", "say"]
