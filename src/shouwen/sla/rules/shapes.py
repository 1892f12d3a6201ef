"""The shape of what a calendar, a policy and a ladder say, as it is kept."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Text = Annotated[str, Field(min_length=1, max_length=80)]
Code = Annotated[str, Field(max_length=120, pattern=r"^([a-z0-9][a-z0-9_.\-]*)?$")]
Clock = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Spell = tuple[Clock, Clock]
Day = Annotated[list[Spell], Field(max_length=6)]
Value = Annotated[str, Field(min_length=1, max_length=40)]
Dimension = Literal["kind", "area", "channel", "tier", "customer", "urgency"]
Metric = Literal["response", "handling", "feedback", "statutory", "answer", "wrap_up"]
Reason = Literal["customer", "third_party", "force_majeure"]
SECONDS = Field(default=None, ge=1, le=400 * 86400)


class Strict(BaseModel):
    """Nothing that is not asked for."""

    model_config = ConfigDict(extra="forbid", strict=False)


class Name(Strict):
    """What a rule is called."""

    zh: Text
    en: Text


class DifferingDay(Strict):
    """A day set apart by hand: without periods a day off, with some a day worked."""

    day: date
    name: Text
    periods: Day


class Calendar(Strict):
    """Working hours: periods for each weekday, Monday first; whether public holidays count; days set apart."""

    name: Name
    week: Annotated[list[Day], Field(min_length=7, max_length=7)]
    public_holidays: bool = True
    days: Annotated[list[DifferingDay], Field(max_length=400)] = []


class Measure(Strict):
    """How long: one of the three."""

    seconds: int | None = SECONDS
    working_seconds: int | None = SECONDS
    working_days: int | None = Field(default=None, ge=1, le=250)


class PauseLimit(Strict):
    """A reason that may stop the clock, and for how many hours in all; without a number as long as it lasts."""

    reason: Reason
    limit_hours: int | None = Field(default=None, ge=1, le=9600)


class Policy(Strict):
    """A time limit: for whom, how long, counted by which calendar, told by which ladder, stopped by what."""

    name: Name
    metric: Metric
    conditions: dict[Dimension, Annotated[list[Value], Field(max_length=30)]] = {}
    allowance: Measure
    calendar: Code = ""
    ladder: Code = ""
    pauses: Annotated[list[PauseLimit], Field(max_length=6)] = []


class Rung(Strict):
    """At how many percent of the time whom to tell, and whether also in the quiet hours."""

    percent: int = Field(ge=1, le=1000)
    to: Annotated[list[Value], Field(min_length=1, max_length=12)]
    any_hour: bool = False


class Ladder(Strict):
    """Who hears when, and at which hours nobody is disturbed."""

    name: Name
    quiet: Spell | None = None
    steps: Annotated[list[Rung], Field(min_length=1, max_length=20)]
