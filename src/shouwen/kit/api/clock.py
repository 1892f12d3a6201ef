"""What time it is here: a trial's screens and simulated people must follow its own clock."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from ninja import Router, Schema

from shouwen.kit import clock

from .limits import limit

clock_router = Router(tags=["clock"])


class HouseClockOut(Schema):
    """Domain time, and how fast it runs."""

    now: datetime
    speed: float
    trial: bool


@clock_router.get("/clock", auth=None, operation_id="getClock", response=HouseClockOut)
@limit("kit.clock", per_minute=600)
def get_clock(request: HttpRequest) -> HouseClockOut:  # noqa: ARG001
    """Return domain time and its speed."""
    pace = clock.pace()
    return HouseClockOut(now=clock.now(), speed=pace.speed, trial=pace.trial)
